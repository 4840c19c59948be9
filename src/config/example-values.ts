import type { SettingsFile } from './settings-file.ts';
import { webAddress } from './web-address.ts';

/** What logoff.example.yml names that nobody has: Slack ids, user groups and channels, and where the servers are. */
export const EXAMPLE_VALUES: ReadonlySet<string> = new Set([
  ...['C0APPROVALS', 'C0AUDIT', 'C0HELPDESK'],
  ...['U0ALICE', 'U0ANNA', 'U0BOB', 'U0OLA', 'S0CRM'],
  ...['crm.example.com', 'example.com'],
]);

/** Those of them that a settings file still holds, each once, in the order of the file. */
export function exampleValuesIn({ slack, netserver, identities, trust_email, people, rules }: SettingsFile): string[] {
  const named: readonly (string | undefined)[] = [
    slack.approvals_channel,
    slack.audit_channel,
    webAddress(netserver.url)?.hostname,
    ...Object.keys(identities),
    ...trust_email,
    ...Object.values(people).flatMap(({ users, usergroups }): readonly string[] => [...users, ...usergroups]),
    ...rules.flatMap(({ channels }): readonly string[] => channels ?? []),
  ];
  return [...new Set(named.filter((value) => value !== undefined))].filter((value) => EXAMPLE_VALUES.has(value));
}
