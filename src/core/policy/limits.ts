import { decide, type Facts } from './decide.ts';
import type { Policy } from './policy.ts';
import { rulesFor } from './powers.ts';

/**
 * How many people the requester may name at most, where that alone is what keeps every rule from matching; nothing where
 * they are not too many, or where fewer of them would not do either.
 */
export function mostAllowed(policy: Policy, facts: Facts): number | undefined {
  const count = facts.targets.length;
  const limits = rulesFor(policy, facts.requester).flatMap((rule) => {
    const { targets } = rule;
    if (typeof targets === 'string' || targets.at_most === undefined || targets.at_most >= count) return [];
    const unlimited = { ...rule, targets: { ...targets, at_most: count } };
    return decide({ ...policy, rules: [unlimited] }, facts).effect === 'deny' ? [] : [targets.at_most];
  });
  return limits.length === 0 ? undefined : Math.max(...limits);
}
