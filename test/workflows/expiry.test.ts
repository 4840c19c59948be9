import { describe, expect, test } from 'vitest';
import { hire } from './company.ts';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const NOBODY = 'Request 1: Nobody answered by 14:30. Nothing was done.';

describe('a request that nobody answers', () => {
  test('expires by the clock, the buttons go, and later clicks read so', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(29 * 60_000 + 59_000);
    expect(await world.shown('line')).toContain('waiting for approval');
    await world.clock.advance(2_000);
    expect(await world.shown('line')).toBe(NOBODY);
    expect(await world.shown('card')).toContain('Status: Nobody answered by 14:30. Nothing was done.');
    expect(await world.shown('card')).not.toContain('[');
    const [late] = await world.click('U0ALICE', 'approve');
    expect(late).toContain('is already finished: Nobody answered by 14:30. Nothing was done.');
    await world.clock.advance(3_600_000);
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('cannot be approved at the very deadline, also where the clock has not come round yet', async () => {
    const surroundings = await makeSurroundings();
    const bot = await surroundings.start({ ticking: false });
    await bot.say('U0BOB', '/logoff 101');
    await surroundings.clock.advance(30 * 60_000);
    const [late] = await bot.click('U0ALICE', 'approve');
    expect(late).toContain('The time for this request is over, so nothing was done.');
    expect(await surroundings.shown('line')).toBe(NOBODY);
    expect(surroundings.netserver.logOffs).toEqual([]);
  });

  test('is found expired at the next start where no process was running at the deadline', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start();
    await first.say('U0BOB', '/logoff 101');
    await first.reconciler.stop();
    await surroundings.clock.advance(24 * 3_600_000);
    expect((await surroundings.request()).status).toBe('awaiting_approval');
    await surroundings.start();
    expect(await surroundings.shown('line')).toBe(NOBODY);
    expect((await surroundings.audit()).at(-1)).toMatchObject({ via: 'start', fact: { kind: 'expired' } });
  });
});

test('an approved request that no process took in time is not done at the next start', async () => {
  const surroundings = await makeSurroundings();
  const first = await surroundings.start({ ticking: false });
  await first.say('U0BOB', '/logoff 101');
  surroundings.troubles.hang('findAssociates');
  await first.click('U0ALICE', 'approve');
  await surroundings.clock.advance(48 * 3_600_000);
  await surroundings.start();
  expect(await surroundings.shown('line')).toBe(
    'Request 1: not carried out by 14:10, so it was dropped. Nothing was done.',
  );
  surroundings.troubles.heal();
  await surroundings.clock.advance(60_000);
  expect(surroundings.netserver.logOffs).toEqual([]);
});

/** 130 people who are logged on; gives their ids. */
function crowd(surroundings: Parameters<typeof hire>[0]): readonly number[] {
  const ids = Array.from({ length: 130 }, (_, count) => 1_001 + count);
  for (const id of ids) hire(surroundings, id, `crowd${id}`, `Crowd ${id}`);
  return ids;
}

describe('a start', () => {
  test('takes up everything that fell due, however much it is', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ ticking: false });
    for (const id of crowd(surroundings)) await first.say('U0BOB', `/logoff ${id}`);
    await first.reconciler.stop();
    await surroundings.clock.advance(31 * 60_000);
    await surroundings.start();
    await surroundings.clock.advance(2_000);
    expect(await surroundings.store.requests.listOpen(200)).toEqual([]);
    for (const id of [1, 130]) expect(await surroundings.shown('line', id)).toContain('Nobody answered by');
  });

  test('takes up everything that waits for NetServer: what must wait keeps nothing else from its turn', async () => {
    const surroundings = await makeSurroundings();
    const rules = [{ name: 'a few people', who: 'helpdesk', targets: { at_most: 6 }, approvals: 0 }];
    const policy = policyOf({ rules });
    const first = await surroundings.start({ policy, ticking: false });
    await first.reconciler.stop();
    for (const id of crowd(surroundings)) await first.say('U0BOB', `/logoff ${id}`);
    surroundings.troubles.fail('findAssociates', edgeError('timeout'), 1_000);
    await surroundings.start({ policy });
    await surroundings.clock.advance(4_000);
    expect(surroundings.logged.filter((code) => code === 'recheck_waits')).toHaveLength(130);
  });
});
