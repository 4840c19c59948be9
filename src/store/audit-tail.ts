import type { Anchor, RequestEntry } from '../core/request/entry.ts';
import type { Chain } from './audit-chain.ts';
import { BEGINNING, entryOf } from './audit-chain.ts';
import { auditPage } from './audit-verify.ts';
import type { Database } from './database.ts';
import { StoreError } from './store-error.ts';
import type { AuditTable, Tx } from './tables.ts';

const PAGE = 500;

/** What this process knows of the end of the audit: what it wrote itself, and what it has seen. It can only grow. */
export interface AuditTail {
  /** The same database; what is appended in a transaction of it counts once that is committed. */
  follow(database: Database): Database;
  /** To be told of each entry that is appended, inside its transaction. */
  appended(tx: Tx, end: Anchor): void;
  /** It was seen at the end of the audit. */
  saw(end: Anchor): void;
  last(): Anchor;
}

export function auditTail(): AuditTail {
  const pending = new WeakMap<Tx, Anchor>();
  let known = BEGINNING;
  const saw = (end: Anchor) => {
    if (end.n > known.n) known = end;
  };
  return {
    follow: (database) => ({
      ...database,
      async transact(work) {
        let end: Anchor | undefined;
        const result = await database.transact(async (tx) => {
          const done = await work(tx);
          end = pending.get(tx);
          return done;
        });
        if (end !== undefined) saw(end);
        return result;
      },
    }),
    appended: (tx, end) => void pending.set(tx, end),
    saw,
    last: () => known,
  };
}

/**
 * A request's own entries, with everything that was written since its first one: each follows the one before, and what this
 * process knows of the end is still there. So nobody can hide the newest of them. Throws StoreError `bad_entry` or `audit_cut`
 * where something is altered, missing, or not where it was.
 */
export async function provenHistory(
  database: Database,
  chain: Chain,
  tail: AuditTail,
  id: number,
): Promise<readonly RequestEntry[]> {
  const first = await database.read((db) =>
    db.selectFrom('audit').select(['n', 'prev']).where('request', '=', id).orderBy('n').limit(1).executeTakeFirst(),
  );
  if (first === undefined) return [];
  const known = tail.last();
  const found: RequestEntry[] = [];
  let end: Anchor = { n: first.n - 1, hash: first.prev };
  for (;;) {
    const rows = await database.read((db) => auditPage(db, end.n + 1, PAGE));
    for (const row of rows) {
      const isNext = row.n === end.n + 1 && row.prev === end.hash && chain.fits(row);
      if (!isNext || (row.n === known.n && row.hash !== known.hash)) throw unproven('bad_entry', end.n + 1, id);
      const entry = ownEntry(row, id);
      if (entry !== undefined) found.push(entry);
      end = { n: row.n, hash: row.hash };
    }
    if (rows.length < PAGE) break;
  }
  if (end.n < known.n) throw unproven('audit_cut', known.n, id);
  tail.saw(end);
  return found;
}

const unproven = (code: 'bad_entry' | 'audit_cut', n: number, id: number): StoreError =>
  new StoreError(code, { where: `entry ${n}, behind the first of request ${id}` });

/** The entry where it is one of this request; its text decides, not the column beside it, which the hash does not cover. */
function ownEntry(row: AuditTable, id: number): RequestEntry | undefined {
  if (row.request !== id && !row.text.includes(`"request":${id},`)) return undefined;
  const entry = entryOf(row.text);
  const isOwn = entry !== undefined && 'fact' in entry && entry.request === id;
  if (isOwn !== (row.request === id)) throw unproven('bad_entry', row.n, id);
  return isOwn ? entry : undefined;
}
