import { say } from '../../core/cards/answers.ts';
import { type Card, text } from '../../core/cards/card.ts';
import { alreadyPausedCard, notPausedCard, pausedCard, resumedCard } from '../../core/cards/pause-cards.ts';
import type { Ask } from '../../core/inputs.ts';
import type { Standpoint } from '../../core/people.ts';
import { isUnread, mayPause } from '../../core/policy/powers.ts';
import { announceIn } from '../operator/announce.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { refuse, unlessSilent } from './refuse.ts';

/** `/logoff pause`: from now on no process starts a log-off, until somebody resumes. For approvers of any rule. */
export async function pauseDispatch(
  reason: string | undefined,
  ask: Ask,
  who: Standpoint,
  world: World,
): Promise<Card> {
  const code = await whyNot(who, world);
  if (code !== undefined) return refuse(ask, code, [], world);
  const { clock, policy, pauses } = world;
  const since = clock.now();
  const why = reason === undefined ? {} : { reason };
  const pause = { by: who.person, since, ...why };
  const note = { kind: 'dispatch_paused', by: who.person, ...why } as const;
  const paused = await pauses.pause(pause, { at: since, via: ask.via, policyVersion: policy.version, note });
  if (!paused) {
    const current = await pauses.current();
    return current === undefined ? notPausedCard : alreadyPausedCard(current);
  }
  await post(pausedCard(pause), world, async () => (await pauses.current())?.since === since);
  return say(text('All log-offs are paused. `/logoff resume` ends the pause.'));
}

/** `/logoff resume`. Not from a channel that is shared with others: it lets things happen. */
export async function resumeDispatch(ask: Ask, who: Standpoint, world: World): Promise<Card> {
  const code = (await whyNot(who, world)) ?? (await whyNotHere(ask, world));
  if (code !== undefined) return refuse(ask, code, [], world);
  const note = { kind: 'dispatch_resumed', by: who.person } as const;
  const entry = { at: world.clock.now(), via: ask.via, policyVersion: world.policy.version, note };
  if (!(await world.pauses.resume(entry))) return notPausedCard;
  await post(resumedCard(who.person), world, async () => (await world.pauses.current()) === undefined);
  return say(text('The pause has ended. Requests that are approved and still in time are carried out now.'));
}

async function whyNot(who: Standpoint, world: World): Promise<string | undefined> {
  if (!mayPause(world.policy, who)) {
    const approvers = world.policy.rules.flatMap((rule) => rule.approvers ?? []);
    return isUnread(who, approvers) ? 'groups_unread' : 'not_to_pause';
  }
  return await whyIdle(world);
}

async function whyNotHere({ channel }: Ask, world: World): Promise<string | undefined> {
  const look = async () => ({ place: await world.directory.channelPlace(channel) });
  const found = await unlessSilent('slack', look, world);
  if (typeof found === 'string') return found;
  return found.place === 'shared' ? 'channel_shared' : undefined;
}

/** Tells both channels. It is on record already, so Slack's troubles are logged and no more. */
async function post(card: Card, world: World, isSo: () => Promise<boolean>): Promise<void> {
  const { approvalsChannel, auditChannel } = world;
  // Where the records do not tell, it is said all the same.
  const isNews = () => isSo().catch(() => true);
  await announceIn({ channel: approvalsChannel, card, isNews }, world);
  if (auditChannel === approvalsChannel) return;
  const line: Card = { summary: card.summary, parts: [{ kind: 'paragraph', text: card.summary }] };
  await announceIn({ channel: auditChannel, card: line, isNews }, world);
}
