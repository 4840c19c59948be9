import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type Change, HELPDESK } from '../e2e/cast.ts';
import { botInFolder } from './bot-in-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const CHANGES: readonly Change[] = [['  ca_file:', '  # ca_file:']];

/** A bot as a process of its own, in a folder with its settings and its database. */
async function surroundings() {
  const world = await botInFolder(CHANGES);
  const { folder, environment } = world;
  const records = async () => {
    const url = `sqlite:${join(folder, 'logoff.db')}`;
    const store = await openStore({ url, now: Date.now, access: 'read' });
    return await store.requests.read(requestId(1)).finally(() => store.close());
  };
  return { ...world, stop: () => stop(folder, environment), records };
}

function stop(
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: unknown; readonly out: string; readonly error: string }> {
  const options = { cwd, env: { PATH: process.env['PATH'] ?? '', ...environment }, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'stop'], options, (failure, out, error) =>
      resolve({ code: failure === null ? 0 : failure.code, out, error }),
    );
  });
}

const codes = ({ lines }: BotProcess): readonly unknown[] => lines.map((line) => /"msg":"(\w+)"/.exec(line)?.[1]);

it('superoffice-logoff stop ends the bot without a signal, and says so once it has ended', async () => {
  const { folder, start, stop } = await surroundings();
  const bot = await start();
  expect(await stop()).toEqual({ code: 0, out: 'Stopped.\n', error: '' });
  await bot.ended;
  expect(codes(bot).slice(-2)).toEqual(['stopping', 'stopped']);
  expect(bot.lines.at(-2)).toContain('"signal":"stop command"');
  expect([existsSync(join(folder, 'logoff.db.running')), existsSync(join(folder, 'logoff.db.stop'))]).toEqual([
    false,
    false,
  ]);
  // The records are free for the next one.
  expect(await (await start()).stop()).toBe(0);
});

it('superoffice-logoff stop says so where no bot runs, also after one that was killed', async () => {
  const { folder, slack, start, stop } = await surroundings();
  const none = await stop();
  expect(none).toMatchObject({ code: 0, error: '' });
  expect(none.out).toMatch(/^No bot is running here: there is no .*logoff\.db\.running\.\n$/);
  const bot = await start();
  await slack.until(() => existsSync(join(folder, 'logoff.db.running')));
  await bot.kill();
  expect(await stop()).toMatchObject({
    code: 0,
    out: 'No bot is running here: the last one ended without saying so.\n',
  });
  expect(existsSync(join(folder, 'logoff.db.running'))).toBe(false);
});

it('superoffice-logoff stop refuses variables that it cannot read, without repeating them', async () => {
  const found = await stop(tmpdir(), { DATABASE_URL: 'mysql://hunter2@db', PORT: 'x' });
  expect(found.code).toBe(2);
  expect(found.error).toMatch(/2 problems[\s\S]*DATABASE_URL[\s\S]*PORT/);
  expect(found.error).not.toContain('hunter2');
});

it('a stop in the middle of a call waits for its answer, which is on record; nothing new is sent', async () => {
  const { slack, netserver, start, stop, records } = await surroundings();
  const bot = await start();
  netserver.trouble('LogOffWindowsUsers', { kind: 'slow', ms: 2_500, effect: true }, { times: 1 });
  await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
  await slack.until(() => netserver.isLoggedOn(101) === false);
  const [stopped] = await Promise.all([stop(), bot.ended]);
  expect(stopped.out).toBe('Stopped.\n');
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
  expect(await records()).toMatchObject({ status: 'verifying', call: 'accepted' });
});

it('a second signal ends it at once, with code 1; the next start finds out what came of the call', async () => {
  const { slack, netserver, start } = await surroundings();
  const bot = await start();
  netserver.trouble('LogOffWindowsUsers', { kind: 'hang', effect: true }, { times: 1 });
  await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
  await slack.until(() => netserver.isLoggedOn(101) === false);
  bot.signal('SIGTERM');
  await slack.until(() => codes(bot).includes('stopping'));
  bot.signal('SIGINT');
  await bot.ended;
  expect(codes(bot).slice(-2)).toEqual(['stopping', 'stopped_at_once']);
  await start();
  await slack.until(() => slack.transcript(HELPDESK).includes('Request 1: 1 person logged off'), { within: 15_000 });
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
});

it('a signal while it starts, and waits for Slack, ends it with code 0', async () => {
  const { folder, slack, environment } = await surroundings();
  slack.faults.always('apps.connections.open', { kind: 'status', status: 503 });
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  const child = spawn(process.execPath, [MAIN, 'start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => {
    said += String(text);
  });
  await slack.until(() => slack.journal.calls('apps.connections.open').length > 0, { within: 15_000 });
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(said).toContain('"msg":"stopped_while_starting"');
});

it('a port that is taken ends it with code 1 and a sentence that names the variable', async () => {
  const { folder, environment, start } = await surroundings();
  const bot = await start();
  const taken = { ...environment, PORT: String(bot.port), DATABASE_URL: 'sqlite::memory:' };
  const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...taken }, timeout: 30_000 };
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, [MAIN, 'start'], options, (_, text) => resolve(text));
  });
  const last = out.trim().split('\n').at(-1) ?? '';
  expect(last).toContain('"msg":"cannot_start"');
  expect(last).toContain(`Cannot listen on port ${bot.port} of 127.0.0.1: another program uses it already`);
  expect(last).toContain('PORT');
});
