import { sql } from 'kysely';
import type { RequestId } from '../core/ids.ts';
import { requestId } from '../core/ids.ts';
import type { Request } from '../core/request/request.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { fromRow, STORED } from './request-row.ts';
import type { Db, Tx } from './tables.ts';

/** The statements that every request goes through. */
export const requestById = prepared({ id: 'number' }, (db, { id }) =>
  db.selectFrom('requests').select(STORED).where('id', '=', id),
);

const requestByKey = prepared({ key: 'text' }, (db, { key }) =>
  db.selectFrom('requests').select(STORED).where('key', '=', key),
);

/** `open = 1` is a literal: SQLite takes a partial index only where the statement itself says so. */
export const openAboutOne = prepared({ associate: 'number', except: 'number' }, (db, { associate, except }) =>
  db
    .selectFrom('requests')
    .select(STORED)
    .where('id', 'in', (from) =>
      from
        .selectFrom('request_targets')
        .select('request')
        .where('open', '=', sql.lit(1))
        .where('associate', '=', associate),
    )
    .where('id', '<>', except)
    .orderBy('id'),
);

export const insertRequest = prepared(
  { id: 'number', key: 'text', version: 'number', open: 'number', due_at: 'number or null', record: 'text' },
  (db, { open, ...row }) => db.insertInto('requests').values({ ...row, open: sql<0 | 1>`${open}` }),
);

export const swapRequest = prepared(
  { id: 'number', before: 'number', version: 'number', open: 'number', due_at: 'number or null', record: 'text' },
  (db, { id, before, version, open, due_at, record }) =>
    db
      .updateTable('requests')
      .set({ version, open: sql<0 | 1>`${open}`, record, due_at })
      .where('id', '=', id)
      .where('version', '=', before),
);

export const wantDrawn = prepared({ request: 'number', wanted: 'number' }, (db, { request, wanted }) =>
  db.updateTable('drawings').set({ wanted }).where('request', '=', request),
);

const lockCounter = prepared({}, (db) =>
  db
    .updateTable('counters')
    .set((is) => ({ value: is.ref('value') }))
    .where('name', '=', 'request'),
);

const countUp = prepared({}, (db) =>
  db
    .updateTable('counters')
    .set((is) => ({ value: is('value', '+', 1) }))
    .where('name', '=', 'request')
    .returning('value'),
);

export async function byKey(db: Db, key: string): Promise<Request | undefined> {
  const [row] = (await requestByKey(db, { key })).rows;
  return row === undefined ? undefined : fromRow(row);
}

/**
 * The counter's row is the lock: whoever opens at the same moment with the same key waits, and then sees the first. SQLite's
 * transactions stand in a row anyway.
 */
export async function afterWaiting(tx: Tx, { engine }: Database, key: string): Promise<Request | undefined> {
  if (engine === 'postgres') await lockCounter(tx, {});
  return byKey(tx, key);
}

export async function nextId(tx: Tx): Promise<RequestId> {
  const [counter] = (await countUp(tx, {})).rows;
  if (counter === undefined) throw new Error('the counter of requests is not there');
  return requestId(counter.value);
}
