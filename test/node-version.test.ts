import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
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

  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
  /** What needs no Node that is new, or begins with another script of these. */
  const others = ['types', 'lint', 'unused', 'check', 'prepack', 'prebench', 'bench'];

  it.each(Object.entries(scripts).filter(([name]) => !others.includes(name)))(
    'comes first in `npm run %s`',
    (_name, script) => {
      const config = /^vitest run(?: (?:-c|--config) (\S+))?$/.exec(script);
      if (config === null) {
        expect(script).toMatch(/^node (?:-r \.\/)?src\/node-version\.cjs /);
        return;
      }
      const text = readFileSync(new URL(`../${config[1] ?? 'vitest.config.ts'}`, import.meta.url), 'utf8');
      expect(text.split('\n')[0]).toBe("import './src/node-version.cjs';");
    },
  );

  it('comes before the benchmark, which measures what a Node does that was told nothing', () => {
    expect(scripts).toMatchObject({ prebench: 'npm run build', prepack: expect.stringMatching(/^npm run build /) });
  });

  it('lets this Node pass, also when it is loaded before the program', () => {
    const run = spawnSync(process.execPath, ['-r', guard, '-e', 'process.stdout.write("started")'], {
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stdout: 'started', stderr: '' });
  });

  it.skipIf(!tooOld)(`says the same for the tests (${systemVersion}), instead of failing in each of them`, () => {
    const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const run = spawnSync(SYSTEM_NODE, [vitest, 'run', 'test/clock.test.ts'], { cwd, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 1, stdout: '', stderr: `${nodeProblem(systemVersion.slice(1))}\n` });
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
