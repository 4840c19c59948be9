import type { PagedKind } from '../inputs.ts';
import type { Request, RequestIn } from '../request/request.ts';
import { type Text, text } from './card.ts';
import { deniedPart } from './denied-before.ts';
import { describeStatus } from './ending.ts';
import { timeOf } from './everyone.ts';
import type { Modal } from './modal.ts';
import { countAll, LISTED_ON_PAGE, nameAll, targetLines } from './people.ts';
import { phoneFirst } from './to-phone.ts';

/** A reason for a denial is at most this long. */
export const MAX_NOTE = 500;

/** Stands in a window until it is known what belongs in it: Slack opens none later than 3 seconds after the press. */
export const momentModal = (request: Pick<Request, 'id'>): Modal => ({
  kind: 'message',
  title: `Request ${request.id}`.slice(0, 24),
  request: request.id,
  parts: [{ kind: 'paragraph', text: [text('One moment …')] }],
  close: 'Close',
});

/** Asks an approver why they deny; the answer may stay empty. */
export const denyModal = (request: Request): Modal => ({
  kind: 'deny',
  title: `Deny request ${request.id}`.slice(0, 24),
  request: request.id,
  parts: [
    {
      kind: 'paragraph',
      text: [text(`${request.requester.name} asked to log off ${nameAll(request)}. One Deny ends the request.`)],
    },
  ],
  input: {
    label: 'Reason',
    hint: 'The requester will read it, and so will everybody in the channel where they asked.',
    max: MAX_NOTE,
    optional: true,
  },
  submit: 'Deny',
  close: 'Back',
});

/** What stands above the list, and the button below it: for an approver, for the requester, or to look at only. */
function framing(request: Request, kind: PagedKind, count: string): { readonly intro: Text; readonly submit?: string } {
  if (kind === 'people') return { intro: describeStatus(request) };
  if (request.everyone !== undefined) return framingEveryone(request, kind);
  const all = text(`logs all ${count} off the SuperOffice Windows client. Unsaved work may be lost.`);
  if (kind === 'approve') return { intro: [text('Approving '), all], submit: 'Approve' };
  return request.demand.approvals > 0
    ? { intro: [text('You ask for approval; a yes '), all], submit: 'Ask for approval' }
    : { intro: [text('Confirming '), all], submit: 'Log off' };
}

function framingEveryone(request: Request, kind: PagedKind): { readonly intro: Text; readonly submit: string } {
  const first = kind === 'approve' ? 'Approving announces it now. ' : '';
  const then = 'everyone who is logged on to the SuperOffice Windows client at that time is logged off';
  const now = request.targets.length === 0 ? 'nobody is logged on now' : 'these are logged on now';
  const intro = [text(`${first}At `), ...timeOf(request), text(` ${then}; ${now}. Unsaved work may be lost.`)];
  if (kind === 'approve') return { intro, submit: 'Approve' };
  return { intro, submit: request.demand.approvals > 0 ? 'Ask for approval' : 'Announce it' };
}

/** Lists everybody, a page at a time: to look at, to approve, or for the requester to confirm, with earlier denials. */
export function peopleModal(
  request: Request,
  page: number,
  kind: PagedKind,
  denied: readonly RequestIn<'denied'>[] = [],
): Modal {
  const lines = targetLines(phoneFirst(request));
  const of = Math.max(1, Math.ceil(lines.length / LISTED_ON_PAGE));
  const at = Math.min(Math.max(0, page), of - 1);
  const count = countAll(request);
  const { intro, submit } = framing(request, kind, count);
  return {
    kind,
    title: (submit === undefined ? `Request ${request.id}` : `Log off ${count}?`).slice(0, 24),
    request: request.id,
    parts: [
      { kind: 'paragraph', text: intro },
      ...deniedPart(denied),
      { kind: 'list', items: lines.slice(at * LISTED_ON_PAGE, (at + 1) * LISTED_ON_PAGE) },
    ],
    ...(submit === undefined ? {} : { submit }),
    close: submit === undefined ? 'Close' : 'Back',
    ...(of > 1 ? { pages: { page: at, of } } : {}),
  };
}
