import type { AssociateId } from '../ids.ts';
import type { Duration, Instant } from '../time.ts';
import type { Outcome, RequestIn, Result, Sighting } from './request.ts';

/** How long to look after a call: `for` somebody to go away, `watch` those who went in case they log on again. */
export interface VerifySettings {
  readonly for: Duration;
  readonly every: Duration;
  readonly watch: Duration;
}

/**
 * What a look at the archive that began `at` makes of what was seen before. `back` stays: it was seen gone in between. A
 * look that began no later than the one that saw somebody gone cannot bring them back.
 */
export function lookAgain(sightings: readonly Sighting[], on: ReadonlySet<AssociateId>, at: Instant): Sighting[] {
  return sightings.map((sighting): Sighting => {
    if (on.has(sighting.id)) {
      if (sighting.seen === 'gone') return at > (sighting.goneAt ?? 0) ? { ...sighting, seen: 'back' } : sighting;
      return sighting.seen === 'not_yet' ? { ...sighting, seen: 'listed' } : sighting;
    }
    return sighting.seen === 'not_yet' || sighting.seen === 'listed'
      ? { ...sighting, seen: 'gone', goneAt: at }
      : sighting;
  });
}

/** Whether nothing more is to be learnt: everybody is back, or was looked at for as long as the settings say. */
export function isSettled(
  sightings: readonly Sighting[],
  calledAt: Instant,
  now: Instant,
  verify: VerifySettings,
): boolean {
  return sightings.every(({ seen }) => {
    if (seen === 'back') return true;
    return now >= calledAt + (seen === 'gone' ? verify.watch : verify.for);
  });
}

/** The outcome of everybody in a request that is being verified, as far as it was seen by now. */
export function resultsOf(request: RequestIn<'verifying'>): readonly Result[] {
  const seen = request.sightings.map(({ id, seen }): Result => ({ id, outcome: outcomeOf(seen) }));
  return [...seen, ...request.notSent];
}

const outcomeOf = (seen: Sighting['seen']): Outcome => ({ kind: seen === 'not_yet' ? 'not_checked' : seen });
