import { expect, test } from 'vitest';
import { middleOf, quantile, ratioOf, valuesOf } from '../../bench/measure/ratio.ts';

const round = (ours: number, theirs: number) =>
  new Map([
    ['ours', ours],
    ['theirs', theirs],
  ]);

test('a ratio compares neighbours: a load that falls on both leaves it as it is', () => {
  // The machine is ten times slower in the last rounds.
  const rounds = [round(2, 1), round(4, 2), round(20, 10), round(40, 20), round(60, 30)];
  expect(ratioOf(rounds, 'ours', 'theirs')).toEqual({ median: 2, low: 2, high: 2, count: 5 });
});

test('one round that went wrong moves neither the median nor the range of half of the values', () => {
  const rounds = [...Array.from({ length: 9 }, () => round(3, 2)), round(1_000, 1)];
  expect(ratioOf(rounds, 'ours', 'theirs')).toMatchObject({ median: 1.5, low: 1.5, high: 1.5 });
});

test('a round in which one of both is missing or did nothing is left out', () => {
  const rounds = [round(1, 2), round(1, 0), new Map([['ours', 5]])];
  expect(ratioOf(rounds, 'ours', 'theirs')).toMatchObject({ median: 0.5, count: 1 });
  expect(valuesOf(rounds, 'ours')).toEqual([1, 1, 5]);
  expect(valuesOf(rounds, 'nobody')).toEqual([]);
});

test('quantiles lie between the values where none lies there', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
  expect(quantile([10, 20], 0.99)).toBeCloseTo(19.9);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the middle of values is their median with the quartiles around it', () => {
  expect(middleOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
});
