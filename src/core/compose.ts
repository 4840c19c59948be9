import type { FormValues } from './cards/modal.ts';
import { type LogoffCommand, MAX_REASON, type Reference } from './command.ts';
import { isNonEmpty } from './ids.ts';

export type Composed =
  | { readonly ok: true; readonly command: LogoffCommand }
  | { readonly ok: false; readonly problem: 'nobody_named' | 'reason_too_long' };

/** What was filled into a form as the command that somebody could have typed. The reason becomes one line, as there. */
export function composed({ people, group, text = '' }: FormValues): Composed {
  const ids = [...new Set(people.map(({ id }) => id))];
  const who: readonly Reference[] = [
    ...ids.map((id): Reference => ({ kind: 'id', id })),
    ...(group === undefined ? [] : [{ kind: 'group', name: group.label, id: group.id } as const]),
  ];
  if (!isNonEmpty(who)) return { ok: false, problem: 'nobody_named' };
  const reason = text
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (reason.length > MAX_REASON) return { ok: false, problem: 'reason_too_long' };
  return { ok: true, command: { kind: 'logoff', who, ...(reason === '' ? {} : { reason }) } };
}
