import type { Duration } from '../core/time.ts';

/** Work that must not be cut off when the process stops. */
export interface Tracker {
  /** Counts this work until it ends; gives it back as it was. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** True once nothing is under way; false where something still is when the time is up. */
  settledWithin(limit: Duration): Promise<boolean>;
}

/** Keeps count of what is under way, whoever started it. */
export function createTracker(): Tracker {
  const running = new Set<Promise<unknown>>();
  async function settled(): Promise<void> {
    // What is under way may start more of it.
    while (running.size > 0) await Promise.all(running);
  }
  return {
    track(work) {
      const ended: Promise<unknown> = work.then(
        () => running.delete(ended),
        () => running.delete(ended),
      );
      running.add(ended);
      return work;
    },
    settled,
    async settledWithin(limit) {
      const late = Promise.withResolvers<false>();
      const timer = setTimeout(() => late.resolve(false), limit);
      try {
        return await Promise.race([settled().then(() => true), late.promise]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
