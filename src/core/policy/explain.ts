import { denials, explainFailure } from '../cards/catalogue.ts';
import { type Decision, decide, type Facts, reasonProblem } from './decide.ts';
import { isNever } from './never.ts';
import { ANYONE, type Policy, type Rule } from './policy.ts';
import { demandWords, either, listed, targetWords } from './words.ts';

/** One key of a rule's match, and whether it holds here. */
export interface Check {
  readonly key: string;
  readonly holds: boolean;
}

export interface RuleExplained {
  readonly rule: string;
  /** It decides, would if nothing stood in the way, would if none above did, or does not match. */
  readonly part: 'decides' | 'would decide' | 'comes too late' | 'does not match';
  readonly checks: readonly Check[];
  /** Whom it lets somebody log off, and what for. */
  readonly grants: string;
  /** What would have to be different for it to match. */
  readonly missing: readonly string[];
}

export interface Explained {
  readonly decision: Decision;
  /** Why the reason does not do, where the rule that decides wants one: that is a no, and no other rule is tried. */
  readonly badReason?: string;
  /** What no rule can change: the person is no member, somebody is protected, these are too many. */
  readonly barriers: readonly string[];
  readonly rules: readonly RuleExplained[];
}

type Missing = (rule: Rule, facts: Facts, policy: Policy) => string;

/** What is missing where a key of the match does not hold. A new key of the match: a line here. */
const MISSING: Readonly<Record<string, Missing>> = {
  who: ({ who }) => `who asks is in ${either(who)}`,
  targets: missingTargets,
  channels: ({ channels = [] }) => `it is typed in ${either(channels)}`,
};

function missingTargets(rule: Rule, facts: Facts, policy: Policy): string {
  const { targets } = rule;
  const { requester, targets: asked } = facts;
  if (targets === 'any') return 'somebody is named';
  if (facts.everyone === true) return 'people are named, not everyone';
  if (targets === 'self') {
    return requester.person.match?.permits === true
      ? 'nobody else is named than the person who asks'
      : 'nobody else is named than the person who asks, whom "identities" has to tie to an associate';
  }
  const { at_most, groups } = targets;
  const isTooLong = at_most !== undefined && asked.length > at_most;
  const onlyGroups: Rule = { ...rule, who: [ANYONE], targets: { groups } };
  const isElsewhere =
    groups !== undefined && decide({ ...policy, rules: [onlyGroups] }, facts).trace[0]?.targets === false;
  return [
    ...(isTooLong ? [`at most ${at_most} are named (here ${asked.length})`] : []),
    ...(isElsewhere ? [`all are in ${either(groups)}`] : []),
  ].join(', and ');
}

function barriers(policy: Policy, { requester, targets, everyone }: Facts, decision: Decision): readonly string[] {
  const found: string[] = [];
  if (requester.standing !== 'member') found.push(`${denials.not_a_member.say} (${requester.standing})`);
  if (targets.length === 0 && everyone !== true) found.push('Nobody is named.');
  if (targets.length > policy.max_targets && everyone !== true) {
    found.push(`At most ${policy.max_targets} people in one request (max_targets); here ${targets.length}.`);
  }
  const shown = (list: Facts['targets']) => listed(list.map(({ id, login }) => (login === '' ? `${id}` : login)));
  const never = targets.filter((target) => isNever(policy, target));
  if (never.length > 0) found.push(`Protected by "never", whatever the rules say: ${shown(never)}. Leave them out.`);
  const outside = targets.filter(({ type }) => type !== 'internal');
  if (outside.length > 0)
    found.push(`No internal users, so never on the Windows client: ${shown(outside)}. Leave them out.`);
  const isNoRule = decision.effect !== 'deny' || decision.code.startsWith('no_rule_');
  return isNoRule || found.length > 0 ? found : [denials[decision.code].say];
}

/** Which keys of a rule's match hold, as `decide` itself sees this rule when it stands alone. */
function checksOf(rule: Rule, policy: Policy, facts: Facts): readonly Check[] {
  const [step] = decide({ ...policy, rules: [rule] }, facts).trace;
  return Object.entries(step ?? {}).flatMap(([key, holds]) => (typeof holds === 'boolean' ? [{ key, holds }] : []));
}

/**
 * Goes through the rules one by one and says of each what holds, what it grants, and what would make it match. `reason`
 * is what was given, if anything.
 */
export function explain(policy: Policy, facts: Facts, reason?: string): Explained {
  const decision = decide(policy, facts);
  const walls = barriers(policy, facts, decision);
  let isDecided = false;
  const rules = policy.rules.map((rule): RuleExplained => {
    const checks = checksOf(rule, policy, facts);
    const matches = checks.length > 0 && checks.every(({ holds }) => holds);
    const first = walls.length === 0 ? 'decides' : 'would decide';
    const part = !matches ? 'does not match' : isDecided ? 'comes too late' : first;
    isDecided ||= matches;
    const missing = checks.flatMap(({ key, holds }) =>
      holds ? [] : [MISSING[key]?.(rule, facts, policy) ?? `its "${key}" holds`],
    );
    return { rule: rule.name, part, checks, grants: `${grantWords(rule.targets)}, ${demandWords(rule)}`, missing };
  });
  const problem = decision.effect === 'deny' ? undefined : reasonProblem(decision.demand.reason, reason);
  const badReason = problem === undefined ? undefined : (problem.say ?? explainFailure(problem.code).say);
  const explained = { decision, barriers: walls, rules };
  return badReason === undefined ? explained : { ...explained, badReason };
}

const grantWords = (targets: Rule['targets']): string =>
  targets === 'self' ? 'logging yourself off' : `logging off ${targetWords(targets)}`;

/** What comes of it, in a sentence. */
export function verdictOf({ decision, badReason }: Explained): string {
  if (decision.effect === 'deny') return `No: ${denials[decision.code].say}`;
  if (badReason !== undefined) return `No, by the rule "${decision.rule}": ${badReason}`;
  const { demand, rule } = decision;
  return `Yes, ${demandWords(demand)}, by the rule "${rule}".`;
}

/** An explanation as lines of plain text: what comes of it, what stands in the way, each rule, and what would make it pass. */
export function explainedLines(explained: Explained): readonly string[] {
  const { barriers: walls, rules, decision } = explained;
  const lines = rules.flatMap(({ rule, part, checks, grants }, index) => {
    const keys = checks.map(({ key, holds }) => `${key} ${holds ? 'yes' : 'no'}`).join(', ');
    return [`${index + 1}. ${rule}: ${part}${keys === '' ? '' : ` (${keys})`}`, `   allows: ${grants}`];
  });
  const hints = decision.effect === 'deny' ? passing(explained) : [];
  return [
    verdictOf(explained),
    ...walls.map((wall) => `! ${wall}`),
    '',
    ...lines,
    ...(hints.length === 0 ? [] : ['', ...hints]),
  ];
}

/** What would make it pass, the rule with the least to change first. */
function passing({ barriers: walls, rules }: Explained): readonly string[] {
  const first = rules.find(({ part }) => part === 'would decide');
  if (first !== undefined)
    return [`Without what stands in the way (!) the rule "${first.rule}" would decide: ${first.grants}.`];
  const ways = rules
    .filter(({ missing }) => missing.length > 0)
    .toSorted((left, right) => left.missing.length - right.missing.length)
    .map(({ rule, missing }) => `- by "${rule}" if ${missing.join(', and ')}`);
  if (ways.length === 0) return [];
  return [walls.length === 0 ? 'It would pass' : 'Without what stands in the way (!) it would pass', ...ways];
}
