import { describe, expect, test, vi } from 'vitest';
import type { DirectoryPerson } from '../../src/core/directory.ts';
import { createDirectory } from '../../src/netserver/directory.ts';
import { NetServerError } from '../../src/netserver/errors.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { createTestClock, settle } from '../test-clock.ts';
import { connected, failure, ids, PASSWORD } from './connected.ts';

const MINUTE = 60_000;
const ASK_EVERY = 5_000;
const START = Date.UTC(2026, 10, 23, 14, 0);

const anna: DirectoryPerson = {
  id: ids(101)[0],
  login: 'ANNA',
  userName: 'anna',
  fullName: 'Anna',
  email: '',
  group: 'Sales',
  retired: false,
};
const away = () => new NetServerError('unavailable', { executed: 'maybe' });

/** A directory over a server that the test answers for, with a clock that it moves. */
function world() {
  const clock = createTestClock(START);
  const waiting: { readonly answer: () => void; readonly fail: (error: unknown) => void }[] = [];
  const lines: unknown[] = [];
  let readings = 0;
  const directory = createDirectory(
    {
      readUsers: () => {
        readings += 1;
        const login = `reading ${readings}`;
        return new Promise((resolve, reject) => {
          waiting.push({ answer: () => resolve([{ ...anna, login }]), fail: reject });
        });
      },
      readGroups: async () => [{ id: 4, name: 'Sales' }],
    },
    { now: clock.now, after: clock.after, log: (level, code, fields) => lines.push({ ...fields, level, code }) },
  );
  const next = async () => {
    await settle();
    const reading = waiting.shift();
    if (reading === undefined) throw new Error('nothing is being read');
    return reading;
  };
  return {
    ...directory,
    lines,
    readings: () => readings,
    pass: clock.advance,
    setBack: (ms: number) => clock.pause(-ms),
    waiting: clock.waiting,
    land: () => waiting.shift()?.answer(),
    answer: async () => {
      (await next()).answer();
      await settle();
    },
    fail: async (error: unknown = away()) => {
      (await next()).fail(error);
      await settle();
    },
    /** Gets it while nothing need be waited for. */
    which: async () => {
      const { directory: at, stale } = await directory.get();
      return { login: at.people[0]?.login, stale, age: clock.now() - at.readAt };
    },
    async read() {
      const got = directory.get();
      await this.answer();
      return await got;
    },
  };
}

describe('the directory', () => {
  test('is read once for a hundred who ask at once, and for those who come as it lands', async () => {
    const here = world();
    const got = Array.from({ length: 100 }, () => here.get());
    await settle();
    const late: ReturnType<typeof here.get>[] = [];
    here.land();
    // Somebody comes at every step on the way from the answer to the end of the flight.
    for (let step = 0; step < 50; step += 1) {
      late.push(here.get());
      await Promise.resolve();
    }
    const all = await Promise.all([...got, ...late]);
    expect(here.readings()).toBe(1);
    expect(new Set(all.map(({ directory }) => directory)).size).toBe(1);
    expect(all[0]).toEqual({
      directory: { people: [{ ...anna, login: 'reading 1' }], groups: [{ id: 4, name: 'Sales' }], readAt: START },
      stale: false,
    });
  });

  test('is handed out as new for five minutes, counted from when its reading began', async () => {
    const here = world();
    const got = here.get();
    await settle();
    await here.pass(2000);
    await here.answer();
    expect((await got).directory.readAt).toBe(START);
    await here.pass(5 * MINUTE - 2000);
    expect(await here.which()).toEqual({ login: 'reading 1', stale: false, age: 5 * MINUTE });
    expect(here.readings()).toBe(1);
  });

  test('is read anew once it is old, by one reading that all wait for: nobody is told what is not so any more', async () => {
    const here = world();
    await here.read();
    await here.pass(5 * MINUTE + 1);
    const got = [here.which(), here.which(), here.which()];
    await here.answer();
    const fresh = { login: 'reading 2', stale: false, age: 0 };
    expect(await Promise.all(got)).toEqual([fresh, fresh, fresh]);
    expect(here.readings()).toBe(2);
    expect(here.waiting()).toBe(0);
  });

  test('is handed out old where a newer one takes longer than five seconds, for all who wait for it together', async () => {
    const here = world();
    await here.read();
    await here.pass(6 * MINUTE);
    const first = here.which();
    await here.pass(4_000);
    const second = here.which();
    await here.pass(1_000);
    const old = { login: 'reading 1', stale: true, age: 6 * MINUTE + 5_000 };
    expect(await Promise.all([first, second, here.which()])).toEqual([old, old, old]);
    await here.answer();
    expect(await here.which()).toEqual({ login: 'reading 2', stale: false, age: 5_000 });
    expect(here.readings()).toBe(2);
  });

  test('stays at hand for an hour while it cannot be read anew, and says how old it is', async () => {
    const here = world();
    await here.read();
    await here.pass(30 * MINUTE);
    const old = here.which();
    await here.fail();
    expect(await old).toEqual({ login: 'reading 1', stale: true, age: 30 * MINUTE });
    await here.pass(35 * MINUTE);
    const older = here.which();
    await here.fail();
    expect(await older).toEqual({ login: 'reading 1', stale: true, age: 65 * MINUTE });
    await here.pass(15_000);
    const got = failure(here.get());
    await here.fail();
    expect(await got).toMatchObject({ code: 'unavailable' });
    expect(here.lines).toContainEqual({
      level: 'warn',
      code: 'directory_not_read',
      reason: 'unavailable',
      ageSeconds: 1800,
    });
  });

  test('at hand, nobody waits for the server: there is the last reading, or nothing, and a newer one is begun', async () => {
    const here = world();
    expect(await here.atHand()).toBeUndefined();
    await here.answer();
    expect((await here.atHand())?.people[0]?.login).toBe('reading 1');
    expect(here.readings()).toBe(1);
    await here.pass(6 * MINUTE);
    expect((await here.atHand())?.people[0]?.login).toBe('reading 1');
    await here.answer();
    expect((await here.atHand())?.people[0]?.login).toBe('reading 2');
    await here.pass(66 * MINUTE);
    expect(await here.atHand()).toBeUndefined();
    await here.fail();
    expect(await here.atHand()).toBeUndefined();
    expect(here.readings()).toBe(3);
  });

  test('does not trouble a server in trouble with each command', async () => {
    const here = world();
    await here.read();
    await here.pass(6 * MINUTE);
    const old = here.which();
    await here.fail();
    await old;
    await here.pass(14_999);
    expect(await here.which()).toMatchObject({ login: 'reading 1', stale: true });
    expect(here.readings()).toBe(2);
    await here.pass(1);
    const fresh = here.which();
    await here.answer();
    expect(await fresh).toEqual({ login: 'reading 3', stale: false, age: 0 });
  });

  test('is an error where the first reading fails, and is read at the next asking', async () => {
    const here = world();
    const got = [failure(here.get()), failure(here.get())];
    await here.fail();
    expect((await Promise.all(got)).map(({ code }) => code)).toEqual(['unavailable', 'unavailable']);
    expect(here.readings()).toBe(1);
    expect((await here.read()).directory.people[0]?.login).toBe('reading 2');
  });

  test('is not believed when the clock was set back', async () => {
    const here = world();
    await here.read();
    here.setBack(10 * MINUTE);
    expect((await here.read()).directory).toMatchObject({ readAt: START - 10 * MINUTE });
  });

  test('of a real server: people and groups, kept through its absence', async () => {
    const clock = createTestClock(START);
    await using local = await startNetServer({
      people: {
        associates: [{ id: 77, name: 'SLACKBOT' }, ...manyUsers(300)],
        groups: manyGroups,
        accounts: [{ userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: [] }],
      },
    });
    await using netServer = connected(local.url);
    const directory = createDirectory(netServer, clock);
    const { directory: first } = await directory.get();
    expect(first.people).toHaveLength(301);
    expect(first.groups).toHaveLength(manyGroups.length);
    await local.refuse();
    clock.pause(20 * MINUTE);
    expect(await directory.get()).toEqual({ directory: first, stale: true });
    clock.pause(2 * 60 * MINUTE);
    expect(await failure(directory.get())).toMatchObject({ retryable: true });
    await local.accept();
    await vi.waitFor(() => {
      netServer.pass(ASK_EVERY);
      expect(netServer.isAway()).toBe(false);
    });
    expect((await directory.get()).stale).toBe(false);
  });
});
