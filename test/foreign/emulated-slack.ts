import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { channels, secrets, superoffice } from '../../src/sandbox/cast.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { deliverOverHttp } from '../../src/sandbox/slack/http-delivery.ts';
import { isJson } from '../../src/sandbox/slack/json.ts';
import type { Checks } from './checks.ts';
import { settingsOf } from './database.ts';
import { type EmulatedWorkspace, emulateWorkspace, portOf } from './emulated-workspace.ts';

const APP = 'A0LOGOFF';

/** The whole bot over signed HTTP, its Web API calls answered by a Slack that was not written here; the check itself types and clicks. */
export async function checkEmulatedSlack({ check }: Checks) {
  const slack = await emulateWorkspace(secrets.botToken);
  const { bob, alice, helpdesk, approvals } = slack.ids;
  // Where the private answers go.
  const answering = createServer((request, response) => {
    request.resume();
    response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(answering, 'listening');
  const responseUrl = `http://127.0.0.1:${portOf(answering.address())}/answer`;
  const folder = await mkdtemp(join(tmpdir(), 'superoffice-logoff-'));
  await using netserver = await startNetServer(superoffice);
  const file = join(folder, 'logoff.yml');
  await writeFile(file, settingsFor(slack, netserver.url));
  const bot = await startBotProcess(folder, {
    LOGOFF_CONFIG: file,
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    NETSERVER_USERNAME: secrets.netserverUser,
    NETSERVER_PASSWORD: secrets.netserverPassword,
    HOST: '127.0.0.1',
    PORT: '0',
  });
  const deliver = (kind: 'slash_commands' | 'interactive', payload: unknown) => {
    if (!isJson(payload)) throw new Error('no payload');
    const url = `http://127.0.0.1:${bot.port}/slack/events`;
    return deliverOverHttp({ url, secret: secrets.signingSecret, withinMs: 3000 }, { kind, payload });
  };
  const type = (user: string, text: string) =>
    deliver('slash_commands', {
      ...{ team_id: slack.team, channel_id: helpdesk, channel_name: 'helpdesk', user_id: user, api_app_id: APP },
      ...{ command: '/logoff', text, response_url: responseUrl, trigger_id: '1.2.x', is_enterprise_install: 'false' },
    });
  async function click(user: string, words: RegExp, action: string) {
    const message = await slack.seen(approvals, words);
    const block = message.blocks?.find(({ elements }) => elements?.some(({ action_id }) => action_id === action));
    const button = block?.elements?.find(({ action_id }) => action_id === action);
    ok(block !== undefined && button !== undefined, `no ${action} in ${JSON.stringify(message.blocks)}`);
    return deliver('interactive', {
      type: 'block_actions',
      team: { id: slack.team },
      user: { id: user, team_id: slack.team },
      api_app_id: APP,
      container: { type: 'message', message_ts: message.ts, channel_id: approvals, is_ephemeral: false },
      channel: { id: approvals },
      message,
      state: { values: {} },
      actions: [{ ...button, block_id: block.block_id, action_ts: message.ts }],
      ...{ response_url: responseUrl, trigger_id: '1.3.x', is_enterprise_install: false },
    });
  }
  try {
    await check('command, card, click and result, posted and updated there', async () => {
      equal((await type(bob, '102 reason: locked out')).acknowledged, true);
      await slack.seen(helpdesk, /^Request 1: waiting for approval/);
      equal((await click(bob, /^Request 1: log off/m, 'approve')).acknowledged, true);
      equal((await click(alice, /^Request 1: log off/m, 'approve')).acknowledged, true);
      await slack.seen(helpdesk, /^Request 1: 1 person logged off/);
      const ended = await slack.seen(approvals, /Jane Doe .*: logged off$/m);
      ok(ended.text.includes(`1 of 1: <@${alice}>`), ended.text);
      deepEqual(netserver.calls('LogOffWindowsUsers'), [[102]]);
    });
    await check('the bot had nothing to warn of', async () => {
      deepEqual(
        bot.lines.filter((line) => /"level":"(?:warn|error)"/.test(line)),
        [],
      );
      equal(await bot.stop(), 0);
    });
  } finally {
    await bot.kill();
    answering.close();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const settingsFor = ({ ids }: EmulatedWorkspace, netserverUrl: string): string =>
  settingsOf(netserverUrl)
    .replace('mode: socket', 'mode: http')
    .replace(channels.approvals, ids.approvals)
    .replace('[U0ALICE, U0OLA]', `[${ids.alice}]`)
    .replaceAll('U0BOB', ids.bob);
