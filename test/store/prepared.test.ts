import { DatabaseSync } from 'node:sqlite';
import {
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { expect, test } from 'vitest';
import { prepared } from '../../src/store/prepared.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';
import type { Db, Tables } from '../../src/store/tables.ts';

let built = 0;
const counted = prepared({ name: 'text', value: 'number' }, (db, { name, value }) => {
  built += 1;
  return db
    .selectFrom('counters')
    .selectAll()
    .where('name', '=', sqlName(name))
    .where((is) => is.or([is('value', '=', value), is('value', '=', 7)]))
    .where('value', '<>', value);
});
const sqlName = (name: string): 'request' => {
  if (!isName(name)) throw new Error('not a name');
  return name;
};
// Only to please the types: the mark is no name of a counter either.
const isName = (_: string): _ is 'request' => true;

async function withDatabase(use: (db: Db) => Promise<void>): Promise<void> {
  const database = new DatabaseSync(':memory:');
  database.exec(`create table counters (name text, value integer); create table policy (id integer, version text, rules text);
    insert into counters values ('request', 7), ('alive', 7), ('request', 8)`);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database) });
  await use(db).finally(() => db.destroy());
}

test('a statement is built once, and each run has its own values, also one that stands in several places', () =>
  withDatabase(async (db) => {
    built = 0;
    expect((await counted(db, { name: 'request', value: 8 })).rows).toEqual([{ name: 'request', value: 7 }]);
    expect((await counted(db, { name: 'alive', value: 1 })).rows).toEqual([{ name: 'alive', value: 7 }]);
    expect((await counted(db, { name: 'request', value: 7 })).rows).toEqual([]);
    expect(built).toBe(1);
  }));

test('it runs in a transaction as well, with what that has written', () =>
  withDatabase(async (db) => {
    await db.transaction().execute(async (tx) => {
      await tx.insertInto('counters').values({ name: 'start_report', value: 7 }).execute();
      expect((await counted(tx, { name: 'start_report', value: 1 })).rows).toHaveLength(1);
    });
  }));

test('null is a value where the shape says so', () =>
  withDatabase(async (db) => {
    const insert = prepared({ version: 'text', rules: 'text or null' }, (each, { version, rules }) =>
      each.insertInto('policy').values({ id: 1, version, at: 0, rules }).returning(['version', 'rules']),
    );
    await expect(insert(db, { version: 'a', rules: null })).rejects.toThrow('at');
    const update = prepared({ version: 'text', rules: 'text or null' }, (each, { version, rules }) =>
      each.updateTable('policy').set({ version, rules }),
    );
    expect((await update(db, { version: 'b', rules: null })).numAffectedRows).toBe(0n);
  }));

test('each engine has its own SQL of the same statement', () =>
  withDatabase(async (db) => {
    built = 0;
    await counted(db, { name: 'request', value: 1 });
    const seen: string[] = [];
    const connection: DatabaseConnection = {
      executeQuery: async ({ sql }) => {
        seen.push(sql);
        return { rows: [] };
      },
      streamQuery: () => {
        throw new Error('nothing is streamed');
      },
    };
    class Listening extends DummyDriver {
      override async acquireConnection() {
        return connection;
      }
    }
    const other = new Kysely<Tables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new Listening(),
        createIntrospector: (each) => new PostgresIntrospector(each),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    });
    await counted(other, { name: 'request', value: 1 });
    expect(seen).toEqual([expect.stringContaining('"name" = $1 and ("value" = $2 or "value" = $3) and "value" <> $4')]);
    expect(built).toBeLessThanOrEqual(2);
  }));
