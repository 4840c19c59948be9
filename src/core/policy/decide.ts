import type { ChannelId, SlackUserId } from '../ids.ts';
import type { Standpoint, Target } from '../people.ts';
import type { Duration } from '../time.ts';
import { isNever } from './never.ts';
import { MOST_AT_ONCE, type Policy, type ReasonDemand, type Rule } from './policy.ts';
import { isOneOf, isUnread, maySeeWho, whoMatches } from './powers.ts';
import { fits } from './safe-pattern.ts';

/** What a decision is made from. Edges gather all of it first; `decide` looks nothing up. */
export interface Facts {
  readonly requester: Standpoint;
  readonly channel: ChannelId;
  /** What Slack says of that channel now; absent: one of our own, as `explain` takes it. */
  readonly place?: ChannelPlace;
  /** For how many people this requester has asked within each of the times that a budget names; absent: for nobody. */
  readonly spent?: Spent;
  /** The Slack person who surely is the one target, so that they may agree themselves. */
  readonly consenter?: SlackUserId;
  readonly targets: readonly Pick<Target, 'id' | 'login' | 'userName' | 'type' | 'group'>[];
  /** Not these people are meant but everyone who is on then; `targets` are those who are on now. */
  readonly everyone?: true;
  /** They were left after everyone was to be logged off, and are asked for by name. */
  readonly afterEveryone?: true;
}

/** A channel of our own workspace that the bot can look at, one that Slack does not show it, or one with other companies. */
export type ChannelPlace = 'ours' | 'hidden' | 'shared';
export type Spent = ReadonlyMap<Duration, number>;

export type DenialCode =
  | 'not_a_member'
  | 'groups_unread'
  | 'channel_shared'
  | 'nobody'
  | 'too_many'
  | 'never_list'
  | 'not_internal'
  | 'no_rule_for_person'
  | 'no_rule_for_targets'
  | 'no_rule_for_channel'
  | 'not_for_everyone'
  | 'no_rule_for_everyone'
  | 'over_budget';

/** Why one rule did or did not match, in the order of the file. */
export interface RuleTrace {
  readonly rule: string;
  readonly who: boolean;
  readonly targets: boolean;
  readonly channels: boolean;
}

export type Decision =
  | { readonly effect: 'allow'; readonly rule: string; readonly trace: readonly RuleTrace[]; readonly demand: Demand }
  | {
      readonly effect: 'needs_approval';
      readonly rule: string;
      readonly trace: readonly RuleTrace[];
      readonly demand: Demand;
    }
  | { readonly effect: 'deny'; readonly code: DenialCode; readonly trace: readonly RuleTrace[] };

/** What the matched rule asks for before anything is done. `approvers` are names under `people`. */
export interface Demand {
  readonly approvals: number;
  readonly approvers: readonly string[];
  readonly reason?: ReasonDemand;
  /** Who may agree instead of the approvers: the one target. */
  readonly consent?: SlackUserId;
  /** The requester must look at the whole list and confirm it. */
  readonly confirm?: true;
  /** The approval is asked for because the requester's budget is used up. */
  readonly overBudget?: true;
  /** How long people are warned before; absent: not at all. */
  readonly warn?: Duration;
  /** How often each of them may ask for how much more time; absent: never. */
  readonly snooze?: Rule['snooze'];
  /** Those who are to be logged off may stop it too. */
  readonly targetsMayStop?: true;
}

/** Whether it may be typed here. A channel that Slack does not show cannot be told from one with other companies. */
function channelsMatch(rule: Rule, { channel, place = 'ours' }: Facts): boolean {
  return rule.channels === undefined || (place === 'ours' && rule.channels.includes(channel));
}

function targetsMatch(rule: Rule, facts: Facts): boolean {
  if (rule.targets === 'any') return true;
  if (facts.everyone === true) return false;
  if (rule.targets === 'self') {
    const match = facts.requester.person.match;
    return match?.permits === true && facts.targets.every((target) => target.id === match.associate);
  }
  const { at_most, groups } = rule.targets;
  if (at_most !== undefined && facts.targets.length > at_most) return false;
  return groups === undefined || facts.targets.every(({ group }) => isOneOf(groups, group));
}

/**
 * Says whether these people may be logged off for this requester: the first rule whose `who`, `channels` and `targets`
 * hold decides; no rule means no; the `never` list beats every rule; what cannot be evaluated is denied. A rule of which
 * Slack does not tell whether it is for this person is not passed over for a later one.
 */
export function decide(policy: Policy, facts: Facts): Decision {
  const { requester, targets } = facts;
  const deny = (code: DenialCode, trace: readonly RuleTrace[]): Decision => ({ effect: 'deny', code, trace });
  if (requester.standing !== 'member') return deny('not_a_member', []);
  const trace: readonly RuleTrace[] = policy.rules.map((rule) => ({
    rule: rule.name,
    who: whoMatches(rule, requester),
    targets: targetsMatch(rule, facts),
    channels: channelsMatch(rule, facts),
  }));
  const unknown = policy.rules.map((rule, at) => trace[at]?.who === false && isUnread(requester, rule.who));
  if (!trace.some((step) => step.who)) {
    return deny(unknown.includes(true) ? 'groups_unread' : 'no_rule_for_person', trace);
  }
  if (facts.place === 'shared') return deny('channel_shared', trace);
  if (facts.everyone === true) {
    if (!maySeeWho(policy, requester)) {
      return deny(isUnread(requester, policy.may_see.who) ? 'groups_unread' : 'not_for_everyone', trace);
    }
  } else if (targets.length === 0) return deny('nobody', trace);
  else if (targets.length > mostNamed(policy, facts)) return deny('too_many', trace);
  if (targets.some((target) => isNever(policy, target))) return deny('never_list', trace);
  if (targets.some((target) => target.type !== 'internal')) return deny('not_internal', trace);
  const index = trace.findIndex((step, at) => (step.who || unknown[at] === true) && step.targets && step.channels);
  if (unknown[index] === true) return deny('groups_unread', trace.slice(0, index + 1));
  const rule = policy.rules[index];
  if (rule === undefined) {
    const elsewhere = trace.some((step) => step.who && step.targets);
    const whom = facts.everyone === true ? 'no_rule_for_everyone' : 'no_rule_for_targets';
    return deny(elsewhere ? 'no_rule_for_channel' : whom, trace);
  }
  const demand = demandOf(rule, facts);
  if (demand === undefined) return deny('over_budget', trace.slice(0, index + 1));
  const effect = demand.approvals === 0 ? 'allow' : 'needs_approval';
  return { effect, rule: rule.name, trace: trace.slice(0, index + 1), demand };
}

/** How many people may be named: whoever is left after everyone is nobody's slip of the pen, and one message bounds them. */
export const mostNamed = ({ max_targets }: Policy, { afterEveryone }: Pick<Facts, 'afterEveryone'>): number =>
  afterEveryone === true ? MOST_AT_ONCE : max_targets;

/** The rule that a no comes from, where it comes from one: its budget is used up. */
export const ruleBehind = (denial: Extract<Decision, { effect: 'deny' }>): string | undefined =>
  denial.code === 'over_budget' ? denial.trace.at(-1)?.rule : undefined;

/**
 * What the matched rule asks for here; nothing where the budget is used up and it names nobody who could approve. Everyone is
 * more than any number, and nobody among them moves or stops what is to happen at a time that was announced to all.
 */
function demandOf(rule: Rule, facts: Facts): Demand | undefined {
  const { targets, spent, consenter, requester, everyone = false } = facts;
  const { budget, reason, approvers = [] } = rule;
  const isMore = (than: number, already = 0) => everyone || already + targets.length > than;
  const over = budget !== undefined && isMore(budget.people, spent?.get(budget.per));
  if (over && rule.approvals === 0 && approvers.length === 0) return undefined;
  const approvals = over ? Math.max(1, rule.approvals) : rule.approvals;
  const isWarned = rule.warn > 0 && !isForOneself(facts);
  // Beyond the budget somebody else must look at it: who is to be logged off cannot stand for that.
  const isOne = targets.length === 1 && !everyone;
  const overBudget = over && (rule.approvals === 0 || (rule.consent === true && isOne));
  const mayAgree = rule.consent === true && !overBudget && isOne && consenter !== requester.person.slack;
  return {
    approvals,
    approvers,
    ...(reason === undefined ? {} : { reason }),
    ...(mayAgree && consenter !== undefined ? { consent: consenter } : {}),
    ...(rule.confirm_above !== undefined && isMore(rule.confirm_above) ? { confirm: true } : {}),
    ...(overBudget ? { overBudget } : {}),
    ...(isWarned ? { warn: rule.warn } : {}),
    ...(isWarned && !everyone && rule.snooze.times > 0 ? { snooze: rule.snooze } : {}),
    ...(rule.targets_may_stop === true && !everyone ? { targetsMayStop: true } : {}),
  };
}

/** Whether somebody asks for themselves alone: only a match that permits is as sure as that. */
const isForOneself = ({ requester, targets, everyone }: Facts): boolean =>
  everyone !== true &&
  requester.person.match?.permits === true &&
  targets.every(({ id }) => id === requester.person.match?.associate);

/** What is wrong with a reason by the matched rule: none where one must be given, or one that does not fit. */
export function reasonProblem(demand: ReasonDemand | undefined, reason: string | undefined): ReasonProblem | undefined {
  if (demand === undefined) return undefined;
  if (demand === 'required') return (reason ?? '').trim() === '' ? { code: 'reason_missing' } : undefined;
  return fits(demand.pattern, reason ?? '') ? undefined : { code: 'reason_unfit', say: demand.say };
}

export interface ReasonProblem {
  readonly code: 'reason_missing' | 'reason_unfit';
  /** The rule's own sentence for it. */
  readonly say?: string;
}

/** The times over which the rules count for how many people somebody asks. */
export const budgetTimes = (policy: Policy): readonly Duration[] => [
  ...new Set(policy.rules.flatMap(({ budget }) => (budget === undefined ? [] : [budget.per]))),
];
