import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nodeProblem } from '../src/node-version.cjs';

const guard = fileURLToPath(new URL('../src/node-version.cjs', import.meta.url));
/** Where distributions put their Node, which is mostly older than the one that this project brings. */
const SYSTEM_NODE = '/usr/bin/node';

const systemVersion = existsSync(SYSTEM_NODE)
  ? spawnSync(SYSTEM_NODE, ['--version'], { encoding: 'utf8' }).stdout.trim()
  : 'none';
const tooOld = systemVersion.startsWith('v') && nodeProblem(systemVersion) !== undefined;

describe('the check of the Node version', () => {
  it.each(['24.11.0', '24.21.0', 'v24.11.1', '25.0.0', '100.0.0'])('has nothing to say about %s', (version) => {
    expect(nodeProblem(version)).toBeUndefined();
  });

  it.each(['24.10.9', '23.11.0', '20.20.2', 'v18.0.0', '4.9.1', ''])(
    'says in one sentence what to do on %s',
    (version) => {
      const text = nodeProblem(version);
      expect(text).toContain(`needs Node 24.11 or newer and this is ${version}`);
      expect(text).toContain('npm ci');
      expect(text).toContain('--ignore-scripts');
      expect(text).toContain('npm start');
      expect(text).not.toContain('\n');
    },
  );

  it('speaks of no project where the program was installed without one', () => {
    const text = nodeProblem('20.20.2', true);
    expect(text).toContain('needs Node 24.11 or newer and this is 20.20.2: install a newer Node');
    expect(text).not.toMatch(/npm|\n/);
    expect(nodeProblem('24.11.0', true)).toBeUndefined();
  });

  it('asks for the same version as package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(manifest).toMatchObject({ engines: { node: '>=24.11' } });
  });

  it('lets this Node pass, also when it is loaded before the program', () => {
    const run = spawnSync(process.execPath, ['-r', guard, '-e', 'process.stdout.write("started")'], {
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stdout: 'started', stderr: '' });
  });

  it.skipIf(!tooOld)(
    `stops the old Node of this machine (${systemVersion}) before it meets a file that it cannot read`,
    () => {
      const program = fileURLToPath(new URL('../src/clock.ts', import.meta.url));
      const run = spawnSync(SYSTEM_NODE, ['-r', guard, program], { encoding: 'utf8' });
      expect(run.status).toBe(1);
      expect(run.stdout).toBe('');
      expect(run.stderr).toBe(`${nodeProblem(systemVersion.slice(1))}\n`);
    },
  );
});
