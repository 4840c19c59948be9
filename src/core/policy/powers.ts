import type { AssociateId } from '../ids.ts';
import { sameName } from '../names.ts';
import type { Standpoint } from '../people.ts';
import { ANYONE, type Policy, type Rule } from './policy.ts';

/** Whether a rule's `who` holds for somebody: a full member who is in one of the named sets. */
export function whoMatches(rule: Rule, requester: Standpoint): boolean {
  if (requester.standing !== 'member') return false;
  return rule.who.some((name) => name === ANYONE || requester.groups.includes(name));
}

/** Whether somebody may be in one of these sets, where Slack did not tell who is in a user group. That is never a yes. */
export const isUnread = ({ standing, unread = [] }: Standpoint, names: readonly string[]): boolean =>
  standing === 'member' && names.some((name) => unread.includes(name));

/** Whether there may be rules for this person that are not seen as theirs, since Slack did not tell who is in a user group. */
export const mayMatchMore = ({ rules }: Policy, requester: Standpoint): boolean =>
  rules.some((rule) => !whoMatches(rule, requester) && isUnread(requester, rule.who));

/** A group that could not be read is none of them. Letter case and kind of space do not matter. */
export const isOneOf = (groups: readonly string[], group: string | undefined): boolean =>
  group !== undefined && groups.some((name) => sameName(name) === sameName(group));

/** Somebody as far as known before or after a look-up. `group` is absent as long as it is not known. */
interface Sought {
  readonly id: AssociateId;
  readonly group?: string | undefined;
}

/**
 * Whether some rule could let this person reach this associate at all: nobody learns of people whom no rule lets them
 * reach, not even that there is such an id. Before a look-up (`known: false`) a rule that names groups may still hold.
 */
export function mayReach(policy: Policy, requester: Standpoint, { id, group }: Sought, known: boolean): boolean {
  const match = requester.person.match;
  const self = match?.permits === true && match.associate === id;
  return rulesFor(policy, requester).some(({ targets }) => {
    if (targets === 'any') return true;
    if (targets === 'self') return self;
    return targets.groups === undefined || !known || isOneOf(targets.groups, group);
  });
}

/** Whom the rules let this person reach at all: nobody, nobody but themselves, or others as well. */
export function reachOf(policy: Policy, requester: Standpoint): 'nobody' | 'self' | 'others' {
  if (rulesFor(policy, requester).some(({ targets }) => targets !== 'self')) return 'others';
  const { match } = requester.person;
  return match?.permits === true && mayReach(policy, requester, { id: match.associate }, true) ? 'self' : 'nobody';
}

/** Whether this person may stop all dispatch and let it go on: an approver of any rule. */
export const mayPause = ({ rules }: Policy, { standing, groups }: Standpoint): boolean =>
  standing === 'member' && rules.some(({ approvers = [] }) => approvers.some((name) => groups.includes(name)));

/** The rules that this person may use at all, first to last. */
export function rulesFor(policy: Policy, requester: Standpoint): readonly Rule[] {
  return policy.rules.filter((rule) => whoMatches(rule, requester));
}

/** Whether this person may list who is logged on at all. */
export const maySeeWho = ({ may_see }: Policy, { standing, groups }: Standpoint): boolean =>
  standing === 'member' && may_see.who.some((name) => groups.includes(name));

/** Whether this person may look at requests that they have no part in. */
export const mayLookBack = ({ may_see }: Policy, { standing, groups }: Standpoint): boolean =>
  standing === 'member' && may_see.history.some((name) => groups.includes(name));
