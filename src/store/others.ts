import { sql } from 'kysely';
import type { AssociateId } from '../core/ids.ts';
import { inHand, leftTo } from '../core/request/in-hand.ts';
import type { Request } from '../core/request/request.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { readable, STORED } from './request-row.ts';
import type { Db, Tx } from './tables.ts';

/** What SuperOffice was asked to do, as far as anybody knows. */
const CALLS = ['call_accepted', 'call_unknown'] as const;

/** The requests whose call was made after this one was opened. Nothing of that time was pruned: this one is still open. */
const calledSince = (db: Db, id: number) =>
  db
    .selectFrom('audit')
    .select(sql<number>`request`.as('request'))
    .where('kind', 'in', CALLS)
    .where('n', '>', (from) =>
      from
        .selectFrom('audit')
        .select(({ fn }) => fn.min('n').as('n'))
        .where('request', '=', id),
    );

/** Both halves go by an index: what ended long ago is not looked through, however much it is. `open = 1` is a literal for that. */
const aboutAny = (db: Db, id: number, associates: readonly number[]) => {
  const about = db.selectFrom('request_targets').select('request').where('associate', 'in', associates);
  return db
    .selectFrom('requests')
    .select(STORED)
    .where('id', 'in', about.where('open', '=', sql.lit(1)).union(about.where('request', 'in', calledSince(db, id))))
    .where('id', '<>', id)
    .orderBy('id');
};

/** Nearly all requests are about one person. */
const aboutOne = prepared({ id: 'number', associate: 'number' }, (db, { id, associate }) =>
  aboutAny(db, id, [associate]),
);

/** One statement, so that whoever passes from being looked after to having ended meanwhile is seen as one of the two. */
export async function othersAbout(
  db: Db,
  { log }: Database,
  { id }: Request,
  associates: readonly AssociateId[],
): Promise<readonly Request[]> {
  const [associate, ...more] = associates;
  if (associate === undefined) return [];
  if (more.length === 0) return readable((await aboutOne(db, { id, associate })).rows, log);
  return readable(await aboutAny(db, id, associates).execute(), log);
}

/**
 * Whether somebody whom this record has in hand is left to another request, until this transaction ends: on PostgreSQL whoever
 * would take somebody in hand waits here, and on SQLite transactions stand in a row.
 */
export async function isTaken(tx: Tx, database: Database, request: Request): Promise<boolean> {
  const wanted = inHand(request);
  if (wanted.length === 0) return false;
  // In a statement of its own: what the one before wrote must be there when it is read.
  await database.lock(tx, 'claim');
  const others = await othersAbout(tx, database, request, wanted);
  const taken = new Set(others.flatMap((other) => leftTo(other, request)));
  return wanted.some((id) => taken.has(id));
}
