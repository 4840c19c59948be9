import { codeOf } from './errors.ts';
import type { Duration } from './time.ts';

/** Runs a call to the outside and takes note of how long it took and how it ended; gives back, or throws, what it did. */
export type Measure = <T>(call: string, work: () => Promise<T>) => Promise<T>;

/** Takes no note at all. */
export const unmeasured: Measure = (_call, work) => work();

/** A call that has ended: its name (one of a few), how long it took, and `ok` or the code of what went wrong. */
export interface Ended {
  readonly call: string;
  readonly took: Duration;
  readonly code: string;
}

/** Measures by a clock that only grows, and tells each of `told`. */
export const measuring =
  (monotonic: () => number, ...told: readonly ((ended: Ended) => void)[]): Measure =>
  async (call, work) => {
    const asked = monotonic();
    const tell = (code: string) => {
      const took = monotonic() - asked;
      for (const each of told) each({ call, took, code });
    };
    try {
      const result = await work();
      tell('ok');
      return result;
    } catch (error) {
      tell(codeOf(error));
      throw error;
    }
  };
