import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { associateId, requestId } from '../../src/core/ids.ts';
import type { Anchor, NoteEntry } from '../../src/core/request/entry.ts';
import { replay } from '../../src/core/request/evolve.ts';
import { canonical } from '../../src/store/canonical.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { AuditLog, DutyStore } from '../../src/workflows/ports.ts';
import { after, anna, NOON, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

const DAY = 86_400_000;
/** Entries of NOON are older than this, those of a day later are not. */
const CUT = NOON + DAY / 2;
const LATER = NOON + DAY;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const pruned = (upTo: Anchor, entries: number, requests: number): NoteEntry => ({
  at: LATER,
  via: 'timer',
  policyVersion: 'aaaaaaaaaaaa',
  note: { kind: 'pruned', upTo, entries, requests, olderThan: CUT },
});
const prune = (store: Store, most = 10_000, cut = CUT) =>
  store.audit.prune(cut, most, ({ upTo, entries, requests }) => pruned(upTo, entries, requests));

const note = (store: Store, at = NOON) => store.requests.note({ ...refusal('x'), at });

async function ended(store: Store, key: string, endedAt = NOON + 1_000) {
  const { request } = await store.requests.open(key, (id) => opening(id));
  const next = after(request, { kind: 'cancelled', by: anna }, endedAt);
  await store.requests.save(1, next.request, next.entries, undefined);
  return request.id;
}

/** Six old entries (of two requests that ended, and two notes), and one young one. */
async function oldAndYoung(store: Store): Promise<void> {
  await note(store);
  await ended(store, 'a');
  await ended(store, 'b');
  await note(store);
  await note(store, LATER);
}

async function anchorOf(store: Store, n: number): Promise<Anchor> {
  const [record] = await store.audit.read(n, 1);
  if (record?.n !== n) throw new Error(`there is no entry ${n}`);
  return { n, hash: record.hash };
}

export function retentionContract(makeWorld: () => Promise<StoreWorld>): void {
  test('the store fits the ports of what is done daily', () =>
    withStore(makeWorld, async ({ store }) => {
      const ports: [AuditLog, DutyStore] = [store.audit, store.duties];
      expect(ports).toHaveLength(2);
    }));

  test('entries that are old go from the front, with the records of their requests, and the rest verifies from the stub on', () =>
    withStore(makeWorld, async ({ world, store, open }) => {
      await oldAndYoung(store);
      const young = await ended(store, 'c', LATER);
      const sixth = await anchorOf(store, 6);
      const tail = await anchorOf(store, 7);
      expect(await prune(store)).toEqual({ pruned: { upTo: sixth, entries: 6, requests: 2 } });
      expect(await store.audit.stub()).toEqual(sixth);
      expect((await store.audit.read(1, 100)).map(({ n }) => n)).toEqual([7, 8, 9, 10]);
      const [last] = await store.audit.read(10, 1);
      expect(last?.entry).toEqual(pruned(sixth, 6, 2));
      for (const table of ['requests', 'request_targets', 'drawings']) {
        const column = table === 'requests' ? 'id' : 'request';
        const rows = await world.raw(`select distinct ${column} as id from ${table}`);
        expect(rows.map(({ id }) => Number(id))).toEqual([young]);
      }
      const head = await store.audit.head();
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 4, head, stub: sixth });
      expect(await store.audit.verify(tail)).toMatchObject({ ok: true });
      expect(await store.audit.verify(sixth)).toMatchObject({ ok: true });
      expect(await store.audit.verify({ n: 2, hash: 'f'.repeat(64) })).toMatchObject({ ok: true, anchor: 'pruned' });
      expect(await store.audit.verify({ n: 6, hash: 'f'.repeat(64) })).toEqual({ ok: false, n: 6, damage: 'altered' });
      await store.close();
      const again = await open();
      await note(again, LATER);
      expect(await again.audit.verify()).toMatchObject({ ok: true, entries: 5 });
      expect((await again.requests.open('d', (id) => opening(id))).request.id).toBe(4);
    }));

  test('nothing old: nothing goes, and nothing is written', () =>
    withStore(makeWorld, async ({ store }) => {
      expect(await prune(store)).toEqual({});
      await note(store, LATER);
      await note(store, NOON);
      expect(await prune(store)).toEqual({});
      expect(await store.audit.stub()).toBeUndefined();
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 2 });
    }));

  test('a request that is open keeps everything from its first entry on, and is named', () =>
    withStore(makeWorld, async ({ store }) => {
      await ended(store, 'a');
      const { request } = await store.requests.open('open', (id) => opening(id));
      await ended(store, 'b');
      expect(await prune(store)).toMatchObject({ pruned: { upTo: { n: 2 }, requests: 1 }, heldBy: request.id });
      expect(await prune(store)).toEqual({ heldBy: request.id });
      expect(replay(await store.requests.history(request.id))).toEqual(request);
      const next = after(request, { kind: 'cancelled', by: anna }, LATER);
      await store.requests.save(1, next.request, next.entries, undefined);
      expect(await prune(store)).toEqual({});
      expect(await prune(store, 100, LATER + DAY)).toMatchObject({ pruned: { entries: 5, requests: 2 } });
      expect(await store.audit.verify()).toMatchObject({ ok: true });
    }));

  test('a request that ended lately keeps its early entries too', () =>
    withStore(makeWorld, async ({ store }) => {
      await note(store);
      const id = await ended(store, 'long', LATER);
      expect(await prune(store)).toMatchObject({ pruned: { upTo: { n: 1 }, entries: 1, requests: 0 } });
      expect(await store.requests.history(id)).toHaveLength(2);
      expect(await store.requests.read(id)).toBeDefined();
    }));

  test('it goes on in pieces, also through the middle of an old request, whose record goes with the first', () =>
    withStore(makeWorld, async ({ store }) => {
      await oldAndYoung(store);
      expect(await prune(store, 2)).toMatchObject({ pruned: { upTo: { n: 2 }, entries: 2, requests: 1 } });
      expect(await store.requests.read(requestId(1))).toBeUndefined();
      expect(await store.audit.verify()).toMatchObject({ ok: true });
      expect(await prune(store, 3)).toMatchObject({ pruned: { upTo: { n: 5 }, entries: 3, requests: 1 } });
      expect(await prune(store, 3)).toMatchObject({ pruned: { upTo: { n: 6 }, entries: 1, requests: 0 } });
      expect(await prune(store, 3)).toEqual({});
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 4 });
    }));

  test('beside writers, and other processes that prune, one unbroken chain is left and nothing is taken out twice', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      for (const i of range(40)) await ended(store, `old ${i}`);
      const verdicts: unknown[] = [];
      const reader = await open({ access: 'read' });
      const work = range(60).map(async (i) => {
        const mine = i % 2 === 0 ? store : other;
        if (i % 10 === 0) return await prune(mine, 15);
        if (i % 7 === 0) return verdicts.push(await reader.audit.verify());
        return i % 3 === 0 ? await ended(mine, `new ${i}`, LATER) : await note(mine, LATER);
      });
      const results = await Promise.all(work);
      const gone = results.flatMap((result) => (typeof result === 'object' && result.pruned) || []);
      expect(gone.reduce((sum, { entries }) => sum + entries, 0)).toBe(80);
      expect(gone.reduce((sum, { requests }) => sum + requests, 0)).toBe(40);
      expect(verdicts.filter((verdict) => !JSON.stringify(verdict).startsWith('{"ok":true'))).toEqual([]);
      expect(await store.audit.verify()).toMatchObject({ ok: true, stub: { n: 80 } });
    }));

  test('the database itself lets nothing go but what lies in front of the stub, and the stub only move on', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await oldAndYoung(store);
      const alien = 'f'.repeat(64);
      const only = 'only moves on';
      await expect(world.raw(`insert into audit_stub (id, n, hash) values (1, 3, '${alien}')`)).rejects.toThrow(only);
      await expect(world.raw(`insert into audit_stub (id, n, hash) values (1, 99, '${alien}')`)).rejects.toThrow(only);
      await prune(store, 2);
      const [third, seventh] = [await anchorOf(store, 3), await anchorOf(store, 7)];
      await expect(world.raw('delete from audit where n = 3')).rejects.toThrow('never changed');
      await expect(world.raw(`update audit set kind = 'x' where n = 3`)).rejects.toThrow('never changed');
      await expect(world.raw('delete from audit_stub')).rejects.toThrow(only);
      await expect(world.raw(`update audit_stub set n = 1, hash = '${alien}'`)).rejects.toThrow(only);
      await expect(world.raw(`update audit_stub set n = 7, hash = '${third.hash}'`)).rejects.toThrow(only);
      if (store.engine === 'postgres') {
        await expect(world.raw('truncate audit_stub')).rejects.toThrow(only);
        await expect(world.raw('truncate audit')).rejects.toThrow('never changed');
      }
      expect(await store.audit.verify()).toMatchObject({ ok: true });
      // What the guards let by without the bot is found all the same.
      await world.raw(`update audit_stub set n = 7, hash = '${seventh.hash}'`);
      await world.raw('delete from audit where n <= 7');
      expect(await store.audit.verify()).toEqual({ ok: false, n: 3, damage: 'removed' });
    }));

  const alien = 'f'.repeat(64);
  const attacks: readonly { readonly what: string; readonly sql: readonly string[]; readonly found: object }[] = [
    {
      what: 'a stub with another hash',
      sql: [`update audit_stub set hash = '${alien}'`],
      found: { n: 6, damage: 'altered' },
    },
    {
      what: 'a stub that was moved on over more entries',
      sql: [
        'update audit_stub set n = 7, hash = (select hash from audit where n = 7)',
        'delete from audit where n <= 7',
      ],
      found: { n: 7, damage: 'removed' },
    },
    { what: 'a stub that was taken away', sql: ['delete from audit_stub'], found: { n: 1, damage: 'removed' } },
    {
      what: 'an entry put in front of the stub',
      sql: [
        `insert into audit (n, at, request, kind, prev, hash, text) values (4, 1, null, 'x', '${alien}', '${alien}', 'x')`,
      ],
      found: { n: 4, damage: 'inserted' },
    },
    {
      what: 'an altered entry behind the stub',
      sql: [`update audit set text = replace(text, '"x"', '"y"') where n = 7`],
      found: { n: 7, damage: 'altered' },
    },
    {
      what: 'an entry taken out behind the stub',
      sql: ['delete from audit where n = 7'],
      found: { n: 7, damage: 'removed' },
    },
    {
      what: 'the removal taken off the record',
      sql: ['delete from audit where n = 8'],
      found: { n: 1, damage: 'removed' },
    },
    {
      what: 'everything taken away but the stub',
      sql: ['delete from audit'],
      found: { n: 1, damage: 'removed' },
    },
  ];
  for (const { what, sql, found } of attacks) {
    test(`after a removal, verifying finds ${what} and names where`, () =>
      withStore(makeWorld, async ({ world, store }) => {
        await oldAndYoung(store);
        await prune(store);
        await world.unguardAudit();
        for (const statement of sql) await world.raw(statement);
        expect(await store.audit.verify()).toEqual({ ok: false, ...found });
      }));
  }

  test('a removal that was forged without the key is found, whatever else fits', () =>
    withStore(
      makeWorld,
      async ({ world, store }) => {
        await oldAndYoung(store);
        const [third, head] = [await anchorOf(store, 3), await store.audit.head()];
        const text = canonical(pruned(third, 3, 1));
        const hash = createHash('sha256').update(head.hash).update(text).digest('hex');
        await world.raw(`insert into audit_stub (id, n, hash) values (1, 3, '${third.hash}')`);
        await world.raw('delete from audit where n <= 3');
        await world.raw(
          `insert into audit (n, at, request, kind, prev, hash, text) values (8, ${LATER}, null, 'pruned', '${head.hash}', '${hash}', '${text}')`,
        );
        expect(await store.audit.verify()).toEqual({ ok: false, n: 8, damage: 'altered' });
      },
      { auditKey: 'the key' },
    ));

  test('of many that want a duty of one day one gets it; the next day it is there again', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const claim = (who: string, day: string, now = NOON) =>
        (who.endsWith('1') ? other : store).duties.claim('anchor', day, who, now, now + 1_000);
      const tries = await Promise.all(range(20).map((i) => claim(`p${i}`, '2027-01-15')));
      expect(tries.filter((got) => got === 'yours')).toHaveLength(1);
      expect(tries.filter((got) => got === 'not_now')).toHaveLength(19);
      const winner = `p${tries.indexOf('yours')}`;
      await store.duties.done('anchor', '2027-01-15', 'somebody else');
      expect(await claim('late', '2027-01-15')).toBe('not_now');
      await store.duties.done('anchor', '2027-01-15', winner);
      expect(await claim('late', '2027-01-15', NOON + 5_000)).toBe('done');
      expect(await claim('late', '2027-01-14', NOON + 5_000)).toBe('done');
      expect(await claim('next', '2027-01-16', NOON + 5_000)).toBe('yours');
    }));

  test('a duty whose holder went silent is free when its time is over, one put off not before', () =>
    withStore(makeWorld, async ({ store }) => {
      const claim = (who: string, now: number) => store.duties.claim('prune', '2027-01-15', who, now, now + 1_000);
      expect(await claim('first', NOON)).toBe('yours');
      expect(await claim('second', NOON + 999)).toBe('not_now');
      expect(await claim('second', NOON + 1_000)).toBe('yours');
      await store.duties.putOff('prune', 'second', NOON + 60_000);
      expect(await claim('third', NOON + 59_999)).toBe('not_now');
      expect(await claim('third', NOON + 60_000)).toBe('yours');
      await store.duties.done('prune', '2027-01-15', 'second');
      expect(await claim('fourth', NOON + 60_500)).toBe('not_now');
    }));

  test('past requests come newest first, a page at a time, about one person or all', () =>
    withStore(makeWorld, async ({ store }) => {
      for (const i of range(7)) {
        const about = i % 2 === 0 ? [101] : [102, 103];
        await store.requests.open(`k${i}`, (id) => opening(id, about));
      }
      const past = async (who?: number, before?: number, limit = 3, counted = 100) => {
        const found = await store.requests.past(
          who === undefined ? undefined : associateId(who),
          before === undefined ? undefined : requestId(before),
          limit,
          counted,
        );
        return [found.requests.map(({ id }) => Number(id)), found.total, found.hasOlder];
      };
      expect(await past()).toEqual([[7, 6, 5], 7, true]);
      expect(await past(undefined, 5, 4)).toEqual([[4, 3, 2, 1], 7, false]);
      expect(await past(101)).toEqual([[7, 5, 3], 4, true]);
      expect(await past(101, 3)).toEqual([[1], 4, false]);
      expect(await past(103)).toEqual([[6, 4, 2], 3, false]);
      expect(await past(999)).toEqual([[], 0, false]);
      expect(await past(undefined, undefined, 1, 2)).toEqual([[7], 2, true]);
    }));

  test('looking back at one person goes by an index, however many requests there are', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await ended(store, 'a');
      if (store.engine === 'sqlite') {
        const query = 'select id from (select request as id from request_targets where associate = 101) where id < 9';
        const plan = await world.raw(`explain query plan ${query} order by id desc limit 21`);
        expect(plan.map(({ detail }) => detail)).toEqual([
          'SEARCH request_targets USING COVERING INDEX request_targets_of (associate=? AND request<?)',
        ]);
      }
      const [index] = await world.raw(
        store.engine === 'sqlite'
          ? `select count(*) as n from sqlite_schema where name = 'request_targets_of'`
          : `select count(*) as n from pg_indexes where indexname = 'request_targets_of' and schemaname = current_schema()`,
      );
      expect(Number(index?.['n'])).toBe(1);
    }));
}
