import { sameName } from '../names.ts';
import type { Finding, Known } from './finding.ts';
import { membersOf } from './members.ts';
import { ANYONE, type Policy, type Rule } from './policy.ts';
import { approvalWords, targetWords } from './words.ts';

type Covers = (wide: Rule, narrow: Rule, policy: Policy) => boolean;

/**
 * Whether `wide` matches whatever `narrow` does, key by key; `who` is looked at name by name. A new key of the match: a
 * line here.
 */
const COVERS: readonly Covers[] = [coversTargets, coversChannels];

function coversChannels({ channels: wide }: Rule, { channels: narrow }: Rule): boolean {
  return wide === undefined || narrow?.every((channel) => wide.includes(channel)) === true;
}

function coversTargets({ targets: wide }: Rule, { targets: narrow }: Rule, { max_targets, may_see }: Policy): boolean {
  if (wide === 'any' || wide === narrow) return true;
  // Everyone is more than any number, and only for those who may list who is on.
  if (wide === 'self' || (narrow === 'any' && may_see.who.length > 0)) return false;
  const { at_most: most = max_targets, groups } = wide;
  if (groups !== undefined) {
    if (typeof narrow === 'string' || narrow.groups === undefined) return false;
    const held = new Set(groups.map(sameName));
    if (!narrow.groups.every((group) => held.has(sameName(group)))) return false;
  }
  return countOf(narrow, max_targets) <= most;
}

/** How many people a match can be about at most. */
export function countOf(targets: Rule['targets'], maxTargets: number): number {
  if (targets === 'self') return 1;
  return targets === 'any' ? maxTargets : Math.min(targets.at_most ?? maxTargets, maxTargets);
}

/** Whether everybody who is in the set `name` fits the `who` of this rule, as the user groups are now where they are known. */
function takesIn({ who }: Rule, name: string, policy: Policy, known: Known): boolean {
  const { people } = policy;
  if (who.includes(ANYONE) || who.includes(name)) return true;
  const set = people[name];
  if (set === undefined || name === ANYONE) return false;
  const has = (key: 'users' | 'usergroups', id: string) =>
    who.some((other) => people[other]?.[key].some((it) => it === id));
  const taken = new Set(known.userGroups === undefined ? [] : membersOf(who, policy, known).people);
  const isWithin = (group: string) => {
    const members = known.userGroups?.get(group);
    return members !== undefined && members.size > 0 && [...members].every((member) => taken.has(member));
  };
  return (
    set.users.every((user) => has('users', user) || taken.has(user)) &&
    set.usergroups.every((group) => has('usergroups', group) || isWithin(group))
  );
}

/**
 * Rules that nothing ever comes to, since for each of their people an earlier rule matches everything that they do. Where
 * that is only so by who is in a user group now, it is a warning.
 */
export function unreachableRules(policy: Policy, known: Known): readonly Finding[] {
  return policy.rules.flatMap((rule, index): readonly Finding[] => {
    const wider = policy.rules
      .slice(0, index)
      .filter((earlier) => COVERS.every((covers) => covers(earlier, rule, policy)));
    const takersBy = (what: Known) =>
      rule.who.map((name) => wider.find((earlier) => takesIn(earlier, name, policy, what)));
    const always = takersBy({});
    const isAlways = !always.includes(undefined);
    const takers = isAlways ? always : takersBy(known);
    if (takers.includes(undefined)) return [];
    const names = [...new Set(takers.map((taker) => `"${taker?.name}"`))].join(' and ');
    const what = isAlways ? 'nothing ever comes' : 'as the user groups in Slack are now, nothing comes';
    const say = `${what} to this rule: ${names} above it ${takers.length === 1 ? 'takes' : 'take'} everything that it would. Move it up, or remove it.`;
    const severity = isAlways ? 'error' : 'warning';
    return [{ code: 'unreachable_rule', severity, rule: rule.name, path: `rules[${index}]`, say }];
  });
}

/** Whether somebody can be in the `who` of both, or is now. */
function shareSomebody(one: Pick<Rule, 'who'>, other: Pick<Rule, 'who'>, policy: Policy, known: Known): boolean {
  if (one.who.includes(ANYONE) || other.who.includes(ANYONE)) return true;
  if (known.userGroups !== undefined) {
    const others = new Set(membersOf(other.who, policy, known).people);
    if (membersOf(one.who, policy, known).people.some((slack) => others.has(slack))) return true;
  }
  return one.who.some((name) =>
    other.who.some((second) => {
      const [left, right] = [policy.people[name], policy.people[second]];
      if (name === second) return true;
      return (
        left?.users.some((user) => right?.users.includes(user)) === true ||
        left?.usergroups.some((group) => right?.usergroups.includes(group)) === true
      );
    }),
  );
}

/** Whether somebody can be in the groups of both. */
function shareGroup(one: Rule['targets'], other: Rule['targets']): boolean {
  const [left, right] = [one, other].map((targets) => (typeof targets === 'string' ? undefined : targets.groups));
  if (left === undefined || right === undefined) return true;
  const held = new Set(left.map(sameName));
  return right.some((group) => held.has(sameName(group)));
}

/** Whether both can hold in one channel. */
const shareChannel = ({ channels: left }: Rule, { channels: right }: Rule): boolean =>
  left === undefined || right === undefined || left.some((channel) => right.includes(channel));

/** Whether somebody can be added to people whom `strict` takes, so that only `wide` still takes them: one too many, or of another group. */
function reachesFurther(wide: Rule['targets'], strict: Rule['targets'], { max_targets }: Policy): boolean {
  const most = countOf(wide, max_targets);
  if (countOf(strict, max_targets) < most) return true;
  if (typeof strict === 'string' || strict.groups === undefined || most < 2) return false;
  if (typeof wide === 'string' || wide.groups === undefined) return true;
  const held = new Set(strict.groups.map(sameName));
  return wide.groups.some((group) => !held.has(sameName(group)));
}

/** Pairs where naming more people leads past the strict rule to one that asks for less. */
export function moreForLess(policy: Policy, known: Known): readonly Finding[] {
  return policy.rules.flatMap((rule, index): readonly Finding[] => {
    if (rule.targets === 'self') return [];
    const strict = policy.rules
      .slice(0, index)
      .find(
        (earlier) =>
          earlier.approvals > rule.approvals &&
          reachesFurther(rule.targets, earlier.targets, policy) &&
          shareChannel(earlier, rule) &&
          shareGroup(earlier.targets, rule.targets) &&
          shareSomebody(earlier, rule, policy, known),
      );
    if (strict === undefined) return [];
    const say = `whoever names more people needs less: ${targetWords(rule.targets)} ${approvalWords(rule)}, but "${strict.name}" above it wants ${targetWords(strict.targets)} ${approvalWords(strict)}. Ask for at least ${strict.approvals} here too, or name the groups that this rule is for.`;
    return [{ code: 'more_for_less', severity: 'error', rule: rule.name, path: `rules[${index}].approvals`, say }];
  });
}

/** Rules whose `consent` looks like a question to those who are logged off, but replaces approvals that nobody is asked for. */
export const consentOfNobody = (policy: Policy): readonly Finding[] =>
  policy.rules.flatMap((rule, index): readonly Finding[] => {
    if (rule.consent !== true || rule.approvals > 0) return [];
    const say =
      'nobody is asked: "consent" only replaces approvals, and this rule wants none. Ask for at least 1 approval, or remove "consent".';
    return [{ code: 'consent_of_nobody', severity: 'error', rule: rule.name, path: `rules[${index}].consent`, say }];
  });

/** Rules by which one person logs everyone off in one line, as nobody else and no second look is asked for. */
export const everyoneByOne = (policy: Policy, known: Known): readonly Finding[] =>
  policy.rules.flatMap((rule, index): readonly Finding[] => {
    const { targets, approvals, budget, confirm_above } = rule;
    if (targets !== 'any' || approvals > 0 || budget !== undefined || confirm_above !== undefined) return [];
    if (policy.may_see.who.length === 0 || !shareSomebody(rule, { who: policy.may_see.who }, policy, known)) return [];
    const say =
      'whoever of them is in may_see.who logs everyone off in one line ("/logoff everyone"), and nobody is asked. Ask for at least 1 approval, or add "confirm_above".';
    return [{ code: 'everyone_by_one', severity: 'warning', rule: rule.name, path: `rules[${index}]`, say }];
  });
