import { type AssociateId, associateId, type ChannelId, channelId, slackUserId } from '../ids.ts';
import type { Standing, Standpoint } from '../people.ts';
import type { Facts } from './decide.ts';
import { groupsOf } from './people-sets.ts';
import type { Policy } from './policy.ts';

/** A question to the rules, as it can be asked without Slack and SuperOffice. */
export interface Question {
  readonly user: string;
  /** User groups in Slack that the user is taken to be in. */
  readonly usergroups?: readonly string[] | undefined;
  readonly channel?: string | undefined;
  /** Associate ids, or logins. */
  readonly targets: readonly (number | string)[];
  /** Everyone who is on then, in place of `targets`. */
  readonly everyone?: true | undefined;
  /** The primary group that all of these are taken to be in. */
  readonly group?: string | undefined;
}

/** A channel that no settings name. */
export const ANY_CHANNEL: ChannelId = channelId('C0');

/** An id that stands in for a login: nobody whom the settings name has it. */
const STAND_IN = 2_000_000_000;

/** Somebody as the settings alone tell: a full member, in the sets that list them or their user groups. */
export function plainStandpoint(
  { user, usergroups = [] }: Pick<Question, 'user' | 'usergroups'>,
  policy: Policy,
  standing: Standing = 'member',
): Standpoint {
  const slack = slackUserId(user);
  const associate = policy.identities[slack];
  const members = new Map(usergroups.map((group) => [group, new Set([user])]));
  const match = associate === undefined ? {} : { match: { associate, how: 'map', permits: true } as const };
  return { person: { slack, team: '', name: user, ...match }, standing, groups: groupsOf(policy, user, members) };
}

export type PlainTarget = Facts['targets'][number];

/** Somebody to be logged off as the settings alone tell: an internal user of that id or login. */
export function plainTarget(who: number | string, index: number, group: string | undefined): PlainTarget {
  const id: AssociateId = associateId(typeof who === 'number' ? who : STAND_IN + index);
  const login = typeof who === 'string' ? who : '';
  return { id, login, type: 'internal', ...(group === undefined ? {} : { group }) };
}

/** The facts of a question, with everybody and everything else as good as it can be. Throws where an id is none. */
export function plainFacts(question: Question, policy: Policy): Facts {
  const { channel, targets, group, everyone } = question;
  return {
    requester: plainStandpoint(question, policy),
    channel: channel === undefined ? ANY_CHANNEL : channelId(channel),
    targets: targets.map((who, index) => plainTarget(who, index, group)),
    ...(everyone === undefined ? {} : { everyone }),
  };
}
