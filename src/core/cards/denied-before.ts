import type { RequestIn } from '../request/request.ts';
import { dated, type Part, person, type Text, text } from './card.ts';

/** So many earlier denials stand on one card. */
export const DENIED_ON_CARD = 3;

/** Who denied a request for some of the same people lately, and why. */
export function deniedPart(denied: readonly RequestIn<'denied'>[]): readonly Part[] {
  if (denied.length === 0) return [];
  const items = denied
    .slice(0, DENIED_ON_CARD)
    .map(
      ({ id, by, endedAt, note }): Text => [
        text(`Denied before: request ${id} by `),
        person(by),
        text(', '),
        dated(endedAt),
        text(note === undefined ? ', without a reason' : `: ${note}`),
      ],
    );
  return [{ kind: 'list', items }];
}
