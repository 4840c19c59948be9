import type { When } from './command.ts';
import { type Duration, dayIn, type Instant } from './time.ts';

const DAY: Duration = 86_400_000;

export type WhenCode = 'no_such_day' | 'time_skipped' | 'time_twice' | 'time_past' | 'time_too_far';
export type Resolved = { readonly ok: true; readonly at: Instant } | { readonly ok: false; readonly code: WhenCode };

/**
 * The moment that is meant, at most `most` ahead. A time of day without a day is the next time the clocks show it. Where the
 * clocks skip that time or show it twice (summer time begins or ends) it is refused: nobody knows then which moment was meant.
 */
export function momentOf(when: When, now: Instant, timeZone: string, most: Duration): Resolved {
  const found = when.kind === 'in' ? { ok: true as const, at: now + when.length } : atTime(when, now, timeZone);
  if (!found.ok) return found;
  if (found.at <= now) return { ok: false, code: 'time_past' };
  return found.at - now > most ? { ok: false, code: 'time_too_far' } : found;
}

function atTime({ time, day }: Extract<When, { kind: 'at' }>, now: Instant, timeZone: string): Resolved {
  if (day !== undefined) return isDay(day) ? only(day, time, timeZone, now) : { ok: false, code: 'no_such_day' };
  const today = dayIn(now, timeZone);
  const next = only(today, time, timeZone, now);
  return !next.ok && next.code === 'time_past' ? only(dayAfter(today), time, timeZone, now) : next;
}

/** The one moment after `now` at which the clocks show this. */
function only(day: string, time: string, timeZone: string, now: Instant): Resolved {
  const shown = asUtc(day, time);
  // What the zone's clocks are ahead of UTC, the day before and the day after: they change at most once in between.
  const offsets = [shown - DAY, shown + DAY].map((at) => shownAt(at, timeZone) - at);
  const moments = [...new Set(offsets.map((offset) => shown - offset))].toSorted((a, b) => a - b);
  const real = moments.filter((at) => shownAt(at, timeZone) === shown);
  if (real.length === 0) return { ok: false, code: shown > shownAt(now, timeZone) ? 'time_skipped' : 'time_past' };
  const [first, second] = real.filter((at) => at > now);
  if (first === undefined) return { ok: false, code: 'time_past' };
  return second === undefined ? { ok: true, at: first } : { ok: false, code: 'time_twice' };
}

const asUtc = (day: string, time: string): Instant => Date.parse(`${day}T${time}:00Z`);

/** What the clocks of the zone show, to the minute, taken for UTC. */
function shownAt(at: Instant, timeZone: string): Instant {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return asUtc(dayIn(at, timeZone), time);
}

/** A date parser may take 30 February for 2 March. */
function isDay(day: string): boolean {
  const at = asUtc(day, '00:00');
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
}

const dayAfter = (day: string): string => new Date(asUtc(day, '00:00') + DAY).toISOString().slice(0, 10);
