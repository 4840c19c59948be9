import { toRetry } from '../request/everyone.ts';
import type { Request } from '../request/request.ts';
import type { Button } from './card.ts';
import { countPeople } from './people.ts';

/** SuperOffice cannot tell "not logged off" from "already back", so the requester must say that they asked. */
export function retryButton(request: Request): Button {
  const count = countPeople(toRetry(request).length);
  const again = { action: 'retry', request: request.id } as const;
  if (request.everyone !== undefined) {
    return {
      ...again,
      label: 'Log off who is left…',
      confirm: {
        title: `Log off ${count}?`,
        text: 'They are logged on to the Windows client: they logged on again, or were not logged off. This makes a new request for them by name, with its own approvals and warning as the rules require. Unsaved work may be lost.',
        yes: 'Ask for it',
        no: 'Back',
      },
    };
  }
  return {
    ...again,
    label: 'Try again…',
    confirm: {
      title: `Try again for ${count}?`,
      text: 'They are listed as logged on: not logged off, or already back at work. SuperOffice cannot tell which. Ask them first. Trying again makes a new request. Unsaved work may be lost.',
      yes: 'I asked them: log off',
      no: 'Back',
    },
  };
}
