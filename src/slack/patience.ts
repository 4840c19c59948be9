import type { Duration } from '../core/time.ts';
import { SlackError } from './errors.ts';
import type { Log } from './log.ts';

const FIRST_WAIT: Duration = 1_000;
const LONGEST_WAIT: Duration = 20_000;

/** Asks Slack until it answers, however long it cannot be reached. Throws where it refuses, and once `stopped` resolves. */
export async function untilReached<T>(
  ask: () => Promise<T>,
  { after, log }: { after(delay: Duration, run: () => void): () => void; readonly log: Log },
  stopped: Promise<void>,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SlackError) || !error.retryable) throw error;
      const { method, code, detail, message, retryAfter = 0 } = error;
      log('warn', 'slack_unreachable', { method, code, detail, why: message });
      let cancel = () => {};
      const waited = new Promise<'waited'>((resolve) => {
        const own = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures, 10));
        cancel = after(Math.max(own, retryAfter), () => resolve('waited'));
      });
      if ((await Promise.race([waited, stopped])) === 'waited') continue;
      cancel();
      throw error;
    }
  }
}
