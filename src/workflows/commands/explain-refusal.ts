import { noSuchRequest } from '../../core/cards/answers.ts';
import type { Card } from '../../core/cards/card.ts';
import { explainFailure, leftOuts } from '../../core/cards/catalogue.ts';
import { describeRule } from '../../core/cards/describe-rule.ts';
import { type LastRefused, whyCard, whyRequestCard } from '../../core/cards/why-cards.ts';
import type { AssociateId, ChannelId, RequestId } from '../../core/ids.ts';
import type { Ask } from '../../core/inputs.ts';
import type { LeftOut, Standpoint } from '../../core/people.ts';
import { type ChannelPlace, decide, type Facts } from '../../core/policy/decide.ts';
import { explain, verdictOf } from '../../core/policy/explain.ts';
import { mayReach, rulesFor } from '../../core/policy/powers.ts';
import type { Request } from '../../core/request/request.ts';
import { standpointOf } from '../people/standpoint.ts';
import { withGroups } from '../people/with-groups.ts';
import type { World } from '../world.ts';
import { noteClickRefusal, unlessSilent } from './refuse.ts';
import { maySee, seer, withUnread } from './show-status.ts';

/**
 * `/logoff why [request]`: the rules that are for this person, why they were refused last, or by which rule a request went.
 * Nobody reads of rules that are for others, nor of requests that they cannot see.
 */
export async function showWhy(
  number: RequestId | undefined,
  { channel }: Pick<Ask, 'channel'>,
  who: Standpoint,
  world: World,
): Promise<Card> {
  if (number !== undefined) return await whyRequest(number, who, world);
  const place = await placeOf(channel, world);
  const rules = rulesFor(world.policy, who).map((rule) => {
    // Asked of the rules themselves: what is left of the match where nobody is named yet.
    const facts = { requester: who, channel, ...place, targets: [] };
    const { trace, ...rest } = decide({ ...world.policy, rules: [rule] }, facts);
    const isShared = 'code' in rest && rest.code === 'channel_shared';
    return { line: describeRule(rule), isHere: !isShared && trace[0]?.channels !== false };
  });
  return withUnread(who, whyCard(rules, await lastRefused(channel, who, world)));
}

/** What Slack says of the channel; where it does not answer it is taken as one that is not shown. */
async function placeOf(channel: ChannelId, world: World): Promise<{ readonly place: ChannelPlace }> {
  const found = await unlessSilent(
    'slack',
    async () => ({ place: await world.directory.channelPlace(channel) }),
    world,
  );
  return typeof found === 'string' ? { place: 'hidden' } : found;
}

async function lastRefused(channel: ChannelId, who: Standpoint, world: World): Promise<LastRefused | undefined> {
  const entry = await world.lastRefusal?.(who.person.slack);
  if (entry === undefined || entry.note.kind !== 'command_refused') return undefined;
  const { note, at, policyVersion } = entry;
  const ways = await waysFor(note.targets, note.channel ?? channel, who, world);
  return {
    at,
    typed: note.text,
    why: [explainFailure(note.code).say, ...leftOutWords(note.leftOut ?? [])].join(' '),
    underOthers: policyVersion !== world.policy.version,
    ways,
  };
}

/** Why nobody was left, for so many of those who were named. */
const LEFT_OUT_SHOWN = 10;

function leftOutWords(leftOut: readonly Pick<LeftOut, 'id' | 'code'>[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, LEFT_OUT_SHOWN).map(({ id, code }) => `id ${id}: ${leftOuts[code].say}`);
  const more = leftOut.length > LEFT_OUT_SHOWN ? ` and ${leftOut.length - LEFT_OUT_SHOWN} more` : '';
  return [`Left out: ${shown.join('; ')}${more}.`];
}

/** What would make it pass by the rules that are for this person. Nothing where somebody is out of their reach. */
async function waysFor(
  ids: readonly AssociateId[],
  channel: ChannelId,
  who: Standpoint,
  world: World,
): Promise<readonly string[]> {
  if (ids.length === 0 || ids.length > world.policy.max_targets) return [];
  const look = async () => withGroups(await world.netserver.findAssociates(ids), world);
  const found = await unlessSilent('netserver', look, world);
  if (typeof found === 'string' || found.length < ids.length) return [];
  if (!found.every((associate) => mayReach(world.policy, who, associate, true))) return [];
  const own = { ...world.policy, rules: [...rulesFor(world.policy, who)] };
  const facts: Facts = { requester: who, channel, ...(await placeOf(channel, world)), targets: found };
  const { decision, rules, barriers } = explain(own, facts);
  if (decision.effect !== 'deny' || barriers.length > 0) return [];
  return rules.flatMap(({ rule, missing }) =>
    missing.length === 0 ? [] : [`by "${rule}" if ${missing.join(', and ')}`],
  );
}

async function whyRequest(number: RequestId, asker: Standpoint, world: World): Promise<Card> {
  const who = await seer(asker, world);
  const request = await world.requests.read(number);
  if (request === undefined) return noSuchRequest(number);
  if (!maySee(request, who, world)) {
    const attempt = { who: who.person, via: 'command', action: 'why', by: who } as const;
    await noteClickRefusal(request, attempt, 'not_yours_to_see', world);
    return noSuchRequest(number);
  }
  return whyRequestCard(request, await underRulesOfNow(request, world));
}

/** What the rules in force would say to the same request, where they are others than then. */
async function underRulesOfNow(request: Request, world: World): Promise<string | undefined> {
  if (request.policyVersion === world.policy.version) return undefined;
  const requester = await unlessSilent('slack', () => standpointOf(request.requester.slack, world), world);
  if (typeof requester === 'string') return 'not known: Slack did not answer';
  const { channel } = request.origin;
  const whom = request.everyone === undefined ? {} : ({ everyone: true } as const);
  const facts: Facts = { requester, channel, ...(await placeOf(channel, world)), targets: request.targets, ...whom };
  return verdictOf(explain(world.policy, facts, request.reason));
}
