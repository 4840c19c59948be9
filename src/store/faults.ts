import { isAbortedTransactionError } from 'kysely';
import type { StoreCode } from './store-error.ts';
import { StoreError } from './store-error.ts';

/** What a driver's error means. `surelyNot`: the database itself said that it did not do it. */
interface Fault {
  readonly code: StoreCode;
  readonly surelyNot: boolean;
}

/**
 * Turns what a driver threw into a StoreError. `committing` says that a commit may have been sent, so that a lost answer
 * leaves open what happened. What is none of the database's errors becomes `database_failed`.
 */
export function storeFault(error: unknown, committing: boolean, where?: string): StoreError {
  return (
    knownFault(error, committing, where) ??
    storeError({ code: 'database_failed', surelyNot: false }, error, committing, where)
  );
}

/** The same, for work that may throw errors of its own: gives nothing for those. */
export function knownFault(error: unknown, committing: boolean, where?: string): StoreError | undefined {
  if (error instanceof StoreError) return error;
  const fault = classify(error);
  return fault === undefined ? undefined : storeError(fault, error, committing, where);
}

function storeError(fault: Fault, cause: unknown, committing: boolean, where: string | undefined): StoreError {
  return new StoreError(fault.code, { where, executed: committing && !fault.surelyNot ? 'maybe' : 'no', cause });
}

function classify(error: unknown): Fault | undefined {
  if (isAbortedTransactionError(error)) return { code: 'database_failed', surelyNot: true };
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  const errcode: unknown = Reflect.get(error, 'errcode');
  if (typeof errcode === 'number') return ofSqlite(errcode);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in error) return ofPostgres(code);
  if (typeof code === 'string' && NETWORK.test(code))
    return { code: 'database_unavailable', surelyNot: UNREACHED.test(code) };
  return DRIVER_TEXTS.find(({ text }) => text.test(error.message))?.fault;
}

const NETWORK =
  /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|NOTFOUND|AI_|ADDR|SOCKET)|ERR_(TLS|SSL|SOCKET|STREAM)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** No connection came about, so nothing can have been sent. */
const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** The drivers give these no code of their own, so there is only the text to go by. */
const DRIVER_TEXTS: readonly { readonly text: RegExp; readonly fault: Fault }[] = [
  {
    text: /driver has already been destroyed|after calling end on the pool|database is not open/,
    fault: { code: 'store_closed', surelyNot: true },
  },
  {
    text: /timeout exceeded when trying to connect|due to connection timeout/,
    fault: { code: 'database_busy', surelyNot: true },
  },
  {
    text: /connection has been discarded/i,
    fault: { code: 'database_unavailable', surelyNot: false },
  },
  {
    text: /Connection terminated|Query read timeout|not queryable|Client was closed|server does not support SSL/i,
    fault: { code: 'database_unavailable', surelyNot: false },
  },
  { text: /^SASL/, fault: { code: 'database_refused', surelyNot: true } },
];

/** SQLite's primary result codes (the low byte of the extended one). */
function ofSqlite(errcode: number): Fault {
  switch (errcode & 0xff) {
    case 3: // SQLITE_PERM
    case 14: // SQLITE_CANTOPEN
      return { code: 'bad_database_path', surelyNot: true };
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return { code: 'database_busy', surelyNot: true };
    case 8: // SQLITE_READONLY
      return { code: 'database_read_only', surelyNot: true };
    case 10: // SQLITE_IOERR: frames of a commit may be on the disk although syncing them failed
      return { code: 'database_unavailable', surelyNot: false };
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return { code: 'database_corrupt', surelyNot: false };
    case 13: // SQLITE_FULL
      return { code: 'disk_full', surelyNot: true };
    default:
      return { code: 'database_failed', surelyNot: true };
  }
}

/** PostgreSQL's SQLSTATE: exact codes first, then its class (the first two characters). */
function ofPostgres(state: string): Fault {
  const code = STATES[state] ?? STATES[state.slice(0, 2)] ?? 'database_failed';
  // A server that is being shut down may have committed already.
  return { code, surelyNot: code !== 'database_unavailable' || state.startsWith('53') || state === '57P03' };
}

const STATES: Readonly<Record<string, StoreCode>> = {
  '08': 'database_unavailable',
  '57': 'database_unavailable',
  '57014': 'database_busy', // statement_timeout
  '55P03': 'database_busy', // lock_timeout
  '40': 'database_busy', // deadlock, serialization
  '53': 'database_unavailable', // too many connections, out of memory
  '53100': 'disk_full',
  '28': 'database_refused',
  '3D': 'database_refused', // no such database
  '3F': 'database_refused', // no such schema
  '42501': 'database_refused',
  '42P07': 'database_foreign', // our tables' names are taken
  '25006': 'database_read_only',
  XX: 'database_corrupt',
};
