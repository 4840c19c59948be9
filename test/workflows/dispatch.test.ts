import { describe, expect, test } from 'vitest';
import { asked, expectEnd } from './asked.ts';
import { makeSurroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const SENT_MAYBE = edgeError('timeout', { executed: 'maybe' });
const REFUSED = edgeError('refused_connection');

describe('a call whose end is not known', () => {
  test('is never repeated; the archive says that the people are gone', async () => {
    const world = await asked();
    world.troubles.fail('logOff', SENT_MAYBE);
    await world.click('U0ALICE', 'approve');
    expect(await world.request()).toMatchObject({ status: 'verifying', call: 'unknown' });
    await world.clock.advance(700_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
  });

  test('is never repeated either where the archive still lists the people', async () => {
    const world = await asked();
    world.netserver.deaf = true;
    world.troubles.fail('logOff', SENT_MAYBE);
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(700_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person still listed as logged on (not logged off, or already back)');
  });

  test('counts also for an error that nobody foresaw', async () => {
    const world = await asked();
    world.troubles.fail('logOff', new TypeError('made up'));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(700_000);
    expect(world.netserver.logOffs).toHaveLength(1);
    expect(world.logged).toContain('dispatch_surprise');
    await expectEnd(world, 'done', '1 person logged off');
  });

  test('is what becomes of a lease that ran out, also where the holder comes back later', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ ticking: false });
    await first.say('U0BOB', '/logoff 101');
    surroundings.troubles.hang('logOff');
    await first.click('U0ALICE', 'approve');
    await surroundings.start();
    await surroundings.clock.advance(44_000);
    expect((await surroundings.request()).status).toBe('dispatching');
    await surroundings.clock.advance(2_000);
    expect(await surroundings.request()).toMatchObject({
      status: 'verifying',
      call: 'unknown',
      callCode: 'lease_ran_out',
    });
    surroundings.troubles.heal();
    await surroundings.clock.advance(120_000);
    expect(surroundings.netserver.logOffs).toEqual([[101]]);
    await expectEnd(surroundings, 'done', '1 person logged off');
  });

  test('is not known where the answer could not be recorded, and nothing is sent again', async () => {
    const world = await asked();
    world.troubles.during('logOff', () => world.troubles.fail('save', edgeError('disk_full'), 3));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(120_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
  });
});

describe('a call that was surely not made', () => {
  test('is tried again and then done once', async () => {
    const world = await asked();
    world.troubles.fail('connect', REFUSED, 3);
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('line')).toContain('SuperOffice does not answer; trying again until 14:10');
    await world.clock.advance(80_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
  });

  test('is tried again until the deadline, then it failed', async () => {
    const world = await asked();
    world.troubles.fail('connect', REFUSED, 1_000);
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(590_000);
    expect((await world.request()).status).toBe('dispatching');
    await world.clock.advance(11_000);
    await expectEnd(world, 'failed', 'failed, nobody was logged off.');
    world.troubles.heal();
    await world.clock.advance(3_600_000);
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('fails at once where another try cannot do better', async () => {
    const world = await asked();
    world.troubles.fail('connect', edgeError('credentials', { retryable: false }));
    await world.click('U0ALICE', 'approve');
    await expectEnd(world, 'failed', 'The bot cannot log on to SuperOffice. Tell your CRM administrator.');
  });

  test('is checked anew before each try: an approver who left in between ends it', async () => {
    const world = await asked();
    world.troubles.fail('connect', REFUSED);
    await world.click('U0ALICE', 'approve');
    world.slack.standings.set('U0ALICE', 'deactivated');
    await world.clock.advance(6_000);
    await expectEnd(world, 'failed', 'The approvals given no longer count');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('can still be tried by another process when this one is gone', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ ticking: false });
    await first.say('U0BOB', '/logoff 101');
    surroundings.troubles.fail('connect', REFUSED);
    await first.click('U0ALICE', 'approve');
    await first.reconciler.stop();
    await surroundings.start();
    await surroundings.clock.advance(6_000);
    expect(surroundings.netserver.logOffs).toEqual([[101]]);
  });
});

/** A process on a machine that can sleep: its wall clock goes on meanwhile, its growing one stands still. */
async function sleeper() {
  const surroundings = await makeSurroundings();
  let slept = 0;
  const sleep = (ms: number) => {
    slept += ms;
  };
  const bot = await surroundings.start({
    wrap: (made) => ({ ...made, clock: { ...made.clock, now: () => made.clock.now() + slept } }),
  });
  await bot.say('U0BOB', '/logoff 101');
  return { world: { ...surroundings, ...bot }, sleep };
}

describe('a process that was paused', () => {
  test('between its claim and the call does not send once the call no longer fits its lease', async () => {
    const world = await asked();
    world.troubles.during('connect', () => world.clock.pause(30_001));
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(6_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('and slept, which shows on its wall clock only, does not send either', async () => {
    const { world, sleep } = await sleeper();
    world.troubles.during('connect', () => sleep(3 * 24 * 3_600_000));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(60_000);
    expect(world.netserver.logOffs).toEqual([]);
    await expectEnd(world, 'failed', 'nobody was logged off');
  });

  test('and slept past the time by which it was to be done does not send, however long its lease', async () => {
    const { world, sleep } = await sleeper();
    await world.clock.advance(1_000);
    world.troubles.fail('connect', REFUSED);
    await world.click('U0ALICE', 'approve');
    sleep(589_000);
    world.troubles.during('connect', () => sleep(11_000));
    await world.clock.advance(6_000);
    expect(world.netserver.logOffs).toEqual([]);
    await expectEnd(world, 'failed', 'nobody was logged off');
  });

  test('still sends where the whole call fits', async () => {
    const world = await asked();
    world.troubles.during('connect', () => world.clock.pause(30_000));
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('for longer than its lease never sends, and what it says afterwards changes nothing', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ ticking: false });
    await first.say('U0BOB', '/logoff 101');
    const wakeUp = surroundings.troubles.hang('connect');
    await first.click('U0ALICE', 'approve');
    await surroundings.start();
    await surroundings.clock.advance(46_000);
    wakeUp();
    await surroundings.clock.advance(60_000);
    expect(surroundings.netserver.logOffs).toEqual([]);
    await expectEnd(surroundings, 'done', 'still listed as logged on');
  });
});
