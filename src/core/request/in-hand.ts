import type { AssociateId } from '../ids.ts';
import type { Request } from './request.ts';

/** Whom a request has in hand: the call about them may be under way, or it is still being looked whether they are gone. */
export function inHand(request: Request): readonly AssociateId[] {
  if (request.status === 'dispatching') return request.claim === undefined ? [] : request.sent;
  if (request.status !== 'verifying') return [];
  return request.sightings.filter(({ seen }) => seen === 'not_yet' || seen === 'listed').map(({ id }) => id);
}

/**
 * Whom a request leaves to another one: those whom the other has in hand, and those whom it logged off after this one was
 * opened, since whoever asked meant that one time. Where everyone is meant, those who are back are meant as well.
 */
export function leftTo(
  other: Request,
  { openedAt, everyone }: Pick<Request, 'openedAt' | 'everyone'>,
): readonly AssociateId[] {
  const isMeantAnew = everyone !== undefined || !('calledAt' in other) || (other.calledAt ?? 0) < openedAt;
  return isMeantAnew ? inHand(other) : [...inHand(other), ...seenGone(other)];
}

function seenGone(request: Request): readonly AssociateId[] {
  switch (request.status) {
    case 'verifying':
      return request.sightings.filter(({ seen }) => seen === 'gone' || seen === 'back').map(({ id }) => id);
    case 'done':
    case 'unknown':
      return request.results
        .filter(({ outcome }) => outcome.kind === 'gone' || outcome.kind === 'back')
        .map(({ id }) => id);
    default:
      return [];
  }
}
