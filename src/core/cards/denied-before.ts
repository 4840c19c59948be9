import type { Request, RequestIn } from '../request/request.ts';
import { type Card, dated, type Part, person, type Text, text } from './card.ts';
import { requestLabel } from './ending.ts';
import { leftOutPart } from './people.ts';

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

/** To who asked, where nobody has to approve it: somebody said no to the same lately, and nobody else reads of it. */
export function deniedBeforeCard(request: Request, denied: readonly RequestIn<'denied'>[]): Card {
  const { everyone, targets, demand, leftOut } = request;
  const some = targets.length === 1 ? 'this person' : 'some of these people';
  const whom = everyone === undefined ? some : 'some of those who are on';
  const isTime = demand.warn !== undefined || demand.confirm === true;
  const words = `nobody has to approve it, but a request for ${whom} was denied in the last 24 hours.`;
  const summary: Text = [...requestLabel(request), text(`${words}${isTime ? ' You can still stop it.' : ''}`)];
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...deniedPart(denied), ...leftOutPart(leftOut)] };
}
