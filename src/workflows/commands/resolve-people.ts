import {
  chooserCard,
  nameOrReasonCard,
  noSuchGroupCard,
  notTiedCard,
  severalGroupsCard,
} from '../../core/cards/chooser.ts';
import type { LogoffCommand, Reference } from '../../core/command.ts';
import type { DirectoryPerson } from '../../core/directory.ts';
import { EdgeError } from '../../core/errors.ts';
import { findPerson, type PeopleAtHand } from '../../core/find-people.ts';
import { distinct, joinNames } from '../../core/full-names.ts';
import { matchOf } from '../../core/identity.ts';
import type { AssociateId } from '../../core/ids.ts';
import { sameName } from '../../core/names.ts';
import type { NamedBy, Standpoint } from '../../core/people.ts';
import { mayReach } from '../../core/policy/powers.ts';
import { mayLearnOf } from '../people/reach.ts';
import type { World } from '../world.ts';
import { known, lookForName, type Search, type Unresolved } from './look-for-name.ts';

export interface Resolved {
  /** Who is meant, in the order named, with how. */
  readonly named: ReadonlyMap<AssociateId, NamedBy>;
  readonly reason?: string;
  /** Plain words that were taken together as full names. */
  readonly joined: readonly string[];
  /** When SuperOffice's people were read, where that is longer ago than it should be. */
  readonly staleSince?: number;
}

/** A group alone holds more people than a request may. */
export interface TooMany {
  readonly tooMany: true;
}

/**
 * Finds out who is meant. Gives a card for the one who asked where that is not certain: several people, a near miss,
 * nobody. Only people whom some rule lets the requester reach are found, and not more than `most`. Throws an EdgeError where they cannot be read.
 */
export async function resolvePeople(
  typed: LogoffCommand,
  requester: Standpoint,
  world: World,
  most: number,
): Promise<Resolved | Unresolved | TooMany> {
  const named = new Map<AssociateId, NamedBy>();
  const may = mayLearnOf(requester, world);
  let reading: Promise<PeopleAtHand> | undefined;
  const people = () => {
    reading ??= readPeople(world);
    return reading;
  };
  const isPlain = typed.who.some((one) => one.kind === 'name' && one.follows === true);
  const { who, names: joined } = isPlain
    ? joinNames(typed.who, (await people()).index, may)
    : { who: distinct(typed.who), names: [] };
  if (who.length > most) return { tooMany: true };
  const command: LogoffCommand = { ...typed, who };
  const search: Search = {
    command,
    typed,
    requester,
    world,
    most,
    may,
    people,
    add: (id, by) => void (named.has(id) || named.set(id, by)),
  };
  for (const reference of command.who) {
    const unresolved = await look(reference, search);
    if (unresolved !== undefined) return unresolved;
  }
  const quoted = await takeQuoted(search);
  if ('card' in quoted) return quoted;
  const reason = command.reason ?? quoted.reason;
  const read = await reading;
  return {
    named,
    joined,
    ...(reason === undefined ? {} : { reason }),
    ...(read?.stale === true ? { staleSince: read.readAt } : {}),
  };
}

/** Without the people of SuperOffice ids still work, so the answer must say so; the log keeps what the trouble was. */
async function readPeople({ people, log }: Pick<World, 'people' | 'log'>): Promise<PeopleAtHand> {
  try {
    return await people.read();
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'people_unread', { code: error.code });
    const { retryable, executed } = error;
    throw new EdgeError('the people could not be read', { code: 'people_unread', retryable, executed, cause: error });
  }
}

async function look(reference: Reference, search: Search): Promise<Unresolved | TooMany | undefined> {
  const { requester, add } = search;
  switch (reference.kind) {
    case 'id':
      add(reference.id, 'id');
      return undefined;
    case 'me': {
      const { match, slack, name } = requester.person;
      if (match?.permits !== true) return { card: notTiedCard({ slack, name }, true), code: 'not_tied' };
      add(match.associate, 'me');
      return undefined;
    }
    case 'mention':
      return await lookForMentioned(reference, search);
    case 'name':
      return await lookForName(reference, search);
    case 'group':
      return await lookForGroup(reference, search);
  }
}

/**
 * The settings, or an address that they trust, name somebody surely; a match by another address, which others can edit,
 * must be chosen by the one who asks. Who is out of reach looks like somebody who is not tied to anybody.
 */
async function lookForMentioned(
  reference: Extract<Reference, { kind: 'mention' }>,
  { command, requester, world, may, people, add }: Search,
): Promise<Unresolved | undefined> {
  const { policy } = world;
  const found = await slackPerson(reference.slack, world);
  const notTied = { card: notTiedCard(found, false), code: 'not_tied' } as const;
  const mapped = matchOf(found, policy, undefined);
  const match = mapped ?? (found.email === undefined ? undefined : matchOf(found, policy, (await people()).index));
  if (match === undefined || !mayReach(policy, requester, { id: match.associate }, false)) return notTied;
  const anyGroup = mayReach(policy, requester, { id: match.associate }, true);
  if (!match.permits || !anyGroup) {
    const person = (await people()).index.all.find(({ id }) => id === match.associate);
    if (person === undefined || !may(person)) return notTied;
    if (!match.permits)
      return { card: chooserCard(command, reference, `@${found.name}`, 'email', known([person], { world })) };
  }
  add(match.associate, 'mention');
  return undefined;
}

async function slackPerson(id: Parameters<World['directory']['person']>[0], { directory }: World) {
  try {
    return await directory.person(id);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const { retryable, executed } = error;
    throw new EdgeError('Slack did not say who that is', { code: 'slack', retryable, executed, cause: error });
  }
}

/** Everybody in a group whom the requester may reach, without former employees; a group with nobody of them is not there. */
async function lookForGroup(
  { name, id: picked }: Extract<Reference, { kind: 'group' }>,
  { requester, world, most, may, people, add }: Search,
): Promise<Unresolved | TooMany | undefined> {
  const { index, groups } = await people();
  const known = new Map(index.all.map((person) => [person.id, person]));
  const isReachable = (id: AssociateId) => {
    const person = known.get(id);
    return person === undefined ? mayReach(world.policy, requester, { id }, true) : !person.retired && may(person);
  };
  const meant = groups.filter((group) =>
    picked === undefined ? sameName(group.name) === sameName(name) : group.id === picked,
  );
  const [only, other] = meant;
  // SuperOffice tells all members in one piece: a group that is too large anyway is not asked for.
  const isIn = (person: DirectoryPerson) => !person.retired && sameName(person.group) === sameName(only?.name ?? '');
  if (only !== undefined && other === undefined) {
    const count = index.all.filter((person) => isIn(person) && may(person)).length;
    if (count > most) return { tooMany: true };
  }
  const members = await Promise.all(
    meant.map(async ({ id }) => (await world.people.membersOf(id)).filter(isReachable)),
  );
  const [first, second] = members.filter((reachable) => reachable.length > 0);
  if (first === undefined) return { card: noSuchGroupCard(name), code: 'no_such_group' };
  if (second !== undefined) return { card: severalGroupsCard(name), code: 'several_groups' };
  for (const id of first) add(id, 'group');
  return undefined;
}

/**
 * A quoted text at the end is the reason, unless somebody is called exactly so: then it is asked which it is, since people
 * may have renamed themselves to what others give for a reason. A comma in front says that a person is meant.
 */
async function takeQuoted({
  command,
  people,
  may,
  add,
  world,
}: Search): Promise<Unresolved | { readonly reason?: string }> {
  const { quoted, inList } = command;
  if (quoted === undefined) return {};
  const finding = findPerson((await people()).index, quoted, may);
  if (finding.kind === 'exact' && inList === true) {
    add(finding.person.id, finding.by);
    return {};
  }
  const ask = (found: readonly DirectoryPerson[]) => ({
    card: nameOrReasonCard(command, quoted, known(found, { world })),
  });
  if (finding.kind === 'exact') return ask([finding.person]);
  return finding.why === 'near' ? { reason: quoted } : ask(finding.people);
}
