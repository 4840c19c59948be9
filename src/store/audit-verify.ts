import type { Anchor, AuditEntry } from '../core/request/entry.ts';
import type { Chain } from './audit-chain.ts';
import { BEGINNING, columnsOf, entryOf, stubOf } from './audit-chain.ts';
import type { Database } from './database.ts';
import type { AuditTable, Db } from './tables.ts';

const PAGE = 500;

export type Damage = 'altered' | 'removed' | 'reordered' | 'inserted';

export type Verdict =
  | {
      readonly ok: true;
      /** How many are there. */
      readonly entries: number;
      readonly head: Anchor;
      /** The last entry of those that were too old to keep, where any were. */
      readonly stub?: Anchor;
      /** The anchor names an entry that was too old to keep, so that it could not be compared. */
      readonly anchor?: 'pruned';
    }
  | { readonly ok: false; readonly n: number; readonly damage: Damage };

type Broken = Extract<Verdict, { ok: false }>;

/**
 * Walks the whole chain; names the first entry that is not as it was written. A cut-off tail shows only with an anchor.
 * Entries may be written and pruned meanwhile.
 */
export async function verifyChain(database: Database, chain: Chain, anchor?: Anchor): Promise<Verdict> {
  for (;;) {
    const stub = await database.read(stubOf);
    const verdict = (await checkFront(database, stub)) ?? (await walk(database, chain, stub, anchor));
    if (verdict.ok) return verdict;
    // What looks like damage may be a removal that was under way: then the stub has moved on since.
    const now = await database.read(stubOf);
    if (now?.n === stub?.n && now?.hash === stub?.hash) return verdict;
  }
}

/**
 * The stub itself is not signed: it must be the one that the newest `pruned` entry of the chain repeats. Whether that entry is
 * genuine shows in the walk.
 */
function checkFront(database: Database, stub: Anchor = BEGINNING): Promise<Broken | undefined> {
  return database.read(async (db) => {
    const below = await db
      .selectFrom('audit')
      .select('n')
      .where('n', '<=', stub.n)
      .orderBy('n')
      .limit(1)
      .executeTakeFirst();
    if (below !== undefined) return { ok: false, n: below.n, damage: 'inserted' };
    const pruned = await newestPruned(db);
    if (pruned.n < stub.n) return { ok: false, n: pruned.n + 1, damage: 'removed' };
    if (pruned.n > stub.n) {
      // Set back: what had been taken out was put in again, or the stub was taken away.
      const [next] = await auditPage(db, stub.n + 1, 1);
      return { ok: false, n: stub.n + 1, damage: next?.n === stub.n + 1 ? 'inserted' : 'removed' };
    }
    return pruned.hash === stub.hash ? undefined : { ok: false, n: stub.n, damage: 'altered' };
  });
}

async function newestPruned(db: Db): Promise<Anchor> {
  const row = await db
    .selectFrom('audit')
    .select('text')
    .where('kind', '=', 'pruned')
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry = row === undefined ? undefined : entryOf(row.text);
  return entry !== undefined && 'note' in entry && entry.note.kind === 'pruned' ? entry.note.upTo : BEGINNING;
}

async function walk(
  database: Database,
  chain: Chain,
  stub: Anchor | undefined,
  anchor: Anchor | undefined,
): Promise<Verdict> {
  const start = stub ?? BEGINNING;
  const differs = (at: Anchor) => at.n === anchor?.n && at.hash !== anchor.hash;
  if (differs(start)) return { ok: false, n: start.n, damage: 'altered' };
  let head = start;
  for (;;) {
    const rows = await database.read((db) => auditPage(db, head.n + 1, PAGE));
    for (const row of rows) {
      const damage = await damageAt(database, chain, head, row);
      if (damage !== undefined) return { ok: false, n: head.n + 1, damage };
      head = { n: row.n, hash: row.hash };
      if (differs(head)) return { ok: false, n: head.n, damage: 'altered' };
    }
    if (rows.length < PAGE) break;
  }
  if (anchor !== undefined && anchor.n > head.n) return { ok: false, n: head.n + 1, damage: 'removed' };
  return {
    ok: true,
    entries: head.n - start.n,
    head,
    ...(stub === undefined ? {} : { stub }),
    ...(anchor !== undefined && anchor.n < start.n ? { anchor: 'pruned' } : {}),
  };
}

/** Up to `limit` rows from number `from` on. */
export function auditPage(db: Db, from: number, limit: number): Promise<AuditTable[]> {
  return db.selectFrom('audit').selectAll().where('n', '>=', from).orderBy('n').limit(limit).execute();
}

/** What is wrong with the row that stands where the one after `before` should. */
async function damageAt(
  database: Database,
  chain: Chain,
  before: Anchor,
  row: AuditTable,
): Promise<Damage | undefined> {
  if (row.n !== before.n + 1) return 'removed';
  if (row.prev === before.hash) return chain.fits(row) && agrees(row) ? undefined : 'altered';
  // Its place in the chain is elsewhere. Where the one that belongs here still exists, this one moved or came from outside.
  return database.read(async (db) => {
    const successor = await numberWhere(db, 'prev', before.hash);
    const own = await numberWhere(db, 'hash', row.prev);
    if (successor === undefined) return chain.fits(row) ? 'removed' : 'altered';
    return own === undefined || !chain.fits(row) ? 'inserted' : 'reordered';
  });
}

async function numberWhere(db: Db, column: 'prev' | 'hash', value: string): Promise<number | undefined> {
  return (await db.selectFrom('audit').select('n').where(column, '=', value).limit(1).executeTakeFirst())?.n;
}

/** Whether the columns, which the hash does not cover, say what the text says. */
function agrees(row: AuditTable): boolean {
  const entry: AuditEntry | undefined = entryOf(row.text);
  if (entry === undefined) return false;
  const { at, request, kind } = columnsOf(entry);
  return row.at === at && row.request === request && row.kind === kind;
}
