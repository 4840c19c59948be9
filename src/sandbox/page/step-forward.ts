import type { DemoClock } from './demo-clock.ts';

/** What is needed to see whether the bot keeps up. All times in milliseconds. */
export interface Pace {
  /** The first moment at which the bot has something to do, also one that is over; nothing where there is none. */
  nextDue(): number | undefined;
  pause(ms: number): Promise<void>;
}

/**
 * Shorter steps than this are not taken, and after some stops none shorter than a minute: while the bot looks who is gone, or
 * cannot reach NetServer, something is due every few seconds.
 */
const SHORTEST = 15_000;
const SHORT_STOPS = 4;
const MINUTE = 60_000;
/** So often it waits for the bot; what is left then goes in one step. */
const MOST_STOPS = 15;
const GLANCE = 100;
/** The bot looks once a second what is due, and then talks to NetServer. */
const PATIENCE = 1_500;
/** What the bot has decided it still has to say in Slack. */
const TO_SAY_IT = 500;

/**
 * Moves the clock forward by `ms`, with a stop at each moment at which the bot has something to do: what it would have done
 * on the way, such as a reminder or a log-off after a warning, it must not find all at once and too late.
 */
export async function stepForward(clock: DemoClock, ms: number, { nextDue, pause }: Pace): Promise<void> {
  let left = ms;
  for (let stops = 0; left > 0; stops += 1) {
    const due = nextDue();
    const isNear = due !== undefined && due - clock.now() < left && stops < MOST_STOPS;
    const step = isNear ? Math.min(left, Math.max(stops < SHORT_STOPS ? SHORTEST : MINUTE, due - clock.now())) : left;
    clock.forward(step);
    left -= step;
    if (!isNear || left <= 0) continue;
    for (let waited = 0; waited < PATIENCE && isBehind(nextDue(), clock); waited += GLANCE) await pause(GLANCE);
    await pause(TO_SAY_IT);
  }
}

const isBehind = (due: number | undefined, clock: DemoClock): boolean => due !== undefined && due <= clock.now();
