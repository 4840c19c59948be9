import { expect, test } from 'vitest';
import { memoryOf } from '../../src/core/memory.ts';

test('a value is found by exactly the text that it was kept under', () => {
  const memory = memoryOf<number>(100);
  memory.keep('one', 1);
  expect(memory.get('one')).toBe(1);
  expect(memory.get('One')).toBeUndefined();
  expect(memory.get('one ')).toBeUndefined();
});

test('where the texts have no room together any more, what was kept longest ago goes', () => {
  const memory = memoryOf<number>(10);
  memory.keep('aaaa', 1);
  memory.keep('bbbb', 2);
  memory.keep('cccc', 3);
  expect(['aaaa', 'bbbb', 'cccc'].map(memory.get)).toEqual([undefined, 2, 3]);
});

test('a text that is kept again counts once, and as the newest', () => {
  const memory = memoryOf<number>(10);
  memory.keep('aaaa', 1);
  memory.keep('bbbb', 2);
  memory.keep('aaaa', 3);
  memory.keep('cc', 4);
  expect(['aaaa', 'bbbb', 'cc'].map(memory.get)).toEqual([3, 2, 4]);
  memory.keep('dd', 5);
  expect(['aaaa', 'bbbb', 'cc', 'dd'].map(memory.get)).toEqual([3, undefined, 4, 5]);
});

test('a text that is longer than all the room is not kept, and drives nothing out', () => {
  const memory = memoryOf<number>(5);
  memory.keep('aaaa', 1);
  memory.keep('a very long text', 2);
  expect(memory.get('aaaa')).toBe(1);
  expect(memory.get('a very long text')).toBeUndefined();
});
