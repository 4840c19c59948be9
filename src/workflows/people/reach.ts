import type { DirectoryGroup } from '../../core/directory.ts';
import type { MayLearn, PeopleAtHand } from '../../core/find-people.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Actor } from '../../core/inputs.ts';
import { sameName } from '../../core/names.ts';
import type { Standpoint } from '../../core/people.ts';
import { isNever } from '../../core/policy/never.ts';
import { mayMatchMore, mayReach, rulesFor } from '../../core/policy/powers.ts';
import { unlessSilent } from '../commands/refuse.ts';
import type { NetServerPort } from '../ports.ts';
import type { World } from '../world.ts';
import { askerOf, type Look } from './standpoint.ts';

/** Somebody whom some rule concerns; the code to refuse with for everybody else, before anybody is looked up. */
export async function admit(who: Actor, world: World, look?: Look): Promise<Standpoint | string> {
  const requester = await unlessSilent('slack', () => askerOf(who, world, look), world);
  if (typeof requester === 'string') return requester;
  if (requester.standing !== 'member') return 'not_a_member';
  if (rulesFor(world.policy, requester).length > 0) return requester;
  return mayMatchMore(world.policy, requester) ? 'groups_unread' : 'no_rule_for_person';
}

/** Says of each person whether some rule lets the requester reach them. */
export const mayLearnOf =
  (requester: Standpoint, { policy }: Pick<World, 'policy'>): MayLearn =>
  ({ id, group }) =>
    mayReach(policy, requester, { id, group }, true);

/** The bot's own associate by NetServer: it stays the same while the process lives, and nobody waits for it at each letter. */
const own = new WeakMap<NetServerPort, AssociateId>();

/** The bot's own associate; nothing where SuperOffice does not tell it. */
export async function ownAssociate(world: Pick<World, 'netserver' | 'log'>): Promise<AssociateId | undefined> {
  const { netserver } = world;
  const known = own.get(netserver);
  if (known !== undefined) return known;
  const self = await unlessSilent('netserver', () => netserver.self(), world);
  if (typeof self === 'string') return undefined;
  own.set(netserver, self.associateId);
  return self.associateId;
}

/**
 * Says of each person whether they may be offered: within the requester's reach, and nobody whom nothing lets the bot log off.
 * Whoever is named exactly is looked for without this, and refused by name.
 */
export async function mayOfferTo(requester: Standpoint, world: World): Promise<MayLearn> {
  const may = mayLearnOf(requester, world);
  const self = await ownAssociate(world);
  return (person) => person.id !== self && !isNever(world.policy, person) && may(person);
}

/** The groups in which there is anybody to reach, by name. */
export function reachableGroups({ index, groups }: PeopleAtHand, may: MayLearn): readonly DirectoryGroup[] {
  const held = new Set(index.all.filter(may).map(({ group }) => group));
  const names = new Set([...held].map(sameName));
  return groups
    .filter(({ name }) => names.has(sameName(name)))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}
