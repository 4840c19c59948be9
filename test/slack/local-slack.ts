import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { SlackOptions as LocalSlackOptions } from '../../src/sandbox/slack/options.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import { connectSlack, type SlackEdge, type SlackOptions } from '../../src/slack/connect.ts';
import { SCOPES } from '../sandbox/slack/workspace.ts';
import type { LogLine } from './log-lines.ts';
import { logLines } from './log-lines.ts';

export const BOT_TOKEN = 'xoxb-edge-secret';
const APP_TOKEN = 'xapp-edge-secret';
export const SIGNING_SECRET = 'edge-signing-secret';

const workspace: LocalSlackOptions = {
  team: { id: 'T0HOME', name: 'Home', domain: 'home' },
  app: {
    id: 'A0BOT',
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    botUserId: 'U0BOT',
    botId: 'B0BOT',
    name: 'logoff',
    scopes: SCOPES,
  },
  users: [
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice Berg', email: 'Alice@example.com' },
    { id: 'U0BOB', name: 'bob', real_name: 'Bob Dahl', email: 'bob@example.com', is_email_confirmed: false },
    { id: 'U0GUEST', name: 'gina', real_name: 'Gina Guest', email: 'gina@example.com', is_restricted: true },
    { id: 'U0ONECH', name: 'otto', real_name: 'Otto One', is_restricted: true, is_ultra_restricted: true },
    { id: 'U0OUT', name: 'olga', real_name: 'Olga Outside', team_id: 'T0AWAY' },
    { id: 'U0STRANGE', name: 'sten', real_name: 'Sten Strange', is_stranger: true },
    { id: 'U0ROBOT', name: 'robot', real_name: 'Robot', is_bot: true },
    { id: 'U0FLOW', name: 'flow', real_name: 'Flow', is_workflow_bot: true },
    { id: 'U0GONE', name: 'gone', real_name: 'Gone', deleted: true },
    { id: 'U0APP', name: 'apple', real_name: 'Apple Appuser', is_app_user: true },
  ],
  channels: [
    { id: 'C0OPS', name: 'ops', members: ['U0ALICE', 'U0BOB', 'U0OUT', 'U0BOT'] },
    { id: 'C0ALONE', name: 'alone', members: ['U0ALICE'] },
    { id: 'C0OLD', name: 'old', members: ['U0ALICE', 'U0BOT'], is_archived: true },
    { id: 'C0SHARED', name: 'shared', members: ['U0ALICE', 'U0BOT'], is_ext_shared: true, is_shared: true },
  ],
  userGroups: [{ id: 'S0LEADS', handle: 'leads', users: ['U0ALICE', 'U0BOB'] }],
  commands: [{ name: '/logoff', should_escape: true }, { name: '/other' }],
};

export interface Pair {
  readonly slack: LocalSlack;
  readonly edge: SlackEdge;
  readonly lines: LogLine[];
}

/** A local Slack and an edge that is not started; both are closed when the test ends. */
export async function pair(mode: 'socket' | 'http', changed: Partial<SlackOptions> = {}): Promise<Pair> {
  const slack = await startSlack(workspace);
  const { lines, log } = logLines();
  const edge = connectSlack({
    mode,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    apiUrl: slack.apiUrl,
    host: '127.0.0.1',
    port: 0,
    health: (path) => ({ ok: path === '/healthz', body: { path } }),
    timeZone: 'Europe/Oslo',
    now: () => Date.now(),
    after: systemClock().after,
    log,
    ...changed,
  });
  onTestFinished(async () => {
    await edge.stop(200);
    await slack.close();
  });
  return { slack, edge, lines };
}

/** The same, connected. */
export async function connected(
  mode: 'socket' | 'http',
  prepare: (edge: SlackEdge) => void = () => undefined,
): Promise<Pair & { readonly port: number }> {
  const both = await pair(mode);
  prepare(both.edge);
  const { port } = await both.edge.start();
  if (mode === 'http') both.slack.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  return { ...both, port };
}
