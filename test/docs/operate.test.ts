import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { denials, failures, leftOuts, refusals } from '../../src/core/cards/catalogue.ts';
import { projectFile } from '../architecture/source-files.ts';
import { callsOf, errorCodes, logCodes, programFiles } from './codes.ts';
import { filesIn, namedIn, rowsOf, sectionOf } from './pages.ts';

const PAGE = 'docs/operate.md';
const LEVELS = ['debug', 'info', 'warn', 'error'];

/** What the page says, and what the program has: the same, or a row is missing or too many. */
function compare(said: readonly string[], has: readonly string[]) {
  const [inPage, inProgram] = [new Set(said), new Set(has)];
  return {
    rowsMissing: [...inProgram].filter((code) => !inPage.has(code)).sort(),
    rowsTooMany: [...inPage].filter((code) => !inProgram.has(code)).sort(),
    rowsTwice: said.filter((code, at) => said.indexOf(code) !== at),
  };
}
const SAME = { rowsMissing: [], rowsTooMany: [], rowsTwice: [] };

describe('the page for operators', () => {
  const { codes, unread } = logCodes();
  const logRows = rowsOf(sectionOf(PAGE, 'Log lines'));

  it('has a row for each code in the log', () => {
    expect(unread).toEqual([]);
    expect(codes.size).toBeGreaterThan(60);
    expect(compare(namedIn(logRows), [...codes.keys()])).toEqual(SAME);
  });

  it('names the levels of each', () => {
    const levels = ([...of]: Iterable<string>) => LEVELS.filter((level) => of.includes(level)).join(', ');
    const has = Object.fromEntries([...codes].map(([code, of]) => [code, levels(of)]));
    expect(Object.fromEntries(logRows.map(([code = '', level]) => [code.replaceAll('`', ''), level]))).toEqual(has);
  });

  it.each([
    ['Errors of NetServer', errorCodes.netserver()],
    ['Errors of Slack', errorCodes.slack()],
    ['Errors of the records', errorCodes.store()],
    ['Errors of the program', [...errorCodes.program(), 'surprise']],
  ])('%s: has a row for each code', (heading, has) => {
    expect(has.length).toBeGreaterThan(3);
    expect(compare(namedIn(rowsOf(sectionOf(PAGE, heading))), has)).toEqual(SAME);
  });

  it('says what to look at where something was refused, as the catalogue has it', () => {
    const rows = rowsOf(sectionOf(PAGE, 'Why something was refused'));
    const catalogue = Object.entries({ ...denials, ...refusals, ...leftOuts, ...failures });
    const files = programFiles();
    const literal = files
      .flatMap(({ text }) => callsOf(/\bnote(?:Click)?Refusal\(/g, text))
      .flatMap((given) => given.flatMap((each) => /^'(\w+)'$/.exec(each)?.[1] ?? []));
    const unions = files.flatMap(({ text }) =>
      Array.from(text.matchAll(/\bcode\?: ((?:'\w+'(?: \| )?)+);/g), ([, union = '']) => union),
    );
    const others = [
      ...literal,
      ...unions.flatMap((union) => Array.from(union.matchAll(/'(\w+)'/g), ([, code = '']) => code)),
    ];
    expect(others).toEqual(expect.arrayContaining(['not_yours_to_see']));
    expect(compare(namedIn(rows), [...catalogue.map(([code]) => code), ...others])).toEqual(SAME);
    const said = Object.fromEntries(rows.map(([code = '', text]) => [code.replaceAll('`', ''), text]));
    for (const [code, { hint }] of catalogue) expect.soft(said[code], code).toBe(hint);
  });

  it('has a row for each alert of the example rules', () => {
    const rule = z.looseObject({ alert: z.string().optional() });
    const groups = z.looseObject({ groups: z.array(z.looseObject({ rules: z.array(rule) })) });
    const names = [...filesIn('deploy'), ...filesIn('docs')]
      .filter((path) => /\.ya?ml$/.test(path))
      .map((path) => groups.safeParse(parse(projectFile(path))))
      .flatMap(({ data }) => data?.groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? [])) ?? []);
    expect(compare(namedIn(rowsOf(sectionOf(PAGE, 'Alerts'))), names)).toEqual(SAME);
  });
});

describe('the look for codes', () => {
  const read = (text: string) => {
    const { codes, unread } = logCodes([{ path: 'src/x.ts', text }]);
    return { codes: Object.fromEntries([...codes].map(([code, levels]) => [code, [...levels]])), unread };
  };

  it('finds them in every form of call, and none in a comment', () => {
    const text = `
      log('warn', 'one', { code: 'not_this', text: \`a, \${f('b')}\` });
      world.log(ok === 'fine' ? 'info' : 'error', 'two', { x: g(1, [2, 3]) });
      settings.log('error',
        late ? 'three' : 'four');
      // log('warn', 'five');
      dialog('warn', 'six');`;
    expect(read(text)).toEqual({
      codes: { one: ['warn'], two: ['info', 'error'], three: ['error'], four: ['error'] },
      unread: [],
    });
  });

  it('says which it could not read', () => {
    expect(read("log('warn', codeOf(error));").unread).toEqual(["src/x.ts: log('warn', codeOf(error), …)"]);
  });
});
