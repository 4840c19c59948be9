import { describe, expect, test } from 'vitest';
import { hire, refusedCodes } from './company.ts';
import { announced, go, MINUTE, quiet, rules, type World } from './everyone-told.ts';

/** Everyone was logged off, and 51 people came too late to be told: more than may be named by default. */
async function manyLeft(): Promise<World> {
  const world = await announced('in 3m');
  await world.clock.advance(2 * MINUTE);
  for (let id = 2001; id <= 2051; id += 1) hire(world, id, `u${id}`, `U ${id}`);
  await world.clock.advance(MINUTE + 62_000);
  expect(await world.shown('line')).toContain('51 left on the Windows client: not safe to upgrade yet.');
  return world;
}

describe('whoever is left after everyone', () => {
  test('is asked for by name although they are more than max_targets, and logged off after approval and warning', async () => {
    const world = await manyLeft();
    expect(await world.click('U0ALICE', 'retry')).toEqual([]);
    const again = await world.request(2);
    expect(again).toMatchObject({ status: 'awaiting_approval', retryOf: 1, afterEveryone: true });
    expect(again.targets).toHaveLength(51);
    await world.submit('U0OLA', 'approve', 2);
    expect((await world.request(2)).status).toBe('warning');
    await world.clock.advance(2 * MINUTE + 1_000);
    expect(world.netserver.logOffs.at(-1)).toHaveLength(51);
  });

  test('is asked for once more where they are still listed after that', async () => {
    const world = await manyLeft();
    await world.click('U0ALICE', 'retry');
    await world.submit('U0OLA', 'approve', 2);
    world.netserver.deaf = true;
    await world.clock.advance(2 * MINUTE + 91_000);
    expect((await world.request(2)).status).toBe('done');
    expect(await world.click('U0ALICE', 'retry', 2)).toEqual([]);
    expect(await world.request(3)).toMatchObject({ status: 'awaiting_approval', retryOf: 2, afterEveryone: true });
  });

  test('is within the rules as everybody else: max_targets alone does not count', async () => {
    const world = await manyLeft();
    const few = rules({ targets: { at_most: 50 } });
    const bot = await world.start({ policy: { ...few, version: 'bbbbbbbbbbbb' } });
    await bot.click('U0ALICE', 'retry');
    expect(await refusedCodes(world)).toEqual(['no_rule_for_targets']);
  });

  test('by hand still are at most max_targets', async () => {
    const world = await quiet();
    for (let id = 2001; id <= 2051; id += 1) hire(world, id, `u${id}`, `U ${id}`);
    const named = Array.from({ length: 51 }, (_, at) => 2001 + at).join(' ');
    expect((await world.say('U0ALICE', `/logoff ${named}`)).join()).toContain('One request holds at most 50 people.');
  });
});

test('a reminder to somebody who logged off by themselves says afterwards that it is over: they hear nothing else', async () => {
  const world = await announced('in 15m');
  await world.clock.advance(6 * MINUTE);
  go(world, 102);
  await world.clock.advance(9 * MINUTE + 62_000);
  expect((await world.request()).status).toBe('done');
  expect(await world.shown('told:102')).toBe('(nothing)');
  expect(await world.shown('before10:102')).toBe('Request 1: this reminder is over.');
  expect(await world.shown('told:101')).toContain('You were logged off');
  expect(await world.shown('before10:101')).toContain('in about 10 minutes');
});
