import type { Finding, Known } from './finding.ts';
import { noMembers, unknownInSuperOffice } from './lint-known.ts';
import { noEffect } from './lint-no-effect.ts';
import { idlePeople, sharedAssociates, unapprovable } from './lint-people.ts';
import { consentOfNobody, everyoneByOne, moreForLess, unreachableRules } from './lint-rules.ts';
import type { Policy } from './policy.ts';

/**
 * Looks for what can be read but cannot be meant, errors first. Without `known` only at what the settings alone tell;
 * what Slack or NetServer were not asked about gives no finding.
 */
export function lintPolicy(policy: Policy, known: Known = {}): readonly Finding[] {
  const findings = [
    ...unreachableRules(policy, known),
    ...moreForLess(policy, known),
    ...consentOfNobody(policy),
    ...everyoneByOne(policy, known),
    ...noEffect(policy),
    ...unapprovable(policy, known),
    ...idlePeople(policy, known),
    ...noMembers(policy, known),
    ...unknownInSuperOffice(policy, known),
    ...sharedAssociates(policy),
  ];
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity !== 'error'),
  ];
}

/** One line: how grave, where, what, and what to do. */
export function findingLine({ severity, rule, path, say }: Finding): string {
  const where = [...(path === undefined ? [] : [path]), ...(rule === undefined ? [] : [`rule "${rule}"`])].join(', ');
  return `${severity}  ${where === '' ? '' : `${where}: `}${say}`;
}
