import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DemoClock } from '../../../src/sandbox/page/demo-clock.ts';
import { nextDue } from '../../../src/sandbox/page/due-moments.ts';
import { stepForward } from '../../../src/sandbox/page/step-forward.ts';

const MINUTE = 60_000;

/** A clock that begins at 0, and a bot that deals with what is due while it is waited for. */
function bot(dues: readonly number[], { isAlive = true } = {}) {
  let now = 0;
  let left = [...dues];
  const stops: number[] = [];
  const clock: DemoClock = {
    now: () => now,
    ahead: () => now,
    forward(ms) {
      now += ms;
    },
    onMove: () => {},
  };
  const pace = {
    nextDue: () => left[0],
    async pause() {
      if (stops.at(-1) !== now) stops.push(now);
      if (isAlive) left = left.filter((due) => due > now);
    },
  };
  return { clock, pace, stops };
}

describe('the clock of the demo', () => {
  it('stops at each moment at which the bot has something to do, and arrives where it was to go', async () => {
    const { clock, pace, stops } = bot([MINUTE, 8 * MINUTE, 10 * MINUTE, 40 * MINUTE]);
    await stepForward(clock, 31 * MINUTE, pace);
    expect(stops).toEqual([MINUTE, 8 * MINUTE, 10 * MINUTE]);
    expect(clock.now()).toBe(31 * MINUTE);
  });

  it('goes in one step where nothing is due', async () => {
    const { clock, pace, stops } = bot([]);
    await stepForward(clock, MINUTE, pace);
    expect([stops, clock.now()]).toEqual([[], MINUTE]);
  });

  it('takes no steps of a second, and not hundreds of them where the bot does not keep up', async () => {
    const often = bot(Array.from({ length: 60 }, (_, at) => at * 1_000));
    await stepForward(often.clock, MINUTE, often.pace);
    expect(often.stops).toEqual([15_000, 30_000, 45_000]);
    const stuck = bot([1_000], { isAlive: false });
    await stepForward(stuck.clock, 31 * MINUTE, stuck.pace);
    expect(stuck.stops).toHaveLength(15);
    expect(stuck.stops.at(-1)).toBe(12 * MINUTE);
    expect(stuck.clock.now()).toBe(31 * MINUTE);
  });

  it('knows what is due from the records, and nothing where there are none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-due-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'logoff.db');
    expect(nextDue(file)).toBeUndefined();
    const database = new DatabaseSync(file);
    database.exec('create table requests (open integer, due_at integer)');
    expect(nextDue(file)).toBeUndefined();
    database.exec('insert into requests values (1, 7000), (1, 5000), (1, null), (0, 10)');
    expect(nextDue(file)).toBe(5_000);
    database.close();
  });
});
