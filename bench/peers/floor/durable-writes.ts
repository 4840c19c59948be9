import { DatabaseSync } from 'node:sqlite';

/** About as much as the bot writes in one transaction: its record and an audit entry. */
const ROW_BYTES = 1_500;

/** A write to a file that survives a power cut once it has returned, as the bot's do. */
export function durableWrites(path: string): (text: string) => void {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('create table if not exists entries (n integer primary key, text text not null) strict');
  const insert = database.prepare('insert into entries (text) values (?)');
  return (text) => void insert.run(text.padEnd(ROW_BYTES, ' '));
}
