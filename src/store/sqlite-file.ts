import { closeSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { knownFault, storeFault } from './faults.ts';
import { type DiskSync, diskSync } from './sqlite-sync.ts';
import { StoreError } from './store-error.ts';

/** "logo" in ASCII: the mark in the file's header that it is ours. */
const APPLICATION_ID = 0x6c6f676f;
/** How long a statement may wait for another program's lock. The event loop stands still meanwhile. */
const BUSY_MS = 500;

export interface SqliteFile {
  readonly database: DatabaseSync;
  /** Gives the lock free; called after the database is closed. */
  readonly unlock?: () => void;
  /** Throws where the file was taken away or replaced: what is written then would be found by nobody after a restart. */
  readonly checkPlace?: () => void;
  /** Absent in memory, and where the file is only read. */
  readonly disk?: DiskSync;
}

/**
 * Opens the one database file for writing, makes it (mode 0600) and its folders where they are missing, and keeps it for this
 * process: a second one is refused. `undefined` opens a database in memory. Throws StoreError.
 */
export function openSqliteFile(path: string | undefined): SqliteFile {
  if (path === undefined) return { database: prepare(new DatabaseSync(':memory:')) };
  const file = makeFile(resolve(path));
  const unlock = lock(file);
  try {
    const database = attempt(file, () => prepare(open(file, false)));
    return { database, unlock, checkPlace: placeCheck(file), disk: diskSync(database, `${file}-wal`) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Opens an existing file only to read it, also while another process writes to it. Throws StoreError. */
export function readSqliteFile(path: string): SqliteFile {
  const file = resolve(path);
  return attempt(file, () => {
    const database = open(file, true);
    return closeOnError(database, () => {
      refuseForeign(database);
      return { database };
    });
  });
}

const open = (file: string, readOnly: boolean): DatabaseSync => new DatabaseSync(file, { readOnly, timeout: BUSY_MS });

/** Gives the path with symbolic links followed, so that two names of one file have one lock. */
function makeFile(path: string): string {
  return attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    createOnly(path);
    if (!statSync(path).isFile()) throw new StoreError('bad_database_path', { where: `${path}: not a file` });
    return realpathSync(path);
  });
}

/** Never opens a file that exists: closing it would drop the locks that SQLite holds on it in this process. */
function createOnly(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && Reflect.get(error, 'code') === 'EEXIST')) throw error;
  }
}

/**
 * The lock is an empty SQLite file beside the database, held by an exclusive transaction that never ends: the operating
 * system frees it when the process is gone, however it went, and the database itself stays open to readers.
 */
function lock(file: string): () => void {
  const path = `${file}.lock`;
  const holder = attempt(path, () => {
    createOnly(path);
    return new DatabaseSync(path, { timeout: 0 });
  });
  try {
    holder.exec('begin exclusive');
  } catch (error) {
    holder.close();
    const fault = storeFault(error, false, path);
    if (fault.code === 'database_busy') {
      throw new StoreError('database_in_use', {
        where: `${file}; stop the other one, or use PostgreSQL for several`,
        cause: error,
      });
    }
    throw fault;
  }
  return () => holder.close();
}

function placeCheck(file: string): () => void {
  const ours = statSync(file);
  return () => {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.ino !== ours.ino || there.dev !== ours.dev) throw new StoreError('database_moved', { where: file });
  };
}

function prepare(database: DatabaseSync): DatabaseSync {
  return closeOnError(database, () => {
    refuseForeign(database);
    const inMemory = database.location() === null;
    const mode = database.prepare('pragma journal_mode = wal').get()?.['journal_mode'];
    if (mode !== 'wal' && !inMemory)
      throw new StoreError('database_failed', { where: 'its file system cannot hold a write-ahead log' });
    // The store itself waits for the disk before it says that something is written: `sqlite-sync.ts`.
    database.exec('pragma synchronous = normal');
    database.exec('pragma foreign_keys = on');
    database.exec('pragma trusted_schema = off');
    // What is too old to be kept is gone from the file too.
    database.exec('pragma secure_delete = on');
    database.exec('pragma journal_size_limit = 67108864');
    database.exec(`pragma application_id = ${APPLICATION_ID}`);
    return database;
  });
}

function refuseForeign(database: DatabaseSync): void {
  const mark = database.prepare('pragma application_id').get()?.['application_id'];
  if (mark === APPLICATION_ID) return;
  const tables = database.prepare('select count(*) as n from sqlite_schema').get()?.['n'];
  if (mark !== 0 || tables !== 0) throw new StoreError('database_foreign');
}

function closeOnError<T>(database: DatabaseSync, use: () => T): T {
  try {
    return use();
  } catch (error) {
    database.close();
    throw error;
  }
}

const NOT_WRITABLE: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Anything that goes wrong with the path itself becomes one sentence with the path in it. */
function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError && error.where !== undefined) throw error;
    if (error instanceof StoreError) throw new StoreError(error.code, { where: path, cause: error.cause });
    const fault = knownFault(error, false, path);
    if (fault !== undefined) throw fault;
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOSPC') throw new StoreError('disk_full', { where: path, cause: error });
    const rights = NOT_WRITABLE.has(code) ? `${path}: this user may not write there` : path;
    throw new StoreError('bad_database_path', { where: rights, cause: error });
  }
}
