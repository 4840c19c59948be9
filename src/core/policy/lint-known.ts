import { sameName } from '../names.ts';
import type { Finding, Known } from './finding.ts';
import { isNever } from './never.ts';
import { ANYONE, type Policy } from './policy.ts';

const STANDINGS = {
  guest: 'is a guest',
  stranger: 'is from another workspace',
  bot: 'is a bot',
  deactivated: 'is deactivated',
  unknown: 'is not known to Slack',
} as const;

/** People whom the policy gives something, but who are no full members: what it gives them has no effect. */
export function noMembers(policy: Policy, { slackPeople }: Known): readonly Finding[] {
  if (slackPeople === undefined) return [];
  const approving = new Set(policy.rules.flatMap(({ approvers = [] }) => approvers));
  const asking = new Set(policy.rules.flatMap(({ who }) => who.filter((name) => name !== ANYONE)));
  return Object.entries(policy.people).flatMap(([name, { users }]) =>
    users.flatMap((user, index): readonly Finding[] => {
      const found = slackPeople.get(user);
      if (found === undefined || found.standing === 'member') return [];
      const [approves, asks] = [approving.has(name), asking.has(name)];
      if (!approves && !asks) return [];
      const who = found.name === user ? user : `${user} (${found.name})`;
      const say = `${who} in "${name}" ${STANDINGS[found.standing]}, so they may ${approves ? 'not approve' : 'ask for nothing'}. Remove them, or put somebody else there.`;
      const path = `people.${name}.users[${index}]`;
      return [
        approves
          ? { code: 'approver_no_member', severity: 'error', path, say }
          : { code: 'asker_no_member', severity: 'warning', path, say },
      ];
    }),
  );
}

/** `never` entries that nobody in SuperOffice fits. */
export function unprotected(policy: Policy, { people }: NonNullable<Known['directory']>): readonly Finding[] {
  return policy.never.flatMap((entry, index): readonly Finding[] => {
    const one: Policy = { ...policy, never: [entry] };
    if (people.some((person) => isNever(one, person))) return [];
    const other = people.find(
      ({ email, fullName }) => typeof entry === 'string' && [email, fullName].map(sameName).includes(sameName(entry)),
    );
    const hint =
      other === undefined ? 'Correct it, or remove it.' : `Write the login "${other.login}" or the id ${other.id}.`;
    const say = `${JSON.stringify(entry)} protects nobody: no user in SuperOffice has this ${typeof entry === 'number' ? 'id' : 'login, nor logs on with it'}. ${hint}`;
    return [{ code: 'never_matches_nobody', severity: 'error', path: `never[${index}]`, say }];
  });
}

/** `never` entries, identities and group names that lead nowhere in SuperOffice. */
export function unknownInSuperOffice(policy: Policy, { directory }: Known): readonly Finding[] {
  if (directory === undefined) return [];
  const { people, groups } = directory;
  const byId = new Map(people.map((person) => [Number(person.id), person]));
  const identities = Object.entries(policy.identities).flatMap(([user, associate]): readonly Finding[] => {
    const path = `identities.${user}`;
    const found = byId.get(associate);
    if (found === undefined) {
      const say = `${user} is tied to associate ${associate}, whom SuperOffice does not have. Correct the number, or remove the line.`;
      return [{ code: 'unknown_associate', severity: 'error', path, say }];
    }
    if (!found.retired) return [];
    const say = `${user} is tied to associate ${associate} (${found.fullName}), who is retired in SuperOffice. Remove the line if they have left.`;
    return [{ code: 'retired_associate', severity: 'warning', path, say }];
  });
  const known = new Set(groups.map(({ name }) => sameName(name)));
  const named = policy.rules.flatMap(({ name, targets }, index) =>
    (typeof targets === 'string' ? [] : (targets.groups ?? [])).flatMap((group): readonly Finding[] => {
      if (known.has(sameName(group))) return [];
      const say = `SuperOffice has no user group "${group}", so it holds nobody. Correct the name, or remove it.`;
      const path = `rules[${index}].targets.groups`;
      return [{ code: 'unknown_group', severity: 'error', rule: name, path, say }];
    }),
  );
  return [...unprotected(policy, directory), ...identities, ...named];
}
