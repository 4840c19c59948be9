import type { PeopleIndex } from './find-people.ts';
import { type AssociateId, type SlackUserId, slackUserIdSchema } from './ids.ts';
import { sameName } from './names.ts';
import { MAYBE, type Match, type Person, type Standing } from './people.ts';
import type { Policy } from './policy/policy.ts';

/** What is needed of a Slack person to tie them to an associate. `email` only where Slack says that it is confirmed. */
export interface SlackIdentity {
  readonly slack: SlackUserId;
  readonly standing: Standing;
  readonly email?: string;
}

/** One plain address: in others, letters that look or fold alike could stand for somebody else's. */
const PLAIN_ADDRESS = /^[\x21-\x3f\x41-\x7e]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i;

/**
 * Which associate a Slack person is. The `identities` of the settings permit. A confirmed e-mail that exactly one
 * associate has informs, and permits only where its domain is in `trust_email`: others can edit the address on a
 * SuperOffice card. Nor does it permit for somebody whom the settings tie to another Slack person, nor for a former
 * employee, whose address may have been given to somebody else. Only full members match.
 */
export function matchOf(who: SlackIdentity, policy: Policy, index: PeopleIndex | undefined): Match | undefined {
  if (who.standing !== 'member') return undefined;
  const mapped = policy.identities[who.slack];
  if (mapped !== undefined) return { associate: mapped, how: 'map', permits: true };
  const email = sameName(who.email ?? '');
  if (email === '' || index === undefined) return undefined;
  const [only, second] = index.byEmail.get(email) ?? [];
  if (only === undefined || second !== undefined) return undefined;
  const addresses = [who.email ?? '', only.email].map((address) => address.trim());
  const permits =
    addresses.every((address) => isTrusted(address, policy)) && !only.retired && slackOf(only.id, policy) === undefined;
  return { associate: only.id, how: 'email', permits };
}

/**
 * The person with whom they are in SuperOffice. Where several associates have the confirmed address, all of them are kept:
 * that gives no right, but whoever may be one of them is refused what that one would be. Those whom the settings name
 * come first, so that writing one address on many cards does not hide them.
 */
export function tied(person: Person, who: SlackIdentity, policy: Policy, index: PeopleIndex | undefined): Person {
  const match = matchOf(who, policy, index);
  if (match !== undefined) return { ...person, match };
  const email = sameName(who.email ?? '');
  const sharing = who.standing === 'member' && email !== '' ? (index?.byEmail.get(email) ?? []) : [];
  if (sharing.length === 0) return person;
  const mapped = new Set(Object.values(policy.identities));
  const [first, others] = [sharing.filter(({ id }) => mapped.has(id)), sharing.filter(({ id }) => !mapped.has(id))];
  return { ...person, maybe: [...first, ...others].slice(0, MAYBE).map(({ id }) => id) };
}

function isTrusted(address: string, policy: Policy): boolean {
  const domain = PLAIN_ADDRESS.exec(address)?.[1]?.toLowerCase();
  return domain !== undefined && policy.trust_email.some((trusted) => trusted.toLowerCase() === domain);
}

/** Who is this associate in Slack by the settings. */
export function slackOf(associate: AssociateId, policy: Policy): SlackUserId | undefined {
  const found = Object.entries(policy.identities).find(([, id]) => id === associate)?.[0];
  return found === undefined ? undefined : slackUserIdSchema.parse(found);
}
