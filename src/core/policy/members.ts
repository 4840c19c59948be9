import type { Known } from './finding.ts';
import { ANYONE, type Policy } from './policy.ts';

/** Who is behind some names under `people`. */
export interface Members {
  readonly people: readonly string[];
  /** There may be more: everybody is meant, or a user group was not read. */
  readonly isOpen: boolean;
}

/** Who is in these sets as far as it is known; who is surely no full member is left out. */
export function membersOf(names: readonly string[], policy: Policy, known: Known): Members {
  const people = new Set<string>();
  let isOpen = names.includes(ANYONE);
  for (const name of names) {
    const set = policy.people[name];
    if (set === undefined) continue;
    for (const user of set.users) people.add(user);
    for (const group of set.usergroups) {
      const members = known.userGroups?.get(group);
      if (members === undefined) isOpen = true;
      for (const member of members ?? []) people.add(member);
    }
  }
  const isOut = (slack: string) => (known.slackPeople?.get(slack)?.standing ?? 'member') !== 'member';
  return { people: [...people].filter((slack) => !isOut(slack)), isOpen };
}

/** The same for two Slack people whom the settings tie to one associate: they count as one. */
export function personKey(slack: string, policy: Policy): string {
  const associate = Object.entries(policy.identities).find(([user]) => user === slack)?.[1];
  return associate === undefined ? slack : `associate ${associate}`;
}
