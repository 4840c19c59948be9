import { sql } from 'kysely';
import type { Database } from './database.ts';
import { first } from './migrations/first.ts';
import { policyRules } from './migrations/policy-rules.ts';
import { retention } from './migrations/retention.ts';
import { rules } from './migrations/rules.ts';
import { shown } from './migrations/shown.ts';
import { StoreError } from './store-error.ts';
import type { Db, Engine, Tx } from './tables.ts';

/** In order; each is a step forwards, and none is ever changed once released. */
const MIGRATIONS: readonly ((tx: Tx, engine: Engine) => Promise<void>)[] = [
  first,
  retention,
  rules,
  policyRules,
  shown,
];

/** The version of the tables that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings the tables up to this program's version, each step in one transaction. Throws StoreError where they are newer. */
export async function migrate(database: Database, now: () => number): Promise<void> {
  while (!(await step(database, now))) database.log('info', 'database_migrated');
}

/** One step; gives true when there is none left. Processes that start together wait here for each other. */
function step(database: Database, now: () => number): Promise<boolean> {
  return database.transact(async (tx) => {
    await database.lock(tx, 'migration');
    const version = (await versionOf(tx, database.engine)) ?? 0;
    refuseNewer(version);
    const next = MIGRATIONS[version];
    if (next === undefined) return true;
    if (version === 0) {
      const whole = database.engine === 'sqlite' ? 'integer' : 'bigint';
      await sql.raw(`create table schema_version (version ${whole} primary key, at ${whole} not null)`).execute(tx);
    }
    await next(tx, database.engine);
    await tx
      .insertInto('schema_version')
      .values({ version: version + 1, at: now() })
      .execute();
    return false;
  });
}

/** Looks without changing anything. Throws StoreError where the tables are not exactly of this program's version. */
export async function refuseOtherVersion(database: Database): Promise<void> {
  const version = await database.read((db) => versionOf(db, database.engine));
  refuseNewer(version ?? 0);
  if (version !== SCHEMA_VERSION) throw new StoreError('database_older', { where: `it has version ${version ?? 0}` });
}

function refuseNewer(version: number): void {
  if (version <= SCHEMA_VERSION) return;
  throw new StoreError('database_newer', { where: `it has version ${version}, this program knows ${SCHEMA_VERSION}` });
}

/** The version of the tables that are there; nothing where there are none. */
export async function versionOf(db: Db, engine: Engine): Promise<number | undefined> {
  const there =
    engine === 'sqlite'
      ? sql<{ n: number }>`select count(*) as n from sqlite_schema where name = 'schema_version'`
      : sql<{ n: number }>`select count(to_regclass('schema_version')) as n`;
  if ((await there.execute(db)).rows[0]?.n !== 1) return undefined;
  const { rows } = await sql<{ version: number | null }>`select max(version) as version from schema_version`.execute(
    db,
  );
  return rows[0]?.version ?? undefined;
}
