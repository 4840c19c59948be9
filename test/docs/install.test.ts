import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sectionOf } from './pages.ts';

const PAGE = 'docs/install.md';

/** The blocks of commands of a section. */
const blocksOf = (heading: string): readonly string[] =>
  Array.from(sectionOf(PAGE, heading).matchAll(/^```\n([\s\S]*?)^```/gm), ([, block = '']) => block);

/** Runs commands in a folder as a shell would that was told nothing before. */
function shell(folder: string, commands: string): string {
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-e'], {
    cwd: folder,
    env,
    input: commands,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

it('the step about secrets leaves files that only their owner reads, and one that tells a new shell where they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-install-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [write = '', tell = ''] = blocksOf('8. Store the secrets');
  // Nobody is here to paste.
  shell(folder, write.replace(/^cat > (secrets\S+).*$/gm, 'echo pasted > $1'));
  const files = readdirSync(join(folder, 'secrets')).map((name) => `secrets/${name}`);
  expect(files.length).toBe(5);
  for (const file of [...files, 'env.sh']) expect.soft(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  const known = shell(folder, `${tell}\nenv`);
  const named = Array.from(known.matchAll(/^[A-Z_]+_FILE=(.+)$/gm), ([, file]) => file);
  expect(named.toSorted()).toEqual(files.toSorted());
  expect(shell(folder, `${tell}\nwc -c < "$AUDIT_KEY_FILE"`).trim()).toBe('65');
});
