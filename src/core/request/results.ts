import type { AssociateId } from '../ids.ts';
import type { Request, Result } from './request.ts';
import { resultsOf } from './sightings.ts';

/** What is known of each person by now: while it is being verified from what was seen so far, else from the ending. */
export function resultsSoFar(request: Request): readonly Result[] {
  switch (request.status) {
    case 'verifying':
      return resultsOf(request).filter(({ outcome }) => outcome.kind !== 'not_checked');
    case 'dispatching':
      return request.notSent;
    case 'done':
    case 'unknown':
      return request.results;
    default:
      return [];
  }
}

/** The people of an ended request who were still listed as logged on. */
export function stillListed(request: Request): readonly AssociateId[] {
  if (request.status !== 'done' && request.status !== 'unknown') return [];
  return request.results.filter(({ outcome }) => outcome.kind === 'listed').map(({ id }) => id);
}

/** How many people came out in which way. `loggedOff` are those seen gone, also where they came back. */
export function countOutcomes(
  results: readonly Result[],
): Readonly<Record<Result['outcome']['kind'] | 'loggedOff', number>> {
  const counts = { gone: 0, back: 0, listed: 0, was_not_on: 0, not_checked: 0, see: 0, loggedOff: 0 };
  for (const { outcome } of results) {
    counts[outcome.kind] += 1;
    if (outcome.kind === 'gone' || outcome.kind === 'back') counts.loggedOff += 1;
  }
  return counts;
}

/** As people write it, in one word or two. */
const OFFBOARDING = 'off[\\s\\p{Pd}]*boarding';
/** At the start, or behind one word with a digit in it, such as the number of a ticket. */
const BEGINS = new RegExp(`^\\s*(?:\\S*\\d\\S*[\\s\\p{P}]+)?${OFFBOARDING}`, 'iu');
const SOMEWHERE = new RegExp(`(?<![\\p{L}\\p{N}])${OFFBOARDING}(?![\\p{L}\\p{N}])`, 'iu');

/** Whether the reason says that these people leave the company, so that they can be deleted in SuperOffice when they are off. */
export const isOffboarding = ({ reason }: Pick<Request, 'reason'>): boolean =>
  reason !== undefined && BEGINS.test(reason);

/** Whether the reason speaks of that at all: then it stays with those who decide, who asked, and the audit. */
export const isConfidential = ({ reason }: Pick<Request, 'reason'>): boolean =>
  isOffboarding({ reason }) || SOMEWHERE.test(reason ?? '');
