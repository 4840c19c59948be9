import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { startNetServer } from '../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../src/sandbox/slack/start.ts';
import { HELPDESK, peopled, settingsText, town, variables } from './e2e/cast.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist/src/main.js');

beforeAll(() => {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'pipe' });
}, 120_000);

/** The built program as a process of its own; its log lines so far. */
function startBuilt(folder: string, environment: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const child = spawn(process.execPath, ['-r', join(root, 'dist/src/node-version.cjs'), program, 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines };
}

test('the built program is a few files, without the packages that it never uses', () => {
  expect(readdirSync(join(root, 'dist/src')).sort()).toEqual([
    'compile-cache.cjs',
    'main.js',
    'node-version.cjs',
    'parts',
    'program.cjs',
    'small-start.cjs',
  ]);
  const parts = readdirSync(join(root, 'dist/src/parts')).map((name) => join(root, 'dist/src/parts', name));
  const text = [program, ...parts].map((file) => readFileSync(file, 'utf8')).join('\n');
  const has = (word: string) => text.includes(word);
  // Of axios and xml-crypto a word each that stands in its code and nowhere else.
  expect(['transitionalDefaults', 'ExclusiveCanonicalization', 'LogOffWindowsUsers'].map(has)).toEqual([
    false,
    false,
    true,
  ]);
});

test('it knows its commands, and says in words what is wrong with the settings', () => {
  const help = execFileSync(process.execPath, [program, 'help'], { encoding: 'utf8' });
  expect(help).toContain('superoffice-logoff start');
  const run = () => execFileSync(process.execPath, [program, 'start'], { cwd: tmpdir(), env: {}, stdio: 'pipe' });
  expect(run).toThrow(/SLACK_BOT_TOKEN/);
});

test('it logs somebody off, as the sources do, and stops when it is asked to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-built-'));
  const slack = await startSlack(town);
  const netserver = await startNetServer(peopled(0));
  onTestFinished(async () => {
    await slack.close();
    await netserver.close();
    rmSync(folder, { recursive: true });
  });
  const settings = settingsText('socket', netserver.url, [['  ca_file:', '  # ca_file:']]);
  writeFileSync(join(folder, 'logoff.yml'), settings);
  const { child, lines } = startBuilt(folder, variables(slack.apiUrl, 'sqlite:logoff.db'));
  const ready = () => lines.some((line) => line.includes('"msg":"ready"'));
  await slack.until(ready, { within: 20_000, what: 'the line that says ready' });
  await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
  await slack.until(() => slack.transcript(HELPDESK).includes('1 person logged off'), {
    within: 15_000,
    what: 'the log-off',
  });
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
