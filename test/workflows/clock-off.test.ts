import { describe, expect, test } from 'vitest';
import { makeSurroundings } from './made-up-world.ts';

const MINUTE = 60_000;
const MOVED =
  'The clock of the bot has just moved, so it decides nothing at the moment. Try again in a minute. Nothing was done.';

async function withClock() {
  const surroundings = await makeSurroundings();
  const state = { off: false };
  const bot = await surroundings.start({ wrap: (world) => ({ ...world, clockIsOff: () => state.off }) });
  return { ...surroundings, ...bot, state };
}

describe('a process whose clock cannot be gone by', () => {
  test('takes no command and no click, and says why', async () => {
    const { say, click, state, request, netserver } = await withClock();
    await say('U0BOB', '/logoff 101');
    state.off = true;
    expect(await say('U0BOB', '/logoff 102')).toEqual([MOVED]);
    expect(await click('U0ALICE', 'approve')).toEqual([MOVED.replace(' Nothing was done.', '')]);
    expect((await request()).status).toBe('awaiting_approval');
    state.off = false;
    await click('U0ALICE', 'approve');
    expect(netserver.logOffs).toEqual([[101]]);
  });

  test('sends nothing that was approved before, and sends it once when the clock is right again', async () => {
    const { say, click, state, clock, netserver, troubles, request } = await withClock();
    await say('U0BOB', '/logoff 101');
    const goOn = troubles.hang('whoIsOn');
    await click('U0ALICE', 'approve');
    expect((await request()).status).toBe('approved');
    state.off = true;
    goOn();
    await clock.advance(20_000);
    expect(netserver.logOffs).toEqual([]);
    state.off = false;
    await clock.advance(10_000);
    expect(netserver.logOffs).toEqual([[101]]);
  });

  test('lets nothing leave that was claimed before the machine slept; it goes once, later', async () => {
    const { say, click, state, clock, netserver, troubles, request } = await withClock();
    await say('U0BOB', '/logoff 101');
    const wakeUp = troubles.hang('connect');
    await click('U0ALICE', 'approve');
    expect((await request()).status).toBe('dispatching');
    state.off = true;
    wakeUp();
    await clock.advance(1_000);
    expect(netserver.logOffs).toEqual([]);
    state.off = false;
    await clock.advance(30_000);
    expect(netserver.logOffs).toEqual([[101]]);
  });

  test('calls nothing expired, whatever its clock says', async () => {
    const { say, state, clock, request } = await withClock();
    await say('U0BOB', '/logoff 101');
    state.off = true;
    await clock.advance(40 * MINUTE);
    expect((await request()).status).toBe('awaiting_approval');
    state.off = false;
    await clock.advance(10_000);
    expect((await request()).status).toBe('expired');
  });
});
