import { expect, test } from 'vitest';
import { partOf, percentOf, sharesOf } from '../../bench/measure/profile.ts';

const ROOT = 'file:///home/somebody/superoffice-logoff';

test.each([
  [`${ROOT}/src/store/requests.ts`, 'src/store'],
  [`${ROOT}/src/app.ts`, 'src/app'],
  [`${ROOT}/commands/logoff.ts`, 'src/commands'],
  [`${ROOT}/node_modules/@slack/bolt/dist/App.js`, 'package @slack/bolt'],
  [`${ROOT}/node_modules/soap/node_modules/sax/src/sax.js`, 'package sax'],
  ['node:internal/deps/undici/undici', 'node fetch'],
  ['node:net', 'node'],
  [`${ROOT}/bench/process/probe.ts`, 'bench'],
])('%s belongs to %s', (url, part) => {
  expect(partOf(url)).toBe(part);
});

/** A profile with one node for each frame, each called by the one before, and one sample on each. */
const chain = (...frames: readonly (readonly [functionName: string, url: string])[]) => ({
  nodes: frames.map(([functionName, url], at) => ({
    id: at + 1,
    callFrame: { functionName, url },
    ...(at + 1 < frames.length ? { children: [at + 2] } : {}),
  })),
  samples: frames.map((_, at) => at + 1),
  timeDeltas: frames.map(() => 100),
});

test('a built-in function counts for who called it, and the database engine for itself', () => {
  const dialect = `${ROOT}/src/store/sqlite-dialect.ts`;
  const shares = sharesOf(
    chain(['(root)', ''], ['draw', `${ROOT}/src/core/x.ts`], ['join', ''], ['run', dialect], ['run', '']),
  );
  expect(shares).toEqual({ 'src/core': 200, 'src/store': 100, 'SQLite itself': 100 });
});

test('waiting is no work, collecting garbage is, and what Node does by itself is its own', () => {
  expect(sharesOf(chain(['(root)', ''], ['(idle)', '']))).toEqual({});
  expect(sharesOf(chain(['(garbage collector)', '']))).toEqual({ 'garbage collector': 100 });
  expect(sharesOf(chain(['(program)', '']))).toEqual({ node: 100 });
});

test('a profile without samples has no shares', () => {
  expect(sharesOf({ nodes: [] })).toEqual({});
  expect(percentOf({})).toEqual([]);
});

test('shares come as percent, the largest first', () => {
  expect(percentOf({ 'src/core': 1, 'src/store': 3 })).toEqual([
    ['src/store', 75],
    ['src/core', 25],
  ]);
});
