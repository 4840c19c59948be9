import { ago, house, type Ill } from './clinic.ts';

const PEOPLE = '{ users: [U0ALICE, U0OLA] }';

export const ILL_AT_SLACK: readonly Ill[] = [
  [
    'a bot token that Slack does not know',
    { environment: { SLACK_BOT_TOKEN: 'xoxb-canary-wrong' } },
    [
      /^wrong slack\.bot_token Slack does not accept the bot token \(SLACK_BOT_TOKEN\): invalid_auth\. Copy the token/,
      'skipped slack.scope the bot token could not be used',
      'skipped slack.channel the bot token could not be used',
      'skipped slack.person the bot token could not be used',
    ],
  ],
  [
    'an app token that Slack does not know',
    { environment: { SLACK_APP_TOKEN: 'xapp-canary-wrong' } },
    [/^wrong slack\.app_token Slack does not accept the app token \(SLACK_APP_TOKEN\): invalid_auth\. Copy the token/],
  ],
  [
    'tokens of two apps',
    {
      environment: { SLACK_APP_TOKEN: 'xapp-1-A0ANOTHER-77-canary' },
      slack: { app: { ...house.app, appToken: 'xapp-1-A0ANOTHER-77-canary' } },
    },
    [/^wrong slack\.app_token it belongs to app A0ANOTHER, but the bot token belongs to A0LOGOFF\. Take both tokens/],
  ],
  [
    'an app without the scope usergroups:read, and with one too many',
    {
      settings: [['{ users: [U0BOB] }', '{ users: [U0BOB], usergroups: [S0CRM] }']],
      slack: {
        app: {
          ...house.app,
          scopes: [...house.app.scopes.filter((scope) => scope !== 'usergroups:read'), 'files:write'],
        },
      },
    },
    [
      /^wrong slack\.scope usergroups:read is missing: user groups of the settings hold nobody\. Paste manifest\.yml/,
      /^check slack\.scope more than is needed: files:write/,
      /^wrong slack\.user_group The Slack call usergroups\.list failed: missing_scope \(usergroups:read\)\. Add the scope/,
    ],
  ],
  [
    'an approvals channel that the bot is not in, and an audit channel that there is not',
    {
      settings: [['audit_channel: C0AUDIT', 'audit_channel: C0NOWHERE']],
      spoil: ({ slack }) => slack.workspace.setChannel('C0APPROVALS', { members: ['U0ALICE'], is_private: false }),
    },
    [
      'wrong slack.channel the bot is not in C0APPROVALS (approvals_channel) = #crm-approvals. Type /invite in #crm-approvals and choose the bot.',
      /^wrong slack\.channel C0NOWHERE \(audit_channel\): Slack shows the bot no such channel\. Correct the id/,
    ],
  ],
  [
    'channels that are shared, archived, and read by guests',
    {
      spoil: ({ slack }) => {
        slack.workspace.setChannel('C0APPROVALS', { is_ext_shared: true, members: ['U0LOGOFF', 'U0GUS', 'U0ERIN'] });
        slack.workspace.setChannel('C0AUDIT', { is_archived: true });
      },
    },
    [
      /^wrong slack\.channel C0APPROVALS \(approvals_channel\) = #crm-approvals is shared with other companies/,
      /^check slack\.channel in C0APPROVALS .* read along: Gus Guest \(U0GUS, guest\), Erin Elsewhere \(U0ERIN, stranger\)/,
      /^wrong slack\.channel C0AUDIT \(audit_channel\) = #audit is archived\. Bring it back/,
    ],
  ],
  [
    'people who left, guests and misspelt ids in the settings',
    {
      settings: [[PEOPLE, '{ users: [U0ALICE, U0OLA, U0GUS, U0NOBODY, U0LOGOFF] }']],
      spoil: ({ slack }) => slack.workspace.setUser('U0OLA', { deleted: true }),
    },
    [
      /^wrong slack\.person U0OLA = Ola Nordmann, deactivated\. The rules give them nothing/,
      /^wrong slack\.person U0GUS = Gus Guest, a guest\./,
      /^wrong slack\.person U0NOBODY = nobody, not known to Slack/,
      /^wrong slack\.person U0LOGOFF = SuperOffice log-off, a bot\./,
    ],
  ],
  [
    'user groups that are empty, switched off, or not there',
    {
      settings: [['{ users: [U0BOB] }', '{ users: [U0BOB], usergroups: [S0EMPTY, S0OFF, S0GONE] }']],
      slack: {
        userGroups: [
          { id: 'S0EMPTY', handle: 'empty', users: [] },
          { id: 'S0OFF', handle: 'off', users: ['U0ALICE'], disabled: true },
        ],
      },
    },
    [
      /^wrong slack\.user_group S0EMPTY = @empty \(empty\) is empty\./,
      /^wrong slack\.user_group S0OFF = @off \(off\) is switched off/,
      /^wrong slack\.user_group S0GONE: Slack has no such user group/,
    ],
  ],
  [
    'a Slack that cannot be reached',
    { spoil: ({ slack }) => slack.close() },
    [
      /^wrong slack\.bot_token The Slack call auth\.test failed: network \(ECONNREFUSED\)\. Look at name resolution and the firewall/,
      /^wrong slack\.app_token The Slack call apps\.connections\.open failed: network/,
      'skipped slack.scope the bot token could not be used',
      'skipped slack.channel the bot token could not be used',
      'skipped slack.person the bot token could not be used',
      'skipped clock.slack Slack did not tell its time',
    ],
  ],
  [
    'a machine whose clock is 5 minutes ahead',
    { slack: { now: ago(300_000) }, netserver: { now: ago(300_000) } },
    [
      'wrong clock.slack this machine is 5 min ahead of Slack. Synchronise the clock of this machine (NTP).',
      'check clock.netserver this machine is 5 min ahead of NetServer. Synchronise the clock of this machine (NTP).',
    ],
  ],
  [
    'rules that cannot be meant',
    {
      settings: [
        [
          'approvals: 1\n    approvers: crm-leads\n    warn: 0s\n  - name: leads',
          'approvals: 3\n    approvers: crm-leads\n  - name: leads',
        ],
      ],
    },
    [/^wrong settings 3 rules, .*: 1 that cannot be meant\. Run superoffice-logoff policy check\.$/],
  ],
];
