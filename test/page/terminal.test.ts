import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const CTRL_C = '\u0003';
const SOON = { timeout: 30_000 };
const opened: { folder?: string } = {};

afterEach(async () => {
  if (opened.folder !== undefined) await rm(opened.folder, { recursive: true, force: true });
});

/** `script` of util-linux makes a terminal; the one of other systems takes other words. */
const onTerminal = it.skipIf(process.platform !== 'linux');

/** The demo as somebody starts it, on a terminal of its own. */
async function startOnTerminal() {
  const folder = await mkdtemp(join(tmpdir(), 'demo-terminal-'));
  opened.folder = folder;
  const command = 'npm run demo -- --no-open';
  const env = { ...process.env, TMPDIR: folder, CI: '' };
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd: project,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  child.stdout.on('data', (part) => {
    printed += String(part);
  });
  return {
    printed: () => printed,
    type: (keys: string) => child.stdin.write(keys),
    ended: () => ended,
    files: async () => (await readdir(folder)).filter((name) => name.startsWith('superoffice-logoff-')),
  };
}

onTerminal(
  'the demo on a terminal prints where its page is, serves it, and ends with Ctrl-C without leaving anything behind',
  async () => {
    const demo = await startOnTerminal();
    await expect.poll(demo.printed, SOON).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(demo.printed()) ?? [];
    expect((await fetch(url)).status).toBe(200);
    expect(await demo.files()).toHaveLength(1);
    demo.type(CTRL_C);
    await demo.ended();
    expect(demo.printed()).toContain('Ending it…');
    await expect.poll(demo.files, SOON).toEqual([]);
  },
);

onTerminal('a Ctrl-C while it starts leaves nothing behind either', async () => {
  const demo = await startOnTerminal();
  await expect.poll(demo.files, SOON).toHaveLength(1);
  demo.type(CTRL_C);
  await demo.ended();
  await expect.poll(demo.files, SOON).toEqual([]);
});
