import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneEachTurn } from '../../src/slack/turns.ts';

test('work begins in the order in which it came, one piece in each turn of the event loop', async () => {
  const inTurn = oneEachTurn();
  const seen: string[] = [];
  const all = ['a', 'b', 'c'].map((name) => inTurn(async () => void seen.push(name)));
  expect(seen).toEqual([]);
  for (const expected of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
    await nextTurn();
    expect(seen).toEqual(expected);
  }
  await Promise.all(all);
});

test('nothing waits for what was begun before it', async () => {
  const inTurn = oneEachTurn();
  const hanging = inTurn(() => new Promise<never>(() => {}));
  expect(await inTurn(async () => 'done')).toBe('done');
  expect(await Promise.race([hanging, 'still hanging'])).toBe('still hanging');
});

test('work that is asked for by work has a turn of its own', async () => {
  const inTurn = oneEachTurn();
  const seen: string[] = [];
  const first = inTurn(async () => {
    seen.push('first');
    await inTurn(async () => void seen.push('inner'));
  });
  const second = inTurn(async () => void seen.push('second'));
  await nextTurn();
  expect(seen).toEqual(['first']);
  await Promise.all([first, second]);
  expect(seen).toEqual(['first', 'second', 'inner']);
});

test('what goes wrong is told to who asked, and the next one begins all the same', async () => {
  const inTurn = oneEachTurn();
  const failing = inTurn(async () => {
    throw new Error('made up');
  });
  const next = inTurn(async () => 'done');
  await expect(failing).rejects.toThrow('made up');
  expect(await next).toBe('done');
});
