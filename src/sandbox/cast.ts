import type { NetServerOptions } from './netserver/local-netserver.ts';
import type { SlackOptions } from './slack/options.ts';

/** The local world that demo and tests play in. Its secrets open nothing anywhere else. */
export const secrets = {
  botToken: 'xoxb-local-bot',
  appToken: 'xapp-local-app',
  signingSecret: 'local-signing-secret',
  netserverUser: 'slackbot',
  netserverPassword: 'local-password',
} as const;

export const team = { id: 'T0NORTH', name: 'North Wind', domain: 'northwind' } as const;
export const channels = { helpdesk: 'C0HELPDESK', approvals: 'C0APPROVALS' } as const;

/** A Slack workspace: helpdesk, two CRM leads, people of the house, a guest, and somebody from another workspace. */
export const workspace: SlackOptions = {
  team,
  app: {
    id: 'A0LOGOFF',
    botToken: secrets.botToken,
    appToken: secrets.appToken,
    signingSecret: secrets.signingSecret,
    botUserId: 'U0LOGOFF',
    botId: 'B0LOGOFF',
    name: 'SuperOffice log-off',
    scopes: [
      'commands',
      'chat:write',
      'users:read',
      'users:read.email',
      'usergroups:read',
      'channels:read',
      'groups:read',
      'im:write',
    ],
  },
  users: [
    { id: 'U0BOB', name: 'bob', real_name: 'Bob Berg', email: 'bob@example.com', is_email_confirmed: true },
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice Lund', email: 'alice@example.com', is_email_confirmed: true },
    { id: 'U0OLA', name: 'ola', real_name: 'Ola Nordmann', email: 'ola@example.com', is_email_confirmed: true },
    { id: 'U0ANNA', name: 'anna', real_name: 'Anna Olsen', email: 'anna@example.com', is_email_confirmed: true },
    { id: 'U0GUS', name: 'gus', real_name: 'Gus Guest', is_restricted: true },
    { id: 'U0ERIN', name: 'erin', real_name: 'Erin Elsewhere', team_id: 'T0OTHER', is_stranger: true },
    { id: 'U0LOGOFF', name: 'superoffice-log-off', real_name: 'SuperOffice log-off', is_bot: true },
  ],
  channels: [
    {
      id: channels.helpdesk,
      name: 'helpdesk',
      members: ['U0BOB', 'U0ALICE', 'U0OLA', 'U0ANNA', 'U0GUS', 'U0LOGOFF'],
    },
    {
      id: channels.approvals,
      name: 'crm-approvals',
      is_private: true,
      members: ['U0BOB', 'U0ALICE', 'U0OLA', 'U0LOGOFF'],
    },
  ],
  commands: [{ name: '/logoff', should_escape: true }],
};

/** A SuperOffice with a few people, most of them logged on to the Windows client. */
export const superoffice: NetServerOptions = {
  people: {
    groups: [
      { id: 4, name: 'Sales' },
      { id: 7, name: 'Support' },
    ],
    associates: [
      { id: 1, name: 'ADMIN', fullName: 'Administrator', groupId: 7 },
      { id: 77, name: 'SLACKBOT', fullName: 'Slack bot', groupId: 7 },
      { id: 101, name: 'anna', fullName: 'Anna Olsen', groupId: 4, email: 'anna@example.com' },
      { id: 102, name: 'jane.doe', fullName: 'Jane Doe', groupId: 4 },
      { id: 103, name: 'per', fullName: 'Per Hansen', groupId: 4 },
      { id: 104, name: 'bjorn', fullName: 'Bjørn Ås', groupId: 7 },
      { id: 105, name: 'kim', fullName: 'Kim Lee', groupId: 7 },
      { id: 106, name: 'left', fullName: 'Lea Left', groupId: 7, deleted: true },
      { id: 201, name: 'portal', fullName: 'Customer Portal', groupId: 7, userType: 'ExternalAssociate' },
    ],
    accounts: [
      {
        userName: secrets.netserverUser,
        password: secrets.netserverPassword,
        associateId: 77,
        functionRights: ['admin-users', 'see-other-companies-associates'],
      },
    ],
    loggedOn: [101, 102, 104, 105],
  },
};

/** How long things take in the demo. */
export interface Pace {
  readonly verify: string;
  readonly expires: string;
  /** How long before people are warned, where a lead asks. The helpdesk asks for people who cannot work anyway. */
  readonly warn: string;
}

const quick: Pace = { verify: '{ for: 2s, every: 1s, watch: 1s }', expires: '6s', warn: '0s' };

/** Who in Slack is who in SuperOffice, by associate id. */
const tied: Readonly<Record<string, number>> = { U0ANNA: 101 };

/** The settings file of the demo: the example's rules, with times short enough to watch where nothing else is said. */
export const settings = (netserverUrl: string, pace: Pace = quick, identities = tied): string => `
slack:
  mode: socket
  approvals_channel: ${channels.approvals}
netserver:
  url: ${netserverUrl}
  timeout: 3s
verify: ${pace.verify}
identities: ${JSON.stringify(identities)}
people:
  helpdesk: { users: [U0BOB] }
  crm-leads: { users: [U0ALICE, U0OLA] }
may_see: { history: [crm-leads], who: [helpdesk, crm-leads] }
never: [1]
approval_expires_after: ${pace.expires}
dispatch_within: 10m
rules:
  - name: own session
    who: anyone
    targets: self
    approvals: 0
  - name: helpdesk, a few people
    who: helpdesk
    targets: { at_most: 5 }
    warn: 0s
    approvals: 1
    approvers: crm-leads
  - name: leads
    who: crm-leads
    targets: any
    warn: ${pace.warn}
    approvals: 1
    approvers: crm-leads
`;
