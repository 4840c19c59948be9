import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { StoreWorld } from './store-world.ts';

/** The PostgreSQL of the tests; where none answers, what needs it says so and is skipped. */
export const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';

/** Runs statements; gives the rows of the last one. */
export async function sqlOn(
  url: string,
  ...statements: readonly string[]
): Promise<Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  await client.connect();
  try {
    let rows: Readonly<Record<string, unknown>>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** A schema of its own, taken away afterwards. */
export async function postgresWorld(): Promise<StoreWorld> {
  const schema = `logoff_test_${randomBytes(6).toString('hex')}`;
  await sqlOn(SERVER, `create schema ${schema}`);
  const address = new URL(SERVER);
  address.searchParams.set('options', `-c search_path=${schema}`);
  const url = address.href;
  return {
    url,
    raw: (sql) => sqlOn(url, sql),
    unguardAudit: async () => {
      await sqlOn(url, 'alter table audit disable trigger user', 'alter table audit_stub disable trigger user');
    },
    drop: async () => void (await sqlOn(SERVER, `drop schema ${schema} cascade`)),
  };
}

/** Why there is no server to test with; undefined where there is one. */
export async function missingServer(): Promise<string | undefined> {
  try {
    await sqlOn(SERVER, 'select 1');
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `SKIPPED: no server at ${new URL(SERVER).host} (set TEST_DATABASE_URL): ${why}`;
  }
}
