import type { SlackOptions } from '../../../src/sandbox/slack/options.ts';
import { type LocalSlack, startSlack } from '../../../src/sandbox/slack/start.ts';

/** The scopes that the bot asks for. */
export const SCOPES = [
  'commands',
  'chat:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'im:write',
];

export const OPTIONS: SlackOptions = {
  team: { id: 'T0OURS', name: 'Ours', domain: 'ours' },
  app: {
    id: 'A0APP',
    botToken: 'xoxb-local',
    appToken: 'xapp-local',
    signingSecret: 'a-signing-secret',
    botUserId: 'U0BOT',
    botId: 'B0BOT',
    name: 'logoff',
    scopes: SCOPES,
  },
  users: [
    { id: 'U0BOB', name: 'bob', real_name: 'Bob Berg', email: 'bob@example.com' },
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice Ås', email: 'alice@example.com' },
    { id: 'U0GONE', name: 'gone', real_name: 'Gone Girl', email: 'gone@example.com', deleted: true },
    { id: 'U0OUT', name: 'olaf', real_name: 'Olaf Outside', team_id: 'T0THEIRS', is_stranger: true },
  ],
  channels: [
    { id: 'C0OPS', name: 'ops', members: ['U0BOB', 'U0ALICE', 'U0OUT', 'U0BOT'], is_ext_shared: true },
    { id: 'C0ELSE', name: 'elsewhere', members: ['U0BOB'] },
    { id: 'C0OLD', name: 'old', members: ['U0BOB', 'U0BOT'], is_archived: true },
    { id: 'C0SECRET', name: 'secret', members: ['U0ALICE'], is_private: true },
  ],
  userGroups: [{ id: 'S0LEADS', handle: 'crm-leads', users: ['U0ALICE'] }],
  commands: [{ name: '/logoff', should_escape: true }, { name: '/raw' }],
};

/** A local Slack with the people above; the caller closes it. */
export function openSlack(change: Partial<SlackOptions> = {}): Promise<LocalSlack> {
  return startSlack({ ...OPTIONS, ...change });
}

/** Calls the Web API as a JSON body with the bot's token; gives what was answered. */
export async function call(
  slack: LocalSlack,
  method: string,
  args: Record<string, unknown> = {},
  token = 'xoxb-local',
): Promise<Record<string, unknown>> {
  const response = await fetch(slack.apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(args),
  });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** A section with mrkdwn text. */
export function section(text: string): Record<string, unknown> {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** A button with a label. */
export function button(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'button', text: { type: 'plain_text', text }, ...more };
}

/** A modal with one required input. */
export function modal(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'modal',
    callback_id: 'deny',
    title: { type: 'plain_text', text: 'Deny' },
    submit: { type: 'plain_text', text: 'Deny' },
    blocks: [
      {
        type: 'input',
        block_id: 'why',
        label: { type: 'plain_text', text: 'Reason' },
        element: { type: 'plain_text_input', action_id: 'reason' },
      },
    ],
    ...more,
  };
}
