import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { cuttingProxy } from './cutting-proxy.ts';
import { missingServer, postgresWorld, SERVER } from './postgres-world.ts';
import { after, anna, NOON, opening, refusal } from './sample-requests.ts';
import { withStore } from './store-world.ts';

const missing = await missingServer();

if (missing !== undefined) {
  describe('records on PostgreSQL', () => {
    test.skip(missing, () => {});
  });
} else {
  storeContract('PostgreSQL', postgresWorld);

  test('processes that start at the same moment on an empty database all get to work', async () => {
    const world = await postgresWorld();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ url: world.url, now: () => NOON })));
    try {
      const opened = await Promise.all(stores.map((store, i) => store.requests.open(`k${i}`, (id) => opening(id))));
      expect(opened.map(({ request }) => Number(request.id)).sort()).toEqual([1, 2, 3, 4, 5]);
    } finally {
      for (const store of stores) await store.close();
      await world.drop();
    }
  });

  test("the server's clock is asked, not this process's", () =>
    withStore(postgresWorld, async ({ store }) => {
      expect(Math.abs((await store.serverTime()) - Date.now())).toBeLessThan(60_000);
    }));

  test('a commit whose answer was lost may have happened, and says so; one that never left says so too', () =>
    withStore(postgresWorld, async ({ world, store, open }) => {
      const proxy = await cuttingProxy(world.url);
      const { request } = await store.requests.open('a', (id) => opening(id));
      const far = await open({ url: proxy.url });
      const next = after(request, { kind: 'cancelled', by: anna });
      proxy.cut('after', 'commit\0');
      await expect(far.requests.save(1, next.request, next.entries, undefined)).rejects.toMatchObject({
        code: 'database_unavailable',
        executed: 'maybe',
        retryable: true,
      });
      await expect.poll(() => store.requests.read(request.id)).toEqual(next.request);
      proxy.cut('before', 'insert into "audit"');
      await expect(far.requests.note(refusal('x'))).rejects.toMatchObject({
        code: 'database_unavailable',
        executed: 'no',
      });
      await far.requests.note(refusal('y'));
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 3 });
      await far.close();
      await proxy.close();
    }));

  test('with the database gone everything is refused as unavailable, and works again when it is back', () =>
    withStore(postgresWorld, async ({ world, open, logged }) => {
      const proxy = await cuttingProxy(world.url);
      const far = await open({ url: proxy.url });
      await far.requests.open('a', (id) => opening(id));
      await proxy.stop();
      await expect.poll(() => logged.map(({ code }) => code)).toContain('database_connection_lost');
      const gone = { name: 'StoreError', code: 'database_unavailable', executed: 'no', retryable: true };
      await expect(far.requests.read(requestId(1))).rejects.toMatchObject(gone);
      await expect(far.requests.open('b', (id) => opening(id))).rejects.toMatchObject(gone);
      await expect(far.drawings.claim(requestId(1), 'line', 'h', NOON, NOON + 1, {})).rejects.toMatchObject(gone);
      await proxy.start();
      expect((await far.requests.open('b', (id) => opening(id))).request.id).toBe(2);
      await far.close();
      await proxy.close();
    }));

  test('a server that refuses the logon, or is not there, is told in one sentence without the address', async () => {
    const unknown = new URL(SERVER);
    unknown.pathname = '/no_such_database_here';
    unknown.password = 'hunter2';
    const refused = await openStore({ url: unknown.href, now: () => NOON }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'database_refused', retryable: false });
    expect(String(refused)).not.toContain('hunter2');
    const nobody = openStore({ url: 'postgres://postgres:hunter2@127.0.0.1:1/test', now: () => NOON });
    await expect(nobody).rejects.toMatchObject({ code: 'database_unavailable', executed: 'no' });
  });
}
