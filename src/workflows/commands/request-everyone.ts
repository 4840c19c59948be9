import type { Card } from '../../core/cards/card.ts';
import { whenCard } from '../../core/cards/everyone.ts';
import type { EveryoneCommand } from '../../core/command.ts';
import type { ChannelId } from '../../core/ids.ts';
import type { Ask } from '../../core/inputs.ts';
import type { LeftOut, Standpoint, Target } from '../../core/people.ts';
import { decide } from '../../core/policy/decide.ts';
import { MOST_AT_ONCE } from '../../core/policy/policy.ts';
import { isUnread, maySeeWho, rulesFor } from '../../core/policy/powers.ts';
import { LONGEST_AHEAD, whyNot } from '../../core/request/everyone.ts';
import { momentOf } from '../../core/when.ts';
import { readSpent } from '../dispatch/read-budget.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { readWhoIsOn } from '../people/read-who-is-on.ts';
import { withGroups } from '../people/with-groups.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { unlessSilent } from './refuse.ts';
import { answerTo, openWeighed, turnDown } from './request-logoff.ts';
import { kindOfServer, type Weighed } from './weigh-request.ts';

/** `/logoff everyone at 17:00 reason: …`: opens the request to log off whoever is on then; a private answer where there is more to say. */
export async function requestEveryone(
  { when, reason }: EveryoneCommand,
  input: Ask,
  requester: Standpoint,
  world: World,
  reconciler: Reconciler,
): Promise<Card | undefined> {
  const moment = momentOf(when, world.clock.now(), world.timeZone, LONGEST_AHEAD);
  if (!moment.ok) return whenCard(moment.code, world.timeZone);
  const weighed = await weighEveryone(reason, requester, input.channel, world);
  if (weighed.kind !== 'ready') return await turnDown(weighed, input, world);
  const everyone = { at: moment.at };
  const opened = await openWeighed({ ...weighed, everyone }, input, requester, world, reconciler);
  if ('card' in opened) return opened.card;
  const { request, fresh } = opened;
  return fresh ? await answerTo(request, requester, world) : undefined;
}

/** Looks who is on and asks the rules. The right to ask comes before any look-up. */
async function weighEveryone(
  reason: string | undefined,
  requester: Standpoint,
  channel: ChannelId,
  world: World,
): Promise<Weighed> {
  const { policy, directory } = world;
  const refused = (code: string): Weighed => ({ kind: 'refused', code, ids: [] });
  const idle = await whyIdle(world);
  if (idle !== undefined) return refused(idle);
  if (rulesFor(policy, requester).length === 0) return refused('no_rule_for_person');
  if (!maySeeWho(policy, requester)) {
    return refused(isUnread(requester, policy.may_see.who) ? 'groups_unread' : 'not_for_everyone');
  }
  const where = await unlessSilent('slack', async () => ({ place: await directory.channelPlace(channel) }), world);
  if (typeof where === 'string') return refused(where);
  const found = await unlessSilent('netserver', () => lookWhoIsOn(world), world);
  if (typeof found === 'string') return refused(found);
  if ('code' in found) return refused(found.code);
  const { targets, leftOut } = found;
  const spent = await readSpent(requester.person, world.clock.now(), undefined, world);
  const decision = decide(policy, { requester, channel, targets, everyone: true, ...where, spent });
  if (decision.effect === 'deny') return refused(decision.code);
  const resolved = { named: new Map(), joined: [], ...(reason === undefined ? {} : { reason }) };
  return { kind: 'ready', targets, leftOut, resolved, decision, ...where };
}

/** Who is on now and can be logged off; who cannot, with the reason. */
async function lookWhoIsOn(world: World) {
  const { netserver, policy } = world;
  const [on, self, { windowsClient }] = await Promise.all([readWhoIsOn(world), netserver.self(), kindOfServer(world)]);
  if (windowsClient === 'no') return { code: 'no_windows_client' };
  if (typeof on === 'string') return { code: on === 'refused' ? 'everyone_unknown' : 'netserver' };
  const known = on.size === 0 ? [] : await withGroups(await netserver.findAssociates([...on]), world);
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  for (const who of known) {
    const code = whyNot(who, self.associateId, policy);
    if (code === undefined) targets.push({ ...who, on: 'on', namedBy: 'everyone' });
    else leftOut.push({ id: who.id, name: who.fullName, code });
  }
  return targets.length > MOST_AT_ONCE ? { code: 'too_many_on' } : { targets, leftOut };
}
