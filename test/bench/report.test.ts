import { expect, test } from 'vitest';
import { atLeast, atMost, type Figure, isReached, spreadFigure, widened } from '../../bench/measure/figure.ts';
import { jsonOf, shortNumber, tableOf } from '../../bench/measure/report.ts';

const ratio: Figure = spreadFigure(
  'call, CPU',
  'x',
  { median: 2.4, low: 2.3, high: 2.6, count: 9 },
  { target: atMost(2.5) },
);
const slow: Figure = { name: 'throughput', unit: 'x', value: 0.5, target: atLeast(1), note: 'why it is so' };
const told: Figure = { name: 'requests', unit: 'per s', value: 312.4 };
const none: Figure = { name: 'logons', unit: '', value: 2, target: atMost(1) };

test('a figure reaches its target or not; one without a target is all right', () => {
  expect([ratio, slow, told, none].map(isReached)).toEqual([true, false, true, false]);
  expect(isReached({ value: 2.5, target: atMost(2.5) })).toBe(true);
  expect(isReached({ value: 1, target: atLeast(1) })).toBe(true);
  expect(isReached({ value: Number.NaN, target: atMost(1) })).toBe(false);
  expect(isReached({ value: Number.NaN, target: atLeast(1) })).toBe(false);
});

test('in a check noise does not miss a target, and a tenfold loss does', () => {
  const after = (figure: Figure, factor: number) => isReached(widened({ ...figure, value: figure.value * factor }));
  expect(after({ ...ratio, value: 2.5 }, 2)).toBe(true);
  expect(after({ ...ratio, value: 2.5 }, 10)).toBe(false);
  expect(after({ ...slow, value: 1 }, 1 / 2)).toBe(true);
  expect(after({ ...slow, value: 1 }, 1 / 10)).toBe(false);
  expect(widened(told)).toEqual(told);
});

test('in a check, what misses its target already is held to what it was', () => {
  const slower: Figure = { ...ratio, target: atMost(2, 6), value: 6 };
  expect(isReached(slower)).toBe(false);
  expect(isReached(widened({ ...slower, value: 12 }))).toBe(true);
  expect(isReached(widened({ ...slower, value: 60 }))).toBe(false);
  const fewer: Figure = { ...slow, target: atLeast(1, 0.15), value: 0.15 };
  expect(isReached(fewer)).toBe(false);
  expect(isReached(widened({ ...fewer, value: 0.1 }))).toBe(true);
  expect(isReached(widened({ ...fewer, value: 0.015 }))).toBe(false);
});

test('what is counted is held to its exact target in a check as well', () => {
  expect(isReached(widened(none))).toBe(false);
});

test('the table for people says what was measured, the range, the target and whether it is reached', () => {
  expect(tableOf([ratio, slow, told])).toBe(
    [
      'figure          value  half of them  target',
      'call, CPU        2.4x     2.3 – 2.6  at most 2.5x  ok',
      'throughput       0.5x                at least 1x   MISSED',
      'requests    312 per s                reported',
      '',
      'throughput: why it is so',
    ].join('\n'),
  );
});

test('the object for programs has name, value, target and ok for each figure', () => {
  const circumstances = { mode: 'quick', node: 'v24.0.0', cpus: 2, seconds: 3, seed: 4 } as const;
  const said: unknown = JSON.parse(jsonOf([ratio, slow, told], circumstances));
  expect(said).toMatchObject({
    mode: 'quick',
    figures: [
      { name: 'call, CPU', value: 2.4, target: 2.5, sense: 'at most', ok: true, spread: [2.3, 2.6] },
      { name: 'throughput', value: 0.5, target: 1, sense: 'at least', ok: false, note: 'why it is so' },
      { name: 'requests', value: 312.4, target: null, ok: true },
    ],
  });
});

test.each([
  [0.012345, '0.0123'],
  [1.999, '2'],
  [312.4, '312'],
  [45_123, '45,120'],
  [Number.NaN, 'NaN'],
])('%d is written as %s', (value, words) => {
  expect(shortNumber(value)).toBe(words);
});
