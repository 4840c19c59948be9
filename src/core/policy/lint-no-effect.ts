import type { Finding } from './finding.ts';
import { countOf } from './lint-rules.ts';
import { DEFAULT_SNOOZE, type Policy, type Rule } from './policy.ts';

/** Keys of rules that can be read and change nothing, whatever is asked. */
export const noEffect = (policy: Policy): readonly Finding[] =>
  policy.rules.flatMap((rule, index) =>
    idleKeys(rule, policy).map(([key, why]): Finding => {
      const say = `"${key}" changes nothing here: ${why}`;
      return { code: 'no_effect', severity: 'warning', rule: rule.name, path: `rules[${index}].${key}`, say };
    }),
  );

function idleKeys(rule: Rule, { max_targets, may_see }: Policy): readonly (readonly [key: string, why: string])[] {
  const { targets, budget, approvals, consent, confirm_above, warn, snooze } = rule;
  const found: [string, string][] = [];
  const most = countOf(targets, max_targets);
  if (budget !== undefined && approvals > 0 && consent !== true) {
    found.push(['budget', 'beyond it somebody must approve, which this rule asks for anyway. Remove it.']);
  }
  const isDefault = snooze.times === DEFAULT_SNOOZE.times && snooze.for === DEFAULT_SNOOZE.for;
  if (warn === 0 && !isDefault) {
    found.push(['snooze', 'with "warn: 0s" nobody is warned, so nobody can ask for more time. Remove it, or "warn".']);
  }
  if (typeof targets === 'object' && (targets.at_most ?? 0) > max_targets) {
    found.push([
      'targets.at_most',
      `"max_targets" lets nobody name more than ${max_targets}. Lower it, or raise that.`,
    ]);
  }
  // Everyone is more than any number.
  const isForEveryone = targets === 'any' && may_see.who.length > 0;
  if (confirm_above !== undefined && confirm_above >= most && !isForEveryone) {
    found.push(['confirm_above', `nobody can name more than ${most} by this rule. Lower it, or remove it.`]);
  }
  return found;
}
