import { codeOf, projectFile, type SourceFile, sourceFiles } from '../architecture/source-files.ts';

/** Where codes stand in a table, with the levels that they are logged at. */
const TABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['src/slack/logger.ts', ['warn', 'error']],
  ['src/slack/http-gate.ts', ['warn']],
]);
/** Codes that come from a logger in front of another one, or from one of the tables. */
const HANDED_ON: ReadonlySet<string> = new Set(['code', 'turnedAway.code']);

export const programFiles = (): readonly SourceFile[] =>
  sourceFiles('src', 'commands').filter(({ path }) => !path.startsWith('src/sandbox/') && path !== 'src/log.ts');

/** The arguments of each call of a function with this name, as they are written. */
export function callsOf(name: RegExp, text: string): readonly (readonly string[])[] {
  const code = codeOf(text);
  const starts = Array.from(code.matchAll(name), ({ index, 0: found }) => index + found.length);
  return starts.map((start) => argumentsFrom(code, start));
}

function argumentsFrom(code: string, start: number): readonly string[] {
  const given: string[] = [];
  let [depth, from, quote] = [0, start, ''];
  for (let at = start; at < code.length; at += 1) {
    const sign = code[at] ?? '';
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if ('\'"`'.includes(sign)) quote = sign;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign) && depth > 0) depth -= 1;
    else if (sign === ')' || (sign === ',' && depth === 0)) {
      given.push(code.slice(from, at).trim());
      if (sign === ')') return given.filter((each) => each !== '');
      from = at + 1;
    }
  }
  return given;
}

const words = (text: string): readonly string[] =>
  Array.from(text.matchAll(/'([a-z][a-z0-9_]*)'/g), ([, word = '']) => word);
/** Of a condition with two outcomes only the outcomes. */
const outcomes = (text: string): readonly string[] => words(text.slice(text.indexOf('?') + 1));

/** Every code that is written to the log, with the levels at which that happens, and the calls whose code could not be read. */
export function logCodes(files: readonly SourceFile[] = programFiles()) {
  const codes = new Map<string, Set<string>>();
  const unread: string[] = [];
  const add = (code: string, levels: readonly string[]) => {
    const known = codes.get(code) ?? new Set();
    for (const level of levels) known.add(level);
    codes.set(code, known);
  };
  for (const { path, text } of files) {
    const levels = TABLES.get(path);
    if (levels !== undefined) for (const each of words(codeOf(text))) if (each.startsWith('slack_')) add(each, levels);
    for (const [level = '', code = ''] of callsOf(/\blog\(/g, text)) {
      if (HANDED_ON.has(code)) continue;
      const found = outcomes(code);
      if (found.length === 0 && !TABLES.has(path)) unread.push(`${path}: log(${level}, ${code}, …)`);
      for (const each of found) add(each, outcomes(level));
    }
  }
  return { codes, unread };
}

/** The names in a block of source that starts with one line and ends with another. */
function between(path: string, start: string, end: string, name: RegExp): readonly string[] {
  const text = projectFile(path);
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${path} has no block from "${start}" to "${end}"`);
  return Array.from(text.slice(from, to).matchAll(name), ([, found = '']) => found);
}

const KIND = /^ {2}(\w+): \{/gm;

/** The codes of each edge's errors, and those that the program gives to errors of its own. */
export const errorCodes = {
  netserver: () => between('src/netserver/errors.ts', 'const KINDS = {', '} as const', KIND),
  store: () => between('src/store/store-error.ts', 'const KINDS = {', '} as const', KIND),
  slack: () => between('src/slack/errors.ts', 'export type SlackErrorCode =', ';', /^ {2}\| '(\w+)'/gm),
  program: () =>
    programFiles()
      .flatMap(({ text }) => callsOf(/\bnew EdgeError\(/g, text))
      .flatMap(([, facts = '']) => Array.from(facts.matchAll(/\bcode: '(\w+)'/g), ([, code = '']) => code)),
};
