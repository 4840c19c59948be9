import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import type { Store } from '../../src/store/open-store.ts';
import { after, anna, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

async function sixEntries(store: Store): Promise<void> {
  for (const code of ['a', 'b', 'c', 'd']) await store.requests.note(refusal(code));
  const { request } = await store.requests.open('k', (id) => opening(id));
  const ended = after(request, { kind: 'cancelled', by: anna });
  await store.requests.save(1, ended.request, ended.entries, undefined);
}

export function auditContract(makeWorld: () => Promise<StoreWorld>): void {
  test('an untouched chain verifies, also over several pages, and names its head', () =>
    withStore(makeWorld, async ({ store }) => {
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 0, head: { n: 0, hash: '0'.repeat(64) } });
      const { request } = await store.requests.open('k', (id) => opening(id));
      const { entries } = after(request, { kind: 'approval_given', by: anna });
      const [entry] = entries;
      if (entry === undefined) throw new Error('no entry');
      await store.requests.save(
        1,
        { ...request, version: 2 },
        Array.from({ length: 1_200 }, () => entry),
        undefined,
      );
      const [last] = await store.audit.read(1_201, 5);
      expect(await store.audit.verify()).toEqual({ ok: true, entries: 1_201, head: { n: 1_201, hash: last?.hash } });
    }));

  test('100 writes at once, through two stores where there may be two, make one unforked chain', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      const writes = Array.from({ length: 100 }, (_, i) => {
        const { requests } = i % 2 === 0 ? store : other;
        return i % 3 === 0 ? requests.open(`k${i}`, (id) => opening(id)) : requests.note(refusal(`n${i}`));
      });
      await Promise.all(writes);
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 100 });
    }));

  test('entries are read from any number on, as they were written', () =>
    withStore(makeWorld, async ({ store }) => {
      await sixEntries(store);
      const read = await store.audit.read(3, 2);
      expect(read.map(({ n, entry }) => ({ n, entry }))).toEqual([
        { n: 3, entry: refusal('c') },
        { n: 4, entry: refusal('d') },
      ]);
    }));

  test('the database itself refuses to change an entry or take it out', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await sixEntries(store);
      await expect(world.raw(`update audit set kind = 'x' where n = 2`)).rejects.toThrow('never changed');
      await expect(world.raw('delete from audit where n = 6')).rejects.toThrow('never changed');
      if (store.engine === 'postgres') await expect(world.raw('truncate audit')).rejects.toThrow('never changed');
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 6 });
    }));

  const sha = (prev: string, text: string) => createHash('sha256').update(prev).update(text).digest('hex');
  const makeRoom = ['update audit set n = n + 1000 where n >= 3', 'update audit set n = n - 999 where n > 1000'];
  const alien = 'f'.repeat(64);
  const attacks: readonly { readonly what: string; readonly sql: readonly string[]; readonly found: object }[] = [
    {
      what: 'a changed text',
      sql: [`update audit set text = replace(text, '"c"', '"x"') where n = 3`],
      found: { n: 3, damage: 'altered' },
    },
    {
      what: 'a changed hash',
      sql: [`update audit set hash = '${alien}' where n = 3`],
      found: { n: 3, damage: 'altered' },
    },
    {
      what: 'a changed column beside the text',
      sql: ['update audit set request = null where n = 5'],
      found: { n: 5, damage: 'altered' },
    },
    {
      what: 'a changed time beside the text',
      sql: ['update audit set at = at + 1 where n = 2'],
      found: { n: 2, damage: 'altered' },
    },
    { what: 'an entry taken out', sql: ['delete from audit where n = 3'], found: { n: 3, damage: 'removed' } },
    { what: 'the first entry taken out', sql: ['delete from audit where n = 1'], found: { n: 1, damage: 'removed' } },
    {
      what: 'an entry taken out and the rest renumbered',
      sql: [
        'delete from audit where n = 3',
        'update audit set n = n + 1000 where n > 3',
        'update audit set n = n - 1001 where n > 1000',
      ],
      found: { n: 3, damage: 'removed' },
    },
    {
      what: 'two entries that changed places',
      sql: [
        'update audit set n = -1 where n = 3',
        'update audit set n = 3 where n = 4',
        'update audit set n = 4 where n = -1',
      ],
      found: { n: 3, damage: 'reordered' },
    },
    {
      what: 'an entry put in between',
      sql: [
        ...makeRoom,
        `insert into audit (n, at, request, kind, prev, hash, text) values (3, 1, null, 'x', '${alien}', '${sha(alien, 'x')}', 'x')`,
      ],
      found: { n: 3, damage: 'inserted' },
    },
  ];
  for (const { what, sql, found } of attacks) {
    test(`verifying finds ${what} and names where`, () =>
      withStore(makeWorld, async ({ world, store }) => {
        await sixEntries(store);
        await world.unguardAudit();
        for (const statement of sql) await world.raw(statement);
        expect(await store.audit.verify()).toEqual({ ok: false, ...found });
      }));
  }

  test('a tail that was cut off shows with an anchor, and so does a chain written anew', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await sixEntries(store);
      const [fifth, sixth] = await store.audit.read(5, 2);
      if (fifth === undefined || sixth === undefined) throw new Error('no entries');
      expect(await store.audit.verify({ n: 6, hash: sixth.hash })).toMatchObject({ ok: true });
      expect(await store.audit.verify({ n: 5, hash: alien })).toEqual({ ok: false, n: 5, damage: 'altered' });
      await world.unguardAudit();
      await world.raw('delete from audit where n = 6');
      expect(await store.audit.verify({ n: 5, hash: fifth.hash })).toMatchObject({ ok: true, entries: 5 });
      expect(await store.audit.verify({ n: 6, hash: sixth.hash })).toEqual({ ok: false, n: 6, damage: 'removed' });
    }));

  test('a history with an altered entry is refused, so that nothing is decided on it', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await sixEntries(store);
      await world.unguardAudit();
      await world.raw(`update audit set text = replace(text, '101', '102') where n = 5`);
      await expect(store.requests.history(requestId(1))).rejects.toMatchObject({ code: 'bad_entry', executed: 'no' });
    }));

  const own = { id: requestId(1), entries: 2 };
  test('a history is proven where others wrote in between and behind, through another store as well', () =>
    withStore(makeWorld, async ({ store, open }) => {
      await sixEntries(store);
      const other = store.engine === 'postgres' ? await open() : store;
      const { request } = await other.requests.open('k2', (id) => opening(id));
      const { entries } = after(request, { kind: 'approval_given', by: anna });
      const many = Array.from({ length: 1_100 }, () => entries).flat();
      await other.requests.save(1, { ...request, version: 2 }, many, undefined);
      expect(await store.requests.proven(own.id)).toEqual(await store.requests.history(own.id));
      expect(await store.requests.proven(own.id)).toHaveLength(own.entries);
      expect(await store.requests.proven(requestId(9))).toEqual([]);
    }));

  const HIDDEN: readonly { readonly what: string; readonly sql: readonly string[]; readonly code: string }[] = [
    { what: 'taken out', sql: ['delete from audit where n = 6'], code: 'bad_entry' },
    { what: 'taken out to the end', sql: ['delete from audit where n >= 6'], code: 'audit_cut' },
    {
      what: 'taken out and the rest renumbered',
      sql: ['delete from audit where n = 6', 'update audit set n = 6 where n = 7'],
      code: 'bad_entry',
    },
    { what: 'untied', sql: ['update audit set request = null where n = 6'], code: 'bad_entry' },
    { what: 'given to another request', sql: ['update audit set request = 2 where n = 6'], code: 'bad_entry' },
    {
      what: 'written over with something that fits',
      sql: [`update audit set text = 'x', hash = '${'e'.repeat(64)}' where n = 7`],
      code: 'bad_entry',
    },
  ];
  for (const { what, sql, code } of HIDDEN) {
    test(`a history whose newest entry is ${what} is refused`, () =>
      withStore(makeWorld, async ({ world, store }) => {
        await sixEntries(store);
        await store.requests.note(refusal('behind'));
        await world.unguardAudit();
        for (const statement of sql) await world.raw(statement);
        const refused = { code, retryable: false, executed: 'no' };
        await expect(store.requests.proven(own.id)).rejects.toMatchObject(refused);
      }));
  }

  test('a history whose end was written anew by somebody who can compute the hashes is refused', () =>
    withStore(makeWorld, async ({ world, store }) => {
      await sixEntries(store);
      const [fifth] = await store.audit.read(5, 1);
      await world.unguardAudit();
      const hash = sha(fifth?.hash ?? '', 'x');
      await world.raw(`update audit set request = null, kind = 'x', text = 'x', hash = '${hash}' where n = 6`);
      await expect(store.requests.proven(own.id)).rejects.toMatchObject({ code: 'bad_entry' });
    }));

  test('what another process wrote counts once this one has looked for what is due', () =>
    withStore(makeWorld, async ({ world, store, open }) => {
      if (store.engine === 'sqlite') return;
      await sixEntries(store);
      await (await open()).requests.note(refusal('behind'));
      await store.requests.due(1, 1);
      await world.unguardAudit();
      await world.raw('delete from audit where n = 7');
      await expect(store.requests.proven(own.id)).rejects.toMatchObject({ code: 'audit_cut' });
    }));

  test('with a key the chain cannot be written without it, and opening with another key is refused', () =>
    withStore(
      makeWorld,
      async ({ world, store, open }) => {
        await sixEntries(store);
        await store.close();
        await expect(open({ auditKey: undefined })).rejects.toMatchObject({ code: 'audit_key_differs' });
        await expect(open({ auditKey: 'another' })).rejects.toMatchObject({ code: 'audit_key_differs' });
        const again = await open();
        expect(await again.audit.verify()).toMatchObject({ ok: true, entries: 6 });
        await world.unguardAudit();
        const [row] = await world.raw('select prev, text from audit where n = 6');
        await world.raw(`update audit set hash = '${sha(String(row?.['prev']), String(row?.['text']))}' where n = 6`);
        expect(await again.audit.verify()).toEqual({ ok: false, n: 6, damage: 'altered' });
      },
      { auditKey: 'the key' },
    ));
}
