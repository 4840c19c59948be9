import { sql } from 'kysely';
import type { RequestId } from '../core/ids.ts';
import { requestId } from '../core/ids.ts';
import type { Anchor, NoteEntry } from '../core/request/entry.ts';
import type { Instant } from '../core/time.ts';
import type { Chain } from './audit-chain.ts';
import { BEGINNING, stubOf } from './audit-chain.ts';
import type { Database } from './database.ts';
import { StoreError } from './store-error.ts';
import type { Tx } from './tables.ts';

/** What one removal took out. */
export interface Pruned {
  readonly upTo: Anchor;
  readonly entries: number;
  readonly requests: number;
}

export interface PruneResult {
  readonly pruned?: Pruned;
  /** An open request with an entry that is old enough: everything from its first entry on stays until it has ended. */
  readonly heldBy?: RequestId;
}

export type Prune = (olderThan: Instant, most: number, describe: (pruned: Pruned) => NoteEntry) => Promise<PruneResult>;

/**
 * Takes entries out of the front of the audit, at most `most` at once, with the records of their requests: in one
 * transaction with the stub that remembers the last of them and the entry that `describe` makes of it.
 */
export function auditPruner(database: Database, chain: Chain): Prune {
  return (olderThan, most, describe) =>
    database.transact(async (tx) => {
      await database.lock(tx, 'prune');
      const before = (await stubOf(tx)) ?? BEGINNING;
      const { last, heldBy } = await lastToGo(tx, before.n, olderThan, most);
      const held = heldBy === undefined ? {} : { heldBy };
      if (last <= before.n) return held;
      const upTo = await anchorAt(tx, last);
      const requests = await removeRecords(tx, database, before.n, last);
      await tx
        .insertInto('audit_stub')
        .values({ id: 1, ...upTo })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(upTo))
        .execute();
      const gone = await tx.deleteFrom('audit').where('n', '<=', last).executeTakeFirst();
      const pruned = { upTo, entries: Number(gone.numDeletedRows), requests };
      // Last, as every writer does: on PostgreSQL all of them wait here for each other.
      await chain.append(tx, [describe(pruned)]);
      return { pruned, ...held };
    });
}

/**
 * The last entry before which nothing has to stay: no entry that is young, none of a request that is open, none of a request
 * that has a young entry. Where others write meanwhile, a request that ends between the questions is open to the one about
 * open requests, or has a young entry for the last one.
 */
async function lastToGo(
  tx: Tx,
  stub: number,
  olderThan: Instant,
  most: number,
): Promise<{ readonly last: number; readonly heldBy?: RequestId }> {
  const head = await tx.selectFrom('audit').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst();
  const firstYoung = await tx
    .selectFrom('audit')
    .select('n')
    .where('at', '>=', olderThan)
    .orderBy('n')
    .limit(1)
    .executeTakeFirst();
  const young = firstYoung?.n ?? (head?.n ?? stub) + 1;
  const open = await tx
    .selectFrom('audit')
    .select(['n', 'request'])
    .where('request', 'in', (from) => from.selectFrom('requests').select('id').where('open', '=', sql.lit(1)))
    .orderBy('n')
    .limit(1)
    .executeTakeFirst();
  const window = Math.min(young - 1, stub + most);
  const stillYoung = await tx
    .selectFrom('audit')
    .select('n')
    .where('n', '<=', window)
    .where('request', 'is not', null)
    .where((is) =>
      is.exists(
        is
          .selectFrom('audit as later')
          .select(sql.lit(1).as('one'))
          .whereRef('later.request', '=', 'audit.request')
          .where('later.n', '>=', young),
      ),
    )
    .orderBy('n')
    .limit(1)
    .executeTakeFirst();
  const stays = Math.min(open?.n ?? Number.POSITIVE_INFINITY, stillYoung?.n ?? Number.POSITIVE_INFINITY);
  const holder = open !== undefined && open.n < young ? open.request : null;
  return { last: Math.min(window, stays - 1), ...(holder === null ? {} : { heldBy: requestId(holder) }) };
}

async function anchorAt(tx: Tx, n: number): Promise<Anchor> {
  const row = await tx.selectFrom('audit').select(['n', 'hash']).where('n', '=', n).executeTakeFirst();
  // A hole at this very place: what cannot be anchored is not cut.
  if (row === undefined) throw new StoreError('bad_entry', { where: `entry ${n} is missing` });
  return row;
}

/** Removes the requests whose entries go, with where they were shown and whom they were about. */
async function removeRecords(tx: Tx, database: Database, after: number, last: number): Promise<number> {
  const rows = await tx
    .selectFrom('audit')
    .select('request')
    .distinct()
    .where('n', '>', after)
    .where('n', '<=', last)
    .where('request', 'is not', null)
    .execute();
  const ids = rows.flatMap(({ request }) => request ?? []);
  if (ids.length === 0) return 0;
  if (database.engine === 'postgres') {
    // In the order in which others lock: a record before what belongs to it.
    await tx.selectFrom('requests').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  }
  await tx.deleteFrom('drawings').where('request', 'in', ids).execute();
  await tx.deleteFrom('request_targets').where('request', 'in', ids).execute();
  const gone = await tx.deleteFrom('requests').where('id', 'in', ids).where('open', '=', 0).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
