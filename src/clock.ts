import type { Duration, Instant } from './core/time.ts';

/** The longest delay that a timer of Node takes (a 32-bit count of milliseconds); a longer one would fire at once. */
const LONGEST_TIMER = 2_147_483_647;

/** The time of this machine: the only place where wall time, growing time and timers come from. */
export function systemClock() {
  return {
    /** Milliseconds since 1970 UTC. */
    now: (): Instant => Date.now(),
    /** Milliseconds that only grow, whatever is done to the machine's clock. */
    monotonic: (): number => performance.now(),
    /** Calls `run` once after `delay` (at once where it is not above zero); gives a function that prevents it. */
    after(delay: Duration, run: () => void): () => void {
      let timer: NodeJS.Timeout;
      const wait = (left: Duration) => {
        const next = Math.min(left, LONGEST_TIMER);
        timer = setTimeout(() => (left > next ? wait(left - next) : run()), next);
      };
      wait(delay > 0 ? delay : 0);
      return () => clearTimeout(timer);
    },
  };
}
