import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDatabaseUrl } from './database-url.ts';
import { storeFault } from './faults.ts';
import { readSqliteFile } from './sqlite-file.ts';
import { StoreError } from './store-error.ts';

/**
 * Writes the database as it is at one moment into a new file that only this user may read, also while a bot writes to it.
 * Gives the file's address, or nothing where the database is PostgreSQL, which has tools of its own. Throws StoreError; what was
 * written of the file by then is gone.
 */
export function backUp(databaseUrl: string, target: string): string | undefined {
  const address = parseDatabaseUrl(databaseUrl);
  if (address.engine === 'postgres') return undefined;
  if (address.path === undefined)
    throw new StoreError('bad_database_url', { where: 'a database in memory has no file' });
  const file = resolve(target);
  const { database } = readSqliteFile(address.path);
  try {
    closeSync(create(file));
    try {
      // One reading transaction: readers and the writer go on meanwhile. A plain copy of the file would lack what is still in
      // the write-ahead log beside it, and could hold half of a change.
      database.prepare('vacuum into ?').run(file);
      keep(file);
    } catch (error) {
      rmSync(file, { force: true });
      throw storeFault(error, false, file);
    }
  } finally {
    database.close();
  }
  return `sqlite:${file}`;
}

/** Never writes over anything: an older backup is worth more than a newer one that did not come off. */
function create(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const exists = error instanceof Error && Reflect.get(error, 'code') === 'EEXIST';
    throw new StoreError('bad_database_path', { where: exists ? `${file} is there already` : file, cause: error });
  }
}

/** Waits until the disk has it. */
function keep(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
