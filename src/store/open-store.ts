import { Kysely, sql } from 'kysely';
import { pastAsking } from './asked.ts';
import type { Audit } from './audit.ts';
import { auditStore } from './audit.ts';
import type { Chain } from './audit-chain.ts';
import { auditChain, refuseOtherKey } from './audit-chain.ts';
import { auditTail } from './audit-tail.ts';
import type { Database, StoreLog } from './database.ts';
import { openDatabase } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { drawingStore, dropClaims } from './drawings.ts';
import { dropDuties, dutyStore } from './duties.ts';
import { migrate, refuseOtherVersion } from './migrate.ts';
import { pastRequests } from './past-requests.ts';
import { pauseStore } from './pauses.ts';
import { policyStore } from './policies.ts';
import { lastRefusal } from './refusals.ts';
import { requestReads, requestWrites } from './requests.ts';
import { signsOfLife } from './signs-of-life.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFile, readSqliteFile } from './sqlite-file.ts';
import { StoreError } from './store-error.ts';
import type { Engine, Tables } from './tables.ts';

export interface StoreOptions {
  /** `sqlite:<path>`, `sqlite::memory:` or `postgres://…` */
  readonly url: string;
  /** Makes the audit's hashes keyed. It must stay the same for the life of the database. */
  readonly auditKey?: string | undefined;
  readonly now: () => number;
  readonly log?: StoreLog;
  /**
   * `read` is for tools that look at a database another process may be writing: it takes no lock, changes nothing, brings
   * nothing up to date. Writes then fail.
   */
  readonly access?: 'write' | 'read';
}

export interface Store {
  readonly engine: Engine;
  readonly requests: ReturnType<typeof requestReads> &
    ReturnType<typeof requestWrites> &
    ReturnType<typeof pastRequests> &
    ReturnType<typeof pastAsking>;
  readonly pauses: ReturnType<typeof pauseStore>;
  readonly drawings: ReturnType<typeof drawingStore>;
  readonly policies: ReturnType<typeof policyStore>;
  readonly lastRefusal: ReturnType<typeof lastRefusal>;
  readonly audit: Audit;
  readonly life: ReturnType<typeof signsOfLife>;
  readonly duties: ReturnType<typeof dutyStore>;
  /** PostgreSQL's own clock, for the offset of this process's; on SQLite there is only this process's. */
  serverTime(): Promise<number>;
  /** Waits for what is under way. Everything afterwards is refused. */
  close(): Promise<void>;
}

/** Opens the records, and makes the tables or brings them up to date. Throws StoreError where that cannot be. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { auditKey, now, log = () => {} } = options;
  const readOnly = options.access === 'read';
  const tail = auditTail();
  const database = tail.follow(await connect(options.url, readOnly, log));
  const chain = auditChain(database, auditKey, tail.appended);
  try {
    await (readOnly ? refuseOtherVersion(database) : ready(database, chain, now));
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
  return {
    engine: database.engine,
    requests: {
      ...requestReads(database, chain, tail),
      ...requestWrites(database, chain),
      ...pastRequests(database),
      ...pastAsking(database),
    },
    pauses: pauseStore(database, chain),
    drawings: drawingStore(database),
    policies: policyStore(database, chain, now),
    lastRefusal: lastRefusal(database),
    audit: auditStore(database, chain),
    life: signsOfLife(database),
    duties: dutyStore(database),
    serverTime: () => serverTime(database, now),
    close: () => database.close(),
  };
}

async function ready(database: Database, chain: Chain, now: () => number): Promise<void> {
  await migrate(database, now);
  await refuseOtherKey(database, chain);
  if (database.engine === 'sqlite') {
    await dropClaims(database);
    await dropDuties(database);
  }
}

/** Connects without looking at what is there. Throws StoreError where a file cannot be opened. */
export async function connect(url: string, readOnly: boolean, log: StoreLog): Promise<Database> {
  const address = parseDatabaseUrl(url);
  if (address.engine === 'postgres') {
    // Nobody else waits for its driver at the start.
    const { postgresDialect, postgresPool } = await import('./postgres-pool.ts');
    const pool = postgresPool(address.url, (error) => log('warn', 'database_connection_lost', { error }));
    return openDatabase(new Kysely<Tables>({ dialect: postgresDialect(pool, readOnly) }), 'postgres', log);
  }
  if (readOnly && address.path === undefined)
    throw new StoreError('bad_database_url', { where: 'a database in memory has no reader' });
  const file = readOnly && address.path !== undefined ? readSqliteFile(address.path) : openSqliteFile(address.path);
  return openDatabase(new Kysely<Tables>({ dialect: sqliteDialect(file.database) }), 'sqlite', log, file);
}

async function serverTime(database: Database, now: () => number): Promise<number> {
  if (database.engine === 'sqlite') return now();
  const clock = sql<{ ms: number }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`;
  return database.read(async (db) => (await clock.execute(db)).rows[0]?.ms ?? now());
}
