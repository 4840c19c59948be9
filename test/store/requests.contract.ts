import { expect, test } from 'vitest';
import { associateId, requestId } from '../../src/core/ids.ts';
import { replay } from '../../src/core/request/evolve.ts';
import type { DrawingStore, PolicyStore, RequestStore } from '../../src/workflows/ports.ts';
import { after, anna, bob, NOON, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export function requestsContract(makeWorld: () => Promise<StoreWorld>): void {
  test('the store fits the ports of the workflows', () =>
    withStore(makeWorld, async ({ store }) => {
      const ports: [RequestStore, DrawingStore, PolicyStore] = [store.requests, store.drawings, store.policies];
      expect(ports).toHaveLength(3);
    }));

  test('a request that was opened is read back as it was, numbers count up from 1, and an unknown one is nothing', () =>
    withStore(makeWorld, async ({ store }) => {
      const first = await store.requests.open('a', (id) =>
        opening(id, [101, 102], 'nul \u0000, half \ud800, "quotes", øæå 🙂'),
      );
      const second = await store.requests.open('b', (id) => opening(id));
      expect([first.request.id, second.request.id, first.fresh]).toEqual([1, 2, true]);
      expect(await store.requests.read(requestId(1))).toEqual(first.request);
      expect(await store.requests.read(requestId(3))).toBeUndefined();
    }));

  test('the same key gives the request that is there, and neither writes nor uses up a number', () =>
    withStore(makeWorld, async ({ store }) => {
      const first = await store.requests.open('click', (id) => opening(id));
      const again = await store.requests.open('click', (id) => opening(id, [999]));
      expect(again).toEqual({ request: first.request, fresh: false });
      expect((await store.requests.open('other', (id) => opening(id))).request.id).toBe(2);
      expect(await store.requests.history(requestId(1))).toHaveLength(1);
    }));

  test('one key opened 40 times at once, in two stores where there may be two, opens one request', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const opened = await Promise.all(
        range(40).map((i) => (i % 2 === 0 ? store : other).requests.open('click', (id) => opening(id))),
      );
      expect(opened.filter(({ fresh }) => fresh)).toHaveLength(1);
      expect(new Set(opened.map(({ request }) => request.id))).toEqual(new Set([1]));
      expect(await store.requests.listOpen(10)).toHaveLength(1);
    }));

  test('what `make` throws comes out as it is, and nothing of it is stored', () =>
    withStore(makeWorld, async ({ store }) => {
      const odd = new TypeError('a rule was broken');
      const attempt = store.requests.open('a', () => {
        throw odd;
      });
      await expect(attempt).rejects.toBe(odd);
      expect((await store.requests.open('a', (id) => opening(id))).request.id).toBe(1);
    }));

  test('of 50 saves over one version at once exactly one wins, and only its entries are kept', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const { request } = await store.requests.open('a', (id) => opening(id));
      const attempts = range(50).map((i) => after(request, { kind: 'denied', by: bob, note: `try ${i}` }));
      const won = await Promise.all(
        attempts.map((next, i) =>
          (i % 2 === 0 ? store : other).requests.save(1, next.request, next.entries, undefined),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const winner = attempts[won.indexOf(true)];
      expect(await store.requests.read(request.id)).toEqual(winner?.request);
      expect(await store.requests.history(request.id)).toEqual([
        ...opening(request.id).entries,
        ...(winner?.entries ?? []),
      ]);
    }));

  test('replaying the history gives the row, through every kind of step', () =>
    withStore(makeWorld, async ({ store }) => {
      let { request } = await store.requests.open('a', (id) => opening(id, [101, 102]));
      const { targets } = request;
      const claim = { holder: 'h', at: NOON, until: NOON + 45_000 };
      const sent = [associateId(101)] as const;
      const steps: Parameters<typeof after>[1][] = [
        { kind: 'approval_given', by: bob },
        { kind: 'approved', dispatchBy: NOON + 600_000 },
        { kind: 'dispatch_claimed', claim, attempt: 1, targets, leftOut: [], sent, notSent: [] },
        { kind: 'call_not_made', code: 'dns', retryAt: NOON + 5_000 },
        { kind: 'dispatch_claimed', claim, attempt: 2, targets, leftOut: [], sent, notSent: [] },
        { kind: 'call_accepted' },
        { kind: 'verified', ending: 'done', results: [{ id: sent[0], outcome: { kind: 'gone' } }] },
      ];
      for (const fact of steps) {
        const next = after(request, fact);
        expect(await store.requests.save(request.version, next.request, next.entries, NOON)).toBe(true);
        request = next.request;
        expect(await store.requests.read(request.id)).toEqual(request);
        expect(replay(await store.requests.history(request.id))).toEqual(request);
      }
    }));

  test('what could not be read again is refused before it is written', () =>
    withStore(makeWorld, async ({ store }) => {
      const { request } = await store.requests.open('a', (id) => opening(id));
      const next = after(request, { kind: 'cancelled', by: anna });
      const elsewhere = opening(requestId(7)).entries;
      const wrong = { code: 'bad_record', executed: 'no' };
      await expect(
        store.requests.save(1, { ...next.request, rule: JSON.parse('5') }, next.entries, undefined),
      ).rejects.toMatchObject(wrong);
      await expect(store.requests.save(1, next.request, elsewhere, undefined)).rejects.toMatchObject(wrong);
      await expect(store.requests.save(2, next.request, next.entries, undefined)).rejects.toMatchObject(wrong);
      await expect(store.requests.open('b', () => opening(requestId(7)))).rejects.toMatchObject(wrong);
      expect(await store.requests.read(request.id)).toEqual(request);
    }));

  test('due requests come longest due first, up to the limit, and ended or undated ones never', () =>
    withStore(makeWorld, async ({ store }) => {
      const dueAts = [NOON + 30, NOON + 10, undefined, NOON + 20, NOON + 99];
      for (const [i, dueAt] of dueAts.entries())
        await store.requests.open(`k${i}`, (id) => ({ ...opening(id), dueAt }));
      const cancelled = after(opening(requestId(4)).request, { kind: 'cancelled', by: anna });
      await store.requests.save(1, cancelled.request, cancelled.entries, NOON);
      expect(await store.requests.due(NOON + 30, 10)).toEqual([2, 1]);
      expect(await store.requests.due(NOON + 30, 1)).toEqual([2]);
      expect(await store.requests.due(NOON + 9, 10)).toEqual([]);
      expect(await store.requests.nextDue()).toBe(NOON + 10);
    }));

  test('nothing is due next where nothing is open', () =>
    withStore(makeWorld, async ({ store }) => expect(await store.requests.nextDue()).toBeUndefined()));

  test('open requests are listed newest first, up to the limit', () =>
    withStore(makeWorld, async ({ store }) => {
      for (const i of range(4)) await store.requests.open(`k${i}`, (id) => opening(id));
      const ended = after(opening(requestId(3)).request, { kind: 'denied', by: bob });
      await store.requests.save(1, ended.request, ended.entries, undefined);
      expect((await store.requests.listOpen(2)).map(({ id }) => id)).toEqual([4, 2]);
    }));

  test('open requests are found by the people they concern now, the excepted one left out', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.open('a', (id) => opening(id, [101, 102]));
      await store.requests.open('b', (id) => opening(id, [102, 103]));
      const shown = async (people: readonly number[], except?: number) => {
        const found = store.requests.openFor(
          people.map(associateId),
          except === undefined ? undefined : requestId(except),
        );
        return (await found).map(({ id }) => id);
      };
      expect([
        await shown([102]),
        await shown([101]),
        await shown([101, 103]),
        await shown([104]),
        await shown([]),
      ]).toEqual([[1, 2], [1], [1, 2], [], []]);
      expect(await shown([102], 1)).toEqual([2]);
      // One person left the request meanwhile; later it ends.
      const { request } = after(opening(requestId(1), [101, 102]).request, { kind: 'approval_given', by: bob });
      await store.requests.save(1, { ...request, targets: opening(requestId(1), [101]).request.targets }, [], NOON);
      expect([await shown([102]), await shown([101])]).toEqual([[2], [1]]);
      const back = { ...opening(requestId(1), [101, 102]).request, version: 3 };
      await store.requests.save(2, back, [], NOON);
      expect(await shown([102])).toEqual([1, 2]);
      const ended = after(back, { kind: 'cancelled', by: anna });
      await store.requests.save(3, ended.request, ended.entries, undefined);
      expect([await shown([102]), await shown([101])]).toEqual([[2], []]);
    }));

  test('a request about 1,000 people is kept, found and ended', () =>
    withStore(makeWorld, async ({ store }) => {
      const people = range(1_000).map((i) => i + 1);
      const { request } = await store.requests.open('a', (id) => opening(id, people));
      expect(await store.requests.openFor(people.map(associateId))).toEqual([request]);
      const ended = after(request, { kind: 'cancelled', by: anna });
      expect(await store.requests.save(1, ended.request, ended.entries, undefined)).toBe(true);
      expect(await store.requests.openFor([associateId(1_000)])).toEqual([]);
    }));

  test('a row that is damaged is refused by number when read, and skipped and logged where others are asked for', () =>
    withStore(makeWorld, async ({ world, store, logged }) => {
      for (const i of range(5)) await store.requests.open(`k${i}`, (id) => ({ ...opening(id), dueAt: NOON + i }));
      await world.raw(`update requests set record = 'not JSON' where id in (1, 2)`);
      await world.raw('update requests set version = 9 where id = 3');
      for (const id of [1, 2, 3])
        await expect(store.requests.read(requestId(id))).rejects.toMatchObject({ code: 'bad_row', retryable: false });
      expect((await store.requests.listOpen(10)).map(({ id }) => id)).toEqual([5, 4]);
      expect(await store.requests.due(NOON + 9, 2)).toEqual([4, 5]);
      expect((await store.requests.openFor([associateId(101)])).map(({ id }) => id)).toEqual([4, 5]);
      expect(new Set(logged.filter(({ code }) => code === 'bad_row').map(({ fields }) => fields?.['request']))).toEqual(
        new Set([1, 2, 3]),
      );
    }));

  test('notes are kept beside the requests, and a policy is activated once however often it is asked', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.note(refusal('too_many'));
      expect(await store.policies.active()).toBeUndefined();
      const entry = { ...refusal('x'), note: { kind: 'policy_activated' as const } };
      const firsts = await Promise.all([
        store.policies.activate('v1', entry, '{"rules":[]}'),
        store.policies.activate('v1', entry, '{"rules":[]}'),
      ]);
      expect(firsts.filter(({ changed }) => changed)).toHaveLength(1);
      const second = { ...entry, note: { ...entry.note, previous: 'v1' } };
      expect(await store.policies.activate('v2', second)).toEqual({
        changed: true,
        previous: { version: 'v1', rules: '{"rules":[]}' },
      });
      expect(await store.policies.activate('v2', second)).toEqual({ changed: false, previous: { version: 'v2' } });
      expect(await store.policies.active()).toBe('v2');
      const kinds = (await store.audit.read(1, 10)).map(({ entry }) =>
        entry !== undefined && 'note' in entry ? entry.note.kind : undefined,
      );
      expect(kinds).toEqual(['command_refused', 'policy_activated', 'policy_activated']);
    }));
}
