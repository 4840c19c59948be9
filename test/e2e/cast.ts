import { secrets, superoffice, workspace } from '../../src/sandbox/cast.ts';
import type { NetServerOptions } from '../../src/sandbox/netserver/local-netserver.ts';
import type { SlackOptions } from '../../src/sandbox/slack/options.ts';
import { CONTRACT } from '../config/world.ts';

export const HELPDESK = 'C0HELPDESK';
export const APPROVALS = 'C0APPROVALS';
/** A channel that the bot is not in. */
export const ELSEWHERE = 'C0ELSEWHERE';
/** A direct message of several people, without the bot. */
export const SEVERAL = 'G0SEVERAL';

/** Those who may do nothing whatever the settings say. */
export const OUTSIDERS = [
  { id: 'U0GUS', what: 'a guest' },
  { id: 'U0SINA', what: 'a guest of a single channel' },
  { id: 'U0ERIN', what: 'somebody of another workspace' },
  { id: 'U0STIG', what: 'a stranger' },
  { id: 'U0ROBBIE', what: 'another bot' },
  { id: 'U0DORA', what: 'somebody deactivated' },
] as const;

/** The workspace of the demo with more people and channels; the outsiders read along everywhere. */
export const town: SlackOptions = {
  ...workspace,
  users: [
    ...workspace.users,
    { id: 'U0SINA', name: 'sina', real_name: 'Sina Single', is_restricted: true, is_ultra_restricted: true },
    { id: 'U0STIG', name: 'stig', real_name: 'Stig Stranger', is_stranger: true },
    { id: 'U0ROBBIE', name: 'robbie', real_name: 'Robbie Robot', is_bot: true },
    { id: 'U0DORA', name: 'dora', real_name: 'Dora Departed', deleted: true },
  ],
  channels: [
    ...workspace.channels.map((channel) => ({
      ...channel,
      members: [...new Set([...channel.members, 'U0ANNA', ...OUTSIDERS.map(({ id }) => id)])],
    })),
    { id: ELSEWHERE, name: 'elsewhere', members: ['U0BOB', 'U0ALICE'] },
    { id: SEVERAL, name: 'mpdm-bob--alice-1', is_private: true, is_mpim: true, members: ['U0BOB', 'U0ALICE'] },
    { id: 'C0AUDIT', name: 'audit', members: ['U0ALICE', 'U0LOGOFF'] },
  ],
  userGroups: [{ id: 'S0DESK', handle: 'desk', users: ['U0BOB'] }],
};

/** A line of the settings, and what stands there instead. */
export type Change = readonly [line: string, instead: string];

/** People are looked after for a shorter time. */
export const SOON: Change = ['{ for: 30s, every: 2s, watch: 60s }', '{ for: 10s, every: 2s, watch: 10s }'];

const outsiders = OUTSIDERS.map(({ id }) => id).join(', ');

/** Makes helpers and approvers of the outsiders: then their standing alone must refuse them. */
export const OUTSIDERS_MAY: readonly Change[] = [
  ['{ users: [U0BOB] }', `{ users: [U0BOB, ${outsiders}] }`],
  ['{ users: [U0ALICE, U0OLA] }', `{ users: [U0ALICE, U0OLA, ${outsiders}] }`],
];

const LEADS = '    targets: any\n    approvals: 1\n    approvers: crm-leads\n';

/** The settings of the contract for this mode and this NetServer, with changes. */
export function settingsText(mode: 'socket' | 'http', netserver: string, changes: readonly Change[] = []): string {
  const needed: readonly Change[] = [
    ['mode: socket', `mode: ${mode}`],
    ['url: https://crm.example.com', `url: ${netserver}`],
    // What is not about warnings need not wait for them.
    [LEADS, `${LEADS}    warn: 0s\n`],
  ];
  return [...needed, ...changes].reduce((text, [line, instead]) => {
    if (!text.includes(line)) throw new Error(`the settings have no "${line}"`);
    return text.replace(line, instead);
  }, CONTRACT);
}

/** What the bot finds in its environment. */
export const variables = (apiUrl: string, database: string): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: secrets.botToken,
  SLACK_APP_TOKEN: secrets.appToken,
  SLACK_SIGNING_SECRET: secrets.signingSecret,
  SLACK_API_URL: apiUrl,
  NETSERVER_USERNAME: secrets.netserverUser,
  NETSERVER_PASSWORD: secrets.netserverPassword,
  DATABASE_URL: database,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'debug',
});

const numbered = (many: number): readonly number[] => Array.from({ length: many }, (_, at) => 1001 + at);
const addressOf = (id: number): string => `user${id}@example.com`;

/** The town with as many more people, who have the addresses that `peopled` gives them where they are in Slack. */
export const townWith = (many: number): SlackOptions => ({
  ...town,
  users: [
    ...town.users,
    ...numbered(many).map((id) => ({
      id: `U0P${id}`,
      name: `user${id}`,
      real_name: `Person Number ${id}`,
      email: addressOf(id),
      is_email_confirmed: true,
    })),
  ],
});

/** Whom the example protects; in a group that is not in use. */
const PROTECTED = { id: 190, name: 'svc-backup', fullName: 'Backup service' };

/** The SuperOffice of the demo and whom the example protects, with `many` more people who are all logged on: ids from 1001. */
export function peopled(many: number, inSlack = false): NetServerOptions {
  const ids = numbered(many);
  const { people = {} } = superoffice;
  const more = ids.map((id) => ({
    id,
    name: `user${id}`,
    fullName: `Person Number ${id}`,
    groupId: 4,
    ...(inSlack ? { email: addressOf(id) } : {}),
  }));
  return {
    ...superoffice,
    people: {
      ...people,
      associates: [...(people.associates ?? []), PROTECTED, ...more],
      loggedOn: [...(people.loggedOn ?? []), ...ids],
    },
  };
}
