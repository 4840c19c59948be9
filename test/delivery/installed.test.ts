import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { readLock, shippedPlaces } from '../../release/shipped.ts';
import { nodeProblem } from '../../src/node-version.cjs';
import { startBotProcess } from '../../src/sandbox/bot-process.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import { projectFile } from '../architecture/source-files.ts';
import { peopled, town, variables } from '../e2e/cast.ts';
import { type Installed, packAndInstall, run } from './packed.ts';

const SYSTEM_NODE = '/usr/bin/node';

let installed: Installed;
beforeAll(async () => {
  installed = await packAndInstall();
}, 600_000);
afterAll(() => installed.remove());

/** What the image runs to see whether the bot lives. */
const healthCheck = () =>
  z.array(z.string()).parse(JSON.parse(/HEALTHCHECK [\s\S]*?CMD (\[.*\])/.exec(projectFile('Dockerfile'))?.[1] ?? ''));
const bundledIn = (packed: readonly string[]) =>
  packed
    .filter((path) => /^node_modules\/(.+\/node_modules\/)?(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map((path) => path.slice(0, -'/package.json'.length));

describe('what npm pack makes', () => {
  it('holds the program, the pages and the examples, and nothing of the sandbox, the tests or the sources', () => {
    const own = installed.packed.filter((path) => !path.startsWith('node_modules/'));
    for (const path of [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'manifest.yml',
      'logoff.example.yml',
      'logoff.policy-test.example.yml',
      'logoff.schema.json',
      'docs/install.md',
      'dist/src/program.cjs',
      'dist/src/node-version.cjs',
      'dist/src/main.js',
      'dist/sbom.cdx.json',
      'deploy/superoffice-logoff.service',
      'deploy/superoffice-logoff.xml',
    ]) {
      expect.soft(own).toContain(path);
    }
    const known = /^(dist\/src\/[\w/.-]+\.c?js|dist\/sbom\.cdx\.json|docs\/.+|deploy\/.+|[\w.-]+)$/;
    expect(own.filter((path) => !known.test(path))).toEqual([]);
    expect(own.filter((path) => /sandbox|\.test\.|\.ts$|write-schema/.test(path))).toEqual([]);
  });

  it('brings the packages that the program needs, and no tool of its makers', () => {
    const { packages } = readLock();
    const wanted = shippedPlaces({ packages });
    const bundled = bundledIn(installed.packed);
    expect(bundled.filter((place) => !wanted.includes(place))).toEqual([]);
    expect(wanted.filter((place) => !bundled.includes(place) && packages[place]?.['optional'] !== true)).toEqual([]);
    const { devDependencies } = z
      .object({ devDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(projectFile('package.json')));
    const tools = Object.keys(devDependencies).filter((name) => !wanted.includes(`node_modules/${name}`));
    expect(tools.length).toBeGreaterThan(15);
    for (const name of tools) expect.soft(existsSync(join(installed.folder, 'node_modules', name))).toBe(false);
  });

  it('lists in its SBOM exactly what it brings', () => {
    const sbom = z
      .object({
        bomFormat: z.literal('CycloneDX'),
        specVersion: z.string(),
        metadata: z.object({
          component: z.object({ name: z.literal('superoffice-logoff'), type: z.literal('application') }),
        }),
        components: z.array(
          z.object({ name: z.string(), version: z.string(), purl: z.string(), licenses: z.array(z.unknown()).min(1) }),
        ),
      })
      .parse(JSON.parse(readFileSync(join(installed.home, 'dist/sbom.cdx.json'), 'utf8')));
    const manifest = z.object({ name: z.string(), version: z.string() });
    const brought = bundledIn(installed.packed).map((place) =>
      manifest.parse(JSON.parse(readFileSync(join(installed.home, place, 'package.json'), 'utf8'))),
    );
    const names = (packages: readonly { name: string; version: string }[]) =>
      [...new Set(packages.map(({ name, version }) => `${name}@${version}`))].sort();
    expect(names(sbom.components)).toEqual(names(brought));
  });
});

describe('the installed program, with nothing but Node beside it', () => {
  it('shows how it is used', async () => {
    const { code, out, error } = await installed.command(['help']);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('superoffice-logoff start');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(projectFile('package.json')));
    expect(await installed.command(['--version'])).toMatchObject({ code: 0, out: `${version}\n` });
  });

  it('finds nothing in the example that it ships but that its values are nobody’s yet, and answers the cases beside it as they want', async () => {
    const settings = ['--settings', join(installed.home, 'logoff.example.yml')];
    const check = await installed.command(['policy', 'check', ...settings]);
    expect(check).toMatchObject({ code: 0, error: '', out: expect.stringContaining('0 errors, 1 warnings.') });
    const cases = join(installed.home, 'logoff.policy-test.example.yml');
    const test = await installed.command(['policy', 'test', cases, ...settings]);
    expect(test).toMatchObject({ code: 0, out: expect.stringContaining('0 came out otherwise') });
  });

  it('starts between a Slack and a NetServer, logs somebody off, and stops when it is asked to', async () => {
    const slack = await startSlack(town);
    onTestFinished(() => slack.close());
    const netserver = await startNetServer(peopled(0));
    onTestFinished(() => netserver.close());
    // The example as it is, but for the address, and nobody is warned: the local workspace has its people and channels.
    const example = readFileSync(join(installed.home, 'logoff.example.yml'), 'utf8');
    const settings = example.replace('https://crm.example.com', netserver.url).replace('# warn: 5m ', 'warn: 0s #');
    expect(settings).toContain(' warn: 0s #');
    writeFileSync(join(installed.folder, 'logoff.yml'), settings);
    const bot = await startBotProcess(
      installed.folder,
      { ...variables(slack.apiUrl, 'sqlite:data/logoff.db'), PATH: installed.onlyNode },
      { program: join(installed.home, 'dist/src/program.cjs') },
    );
    onTestFinished(() => bot.kill());
    const [node = '', ...check] = healthCheck();
    const healthy = () => run(join(installed.onlyNode, node), check, { cwd: '/', env: { PORT: String(bot.port) } });
    expect(await healthy()).toEqual({ code: 0, out: '', error: '' });
    await slack.as('U0ANNA').say('C0HELPDESK', '/logoff me');
    await slack.until(() => netserver.calls('LogOffWindowsUsers').length === 1, { within: 15_000 });
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
    await slack.as('U0BOB').say('C0HELPDESK', '/logoff bjorn reason: trial');
    const alice = slack.as('U0ALICE');
    await slack.until(() => alice.sees('C0APPROVALS').at(-1)?.text.startsWith('Request 2:') === true, {
      within: 15_000,
    });
    await alice.click(alice.latest('C0APPROVALS'), 'Approve');
    await slack.until(() => netserver.calls('LogOffWindowsUsers').length === 2, { within: 15_000 });
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101], [104]]);
    expect(await bot.stop()).toBe(0);
    expect((await healthy()).code).toBe(1);
    expect(bot.lines.filter((line) => /Warning|"level":"error"/.test(line))).toEqual([]);
  });

  it('says in one sentence what to do where Node is too old', async ({ skip }) => {
    const options = { cwd: installed.folder, env: {} };
    const version = existsSync(SYSTEM_NODE) ? (await run(SYSTEM_NODE, ['--version'], options)).out.trim() : '';
    const sentence = nodeProblem(version.slice(1), true);
    if (version === '' || sentence === undefined) skip('this machine has no older Node');
    const old = await run(SYSTEM_NODE, [join(installed.home, 'dist/src/program.cjs'), 'start'], options);
    expect(old).toEqual({ code: 1, out: '', error: `${sentence}\n` });
  });
});
