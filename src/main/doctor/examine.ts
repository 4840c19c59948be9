import { EdgeError } from '../../core/errors.ts';
import type { Duration } from '../../core/time.ts';
import type { Clock } from '../../workflows/ports.ts';
import { TookTooLong, within } from '../time-limit.ts';
import { describeError } from './describe-error.ts';
import { type Finding, type Line, wrong } from './finding.ts';

/** Longer than any single call takes; several are made in some checks. */
const LIMIT: Duration = 20_000;

/** Runs one check. Whatever it does, it ends in time with at least one line, and the next one can go on. */
export type Examine = (check: string, work: () => Promise<Finding | readonly Finding[]>) => Promise<readonly Line[]>;

export const examining =
  (clock: Pick<Clock, 'after'>): Examine =>
  async (check, work) => {
    try {
      const found = [await within(LIMIT, clock, work)].flat();
      return found.map((finding) => ({ check, ...finding }));
    } catch (error) {
      return [{ check, ...failed(error) }];
    }
  };

function failed(error: unknown): Finding {
  if (error instanceof EdgeError) return describeError(error);
  if (error instanceof TookTooLong)
    return wrong(
      `no answer within ${LIMIT / 1_000} s`,
      'Look whether something between here and there swallows the connection.',
    );
  const name = error instanceof Error ? error.name : typeof error;
  return wrong(`this check itself failed (${name})`, 'Report it; the other checks are not concerned.');
}
