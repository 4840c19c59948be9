import type { AssociateId, RequestId } from '../core/ids.ts';
import type { Person } from '../core/people.ts';
import type { Request } from '../core/request/request.ts';
import type { Instant } from '../core/time.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';
import { readable, STORED } from './request-row.ts';
import type { Db, Tx } from './tables.ts';

/** Who asks, and since when each of several counts begins. */
export interface Counted {
  readonly by: Person;
  readonly since: readonly Instant[];
}

/** Keeps for how many people somebody asked; in the transaction that opens the request. */
export async function noteAsked(tx: Tx, { id, requester, openedAt, targets }: Request): Promise<void> {
  const associate = requester.match?.associate ?? null;
  await insertAsked(tx, { request: id, requester: requester.slack, associate, at: openedAt, people: targets.length });
}

const insertAsked = prepared(
  { request: 'number', requester: 'text', associate: 'number or null', at: 'number', people: 'number' },
  (db, row) => db.insertInto('asked').values(row),
);

/**
 * For how many people somebody asked since each of these moments, and before this request where one is named; also under another Slack account
 * of the same associate. In the transaction that opens a request nobody else's comes in between.
 */
export async function countAsked(db: Db, { by, since }: Counted, before?: RequestId): Promise<readonly number[]> {
  if (since.length === 0) return [];
  const associate = by.match?.associate;
  const all = db.selectFrom('asked');
  const rows = await (before === undefined ? all : all.where('request', '<', before))
    .select(['at', 'people'])
    .where('at', '>', Math.min(...since))
    .where((is) =>
      is.or([is('requester', '=', by.slack), ...(associate === undefined ? [] : [is('associate', '=', associate)])]),
    )
    .execute();
  return since.map((from) => rows.reduce((sum, { at, people }) => (at > from ? sum + people : sum), 0));
}

/** Keeps whom a denied request was about, in the transaction that denies it. */
export async function noteDenial(tx: Tx, request: Request): Promise<void> {
  if (request.status !== 'denied') return;
  const rows = request.targets.map(({ id }) => ({ request: request.id, associate: id, at: request.endedAt }));
  for (const row of rows) {
    await tx
      .insertInto('denials')
      .values(row)
      .onConflict((conflict) => conflict.columns(['request', 'associate']).doNothing())
      .execute();
  }
}

/** Looking back at who asked and what was denied; found by indexes, however many requests have ended. */
export function pastAsking(database: Database) {
  return {
    asked: (counted: Counted, before?: RequestId): Promise<readonly number[]> =>
      database.read((db) => countAsked(db, counted, before)),

    /** Denied requests about any of these people that were denied after `from` and up to `to`, the newest first. */
    async deniedFor(
      ids: readonly AssociateId[],
      from: Instant,
      to: Instant,
      limit: number,
    ): Promise<readonly Request[]> {
      if (ids.length === 0) return [];
      const rows = await database.read((db) =>
        db
          .selectFrom('requests')
          .select(STORED)
          .where('id', 'in', (inner) =>
            inner
              .selectFrom('denials')
              .select('request')
              .where('associate', 'in', ids)
              .where('at', '>', from)
              .where('at', '<=', to),
          )
          .orderBy('id', 'desc')
          .limit(limit)
          .execute(),
      );
      return readable(rows, database.log);
    },
  };
}
