import { expect, test } from 'vitest';
import { sharedLook } from '../../src/netserver/shared-look.ts';

/** A look that ends when the test says so, on a clock that the test moves. */
function looking() {
  let now = 0;
  const begun: { answer(seen: string): void; fail(error: Error): void }[] = [];
  const ask = sharedLook(
    () =>
      new Promise<string>((resolve, reject) => {
        begun.push({ answer: resolve, fail: reject });
      }),
    () => now,
  );
  return {
    ask,
    begun,
    pass: (ms: number) => {
      now += ms;
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

test('who asks while somebody looks shares the next look with all who do, and it begins after they asked', async () => {
  const { ask, begun, turn } = looking();
  const first = ask();
  const others = [ask(), ask(), ask()];
  expect(begun).toHaveLength(1);
  begun[0]?.answer('before');
  expect(await first).toBe('before');
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]?.answer('after');
  expect(await Promise.all(others)).toEqual(['after', 'after', 'after']);
});

test('one who asks alone looks alone, each time anew', async () => {
  const { ask, begun } = looking();
  for (const seen of ['one', 'two']) {
    const look = ask();
    begun.at(-1)?.answer(seen);
    expect(await look).toBe(seen);
  }
  expect(begun).toHaveLength(2);
});

test('who asks while the shared look is under way waits for one more', async () => {
  const { ask, begun, turn } = looking();
  const [first, second] = [ask(), ask()];
  begun[0]?.answer('1');
  await first;
  await turn();
  const third = ask();
  begun[1]?.answer('2');
  expect(await second).toBe('2');
  await turn();
  begun[2]?.answer('3');
  expect(await third).toBe('3');
});

test('a look that fails fails for those who shared it, and the next begins all the same', async () => {
  const { ask, begun, turn } = looking();
  const first = ask();
  const [second, third] = [ask(), ask()];
  begun[0]?.fail(new Error('made up'));
  await expect(first).rejects.toThrow('made up');
  await turn();
  begun[1]?.fail(new Error('made up too'));
  await expect(second).rejects.toThrow('made up too');
  await expect(third).rejects.toThrow('made up too');
  const fourth = ask();
  begun[2]?.answer('seen');
  expect(await fourth).toBe('seen');
});

test('nobody waits for a look that takes long', async () => {
  const { ask, begun, pass } = looking();
  void ask();
  pass(501);
  const second = ask();
  expect(begun).toHaveLength(2);
  begun[1]?.answer('seen');
  expect(await second).toBe('seen');
});
