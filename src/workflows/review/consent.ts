import type { SlackUserId } from '../../core/ids.ts';
import type { Target } from '../../core/people.ts';
import { isSurelyTheTarget } from '../../core/request/review.ts';
import { unlessSilent } from '../commands/refuse.ts';
import { standpointOf, withMatch } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/**
 * The Slack person who surely is the one target, where some rule lets that person agree. Nobody where Slack does not tell:
 * then the approvers decide, as without consent.
 */
export async function consenterOf(targets: readonly Target[], world: World): Promise<SlackUserId | undefined> {
  const [target, more] = targets;
  const user = target?.slack?.user;
  if (target === undefined || more !== undefined || user === undefined) return undefined;
  if (!world.policy.rules.some(({ consent }) => consent === true)) return undefined;
  const look = async () => await withMatch(await standpointOf(user, world), world);
  const found = await unlessSilent('slack', look, world);
  if (typeof found === 'string' || found.standing !== 'member') return undefined;
  return isSurelyTheTarget({ targets: [target] }, found.person) ? user : undefined;
}
