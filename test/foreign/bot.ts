import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { channels, secrets, workspace } from '../../src/sandbox/cast.ts';
import type { SeenMessage } from '../../src/sandbox/slack/persona/seen.ts';
import { type LocalSlack, startSlack } from '../../src/sandbox/slack/start.ts';
import type { Checks } from './checks.ts';
import { demo, settingsOf } from './database.ts';
import type { ForeignServer } from './stacks.ts';
import type { Mode } from './state-folder.ts';

const { helpdesk, approvals } = channels;
const WITHIN = 15_000;

/** The whole bot as a process of its own, between a local Slack and a foreign NetServer. */
export async function checkBot({ check }: Checks, server: ForeignServer, modes: readonly Mode[]) {
  const { state } = server;
  state.reset(demo, modes);
  const folder = await mkdtemp(join(tmpdir(), 'superoffice-logoff-'));
  const file = join(folder, 'logoff.yml');
  await writeFile(file, settingsOf(server.url));
  await using slack = await startSlack(workspace);
  const bot = await startBotProcess(folder, {
    LOGOFF_CONFIG: file,
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_APP_TOKEN: secrets.appToken,
    SLACK_API_URL: slack.apiUrl,
    NETSERVER_USERNAME: secrets.netserverUser,
    NETSERVER_PASSWORD: secrets.netserverPassword,
    PORT: '0',
  });
  try {
    await check(
      'asked by name, approved: one call with the right id, seen to be gone, told in the channel',
      async () => {
        await slack.as('U0BOB').say(helpdesk, '/logoff "Jane Doe" reason: locked out after a crash');
        const card = await sees(slack, approvals, /^Request 1: log off/, (message) =>
          message.buttons.includes('Approve'),
        );
        // The ticket dies between the question and the answer.
        state.expireTickets();
        await slack.as('U0ALICE').click(card, 'Approve');
        await sees(slack, helpdesk, /^Request 1: 1 person logged off/);
        deepEqual(done(), ['102']);
        deepEqual(
          state.on(),
          demo.on.filter((id) => id !== 102),
        );
        const journal = state.journal();
        const sent = journal.findLastIndex(({ operation }) => operation === 'LogOffWindowsUsers');
        ok(journal.slice(sent).some(({ words, succeeded }) => words.startsWith('loggedOnWin') && succeeded));
        const ended = await sees(slack, approvals, /^Request 1: log off/, ({ text }) => text.includes(': logged off'));
        match(ended.text, /Alice Lund[\s\S]*Jane Doe[^\n]*: logged off/);
      },
    );
    await check('a whole group: only those who are on are sent', async () => {
      await slack.as('U0ALICE').say(helpdesk, '/logoff group:Support reason: upgrade');
      const card = await sees(slack, approvals, /^Request 2: log off/, (message) =>
        message.buttons.includes('Approve'),
      );
      await slack.as('U0OLA').click(card, 'Approve');
      await sees(slack, helpdesk, /^Request 2: 2 people logged off/);
      deepEqual(done(), ['102', '104,105']);
      deepEqual(state.on(), [101]);
    });
    await check('NetServer says no: the channel reads that, and nothing is repeated', async () => {
      state.refuse('LogOffWindowsUsers', 'SuperOffice.Exceptions.SoSentryException', 'You may not do this.');
      const before = state.calls('LogOffWindowsUsers').length;
      await slack.as('U0ANNA').say(helpdesk, '/logoff me');
      await sees(slack, helpdesk, /^Request 3: SuperOffice does not allow the bot to do this.*still listed/s);
      equal(state.calls('LogOffWindowsUsers').length, before + 1);
      deepEqual(state.on(), [101]);
    });
    await check('neither side had anything to complain about', async () => {
      deepEqual(state.complaints(), []);
      deepEqual(slack.journal.complaints(), []);
      equal(await bot.stop(), 0);
    });
  } finally {
    await bot.kill();
    await rm(folder, { recursive: true, force: true });
  }

  /** The ids of each log-off that was executed. */
  function done(): readonly string[] {
    return state
      .calls('LogOffWindowsUsers')
      .filter(({ succeeded }) => succeeded)
      .map(({ words }) => words);
  }
}

const sees = (
  slack: LocalSlack,
  channel: string,
  words: RegExp,
  fits: (message: SeenMessage) => boolean = () => true,
) =>
  slack
    .until(
      () =>
        slack
          .as('U0ALICE')
          .sees(channel)
          .findLast((message) => words.test(message.text) && fits(message)),
      { within: WITHIN, what: `${words}` },
    )
    .catch((error: unknown) => {
      throw new Error(`${String(error)}\n${slack.transcript(channel)}`);
    });
