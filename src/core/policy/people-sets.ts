import type { Policy } from './policy.ts';

/** Who is in which Slack user group now; a group that Slack did not tell about is not in the map. */
export type UserGroupMembers = ReadonlyMap<string, ReadonlySet<string>>;

/** The names under `people` that this Slack person is in. A user group that could not be read holds nobody. */
export function groupsOf(policy: Policy, slack: string, members: UserGroupMembers): readonly string[] {
  return Object.entries(policy.people)
    .filter(
      ([, people]) =>
        people.users.some((user) => user === slack) ||
        people.usergroups.some((group) => members.get(group)?.has(slack)),
    )
    .map(([name]) => name);
}

/** The names that this Slack person may be in besides: through user groups that Slack did not tell about. */
export function unreadOf(policy: Policy, slack: string, members: UserGroupMembers): readonly string[] {
  const known = groupsOf(policy, slack, members);
  return Object.entries(policy.people)
    .filter(([name, { usergroups }]) => !known.includes(name) && usergroups.some((group) => !members.has(group)))
    .map(([name]) => name);
}
