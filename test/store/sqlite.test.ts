import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import type { Tables } from '../../src/store/tables.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { NOON, opening, refusal } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';
import { startWriter } from './writer.ts';

async function sqliteWorld(): Promise<StoreWorld & { readonly file: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-store-'));
  const file = join(folder, 'data', 'logoff.db');
  const raw = async (sql: string) => {
    const database = new DatabaseSync(file);
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };
  return {
    file,
    folder,
    url: `sqlite:${file}`,
    raw,
    async unguardAudit() {
      for (const guard of ['no_update', 'no_delete', 'stub_first', 'stub_next', 'stub_stays']) {
        await raw(`drop trigger audit_${guard}`);
      }
    },
    drop: async () => rmSync(folder, { recursive: true }),
  };
}

storeContract('SQLite', sqliteWorld);

async function inFolder(use: (world: Awaited<ReturnType<typeof sqliteWorld>>) => Promise<void>): Promise<void> {
  const world = await sqliteWorld();
  await use(world).finally(world.drop);
}

const now = () => NOON;

test('the file and its folders are made, and only their owner may read them', () =>
  inFolder(async ({ url, file, folder }) => {
    const store = await openStore({ url, now });
    await store.requests.note(refusal('x'));
    for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}.lock`])
      expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    await store.close();
  }));

test('a database in memory works and is gone when closed', async () => {
  for (let time = 0; time < 2; time += 1) {
    const store = await openStore({ url: 'sqlite::memory:', now });
    expect((await store.requests.open('a', (id) => opening(id))).request.id).toBe(1);
    expect(await store.serverTime()).toBe(NOON);
    await store.close();
  }
});

test('a second process is refused in one sentence while the first lives, whatever name it uses, and let in once it was killed', () =>
  inFolder(async ({ url, file, folder }) => {
    const holder = await startWriter(url, 'hold');
    expect(holder.first).toBe('open');
    symlinkSync(file, join(folder, 'other-name.db'));
    for (const name of [url, `sqlite:${join(folder, 'other-name.db')}`]) {
      const second = await startWriter(name, 'hold');
      await second.kill();
      expect(second.first).toBe(
        `StoreError: Another process is using this database file, and only one may (${file}; stop the other one, or use PostgreSQL for several).`,
      );
    }
    await expect(openStore({ url, now })).rejects.toMatchObject({ code: 'database_in_use', retryable: false });
    const reader = await openStore({ url, now, access: 'read' });
    expect(await reader.audit.verify()).toMatchObject({ ok: true });
    await reader.close();
    await holder.kill();
    await (await openStore({ url, now })).close();
  }));

test('the same process cannot open a file twice, and can again once it was closed', () =>
  inFolder(async ({ url }) => {
    const first = await openStore({ url, now });
    await expect(openStore({ url, now })).rejects.toMatchObject({ code: 'database_in_use' });
    await first.requests.note(refusal('still here'));
    await first.close();
    const second = await openStore({ url, now });
    expect(await second.audit.verify()).toMatchObject({ ok: true, entries: 1 });
    await second.close();
  }));

test('claims on drawings of the process before are dropped at the start: it is surely gone', () =>
  withStore(sqliteWorld, async ({ store, open }) => {
    await store.requests.open('a', (id) => opening(id));
    await store.drawings.claim(requestId(1), 'line', 'before', NOON, NOON + 60_000, {});
    await store.close();
    const again = await open();
    expect(await again.drawings.claim(requestId(1), 'line', 'after', NOON, NOON + 60_000, {})).toBeDefined();
  }));

test('a path that cannot be used, a damaged file and a file of another program are refused in one sentence with the path', () =>
  inFolder(async ({ folder, file, url }) => {
    const refused = async (path: string, code: string) => {
      const reason = expect(openStore({ url: `sqlite:${path}`, now })).rejects;
      await reason.toMatchObject({ code, executed: 'no', message: expect.stringContaining(path) });
    };
    await refused(folder, 'bad_database_path');
    expect(existsSync(`${folder}.lock`)).toBe(false);
    writeFileSync(join(folder, 'plain'), 'x');
    await refused(join(folder, 'plain', 'below.db'), 'bad_database_path');

    const junk = join(folder, 'junk.db');
    writeFileSync(junk, 'this is no database at all, '.repeat(200));
    await refused(junk, 'database_corrupt');
    expect(readFileSync(junk, 'utf8')).toContain('this is no database');

    const foreign = join(folder, 'foreign.db');
    const other = new DatabaseSync(foreign);
    other.exec('create table invoices (id integer)');
    other.close();
    await refused(foreign, 'database_foreign');

    expect(existsSync(file)).toBe(false);
    await expect(openStore({ url, now, access: 'read' })).rejects.toMatchObject({ code: 'bad_database_path' });
    expect(existsSync(file)).toBe(false);
  }));

test.skipIf(process.getuid?.() === 0)('a file or folder that may not be written is refused in one sentence', () =>
  inFolder(async ({ folder, file, url }) => {
    await (await openStore({ url, now })).close();
    chmodSync(file, 0o400);
    await expect(openStore({ url, now })).rejects.toMatchObject({ code: 'database_read_only' });
    chmodSync(folder, 0o500);
    await expect(openStore({ url: `sqlite:${folder}/new/x.db`, now })).rejects.toMatchObject({
      code: 'bad_database_path',
    });
    chmodSync(folder, 0o700);
  }),
);

test('pages damaged behind its back are told apart from other failures', () =>
  inFolder(async ({ url, file }) => {
    const store = await openStore({ url, now });
    for (let i = 0; i < 50; i += 1) await store.requests.open(`k${i}`, (id) => opening(id));
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8_192);
    writeFileSync(file, bytes);
    const damaged = openStore({ url, now }).then(async (again) => {
      await again.requests.listOpen(50).finally(() => again.close());
    });
    await expect(damaged).rejects.toMatchObject({ code: 'database_corrupt', retryable: false });
  }));

test('a file that another program keeps locked is busy: nothing was done, and it may be tried again', () =>
  withStore(sqliteWorld, async ({ world, store }) => {
    const intruder = new DatabaseSync(world.url.slice('sqlite:'.length));
    intruder.exec('begin immediate');
    await expect(store.requests.note(refusal('x'))).rejects.toMatchObject({
      code: 'database_busy',
      retryable: true,
      executed: 'no',
    });
    intruder.exec('rollback');
    intruder.close();
    await store.requests.note(refusal('y'));
    expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 1 });
  }));

test('a full disk is told as that, nothing of the change stays, and the next one works once there is room', () =>
  inFolder(async ({ file }) => {
    const opened = openSqliteFile(file);
    const kysely = new Kysely<Tables>({ dialect: sqliteDialect(opened.database) });
    const database = openDatabase(kysely, 'sqlite', () => {}, opened);
    opened.database.exec('create table counters (name text primary key, value integer)');
    const fill = () =>
      database.transact((tx) =>
        tx
          .insertInto('counters')
          .values({ name: 'request', value: 1 })
          .execute()
          .then(() =>
            tx
              .insertInto('policy')
              .values({ id: 1, version: 'x'.repeat(100_000), at: 1 })
              .execute(),
          ),
      );
    opened.database.exec('create table policy (id integer, version text, at integer)');
    opened.database.exec('pragma max_page_count = 6');
    await expect(fill()).rejects.toMatchObject({ code: 'disk_full', executed: 'no', retryable: true });
    expect(await database.read((db) => db.selectFrom('counters').selectAll().execute())).toEqual([]);
    opened.database.exec('pragma max_page_count = 1000');
    await fill();
    expect(await database.read((db) => db.selectFrom('counters').selectAll().execute())).toHaveLength(1);
    await database.close();
  }));
