import { EdgeError } from '../../core/errors.ts';
import type { PeopleAtHand } from '../../core/find-people.ts';
import { matchOf, tied } from '../../core/identity.ts';
import type { SlackUserId } from '../../core/ids.ts';
import type { Actor } from '../../core/inputs.ts';
import type { Match, Standpoint } from '../../core/people.ts';
import { groupsOf, type UserGroupMembers, unreadOf } from '../../core/policy/people-sets.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { whoMatches } from '../../core/policy/powers.ts';
import type { SlackPerson } from '../ports.ts';
import type { World } from '../world.ts';

type People = Pick<World, 'directory' | 'policy' | 'people' | 'log'>;

/** How the people of SuperOffice are looked up to see who somebody is: `peopleOrNothing`, or `peopleAtHand`. */
export type Look = (world: Pick<World, 'people' | 'log'>) => Promise<PeopleAtHand | undefined>;

/**
 * Finds out what the rules need to know of somebody at this moment. Throws an EdgeError where Slack does not answer.
 * Somebody whose payload names another workspace than their profile is treated as a stranger.
 */
export async function standpointOf(who: SlackUserId | Actor, world: People, look?: Look): Promise<Standpoint> {
  const { known, found } = await standingOf(who, world);
  return await matched(known, found, world, look);
}

/** The same for somebody who types or opens something: where the settings give them no part, SuperOffice is not asked. */
export async function askerOf(who: Actor, world: People, look?: Look): Promise<Standpoint> {
  const { known, found } = await standingOf(who, world);
  return hasPart(known, world.policy) ? await matched(known, found, world, look) : known;
}

/** What Slack and the settings say of somebody. */
async function standingOf(
  who: SlackUserId | Actor,
  { directory, policy }: People,
): Promise<{ readonly known: Standpoint; readonly found: SlackPerson }> {
  const slack = typeof who === 'string' ? who : who.slack;
  const [found, members] = await Promise.all([directory.person(slack), userGroups(directory, policy)]);
  const foreign = typeof who !== 'string' && who.team !== found.team;
  const standing = found.standing === 'member' && foreign ? 'stranger' : found.standing;
  const match = matchOf({ slack, standing }, policy, undefined);
  const person = { slack, team: found.team, name: found.name, ...(match === undefined ? {} : { match }) };
  const unread = unreadOf(policy, slack, members);
  const known = { person, standing, groups: groupsOf(policy, slack, members) };
  return { known: unread.length === 0 ? known : { ...known, unread }, found };
}

/** The same person with whom they are in SuperOffice, where an e-mail address tells it. */
export async function withMatch(who: Standpoint, world: People): Promise<Standpoint> {
  return await matched(who, await world.directory.person(who.person.slack), world);
}

async function matched(
  who: Standpoint,
  found: SlackPerson,
  world: People,
  look: Look = peopleOrNothing,
): Promise<Standpoint> {
  if (who.standing !== 'member' || who.person.match !== undefined || found.email === undefined) return who;
  const people = await look(world);
  return { ...who, person: tied(who.person, found, world.policy, people?.index) };
}

/** Which associate a Slack person is. Where SuperOffice's people cannot be read, only the settings tell. */
export async function matchTo(
  found: SlackPerson,
  world: Pick<World, 'policy' | 'people' | 'log'>,
): Promise<Match | undefined> {
  const mapped = matchOf(found, world.policy, undefined);
  if (mapped !== undefined || found.email === undefined) return mapped;
  const people = await peopleOrNothing(world);
  return matchOf(found, world.policy, people?.index);
}

/** Whether anything is permitted or asked of this person: to ask, to approve, to look. */
function hasPart(who: Standpoint, policy: Policy): boolean {
  if (who.standing !== 'member') return false;
  const named = [...policy.rules.flatMap(({ approvers }) => approvers ?? []), ...Object.values(policy.may_see).flat()];
  return policy.rules.some((rule) => whoMatches(rule, who)) || named.some((name) => who.groups.includes(name));
}

const userGroups = (directory: World['directory'], policy: Policy): Promise<UserGroupMembers> => {
  const ids = [...new Set(Object.values(policy.people).flatMap((people) => people.usergroups))];
  return ids.length === 0 ? Promise.resolve(new Map()) : directory.userGroupMembers(ids);
};

/** What is at hand of them without waiting for SuperOffice: for what Slack waits 3 seconds for. */
export const peopleAtHand: Look = ({ people }) => people.atHand();

/** The people of SuperOffice, or nothing where they cannot be read: for what is good to know but not needed. */
export async function peopleOrNothing({
  people,
  log,
}: Pick<World, 'people' | 'log'>): Promise<PeopleAtHand | undefined> {
  try {
    return await people.read();
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'people_unread', { code: error.code });
    return undefined;
  }
}

/** Who may decide on a request, and whether there may be more, since Slack did not tell who is in a user group. */
export interface Approvers {
  readonly people: readonly SlackUserId[];
  readonly isUnread: boolean;
}

/** Everybody who may decide on a request of this requester now, without the requester. */
export async function approversOf(
  names: readonly string[],
  requester: SlackUserId,
  { directory, policy }: Pick<World, 'directory' | 'policy'>,
): Promise<Approvers> {
  const members = await userGroups(directory, policy);
  const sets = names.flatMap((name) => policy.people[name] ?? []);
  const approvers = sets.flatMap(({ users, usergroups }): readonly string[] => [
    ...users,
    ...usergroups.flatMap((group) => [...(members.get(group) ?? [])]),
  ]);
  const people = [...new Set(approvers)].filter((slack): slack is SlackUserId => slack !== requester);
  return { people, isUnread: sets.some(({ usergroups }) => usergroups.some((group) => !members.has(group))) };
}
