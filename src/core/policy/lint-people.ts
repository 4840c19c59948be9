import type { Finding, Known } from './finding.ts';
import { membersOf, personKey } from './members.ts';
import { ANYONE, type Policy, type Rule } from './policy.ts';
import { either, listed } from './words.ts';

/** Rules that wait for approvals which nobody can give, once who asks is left out and one associate counts once. */
export function unapprovable(policy: Policy, known: Known): readonly Finding[] {
  return policy.rules.flatMap((rule, index) => unapprovableRule(rule, `rules[${index}].approvals`, policy, known));
}

function unapprovableRule(rule: Rule, path: string, policy: Policy, known: Known): readonly Finding[] {
  const approvers = membersOf(rule.approvers ?? [], policy, known);
  // Beyond its budget a rule that asks for no approvals wants one, where it names approvers.
  const needed = rule.approvals === 0 && rule.budget !== undefined && rule.approvers !== undefined ? 1 : rule.approvals;
  if (needed === 0 || approvers.isOpen) return [];
  const keys = new Set(approvers.people.map((slack) => personKey(slack, policy)));
  const leftFor = (slack: string) => keys.size - (keys.has(personKey(slack, policy)) ? 1 : 0);
  const askers = membersOf(rule.who, policy, known);
  // Where everybody may ask, the approvers may too.
  const named = rule.who.includes(ANYONE) ? approvers.people : askers.people;
  const stuck = named.filter((slack) => leftFor(slack) < needed);
  const at = { rule: rule.name, path };
  const wants = `it wants ${needed} of ${either(rule.approvers ?? [])}`;
  if (keys.size < needed || (!askers.isOpen && stuck.length > 0 && stuck.length === named.length)) {
    const say = `nobody can get its approvals: ${wants}, and without the one who asks there are only ${Math.max(0, Math.min(keys.size, ...named.map(leftFor)))} different people. Add approvers, or ask for fewer.`;
    return [{ code: 'cannot_be_approved', severity: 'error', ...at, say }];
  }
  if (stuck.length === 0) return [];
  const say = `${listed(stuck)} cannot get its approvals: ${wants}, and who asks does not count. Add approvers, or ask for fewer.`;
  return [{ code: 'some_cannot_be_approved', severity: 'warning', ...at, say }];
}

/** Sets that hold nobody, or that nothing refers to. */
export function idlePeople(policy: Policy, known: Known): readonly Finding[] {
  const used = new Set([
    ...policy.rules.flatMap(({ who, approvers = [] }) => [...who, ...approvers]),
    ...policy.may_see.who,
    ...policy.may_see.history,
  ]);
  return Object.entries(policy.people).flatMap(([name, { users, usergroups }]): readonly Finding[] => {
    const path = `people.${name}`;
    const findings: Finding[] = [];
    if (users.length + usergroups.length === 0) {
      const say = `"${name}" holds nobody, so what it stands for nobody may. Add users or usergroups, or remove it.`;
      findings.push({ code: 'empty_people', severity: 'error', path, say });
    }
    if (!used.has(name)) {
      const say = `"${name}" is used nowhere. Remove it, or name it in a rule.`;
      findings.push({ code: 'unused_people', severity: 'warning', path, say });
    }
    for (const group of usergroups) {
      const members = known.userGroups?.get(group);
      if (known.userGroups === undefined || (members?.size ?? 0) > 0) continue;
      const what = members === undefined ? 'could not be read in Slack' : 'is empty in Slack';
      const say = `the user group ${group} of "${name}" ${what}, so nobody is in it. Look at it in Slack, or remove it.`;
      findings.push({ code: 'empty_user_group', severity: 'error', path: `${path}.usergroups`, say });
    }
    return findings;
  });
}

/** Slack accounts that share one associate: they count as one person, and can act as one. */
export function sharedAssociates(policy: Policy): readonly Finding[] {
  const byAssociate = Map.groupBy(Object.entries(policy.identities), ([, associate]) => associate);
  return [...byAssociate].flatMap(([associate, entries]): readonly Finding[] => {
    if (entries.length < 2) return [];
    const say = `${listed(entries.map(([user]) => user))} are all associate ${associate}: they count as one person. Remove what is not so.`;
    return [{ code: 'two_for_one_associate', severity: 'warning', path: 'identities', say }];
  });
}
