import type { Rule } from '../policy/policy.ts';
import { describeDuration } from '../time.ts';
import { countPeople } from './people.ts';

/** What a rule lets somebody do and what it asks for, in one line: "log anybody off, after one approval by leads (rule …)". */
export function describeRule(rule: Rule): string {
  const who = (rule.approvers ?? []).join(' or ');
  const approvals =
    rule.approvals === 0
      ? 'without approval'
      : `after ${rule.approvals === 1 ? 'one approval' : `${rule.approvals} approvals`} by ${who}`;
  return [describeTargets(rule.targets), approvals, ...demandsOf(rule)].join(', ').concat(` (rule "${rule.name}")`);
}

function demandsOf(rule: Rule): readonly string[] {
  const { channels, reason, consent, budget, confirm_above, approvals, targets, targets_may_stop } = rule;
  const over = budget === undefined ? '' : `${countPeople(budget.people)} in ${describeDuration(budget.per)}`;
  return [
    ...(consent === true && approvals > 0 ? ['or when the person concerned agrees'] : []),
    ...(channels === undefined ? [] : [`only in the channel ${channels.join(' or ')}`]),
    ...(reason === undefined ? [] : [reason === 'required' ? 'give a reason' : `give a reason: ${reason.say}`]),
    ...(over === '' || approvals > 0 ? [] : [`beyond ${over} only with an approval`]),
    ...(confirm_above === undefined ? [] : [`above ${countPeople(confirm_above)} you confirm the list first`]),
    ...(rule.warn === 0 || targets === 'self' ? [] : [`others are warned ${describeDuration(rule.warn)} before`]),
    ...(targets_may_stop === true ? ['whoever is concerned may stop it'] : []),
  ];
}

function describeTargets(targets: Rule['targets']): string {
  if (targets === 'self') return 'log yourself off';
  if (targets === 'any') return 'log anybody off';
  const { at_most, groups } = targets;
  const whom = at_most === undefined ? 'log people off' : `log off at most ${countPeople(at_most)} in one request`;
  return groups === undefined ? whom : `${whom}, only of ${groups.join(' or ')}`;
}
