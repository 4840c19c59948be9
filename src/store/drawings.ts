import { sql } from 'kysely';
import type { RequestId } from '../core/ids.ts';
import { requestId } from '../core/ids.ts';
import type { Place } from '../core/request/place.ts';
import type { Request } from '../core/request/request.ts';
import type { Instant } from '../core/time.ts';
import type { Database } from './database.ts';
import type { Drawing, FirstDrawing } from './drawing-row.ts';
import { toColumns, toDrawing } from './drawing-row.ts';
import { prepared } from './prepared.ts';
import type { Db, DrawingRow, Tx } from './tables.ts';

/** How requests are shown, and who is drawing them at the moment. */
export function drawingStore(database: Database) {
  return {
    async claim(
      request: RequestId,
      place: Place,
      holder: string,
      now: Instant,
      until: Instant,
      first: Partial<Drawing>,
    ): Promise<Drawing | undefined> {
      const claim = { request, place, holder, now, until };
      const taken = await database.changeLightly((db) => take(db, claim));
      if (taken !== undefined) return toDrawing(taken);
      const there = await database.read((db) => find(db, request, place));
      if (there !== undefined) return undefined;
      // Rare: the row is made with the request. Locking the record keeps a save that is under way from missing the new row.
      const made = await database.transact(async (tx) => {
        const record = await lockedVersion(tx, database, request);
        if (record === undefined) return undefined;
        await insert(tx, { ...toColumns(first), request, place, wanted: record });
        return take(tx, claim);
      });
      return made === undefined ? undefined : toDrawing(made);
    },

    save: (drawing: Drawing, holder: string, release: boolean): Promise<boolean> =>
      database.changeLightly(async (db) => {
        const { request, place } = drawing;
        const written = { ...toColumns(drawing), request, place, holder };
        return (await (release ? saveAndRelease : saveAndKeep)(db, written)).numAffectedRows === 1n;
      }),

    async read(request: RequestId, place: Place): Promise<Drawing | undefined> {
      const row = await database.read((db) => find(db, request, place));
      return row === undefined ? undefined : toDrawing(row);
    },

    /** The first condition is the index's own, and a literal as SQLite needs it: only rows that are behind are looked through. */
    async stale(now: Instant, limit: number): Promise<readonly RequestId[]> {
      const rows = await database.read((db) =>
        db
          .selectFrom('drawings')
          .select('request')
          .distinct()
          .where('behind', '=', sql.lit(1))
          .where((is) => is.or([is('retry_at', 'is', null), is('retry_at', '<=', now)]))
          .where((is) => is.or([is('until', 'is', null), is('until', '<=', now)]))
          .orderBy('request')
          .limit(limit)
          .execute(),
      );
      return rows.map(({ request }) => requestId(request));
    },
  };
}

/** Stores the places of a new request, in its transaction; they are behind until they are drawn. */
export async function insertFirst(tx: Tx, request: Request, drawings: readonly FirstDrawing[]): Promise<void> {
  for (const first of drawings) {
    await insert(tx, { ...toColumns(first), request: request.id, place: first.place, wanted: request.version });
  }
}

/** Where only one process writes, whoever held a claim before it started is gone. */
export async function dropClaims(database: Database): Promise<void> {
  await database.change((db) =>
    db
      .updateTable('drawings')
      .set({ holder: null, until: null, shown: null })
      .where('holder', 'is not', null)
      .execute(),
  );
}

interface Claim {
  readonly request: RequestId;
  readonly place: Place;
  readonly holder: string;
  readonly now: Instant;
  readonly until: Instant;
}

/**
 * A holder may take what it holds already: keeping its own drawings in a row is the caller's part. Whoever held it and did
 * not let go may have changed the message, so what it shows is not known then.
 */
async function take(db: Db, claim: Claim): Promise<DrawingRow | undefined> {
  return (await takeRow(db, { ...claim })).rows[0];
}

const takeRow = prepared(
  { request: 'number', place: 'text', holder: 'text', now: 'number', until: 'number' },
  (db, { request, place, holder, now, until }) =>
    db
      .updateTable('drawings')
      .set((is) => ({
        holder,
        until,
        shown: is.case().when('holder', 'is', null).then(is.ref('shown')).else(null).end(),
      }))
      .where('request', '=', request)
      .where('place', '=', place)
      .where((is) => is.or([is('holder', 'is', null), is('holder', '=', holder), is('until', '<=', now)]))
      .returningAll(),
);

const DRAWN = {
  request: 'number',
  place: 'text',
  holder: 'text',
  version: 'number',
  channel: 'text or null',
  ts: 'text or null',
  reply: 'text or null',
  retry_at: 'number or null',
  failures: 'number',
  shown: 'text or null',
} as const;

const saveAndKeep = prepared(DRAWN, (db, { request, place, holder, ...columns }) =>
  db
    .updateTable('drawings')
    .set(columns)
    .where('request', '=', request)
    .where('place', '=', place)
    .where('holder', '=', holder),
);

const saveAndRelease = prepared(DRAWN, (db, { request, place, holder, ...columns }) =>
  db
    .updateTable('drawings')
    .set({ ...columns, holder: null, until: null })
    .where('request', '=', request)
    .where('place', '=', place)
    .where('holder', '=', holder),
);

async function find(db: Db, request: RequestId, place: Place): Promise<DrawingRow | undefined> {
  return (await findRow(db, { request, place })).rows[0];
}

const findRow = prepared({ request: 'number', place: 'text' }, (db, { request, place }) =>
  db.selectFrom('drawings').selectAll().where('request', '=', request).where('place', '=', place),
);

async function insert(tx: Tx, row: Omit<DrawingRow, 'behind' | 'holder' | 'until'>): Promise<void> {
  await insertRow(tx, row);
}

const { holder: _, ...FIRST } = { ...DRAWN, wanted: 'number' } as const;

const insertRow = prepared(FIRST, (db, row) =>
  db
    .insertInto('drawings')
    .values({ ...row, holder: null, until: null })
    .onConflict((conflict) => conflict.columns(['request', 'place']).doNothing()),
);

async function lockedVersion(tx: Tx, { engine }: Database, request: RequestId): Promise<number | undefined> {
  const query = tx.selectFrom('requests').select('version').where('id', '=', request);
  return (await (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst())?.version;
}
