import { associateId } from '../ids.ts';
import type { Match, Standpoint } from '../people.ts';
import { isNever } from './never.ts';
import { plainStandpoint } from './plain-facts.ts';
import type { Policy } from './policy.ts';
import { listed } from './words.ts';

/** Somebody by name, or anybody whom the settings do not name, with user groups that they are taken to be in. */
interface Somebody {
  readonly user?: string;
  readonly usergroups: readonly string[];
  /** Tied to an associate only by a confirmed address of this domain. */
  readonly domain?: string;
}

/** Somebody who stands for all whom the policies compared treat alike. */
export interface Persona extends Somebody {
  readonly alike: readonly Somebody[];
}

/** Nobody whom settings name has this Slack id, nobody this associate id. */
const NOBODY_NAMED = 'U0';
const OWN_ID = associateId(1_999_999_999);
/** With more user groups than this only each alone and all together are looked at. */
const PAIRED = 8;

/** What a persona is under a policy. */
export function personaUnder({ user = NOBODY_NAMED, usergroups, domain }: Somebody, policy: Policy): Standpoint {
  const found = plainStandpoint({ user, usergroups }, policy);
  if (domain === undefined) return found;
  const permits = policy.trust_email.some((trusted) => trusted.toLowerCase() === domain);
  const match: Match = { associate: OWN_ID, how: 'email', permits };
  return { ...found, person: { ...found.person, match } };
}

/** Everybody worth a look: each person named, somebody else, each with each user group, with pairs, and with all of them. */
export function personasOf(policies: readonly Policy[]): readonly Persona[] {
  const sets = policies.flatMap(({ people }) => Object.values(people));
  const users = new Set(sets.flatMap((set): readonly string[] => set.users));
  for (const { identities } of policies) for (const user of Object.keys(identities)) users.add(user);
  const groups = [...new Set(sets.flatMap(({ usergroups }): readonly string[] => usergroups))];
  const domains = new Set(policies.flatMap(({ trust_email }) => trust_email.map((domain) => domain.toLowerCase())));
  const bases: readonly Somebody[] = [
    { usergroups: [] },
    ...[...users].map((user) => ({ user, usergroups: [] })),
    ...[...domains].map((domain) => ({ domain, usergroups: [] })),
  ];
  const grouped = distinct(bases, policies).flatMap(({ alike, ...base }) =>
    subsets(groups).flatMap((usergroups) => alike.map((one) => ({ ...base, ...one, usergroups }))),
  );
  return distinct(grouped, policies);
}

function subsets(groups: readonly string[]): readonly (readonly string[])[] {
  const pairs =
    groups.length > PAIRED ? [] : groups.flatMap((one, at) => groups.slice(at + 1).map((two) => [one, two]));
  const all = groups.length > 2 ? [groups] : [];
  return [[], ...groups.map((group) => [group]), ...pairs, ...all];
}

/** One for all that the policies cannot tell apart. */
function distinct(all: readonly Somebody[], policies: readonly Policy[]): readonly Persona[] {
  const seen = Map.groupBy(all, (somebody) => signature(somebody, policies));
  return [...seen.values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ ...first, alike }];
  });
}

/** Which sets they are in, and what their own associate is to each policy; not which associate it is. */
function signature(somebody: Somebody, policies: readonly Policy[]): string {
  const under = policies.map((policy) => ({ policy, ...personaUnder(somebody, policy) }));
  const associates = [...new Set(under.map(({ person }) => person.match?.associate))];
  return JSON.stringify([
    ...under.map(({ groups, person: { match } }) => [groups, match?.permits, associates.indexOf(match?.associate)]),
    ...associates.map((id) => policies.map((policy) => id !== undefined && isNever(policy, { id, login: '' }))),
  ]);
}

/** Who these are, in words: "U0BOB, members of S0CRM and everybody else". Whom a wider part of it holds is not named again. */
export function describePersonas(personas: readonly Persona[]): string {
  const all = personas.flatMap(({ alike }) => alike);
  // A named person in a user group is one of its members; a member of two groups is a member of one.
  const isWithin = (narrow: Somebody, wide: Somebody) => {
    const sameBase = wide.user === narrow.user && wide.domain === narrow.domain;
    const isMember = wide.user === undefined && wide.domain === undefined && wide.usergroups.length > 0;
    const fewer = wide.usergroups.length < narrow.usergroups.length;
    return wide.usergroups.every((group) => narrow.usergroups.includes(group)) && (sameBase ? fewer : isMember);
  };
  const kept = all.filter((one) => !all.some((other) => isWithin(one, other)));
  return listed(kept.map(describe).toSorted((left, right) => Number(left === ELSE) - Number(right === ELSE)));
}

const ELSE = 'everybody else';

function describe({ user, usergroups, domain }: Somebody): string {
  const groups = usergroups.length === 0 ? '' : `user group${usergroups.length === 1 ? '' : 's'} ${listed(usergroups)}`;
  if (domain !== undefined) return `whoever has an address at ${domain}${groups === '' ? '' : ` and is in ${groups}`}`;
  if (user !== undefined) return groups === '' ? user : `${user} if also in ${groups}`;
  return groups === '' ? ELSE : `members of ${groups}`;
}
