import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { sql } from 'kysely';
import { auditChain, headOf, refuseOtherKey } from './audit-chain.ts';
import type { Database } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { SCHEMA_VERSION, versionOf } from './migrate.ts';
import { connect } from './open-store.ts';
import { StoreError } from './store-error.ts';
import type { Db, Engine } from './tables.ts';

/** What the bot would find at its database. */
export interface RecordsInspection {
  readonly engine: Engine;
  /** Where it is, without any password. */
  readonly where: string;
  /** The program that serves it, with its version. */
  readonly server: string;
  /** The version of the tables; absent where there are none yet. */
  readonly schema?: number;
  /** Whether the audit record has entries, so that its key is settled. */
  readonly begun: boolean;
  /** The version that this program needs. */
  readonly needed: number;
  /** What keeps the bot from writing; absent where nothing was seen. */
  readonly notWritable?: string;
  /** Bytes that are left for a file. */
  readonly free?: number;
  /** The clock of a server that has one. */
  readonly now?: number;
}

export interface InspectOptions {
  readonly url: string;
  readonly auditKey?: string | undefined;
}

/**
 * Looks at the records without changing anything: no table is made or brought up to date, and no lock is taken, so the bot
 * may run meanwhile. Throws StoreError where they cannot be used.
 */
export async function inspectRecords({ url, auditKey }: InspectOptions): Promise<RecordsInspection> {
  const address = parseDatabaseUrl(url);
  if (address.engine === 'postgres') return await inspectPostgres(url, auditKey);
  if (address.path === undefined)
    return { engine: 'sqlite', where: 'in memory', server: 'SQLite', needed: SCHEMA_VERSION, begun: false };
  return await inspectFile(resolve(address.path), url, auditKey);
}

async function inspectFile(path: string, url: string, auditKey: string | undefined): Promise<RecordsInspection> {
  const there = existsSync(path);
  const folder = nearestFolder(dirname(path));
  const known = {
    engine: 'sqlite',
    where: path,
    needed: SCHEMA_VERSION,
    ...notWritable(folder, there ? [path, folder] : [folder]),
    ...freeSpace(folder),
  } as const;
  // A file that is not there must not come about by being looked at.
  if (!there) return { ...known, server: 'SQLite', begun: false };
  return await looking(url, async (database) => {
    const version = sql<{ version: string }>`select sqlite_version() as version`;
    const server = await database.read(async (db) => (await version.execute(db)).rows[0]?.version ?? '');
    return { ...known, server: `SQLite ${server}`, ...(await schemaAndKey(database, auditKey)) };
  });
}

async function inspectPostgres(url: string, auditKey: string | undefined): Promise<RecordsInspection> {
  return await looking(url, async (database) => {
    const facts = await database.read(readFacts);
    const schema = await schemaAndKey(database, auditKey);
    const refused = postgresRefuses(facts, schema.schema);
    return {
      engine: 'postgres',
      where: `${facts.database}, schema ${facts.schema ?? '(none)'}, as ${facts.user}`,
      server: `PostgreSQL ${facts.version}`,
      needed: SCHEMA_VERSION,
      now: facts.now,
      ...schema,
      ...(refused === undefined ? {} : { notWritable: refused }),
    };
  });
}

interface PostgresFacts {
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly schema: string | null;
  readonly standby: boolean;
  readonly may_create: boolean | null;
  readonly may_write: boolean | null;
  readonly now: number;
}

/** In one statement, so that the clock is not older than the rest. */
async function readFacts(db: Db): Promise<PostgresFacts> {
  const { rows } = await sql<PostgresFacts>`
    select current_setting('server_version') as version, current_database() as database, current_user as user,
      current_schema() as schema, pg_is_in_recovery() as standby,
      has_schema_privilege(current_schema(), 'create') as may_create,
      has_table_privilege(to_regclass('requests'), 'insert, update, delete') as may_write,
      floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new StoreError('database_failed');
  return facts;
}

function postgresRefuses(facts: PostgresFacts, schema: number | undefined): string | undefined {
  if (facts.standby) return 'it is a standby server, which can only be read';
  if (facts.schema === null) return 'its search_path names no schema that is there';
  const behind = schema === undefined || schema < SCHEMA_VERSION;
  if (behind && facts.may_create !== true) return `${facts.user} may not make tables in the schema ${facts.schema}`;
  return schema !== undefined && facts.may_write === false
    ? `${facts.user} may not write the table requests`
    : undefined;
}

async function schemaAndKey(
  database: Database,
  auditKey: string | undefined,
): Promise<Pick<RecordsInspection, 'schema' | 'begun'>> {
  const schema = await database.read((db) => versionOf(db, database.engine));
  if (schema === undefined) return { begun: false };
  // What a newer version keeps where is not known here.
  if (schema > SCHEMA_VERSION) return { schema, begun: true };
  await refuseOtherKey(database, auditChain(database, auditKey));
  return { schema, begun: (await database.read(headOf)).n > 0 };
}

async function looking<T>(url: string, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await connect(url, true, () => {});
  try {
    return await look(database);
  } finally {
    await database.close().catch(() => {});
  }
}

function nearestFolder(path: string): string {
  const above = dirname(path);
  return existsSync(path) || above === path ? path : nearestFolder(above);
}

function notWritable(folder: string, paths: readonly string[]): { readonly notWritable?: string } {
  if (!statSync(folder).isDirectory()) return { notWritable: `${folder} is no folder` };
  const refused = paths.find((path) => {
    try {
      accessSync(path, constants.W_OK);
      return false;
    } catch {
      return true;
    }
  });
  return refused === undefined ? {} : { notWritable: `this user may not write ${refused}` };
}

function freeSpace(folder: string): { readonly free?: number } {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return { free: bavail * bsize };
  } catch {
    return {};
  }
}
