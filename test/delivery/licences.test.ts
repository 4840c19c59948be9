import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAllowed, licenceReport, licenceText } from '../../release/licence-report.ts';
import { shippedPlaces } from '../../release/shipped.ts';
import { ROOT } from './packed.ts';

describe('the report of licences', () => {
  it.each([
    [{ name: 'a', version: '1.0.0', license: 'MIT' }, 'MIT'],
    [{ name: 'a', version: '1.0.0', license: { type: 'ISC', url: 'https://example.com' } }, 'ISC'],
    [{ name: 'a', version: '1.0.0', licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }, 'MIT OR GPL-2.0'],
    [{ name: 'a', version: '1.0.0' }, 'none stated'],
  ])('reads %j as %s', (manifest, licence) => {
    expect(licenceText(manifest)).toEqual({ name: 'a@1.0.0', licence });
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['none stated', false],
    ['MIT-Modern-Variant', false],
  ])('%s is allowed: %s', (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });

  it('names what is not allowed, and what brings no text of its licence', () => {
    const report = licenceReport([
      { name: 'a@1.0.0', licence: 'MIT', hasText: true },
      { name: 'b@2.0.0', licence: 'AGPL-3.0-only', hasText: true },
      { name: 'c@3.0.0', licence: 'MIT', hasText: false },
    ]);
    expect(report.refused).toEqual(['b@2.0.0: AGPL-3.0-only']);
    expect(report.lines).toEqual([
      '3 packages ship.',
      'MIT (2): a@1.0.0, c@3.0.0',
      'AGPL-3.0-only (1): b@2.0.0',
      "Without a file of the licence's text: c@3.0.0",
      'NOT ALLOWED: b@2.0.0: AGPL-3.0-only',
    ]);
  });

  it('finds all that ships under licences that are allowed', () => {
    const run = spawnSync(process.execPath, ['release/licences.ts'], { cwd: ROOT, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toContain('All of these licences are allowed.');
    expect(run.stdout).toContain('zod@');
  });
});

describe('what ships', () => {
  const entry = (dependencies: Record<string, string> = {}, optionalDependencies: Record<string, string> = {}) => ({
    dependencies,
    optionalDependencies,
  });

  it('is what the dependencies need, each from the nearest folder, and not what only the tools need', () => {
    const packages = {
      '': { ...entry({ a: '1' }), devDependencies: { tool: '1' } },
      'node_modules/a': entry({ b: '1', '@x/c': '1' }),
      'node_modules/a/node_modules/b': entry({ '@x/c': '2' }),
      'node_modules/a/node_modules/b/node_modules/@x/c': entry(),
      'node_modules/b': entry(),
      'node_modules/@x/c': entry({}, { 'for-macs': '1' }),
      'node_modules/tool': entry({ b: '1' }),
    };
    expect(shippedPlaces({ packages })).toEqual([
      'node_modules/@x/c',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/a/node_modules/b/node_modules/@x/c',
    ]);
  });

  it('is not known where the lock file lacks something', () => {
    expect(() => shippedPlaces({ packages: { '': entry({ gone: '1' }) } })).toThrow('no gone, which the program needs');
  });
});
