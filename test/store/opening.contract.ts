import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { replay } from '../../src/core/request/evolve.ts';
import { SCHEMA_VERSION } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { NOON, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';
import { startWriter } from './writer.ts';

export function openingContract(makeWorld: () => Promise<StoreWorld>): void {
  test('what was stored is there after closing and opening again', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const { request } = await store.requests.open('a', (id) => opening(id));
      await store.close();
      const again = await open();
      expect(await again.requests.read(request.id)).toEqual(request);
      expect((await again.requests.open('b', (id) => opening(id))).request.id).toBe(2);
    }));

  test('a database of a newer version is refused in words and left as it is', () =>
    withStore(makeWorld, async ({ world, store, open }) => {
      await store.close();
      await world.raw(`insert into schema_version (version, at) values (${SCHEMA_VERSION + 1}, 0)`);
      await expect(open()).rejects.toMatchObject({
        code: 'database_newer',
        message: expect.stringContaining(`version ${SCHEMA_VERSION + 1}`),
      });
      expect(await world.raw('select version from schema_version order by version')).toHaveLength(SCHEMA_VERSION + 1);
    }));

  test('a reader looks on while another process may write, and can write nothing itself', () =>
    withStore(makeWorld, async ({ store, open }) => {
      await store.requests.note(refusal('before'));
      const reader = await open({ access: 'read' });
      await store.requests.open('a', (id) => opening(id));
      expect(await reader.audit.verify()).toMatchObject({ ok: true, entries: 2 });
      expect(await reader.requests.listOpen(5)).toHaveLength(1);
      await expect(reader.requests.note(refusal('after'))).rejects.toMatchObject({
        code: 'database_read_only',
        executed: 'no',
      });
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 2 });
    }));

  test('closing waits for what is under way, may be repeated, and refuses what comes after', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const under = Array.from({ length: 20 }, (_, i) => store.requests.note(refusal(`n${i}`)));
      await Promise.all([store.close(), store.close()]);
      await Promise.all(under);
      await expect(store.requests.note(refusal('late'))).rejects.toMatchObject({
        code: 'store_closed',
        executed: 'no',
      });
      await expect(store.requests.nextDue()).rejects.toMatchObject({ code: 'store_closed' });
      expect(await (await open()).audit.verify()).toMatchObject({ ok: true, entries: 20 });
    }));

  test('a process killed in the middle of writing loses nothing that it had been told is stored', async () => {
    const world = await makeWorld();
    try {
      const writer = await startWriter(world.url, 'write');
      await writer.lines(120);
      await writer.kill();
      const store = await openStore({ url: world.url, now: () => NOON });
      try {
        for (const line of writer.seen()) {
          const [id, version] = line.split(' ').map(Number);
          const request = await store.requests.read(requestId(id ?? 0));
          expect(request?.version).toBeGreaterThanOrEqual(version ?? 0);
          expect(replay(await store.requests.history(requestId(id ?? 0)))).toEqual(request);
        }
        expect(await store.audit.verify()).toMatchObject({ ok: true });
      } finally {
        await store.close();
      }
    } finally {
      await world.drop();
    }
  });
}
