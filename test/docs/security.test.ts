import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONTRACTS } from '../../src/netserver/wsdl/contracts.ts';
import { projectFile, sourceFiles } from '../architecture/source-files.ts';
import { namedIn, rowsOf, sectionOf } from './pages.ts';

const PAGE = 'docs/security.md';
const found = (folder: string, pattern: RegExp): readonly string[] =>
  sourceFiles(folder).flatMap(({ text }) => Array.from(text.matchAll(pattern), ([, name = '']) => name));

describe('the page about security', () => {
  it('gives each scope of the Slack app its reason', () => {
    const manifest = z
      .object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
      .parse(parse(projectFile('manifest.yml')));
    const rows = rowsOf(sectionOf(PAGE, 'In Slack'));
    expect(namedIn(rows)).toEqual(manifest.oauth_config.scopes.bot);
    for (const [scope, reason = ''] of rows) expect.soft(reason.length, scope).toBeGreaterThan(20);
  });

  it('names every operation of the web services that the program calls', () => {
    const operations = Object.values(CONTRACTS).flatMap(({ operations }) => operations.map(({ name }) => name));
    const section = sectionOf(PAGE, 'In SuperOffice');
    expect(operations).toHaveLength(7);
    expect(section).toContain('seven operations');
    for (const operation of operations) expect.soft(section).toContain(`\`${operation}\``);
  });

  it('names the rights that the program misses where they are not there', () => {
    const rights = found('src/netserver', /\[\] : \['([\w-]+)'\]/g);
    expect(rights).toHaveLength(2);
    expect(namedIn(rowsOf(sectionOf(PAGE, 'In SuperOffice')))).toEqual(rights);
  });

  it('says of each secret how it is replaced', () => {
    const secrets = new Set(found('src/config', /\bsealed\(\s*'([A-Z_]+)'/g));
    expect(secrets.size).toBeGreaterThan(6);
    const rows = rowsOf(sectionOf(PAGE, 'Its secrets'));
    expect(namedIn(rows.map(([name = '']) => [name])).toSorted()).toEqual([...secrets].toSorted());
    for (const [name, worth = '', how = ''] of rows)
      expect.soft(Math.min(worth.length, how.length), name).toBeGreaterThan(20);
  });
});
