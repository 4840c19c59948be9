import { expect, test } from 'vitest';
import { groups } from '../../bench/figures.ts';
import { readOptions } from '../../bench/options.ts';
import { planOf } from '../../bench/plan.ts';

test('without a word all is measured, at the sizes of the targets', () => {
  expect(readOptions([])).toMatchObject({ mode: 'full', json: false });
  const plan = planOf('full', Math.random, () => {});
  expect(plan).toMatchObject({ burst: 1_000, requests: [1_000, 10_000], closedRequests: 1_000_000, people: 10_000 });
});

test('what is asked for is understood, and nothing else is', () => {
  expect(readOptions(['--quick', '--json', '--only', 'call', '--seed', '5'])).toEqual({
    mode: 'quick',
    json: true,
    only: 'call',
    seed: 5,
  });
  expect(readOptions(['--check']).mode).toBe('check');
  expect(() => readOptions(['--fast'])).toThrow('--fast');
  expect(() => readOptions(['--seed', 'x'])).toThrow('whole number');
});

test('a check measures some of what a full run measures', () => {
  const checked = groups.filter((group) => group.checked);
  expect(checked.length).toBeGreaterThan(3);
  expect(checked.length).toBeLessThan(groups.length);
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
});
