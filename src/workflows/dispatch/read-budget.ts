import type { RequestId } from '../../core/ids.ts';
import type { Person } from '../../core/people.ts';
import { budgetTimes, type Spent } from '../../core/policy/decide.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Instant } from '../../core/time.ts';
import type { Counted } from '../rule-ports.ts';
import type { World } from '../world.ts';

/** What is to be counted of somebody at a moment: for each of the times that budgets name. */
export const toCount = (by: Person, at: Instant, policy: Policy): Counted => ({
  by,
  since: budgetTimes(policy).map((time) => at - time),
});

/** The counts by the times that budgets name, in the order of `toCount`. */
export const spentOf = (asked: readonly number[], policy: Policy): Spent =>
  new Map(budgetTimes(policy).map((time, index) => [time, asked[index] ?? 0]));

/** For how many people somebody had asked by then, and before this request where one is named. */
export async function readSpent(
  by: Person,
  at: Instant,
  before: RequestId | undefined,
  { requests, policy }: Pick<World, 'requests' | 'policy'>,
): Promise<Spent> {
  if (budgetTimes(policy).length === 0) return new Map();
  return spentOf(await requests.asked(toCount(by, at, policy), before), policy);
}
