import type { Clock } from '../src/workflows/ports.ts';

/** 14:00 UTC on a Monday. */
export const MONDAY_14_00 = Date.UTC(2026, 10, 23, 14, 0);

export interface TestClock extends Clock {
  /** Lets this much time pass: fires what falls due in order, each with its own moment, and lets its work settle in between. */
  advance(ms: number): Promise<void>;
  /** The same time passes, but nothing runs meanwhile, as in a process that was paused. What fell due fires at the next `advance`. */
  pause(ms: number): void;
  /** How many timers are waiting. */
  waiting(): number;
}

/** A few turns of the event loop: whatever only waits for promises has then come as far as it can. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved. `settled` waits for the work that a timer started; give an own one where sockets are involved. */
export function createTestClock(start: number = MONDAY_14_00, settled: () => Promise<void> = settle): TestClock {
  let passed = 0;
  let order = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();

  const next = (until: number) => {
    const due = [...timers].filter(([, { at }]) => at <= until);
    return due.sort(([a, first], [b, second]) => first.at - second.at || a - b)[0];
  };

  return {
    now: () => start + passed,
    monotonic: () => passed,
    after(delay, run) {
      order += 1;
      const key = order;
      timers.set(key, { at: passed + Math.max(0, delay), run });
      return () => timers.delete(key);
    },
    async advance(ms) {
      const until = passed + ms;
      await settled();
      for (let due = next(until); due !== undefined; due = next(until)) {
        const [key, { at, run }] = due;
        timers.delete(key);
        passed = Math.max(passed, at);
        run();
        await settled();
      }
      passed = until;
      await settled();
    },
    pause(ms) {
      passed += ms;
    },
    waiting: () => timers.size,
  };
}
