import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { secrets } from '../src/sandbox/cast.ts';
import { CONTRACT } from './config/world.ts';
import { type Change, HELPDESK } from './e2e/cast.ts';
import { botInFolder } from './main/bot-in-folder.ts';

const PROGRAM = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const HASTY: readonly Change[] = [
  ['  ca_file:', '  # ca_file:'],
  ['timeout: 15s', 'timeout: 2s'],
  ['for: 30s, every: 2s, watch: 60s', 'for: 1s, every: 1s, watch: 1s'],
];

const surroundings = () => botInFolder(HASTY);

/** Runs the command to its end. */
function run(
  folder: string,
  environment: Readonly<Record<string, string>>,
  command = 'start',
  ...words: readonly string[]
): Promise<{ readonly code: unknown; readonly out: string; readonly error: string }> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', ...environment }, timeout: 15_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, command, ...words], options, (failure, out, error) =>
      resolve({ code: failure === null ? 0 : failure.code, out, error }),
    );
  });
}

it('start runs until it is asked to stop: ready line, health, SIGTERM, exit code 0', async () => {
  const { slack, environment, folder, start } = await surroundings();
  const bot = await start();
  const health = await fetch(`http://127.0.0.1:${bot.port}/healthz`);
  const ready = await fetch(`http://127.0.0.1:${bot.port}/readyz`);
  expect([health.status, ready.status]).toEqual([200, 200]);
  // One process writes the records; a second one is refused in words.
  const second = await run(folder, environment);
  expect(second.code).toBe(1);
  expect(second.out.trim().split('\n')).toEqual([expect.stringMatching(/"msg":"cannot_start"/)]);
  expect(second.out).toContain('stop the other one, or use PostgreSQL for several');
  expect(await bot.stop()).toBe(0);
  expect(bot.lines.map((line): unknown => JSON.parse(line))).toEqual(
    expect.arrayContaining([expect.objectContaining({ msg: 'ready' }), expect.objectContaining({ msg: 'stopped' })]),
  );
  expect(slack.sockets.open()).toBe(0);
});

it('a process that is killed while NetServer is asked leaves no second call: the next one looks what came out', async () => {
  const { slack, netserver, start } = await surroundings();
  const bot = await start();
  netserver.trouble('LogOffWindowsUsers', { kind: 'hang', effect: true });
  await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
  await slack.until(() => netserver.calls('LogOffWindowsUsers').length === 1);
  await bot.kill();
  netserver.clearTrouble();
  await start();
  const done = () => slack.transcript(HELPDESK).includes('Request 1: 1 person logged off');
  await slack.until(done, { within: 8_000 });
  await slack.until(() => slack.journal.calls('chat.update').length > 0);
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
});

it('settings that are wrong end it with code 2 and one report, which holds no secret', async () => {
  const { folder, environment } = await surroundings();
  const broken = CONTRACT.replace('services: 86', 'services: 83').replace(
    'approvals_channel: C0APPROVALS',
    'aprovals: C0A',
  );
  writeFileSync(join(folder, 'logoff.yml'), broken);
  const { SLACK_APP_TOKEN: _, ...less } = environment;
  const { code, out, error } = await run(folder, { ...less, SLACK_BOT_TOKEN: 'xapp-canary-in-the-wrong-place' });
  expect(code).toBe(2);
  expect(out).toBe('');
  for (const words of [/logoff\.yml:\d+.*services/, /aprovals/, /SLACK_APP_TOKEN/, /SLACK_BOT_TOKEN/]) {
    expect.soft(error).toMatch(words);
  }
  expect(error).not.toContain('xapp-canary-in-the-wrong-place');
  for (const secret of Object.values(secrets)) if (secret !== 'slackbot') expect(error).not.toContain(secret);
});

it.each([
  ['bot', 'SLACK_BOT_TOKEN', 'xoxb-wrong-canary'],
  ['app', 'SLACK_APP_TOKEN', 'xapp-wrong-canary'],
])('a wrong %s token ends it with code 1 and one sentence that names it', async (kind, name, wrong) => {
  const { folder, environment } = await surroundings();
  const { code, out, error } = await run(folder, { ...environment, [name]: wrong });
  expect(code).toBe(1);
  expect(error).toBe('');
  expect(out.split('\n').filter((line) => line.includes('"why"'))).toEqual([
    expect.stringContaining(`"why":"Slack does not accept the ${kind} token (${name}): invalid_auth"`),
  ]);
  expect(out).not.toContain('canary');
});

it('doctor looks at an installation from the command line, and changes nothing in its folder', async () => {
  const { folder, slack, netserver, environment } = await surroundings();
  const before = readdirSync(folder);
  const good = await run(folder, environment, 'doctor');
  expect(good).toMatchObject({ code: 0, error: '' });
  expect(good.out).toMatch(/^ok +slack\.bot_token +SuperOffice log-off \(U0LOGOFF\) in North Wind/m);
  expect(good.out).toMatch(/^ok +netserver\.logged_on +4 people are on the Windows client now$/m);
  expect(readdirSync(folder)).toEqual(before);
  await netserver.refuse();
  const bad = await run(folder, environment, 'doctor');
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(/^wrong +netserver\.address +NetServer could not be reached/m);
  expect(slack.sockets.open()).toBe(0);
});

it('help shows how it is used, and a word that it does not know is named before that', async () => {
  const folder = tmpdir();
  const [help, unknown] = await Promise.all([run(folder, {}, 'help'), run(folder, {}, 'strat')]);
  expect(help).toMatchObject({ code: 0, error: '' });
  expect(help.out).toContain('superoffice-logoff start');
  expect(unknown).toEqual({ code: 2, out: '', error: `unknown command "strat"\n\n${help.out}` });
});

it('--help behind a command shows how that one is used, does nothing, and needs no settings', async () => {
  const asked = [
    ['start', '--help'],
    ['stop', '-h'],
    ['doctor', '--help'],
    ['people', 'match', '--help'],
    ['policy', '--help'],
    ['policy', 'check', '--help'],
    ['audit', 'export', '--help'],
    ['backup', '--help'],
  ];
  for (const [command = '', ...words] of asked) {
    const { code, out, error } = await run(tmpdir(), {}, command, ...words);
    expect.soft({ code, error }, command).toEqual({ code: 0, error: '' });
    const named = Array.from(out.matchAll(/^ {2}superoffice-logoff (\w+)/gm), ([, name]) => name);
    expect.soft([...new Set(named)], command).toEqual([command]);
  }
});

it('says which version it is, without any settings', async () => {
  expect(await run(tmpdir(), {}, '--version')).toMatchObject({ code: 0, out: `${PROGRAM.version}\n`, error: '' });
});
