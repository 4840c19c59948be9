import { describe, expect, it } from 'vitest';
import { correctedClock } from '../../src/clock/corrected.ts';
import { EdgeError } from '../../src/core/errors.ts';
import { createTestClock, MONDAY_14_00 } from '../test-clock.ts';

const away = new EdgeError('gone', { code: 'database_unavailable', retryable: true, executed: 'no' });

/** A machine whose wall clock can be moved, and a server whose clock is right. */
function machine({ behind = 0 } = {}) {
  const time = createTestClock();
  const state = { moved: -behind, takes: 0, gone: false, asked: 0 };
  const logged: string[] = [];
  const clock = correctedClock(
    { ...time, now: () => time.now() + state.moved },
    async () => {
      state.asked += 1;
      if (state.gone) throw away;
      time.pause(state.takes);
      return time.now() - state.takes / 2;
    },
    (_, code) => void logged.push(code),
  );
  return { time, clock, state, logged };
}

describe('the clock of a process among several', () => {
  it('is off before it was measured, and tells the time of the database afterwards', async () => {
    const { clock } = machine({ behind: 90_000 });
    expect(clock.isOff()).toBe(true);
    await clock.start();
    expect(clock.isOff()).toBe(false);
    expect(clock.now()).toBe(MONDAY_14_00);
    expect(clock.monotonic()).toBe(0);
  });

  it('counts half of the way there and back', async () => {
    const { clock, state, time } = machine({ behind: 5_000 });
    state.takes = 100;
    await clock.start();
    expect(clock.now()).toBe(time.now());
  });

  it('asks again where an answer took long, and takes the quickest', async () => {
    const { clock, state } = machine();
    state.takes = 1_000;
    await clock.start();
    expect(state.asked).toBe(3);
    expect(clock.isOff()).toBe(false);
    const slow = machine();
    slow.state.takes = 5_000;
    await slow.clock.start();
    expect(slow.clock.isOff()).toBe(true);
    expect(slow.logged).toEqual(['clock_unmeasured']);
  });

  it('follows a slow drift each minute without a word', async () => {
    const { clock, state, time, logged } = machine();
    await clock.start();
    for (let minute = 0; minute < 5; minute += 1) {
      state.moved += 1_500;
      await time.advance(60_000);
      expect(clock.now()).toBe(time.now());
      expect(clock.isOff()).toBe(false);
    }
    expect(logged).toEqual([]);
    expect(state.asked).toBe(6);
  });

  it.each([3_000, -3_000])(
    'that jumps by %i ms is off at once, and on again when two measurements agree',
    async (by) => {
      const { clock, state, time, logged } = machine();
      await clock.start();
      await time.advance(10_000);
      state.moved = by;
      expect(clock.isOff()).toBe(true);
      await time.advance(0);
      expect(logged).toEqual(['clock_moved']);
      expect(clock.now()).toBe(time.now());
      expect(clock.isOff()).toBe(true);
      await time.advance(5_000);
      expect(logged).toEqual(['clock_moved', 'clock_steady']);
      expect(clock.isOff()).toBe(false);
    },
  );

  it('that jumps by less than 2 s is not off', async () => {
    const { clock, state } = machine();
    await clock.start();
    state.moved = 1_999;
    expect(clock.isOff()).toBe(false);
  });

  it('is off after the machine slept, until it is measured and found to be right', async () => {
    const { clock, state, time, logged } = machine();
    await clock.start();
    // Asleep, the growing clock stands still while the wall clocks of machine and database go on: here both are moved.
    const server = time.now;
    state.moved = 600_000;
    expect(server()).toBe(MONDAY_14_00);
    expect(clock.isOff()).toBe(true);
    await time.advance(5_000);
    expect(clock.isOff()).toBe(false);
    expect(logged.at(-1)).toBe('clock_steady');
  });

  it('keeps its offset while the database is away, and measures again soon', async () => {
    const { clock, state, time, logged } = machine({ behind: 7_000 });
    await clock.start();
    state.gone = true;
    await time.advance(60_000);
    expect(logged).toEqual(['clock_unmeasured']);
    expect(clock.isOff()).toBe(false);
    expect(clock.now()).toBe(time.now());
    state.gone = false;
    await time.advance(5_000);
    expect(logged).toHaveLength(1);
  });

  it('leaves no timer behind when it is stopped', async () => {
    const { clock, time } = machine();
    await clock.start();
    expect(time.waiting()).toBe(1);
    clock.stop();
    expect(time.waiting()).toBe(0);
  });
});
