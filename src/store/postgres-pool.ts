import type { Dialect } from 'kysely';
import { CompiledQuery, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

const SECOND = 1_000;
/** PostgreSQL's type number of bigint, which `pg` gives as text. */
const INT8 = 20;

/** Connections to PostgreSQL; none is made before the first query. `onLost` hears of connections that broke. */
export function postgresPool(url: string, onLost: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'superoffice-logoff',
    max: 10,
    connectionTimeoutMillis: 10 * SECOND,
    statement_timeout: 10 * SECOND,
    lock_timeout: 8 * SECOND,
    idle_in_transaction_session_timeout: 30 * SECOND,
    // Longer than the server's own limits: it speaks only where the server does not answer at all.
    query_timeout: 15 * SECOND,
    keepAlive: true,
    // A connection whose network went away silently stays stuck after its time limit; this is how long at most.
    maxLifetimeSeconds: 60,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? wholeNumber : types.getTypeParser(oid, format)) },
  });
  // A connection that breaks between two statements is reported here only, and would end the process unheard. The pool
  // repeats it where the connection was idle, and must be heard too.
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => {});
  return pool;
}

export function postgresDialect(pool: Pool, readOnly: boolean): Dialect {
  return new PostgresDialect({
    pool,
    // An acknowledged write must be on the disk, also where the server's default says otherwise.
    onCreateConnection: async (connection) => {
      const strict = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')`;
      await connection.executeQuery(CompiledQuery.raw(strict));
      if (readOnly) await connection.executeQuery(CompiledQuery.raw('set default_transaction_read_only = on'));
    },
  });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a stored number is too large');
  return value;
}
