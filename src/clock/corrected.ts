import { codeOf } from '../core/errors.ts';
import type { Duration, Instant } from '../core/time.ts';

/** How far this machine's clock may move against the database's between two measurements. */
const MOST_DRIFT: Duration = 2_000;
const MEASURE_EVERY: Duration = 60_000;
/** How soon it is measured again where it moved, or where the database did not answer. */
const MEASURE_AGAIN: Duration = 5_000;
/** The server read its clock somewhere between question and answer; a slower answer is asked for again. */
const QUICK_ANSWER: Duration = 200;
const TRIES = 3;

interface MachineClock {
  now(): Instant;
  monotonic(): number;
  after(delay: Duration, run: () => void): () => void;
}

type Log = (level: 'info' | 'warn' | 'error', code: string, fields?: Readonly<Record<string, unknown>>) => void;

export interface CorrectedClock extends MachineClock {
  /** Whether this time cannot be gone by: never measured, or moved since, and no two measurements agree yet. */
  isOff(): boolean;
  /** Measures now and from then on each minute. Never throws: where nothing can be measured the clock is off. */
  start(): Promise<void>;
  stop(): void;
}

/** The offset that was measured, and what both clocks of this machine said then. */
interface Measured {
  readonly offset: Duration;
  readonly wall: Instant;
  readonly monotonic: number;
}

/**
 * This machine's clock, its wall time corrected by the offset to the clock of the database that all processes share.
 * Growing time and timers stay as they are. A jump of the wall time shows at once against the growing time.
 */
export function correctedClock(clock: MachineClock, serverTime: () => Promise<Instant>, log: Log): CorrectedClock {
  let measured: Measured | undefined;
  let steady = false;
  let measuring: Promise<void> | undefined;
  let cancel = () => {};
  let stopped = false;

  async function read(): Promise<Measured | undefined> {
    let best: { readonly took: Duration; readonly measured: Measured } | undefined;
    for (let attempt = 0; attempt < TRIES && (best === undefined || best.took > QUICK_ANSWER); attempt += 1) {
      const asked = clock.monotonic();
      const server = await serverTime();
      const monotonic = clock.monotonic();
      const took = monotonic - asked;
      const wall = clock.now();
      const offset = Math.round(server + took / 2 - wall);
      if (best === undefined || took < best.took) best = { took, measured: { offset, wall, monotonic } };
    }
    return best === undefined || best.took / 2 > MOST_DRIFT ? undefined : best.measured;
  }

  function take(next: Measured): void {
    const moved = measured === undefined ? 0 : Math.abs(next.offset - measured.offset);
    const was = measured === undefined || steady;
    measured = next;
    steady = moved <= MOST_DRIFT;
    if (!steady) log('error', 'clock_moved', { by: moved, offset: next.offset });
    else if (!was) log('info', 'clock_steady', { offset: next.offset });
  }

  function measure(): Promise<void> {
    cancel();
    measuring ??= (async () => {
      try {
        const next = await read();
        if (next === undefined) log('warn', 'clock_unmeasured', { code: 'slow' });
        else take(next);
        plan(next === undefined || !steady ? MEASURE_AGAIN : MEASURE_EVERY);
      } catch (error) {
        log('warn', 'clock_unmeasured', { code: codeOf(error) });
        plan(MEASURE_AGAIN);
      } finally {
        measuring = undefined;
      }
    })();
    return measuring;
  }

  function plan(delay: Duration): void {
    if (!stopped) cancel = clock.after(delay, () => void measure());
  }

  return {
    now: () => clock.now() + (measured?.offset ?? 0),
    monotonic: clock.monotonic,
    after: clock.after,
    isOff() {
      if (measured === undefined || !steady) return true;
      const gone = clock.now() - measured.wall - (clock.monotonic() - measured.monotonic);
      if (Math.abs(gone) <= MOST_DRIFT) return false;
      if (!stopped) void measure();
      return true;
    },
    start: measure,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
