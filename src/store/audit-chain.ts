import { createHash, createHmac } from 'node:crypto';
import type { Anchor, AuditEntry, RequestEntry } from '../core/request/entry.ts';
import { noteEntrySchema, requestEntrySchema } from '../core/request/entry.ts';
import { canonical } from './canonical.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { jsonOf } from './request-row.ts';
import { StoreError } from './store-error.ts';
import type { AuditTable, Db, Tx } from './tables.ts';

/** What stands before the first entry. */
export const BEGINNING: Anchor = { n: 0, hash: '0'.repeat(64) };

/** The last entry that was taken out of the front, where any was. */
export function stubOf(db: Db): Promise<Anchor | undefined> {
  return db.selectFrom('audit_stub').select(['n', 'hash']).where('id', '=', 1).executeTakeFirst();
}

const newestEntry = prepared({}, (db) => db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1));

const entriesOf = prepared({ id: 'number' }, (db, { id }) =>
  db.selectFrom('audit').select(['n', 'prev', 'hash', 'text']).where('request', '=', id).orderBy('n'),
);

const insertEntry = prepared(
  { n: 'number', at: 'number', request: 'number or null', kind: 'text', prev: 'text', hash: 'text', text: 'text' },
  (db, row) => db.insertInto('audit').values(row),
);

/** The last entry; number 0 where there is none. */
export const headOf = async (db: Db): Promise<Anchor> => (await newestEntry(db, {})).rows[0] ?? BEGINNING;

export interface Chain {
  /** Adds entries at the end; called last in a transaction, since on PostgreSQL all writers wait here for each other. */
  append(tx: Tx, entries: readonly AuditEntry[]): Promise<void>;
  /** Whether an entry's hash is the one of its text, with the key in use. */
  fits(row: Pick<AuditTable, 'prev' | 'hash' | 'text'>): boolean;
}

/** The chain of entries: each holds the hash over its own text and the hash before it, keyed where there is a key. */
export function auditChain(
  database: Database,
  key: string | undefined,
  appended: (tx: Tx, end: Anchor) => void = () => {},
): Chain {
  const hashOf = (prev: string, text: string): string =>
    (key === undefined ? createHash('sha256') : createHmac('sha256', key)).update(prev).update(text).digest('hex');

  return {
    fits: ({ prev, hash, text }) => hashOf(prev, text) === hash,
    async append(tx, entries) {
      if (entries.length === 0) return;
      // Locking and reading in one statement would read what was there before the wait, and fork the chain.
      await database.lock(tx, 'audit');
      const [head] = (await newestEntry(tx, {})).rows;
      // Where all entries were too old to be kept, the chain goes on behind them.
      let { n, hash } = head ?? (await stubOf(tx)) ?? BEGINNING;
      const rows = entries.map((entry): AuditTable => {
        const text = canonical(entry);
        const prev = hash;
        n += 1;
        hash = hashOf(prev, text);
        return { n, ...columnsOf(entry), prev, hash, text };
      });
      for (const row of rows) await insertEntry(tx, row);
      appended(tx, { n, hash });
    },
  };
}

/** The columns that repeat what is in the text, to find it by. */
export function columnsOf(entry: AuditEntry): Pick<AuditTable, 'at' | 'request' | 'kind'> {
  return 'fact' in entry
    ? { at: entry.at, request: entry.request, kind: entry.fact.kind }
    : { at: entry.at, request: null, kind: entry.note.kind };
}

/** The entry that a stored text is, or nothing. */
export function entryOf(text: string): AuditEntry | undefined {
  const json = jsonOf(text);
  return requestEntrySchema.safeParse(json).data ?? noteEntrySchema.safeParse(json).data;
}

/** A request's own entries, oldest first. Throws StoreError `bad_entry` where one was altered. */
export async function historyOf(database: Database, chain: Chain, id: number): Promise<readonly RequestEntry[]> {
  const { rows } = await database.read((db) => entriesOf(db, { id }));
  return rows.map((row) => {
    const { data } = requestEntrySchema.safeParse(jsonOf(row.text));
    if (data === undefined || data.request !== id || !chain.fits(row)) {
      throw new StoreError('bad_entry', { where: `entry ${row.n} of request ${id}` });
    }
    return data;
  });
}

/** Refuses to go on with a chain that was written with another key: from there on it could never be verified again. */
export async function refuseOtherKey(database: Database, chain: Chain): Promise<void> {
  const head = await database.read((db) =>
    db.selectFrom('audit').select(['n', 'prev', 'hash', 'text']).orderBy('n', 'desc').limit(1).executeTakeFirst(),
  );
  if (head !== undefined && !chain.fits(head)) throw new StoreError('audit_key_differs', { where: `entry ${head.n}` });
}
