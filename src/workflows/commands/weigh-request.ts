import type { Card } from '../../core/cards/card.ts';
import { tooManyWords } from '../../core/cards/people.ts';
import type { LogoffCommand } from '../../core/command.ts';
import { EdgeError } from '../../core/errors.ts';
import { fewestNamed } from '../../core/full-names.ts';
import type { AssociateId, ChannelId } from '../../core/ids.ts';
import type { Associate, LeftOut, NamedBy, Standpoint, Target } from '../../core/people.ts';
import {
  type ChannelPlace,
  type Decision,
  decide,
  type Facts,
  mostNamed,
  ruleBehind,
} from '../../core/policy/decide.ts';
import { mostAllowed } from '../../core/policy/limits.ts';
import { isNever } from '../../core/policy/never.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { mayMatchMore, mayReach, rulesFor } from '../../core/policy/powers.ts';
import type { Instant } from '../../core/time.ts';
import { readSpent } from '../dispatch/read-budget.ts';
import { readWhoIsOn } from '../people/read-who-is-on.ts';
import { withGroups } from '../people/with-groups.ts';
import type { ServerFacts } from '../ports.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { unlessSilent } from './refuse.ts';
import { type Resolved, resolvePeople } from './resolve-people.ts';

type Granted = Exclude<Decision, { effect: 'deny' }>;

/** What a command's words do not tell. */
type Kept = Pick<Facts, 'afterEveryone'>;

/** What would come of a command at this moment. */
export type Weighed =
  | {
      readonly kind: 'ready';
      readonly targets: readonly Target[];
      readonly leftOut: readonly LeftOut[];
      readonly resolved: Resolved;
      readonly decision: Granted;
      readonly place: ChannelPlace;
      /** Whoever is on at that time is meant, and `targets` are those who are on now. */
      readonly everyone?: { readonly at: Instant };
      /** They were left after everyone was to be logged off. */
      readonly afterEveryone?: true;
    }
  /** It cannot be done; `code` is one of the catalogue's. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly ids: readonly AssociateId[];
      readonly rule?: string | undefined;
      /** One sentence more for the one who asked. */
      readonly more?: string | undefined;
    }
  /** Everybody who was named is left out. */
  | { readonly kind: 'nobody'; readonly leftOut: readonly LeftOut[]; readonly ids: readonly AssociateId[] }
  /** It is not certain who is meant; `code` where nobody could be offered. */
  | { readonly kind: 'ask'; readonly card: Card; readonly code?: string };

/**
 * Finds out who is meant, looks these people up and asks the rules. Changes nothing and keeps nothing in the audit, so
 * that a preview may ask as well. Throws an EdgeError only where the records do not answer.
 *
 * `to do`: what nobody has to approve is sent at once, and who is on is read right before that; nobody would see what is
 * read here. `to show`: it is read in any case.
 */
export async function weigh(
  command: LogoffCommand,
  requester: Standpoint,
  channel: ChannelId,
  world: World,
  purpose: 'to do' | 'to show',
  more: Kept = {},
): Promise<Weighed> {
  const weighed = await weighKnown(command, requester, channel, world, purpose, more);
  if (!mayMatchMore(world.policy, requester) || !isForWantOfARule(weighed)) return weighed;
  const ids = 'ids' in weighed ? weighed.ids : [];
  return { kind: 'refused', code: 'groups_unread', ids };
}

/** Whether a rule for this person, or one that reaches further, might have let it pass. */
function isForWantOfARule(weighed: Weighed): boolean {
  if (weighed.kind === 'refused') return weighed.code.startsWith('no_rule_');
  if (weighed.kind === 'nobody') return weighed.leftOut.some(({ code }) => code === 'unknown_id');
  return weighed.kind === 'ask' && weighed.code !== undefined;
}

async function weighKnown(
  command: LogoffCommand,
  requester: Standpoint,
  channel: ChannelId,
  world: World,
  purpose: 'to do' | 'to show',
  more: Kept,
): Promise<Weighed> {
  const { policy } = world;
  const refused = (code: string, ids: readonly AssociateId[] = []): Weighed => ({ kind: 'refused', code, ids });
  const most = mostNamed(policy, more);
  const idle = await whyIdle(world);
  if (idle !== undefined) return refused(idle);
  // The right to use the command at all comes before any look-up: nobody learns of people whom no rule lets them reach.
  if (rulesFor(policy, requester).length === 0) return refused('no_rule_for_person');
  if (fewestNamed(command.who) > most) return refused('too_many');
  const where = await unlessSilent(
    'slack',
    async () => ({ place: await world.directory.channelPlace(channel) }),
    world,
  );
  if (typeof where === 'string') return refused(where);
  if (where.place === 'shared') return refused('channel_shared');
  const resolved = await unlessSilent('netserver', () => resolvePeople(command, requester, world, most), world);
  if (typeof resolved === 'string') return refused(resolved);
  if ('tooMany' in resolved) return refused('too_many');
  if ('card' in resolved) return { kind: 'ask', ...resolved };
  const ids = [...resolved.named.keys()];
  if (!ids.every((id) => mayReach(policy, requester, { id }, false))) return refused('no_rule_for_targets', ids);
  if (ids.length > most) return refused('too_many', ids);
  const found = await unlessSilent('netserver', () => lookUp(ids, world), world);
  if (typeof found === 'string') return refused(found, ids);
  if (found.windowsClient === 'no') return refused('no_windows_client', ids);
  const { targets, leftOut } = sort(resolved.named, found, requester, policy);
  if (targets.length === 0) return { kind: 'nobody', leftOut, ids };
  const spent = await readSpent(requester.person, world.clock.now(), undefined, world);
  const facts: Facts = { requester, channel, targets, ...where, spent, ...more };
  const decision = decide(policy, facts);
  if (decision.effect === 'deny') {
    const allowed = decision.code === 'no_rule_for_targets' ? mostAllowed(policy, facts) : undefined;
    const words = allowed === undefined ? undefined : tooManyWords(targets.length, allowed);
    return { kind: 'refused', code: decision.code, ids, rule: ruleBehind(decision), more: words };
  }
  const isSentAtOnce = decision.effect === 'allow' && decision.demand.confirm !== true;
  const seen = purpose === 'to do' && isSentAtOnce ? targets : withSight(targets, await readWhoIsOn(world));
  return { kind: 'ready', targets: seen, leftOut, resolved, decision, ...where, ...more };
}

const withSight = (targets: readonly Target[], on: Awaited<ReturnType<typeof readWhoIsOn>>): readonly Target[] =>
  typeof on === 'string' ? targets : targets.map((target) => ({ ...target, on: on.has(target.id) ? 'on' : 'off' }));

interface Found {
  readonly associates: readonly Associate[];
  readonly self: AssociateId;
  readonly windowsClient: ServerFacts['windowsClient'];
}

async function lookUp(ids: readonly AssociateId[], world: World): Promise<Found> {
  const { netserver } = world;
  const [associates, self, { windowsClient }] = await Promise.all([
    netserver.findAssociates(ids).then((found) => withGroups(found, world)),
    netserver.self(),
    kindOfServer(world),
  ]);
  return { associates, self: self.associateId, windowsClient };
}

/** What is not known of the server keeps nobody from being logged off. */
export async function kindOfServer({ netserver, log }: World): Promise<Pick<ServerFacts, 'windowsClient'>> {
  try {
    return await netserver.serverFacts();
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'server_facts_unread', { code: error.code });
    return { windowsClient: 'unknown' };
  }
}

/** Keeps who can be logged off; names everybody else with the reason. Who is retired stays, and the card says so. */
function sort(
  named: ReadonlyMap<AssociateId, NamedBy>,
  { associates, self }: Found,
  requester: Standpoint,
  policy: Policy,
): { targets: Target[]; leftOut: LeftOut[] } {
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  for (const [id, namedBy] of named) {
    const associate = associates.find((candidate) => candidate.id === id);
    // Out of reach looks like unknown, without the name: the answer must not tell that there is such a person.
    if (associate === undefined || !mayReach(policy, requester, associate, true)) {
      leftOut.push({ id, code: 'unknown_id' });
      continue;
    }
    const out = (code: LeftOut['code']) => leftOut.push({ id, code, name: associate.fullName });
    if (id === self) out('bot_itself');
    else if (isNever(policy, associate)) out('never_list');
    else if (associate.type !== 'internal') out('not_internal');
    else targets.push({ ...associate, on: 'unknown', namedBy });
  }
  return { targets, leftOut };
}
