import { secrets } from '../../src/sandbox/cast.ts';

export type Mode = 'socket' | 'http';

/** The bot's settings: Bob's rule needs no approval, Ola's needs one. Records end as soon as everybody was seen gone. */
export const settingsText = (mode: Mode, netserver: string): string => `
slack:
  mode: ${mode}
  approvals_channel: C0APPROVALS
netserver:
  url: ${netserver}
  timeout: 3s
verify: { for: 10s, every: 1s, watch: 0s }
people:
  helpdesk: { users: [U0BOB] }
  desk: { users: [U0OLA] }
  leads: { users: [U0ALICE] }
may_see: { who: [helpdesk] }
rules:
  - { name: no approval, who: helpdesk, targets: { at_most: 5 }, approvals: 0, warn: 0s }
  - { name: one approval, who: desk, targets: any, approvals: 1, approvers: leads, warn: 0s }
`;

/** What every program finds in its environment, the bot's as its peers'. */
export const variables = (apiUrl: string, netserver: string): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: secrets.botToken,
  SLACK_APP_TOKEN: secrets.appToken,
  SLACK_SIGNING_SECRET: secrets.signingSecret,
  SLACK_API_URL: apiUrl,
  NETSERVER_URL: netserver,
  NETSERVER_USERNAME: secrets.netserverUser,
  NETSERVER_PASSWORD: secrets.netserverPassword,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
});
