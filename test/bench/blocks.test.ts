import { expect, test } from 'vitest';
import { inTurn } from '../../bench/measure/blocks.ts';
import { randomFrom, shuffled } from '../../bench/measure/random.ts';

test('each variant has one block in each round, in an order that changes', async () => {
  const order: string[] = [];
  const block = (name: string, gives: number) =>
    [
      name,
      async () => {
        order.push(name);
        return gives;
      },
    ] as const;
  const rounds = await inTurn(new Map([block('a', 1), block('b', 2), block('c', 3)]), 20, randomFrom(7));
  expect(rounds).toHaveLength(20);
  for (const round of rounds)
    expect([...round].sort()).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  const orders = new Set(rounds.map((_, at) => order.slice(3 * at, 3 * at + 3).join('')));
  expect(orders.size).toBeGreaterThan(3);
  expect([...orders].every((each) => [...each].sort().join('') === 'abc')).toBe(true);
});

test('blocks never run side by side', async () => {
  let running = 0;
  const block = async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return 0;
  };
  await inTurn(
    new Map([
      ['a', block],
      ['b', block],
    ]),
    5,
    randomFrom(1),
  );
});

test('the same seed gives the same order, another seed another one', () => {
  const items = Array.from({ length: 30 }, (_, at) => at);
  const shuffle = (seed: number) => shuffled(items, randomFrom(seed));
  expect(shuffle(1)).toEqual(shuffle(1));
  expect(shuffle(1)).not.toEqual(shuffle(2));
  expect([...shuffle(1)].sort((a, b) => a - b)).toEqual(items);
  expect(items[0]).toBe(0);
});

test('random numbers lie from 0 up to 1 and spread', () => {
  const random = randomFrom(42);
  const numbers = Array.from({ length: 10_000 }, random);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (let part = 0; part < 10; part += 1) {
    const inPart = numbers.filter((number) => Math.floor(number * 10) === part).length;
    expect(inPart).toBeGreaterThan(850);
    expect(inPart).toBeLessThan(1_150);
  }
});
