import type { Duration } from '../core/time.ts';
import type { Clock, Log } from '../workflows/ports.ts';
import { TookTooLong, within } from './time-limit.ts';

/**
 * The longest that a stop takes: one call to NetServer with its usual limit of 15 s, and what is to be written about it.
 * Below the 30 s that most supervisors give.
 */
export const STOP_WITHIN: Duration = 25_000;

/** What a terminal, a supervisor or Windows sends a process that is to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** Resolves with the next signal to stop. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const heard = (signal: NodeJS.Signals): void => {
      for (const each of SIGNALS) process.off(each, heard);
      resolve(signal);
    };
    for (const each of SIGNALS) process.on(each, heard);
  });
}

/** Lets a bot finish what runs, within the time; what remains is in the records, and the next start goes on with it. */
export async function stopInTime(stop: () => Promise<void>, clock: Pick<Clock, 'after'>, log: Log): Promise<void> {
  try {
    await within(STOP_WITHIN, clock, stop);
    log('info', 'stopped');
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    log('warn', 'stopped_with_work_left', { after: STOP_WITHIN });
  }
}
