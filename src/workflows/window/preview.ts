import { inWords, type Preview } from '../../core/cards/compose.ts';
import type { FormValues } from '../../core/cards/modal.ts';
import { composed } from '../../core/compose.ts';
import { EdgeError } from '../../core/errors.ts';
import { slackOf } from '../../core/identity.ts';
import type { ChannelId, SlackUserId } from '../../core/ids.ts';
import type { Standpoint, Target } from '../../core/people.ts';
import type { Demand } from '../../core/policy/decide.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { maySeeWho } from '../../core/policy/powers.ts';
import { deniedUnread } from '../commands/denied-lately.ts';
import { refusalWords } from '../commands/refuse.ts';
import { weigh } from '../commands/weigh-request.ts';
import { approversOf } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/** What would come of what is filled in now. Nothing of it is kept: looking is no attempt. */
export async function previewOf(
  values: FormValues,
  requester: Standpoint,
  channel: ChannelId,
  world: World,
): Promise<Preview> {
  // The reason changes nothing of it; that it is too long is said when it is submitted.
  const made = composed({ ...values, text: '' });
  if (!made.ok) return { kind: 'nothing_chosen' };
  const weighed = await weigh(made.command, requester, channel, world, 'to show');
  switch (weighed.kind) {
    case 'refused':
      return { kind: 'no', words: refusalWords(weighed.code, world, weighed.more), leftOut: [] };
    case 'nobody':
      return { kind: 'no', words: 'None of these people can be logged off.', leftOut: weighed.leftOut };
    case 'ask':
      return { kind: 'no', words: inWords(weighed.card.summary), leftOut: [] };
    case 'ready': {
      const { targets, leftOut, decision, resolved } = weighed;
      const { match } = requester.person;
      const self = match?.permits === true ? match.associate : undefined;
      const seesWho = maySeeWho(world.policy, requester);
      const approvers = await whoMayApprove(decision.demand, requester.person.slack, world);
      const asOf = resolved.staleSince === undefined ? {} : { peopleAsOf: resolved.staleSince };
      const denied = await deniedUnread(targets, decision.demand, requester.person, world);
      const toldOn = new Set(targets.map(({ id }) => id).filter((id) => seesWho || id === self));
      return {
        kind: 'yes',
        targets: targets.map((target) => mentioned(target, world.policy)),
        toldOn,
        leftOut,
        rule: decision.rule,
        demand: decision.demand,
        approvers,
        ...asOf,
        ...(denied.length === 0 ? {} : { denied }),
      };
    }
  }
}

/** With who they are in Slack where the settings say so; for an address Slack is not asked at each change. */
function mentioned(target: Target, policy: Policy): Target {
  const user = slackOf(target.id, policy);
  return user === undefined ? target : { ...target, slack: { user, how: 'map' } };
}

async function whoMayApprove(
  { approvals, approvers }: Demand,
  requester: SlackUserId,
  world: World,
): Promise<readonly SlackUserId[]> {
  if (approvals === 0) return [];
  try {
    return (await approversOf(approvers, requester, world)).people;
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    return [];
  }
}
