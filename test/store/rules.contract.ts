import { expect, test } from 'vitest';
import { associateId, requestId, slackUserId } from '../../src/core/ids.ts';
import type { Person } from '../../src/core/people.ts';
import type { NoteEntry } from '../../src/core/request/entry.ts';
import type { PauseStore } from '../../src/workflows/rule-ports.ts';
import { activation, after, anna, bob, NOON, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

const HOUR = 3_600_000;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const pausing = (kind: 'dispatch_paused' | 'dispatch_resumed'): NoteEntry => ({
  ...refusal('x'),
  note: { kind, by: bob },
});
const PAUSE = { by: bob, since: NOON, reason: 'month end' };

/** What the rules need of the records: counts, denials, the pause, and guards that hold while something is written. */
export function rulesContract(makeWorld: () => Promise<StoreWorld>): void {
  test('the store fits the port of the pause', () =>
    withStore(makeWorld, async ({ store }) => {
      const port: PauseStore = store.pauses;
      expect(await port.current()).toBeUndefined();
    }));

  test('the last refusal of somebody is found among those of others, whatever these typed', () =>
    withStore(makeWorld, async ({ store }) => {
      const by = (slack: string, code: string): NoteEntry => {
        const { note, ...rest } = refusal(code);
        if (note.kind !== 'command_refused') throw new Error('is no refused command');
        return { ...rest, note: { ...note, by: slackUserId(slack), text: `{"by":"U0BOB"} %_ ${code}` } };
      };
      expect(await store.lastRefusal(slackUserId('U0BOB'))).toBeUndefined();
      for (const [who, code] of [
        ['U0BOB', 'a'],
        ['U0BOB', 'b'],
        ['U0GUEST', 'c'],
        ['U0BOBBY', 'd'],
      ] as const)
        await store.requests.note(by(who, code));
      expect(await store.lastRefusal(slackUserId('U0BOB'))).toMatchObject({ note: { by: 'U0BOB', code: 'b' } });
      expect(await store.lastRefusal(slackUserId('U0EVA'))).toBeUndefined();
    }));

  test('it is counted for how many people somebody asked, also under another account of the same associate', () =>
    withStore(makeWorld, async ({ store }) => {
      for (const [i, people] of [[101], [101, 102], [103]].entries())
        await store.requests.open(`k${i}`, (id) => opening(id, people));
      const asked = (by: Person, since: readonly number[], before?: number) =>
        store.requests.asked({ by, since }, before === undefined ? undefined : requestId(before));
      expect(await asked(anna, [NOON - HOUR, NOON - 1, NOON])).toEqual([4, 4, 0]);
      expect(await asked(anna, [NOON - HOUR], 3)).toEqual([3]);
      expect(await asked(anna, [])).toEqual([]);
      expect(await asked(bob, [NOON - HOUR])).toEqual([0]);
      const match = { associate: associateId(101), how: 'map', permits: true } as const;
      const tied = { ...anna, match };
      await store.requests.open('tied', (id) => {
        const made = opening(id, [104, 105]);
        return { ...made, request: { ...made.request, requester: tied } };
      });
      expect(await asked({ ...bob, match }, [NOON - HOUR])).toEqual([2]);
      expect(await asked(tied, [NOON - HOUR])).toEqual([6]);
    }));

  test('of requests that are opened at once each one sees all that came before it', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const counts: number[] = [];
      const counted = { by: anna, since: [NOON - HOUR] };
      await Promise.all(
        range(20).map((i) =>
          (i % 2 === 0 ? store : other).requests.open(
            `k${i}`,
            (id, [before = -1]) => {
              counts.push(before);
              return opening(id, [101, 102]);
            },
            counted,
          ),
        ),
      );
      expect(counts.toSorted((a, b) => a - b)).toEqual(range(20).map((i) => 2 * i));
    }));

  test('what was refused while it was counted leaves nothing behind', () =>
    withStore(makeWorld, async ({ store }) => {
      const attempt = store.requests.open(
        'a',
        () => {
          throw new Error('over the budget');
        },
        { by: anna, since: [0] },
      );
      await expect(attempt).rejects.toThrow('over the budget');
      expect(await store.requests.asked({ by: anna, since: [0] })).toEqual([0]);
    }));

  test('denied requests are found by the people they were about, within a time, the newest first', () =>
    withStore(makeWorld, async ({ store }) => {
      for (const [i, people] of [[101], [101, 102], [103], [101]].entries())
        await store.requests.open(`k${i}`, (id) => opening(id, people));
      for (const [id, at] of [
        [1, NOON + 1],
        [2, NOON + 2],
        [3, NOON + 3],
      ] as const) {
        const { request, entries } = after(
          opening(requestId(id), [[101], [101, 102], [103]][id - 1]).request,
          { kind: 'denied', by: bob, note: 'month end' },
          at,
        );
        await store.requests.save(1, request, entries, undefined);
      }
      const found = async (ids: readonly number[], from: number, to: number, limit = 5) =>
        (await store.requests.deniedFor(ids.map(associateId), from, to, limit)).map(({ id }) => id);
      expect([
        await found([101], NOON, NOON + 9),
        await found([102], NOON, NOON + 9),
        await found([101, 103], NOON + 1, NOON + 3),
        await found([101], NOON, NOON + 1),
        await found([101], NOON, NOON + 9, 1),
        await found([104], NOON, NOON + 9),
        await found([], NOON, NOON + 9),
      ]).toEqual([[2, 1], [2], [3, 2], [1], [2], [], []]);
    }));

  test('a pause is there for all until it is resumed, each once, and both are in the audit', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const paused = await Promise.all(
        [store, other].map((one) => one.pauses.pause(PAUSE, pausing('dispatch_paused'))),
      );
      expect(paused.filter(Boolean)).toHaveLength(1);
      expect(await other.pauses.current()).toEqual(PAUSE);
      expect(await other.pauses.resume(pausing('dispatch_resumed'))).toBe(true);
      expect(await store.pauses.resume(pausing('dispatch_resumed'))).toBe(false);
      expect(await store.pauses.current()).toBeUndefined();
      const kinds = (await store.audit.read(1, 10)).map(({ entry }) =>
        entry !== undefined && 'note' in entry ? entry.note.kind : undefined,
      );
      expect(kinds).toEqual(['dispatch_paused', 'dispatch_resumed']);
    }));

  test('a pause that cannot be read is no silence', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await world.raw(`update pause set pause = 'not JSON'`);
      await expect(store.pauses.current()).rejects.toMatchObject({ code: 'bad_row' });
      const { request } = await store.requests.open('a', (id) => opening(id));
      await store.policies.activate('v1', activation());
      const next = after(request, { kind: 'cancelled', by: anna });
      const guard = { policyVersion: 'v1', unlessPaused: true, unlessTaken: true } as const;
      expect(await store.requests.save(1, next.request, next.entries, undefined, guard)).toBe(false);
    }));

  test('a guarded save writes only while its policy is the active one and nothing is paused', () =>
    withStore(makeWorld, async ({ store }) => {
      const { request } = await store.requests.open('a', (id) => opening(id));
      const next = after(request, { kind: 'cancelled', by: anna });
      const save = (policyVersion: string) =>
        store.requests.save(1, next.request, next.entries, undefined, {
          policyVersion,
          unlessPaused: true,
          unlessTaken: true,
        });
      expect(await save('v1')).toBe(false);
      await store.policies.activate('v1', activation());
      expect(await save('v2')).toBe(false);
      await store.pauses.pause(PAUSE, pausing('dispatch_paused'));
      expect(await save('v1')).toBe(false);
      expect(await store.requests.read(request.id)).toEqual(request);
      expect(await store.requests.history(request.id)).toHaveLength(1);
      await store.pauses.resume(pausing('dispatch_resumed'));
      expect(await save('v1')).toBe(true);
    }));

  test('where a pause and guarded saves meet, the audit has no save behind the pause', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const others = store.engine === 'postgres' ? [await open(), await open()] : [store, store];
      const [other = store, third = store] = others;
      await store.policies.activate('v1', activation());
      const opened = await Promise.all(range(30).map((i) => store.requests.open(`k${i}`, (id) => opening(id))));
      const guard = { policyVersion: 'v1', unlessPaused: true, unlessTaken: true } as const;
      const save = ({ request }: (typeof opened)[number], i: number) => {
        const next = after(request, { kind: 'cancelled', by: anna });
        return (i % 2 === 0 ? store : other).requests.save(1, next.request, next.entries, undefined, guard);
      };
      const first = opened.slice(0, 15).map(save);
      const stopped = third.pauses.pause(PAUSE, pausing('dispatch_paused'));
      const saves = [...first, ...opened.slice(15).map(save)];
      await Promise.all([stopped, ...saves]);
      const written = (await store.audit.read(1, 1_000)).flatMap(({ entry }) => entry ?? []);
      const paused = written.findIndex((entry) => 'note' in entry && entry.note.kind === 'dispatch_paused');
      const saved = written.flatMap((entry, n) => ('fact' in entry && entry.fact.kind === 'cancelled' ? [n] : []));
      expect(paused).toBeGreaterThan(0);
      expect(saved.filter((n) => n > paused)).toEqual([]);
      expect((await Promise.all(saves)).filter(Boolean)).toHaveLength(saved.length);
    }));
}
