import { sql } from 'kysely';
import type { AssociateId, RequestId } from '../core/ids.ts';
import type { NoteEntry, RequestEntry } from '../core/request/entry.ts';
import type { Place } from '../core/request/place.ts';
import type { Request } from '../core/request/request.ts';
import type { Instant } from '../core/time.ts';
import { type Counted, countAsked, noteAsked, noteDenial } from './asked.ts';
import type { Chain } from './audit-chain.ts';
import { headOf, historyOf } from './audit-chain.ts';
import { type AuditTail, provenHistory } from './audit-tail.ts';
import type { Database } from './database.ts';
import type { FirstDrawing } from './drawing-row.ts';
import { insertFirst } from './drawings.ts';
import { othersAbout } from './others.ts';
import { type Guard, holds } from './pauses.ts';
import { fromRow, readable, STORED, toRow } from './request-row.ts';
import {
  afterWaiting,
  byKey,
  insertRequest,
  nextId,
  openAboutOne,
  requestById,
  swapRequest,
  wantDrawn,
} from './request-statements.ts';
import { StoreError } from './store-error.ts';
import type { Db } from './tables.ts';
import { syncTargets } from './targets.ts';

/** A new request with everything that is stored along with it. */
export interface Opening {
  readonly request: Request;
  readonly entries: readonly RequestEntry[];
  readonly dueAt: Instant | undefined;
  readonly drawings: readonly FirstDrawing[];
}

export interface Opened {
  readonly request: Request;
  readonly fresh: boolean;
}

/** The writing half of the records: each write is one transaction with its audit entries. */
export function requestWrites(database: Database, chain: Chain) {
  return {
    async open(
      key: string,
      make: (id: RequestId, asked: readonly number[]) => Opening,
      counted?: Counted,
    ): Promise<Opened> {
      // Most repeats come long after the first: they need no number and no lock.
      const known = await database.read((db) => byKey(db, key));
      if (known !== undefined) return { request: known, fresh: false };
      return database.transact(async (tx) => {
        const existing = await afterWaiting(tx, database, key);
        if (existing !== undefined) return { request: existing, fresh: false };
        const id = await nextId(tx);
        const asked = counted === undefined ? [] : await countAsked(tx, counted, id);
        const { request, entries, dueAt, drawings } = make(id, asked);
        refuseStrangers(request, entries, id);
        const row = toRow(request);
        await insertRequest(tx, { ...row, key, due_at: dueOf(row.open, dueAt) });
        await syncTargets(tx, request);
        await noteAsked(tx, request);
        await insertFirst(tx, request, drawings);
        await chain.append(tx, entries);
        return { request, fresh: true };
      });
    },

    async save(
      before: number,
      request: Request,
      entries: readonly RequestEntry[],
      dueAt: Instant | undefined,
      guard?: Guard,
      places: readonly Place[] = [],
    ): Promise<boolean> {
      refuseStrangers(request, entries, request.id);
      if (request.version <= before)
        throw new StoreError('bad_record', { where: `request ${request.id}: its version must grow` });
      const row = toRow(request);
      return database.transact(async (tx) => {
        if (guard !== undefined && !(await holds(tx, database, guard, request))) return false;
        const { numAffectedRows } = await swapRequest(tx, { ...row, before, due_at: dueOf(row.open, dueAt) });
        if (numAffectedRows !== 1n) return false;
        await syncTargets(tx, request);
        await noteDenial(tx, request);
        await wantDrawn(tx, { request: request.id, wanted: row.version });
        await insertFirst(
          tx,
          request,
          places.map((place) => ({ place })),
        );
        await chain.append(tx, entries);
        return true;
      });
    },

    note: (entry: NoteEntry): Promise<void> => database.transact((tx) => chain.append(tx, [entry])),
  };
}

/** The reading half. What is open is found by indexes that hold nothing else, however many requests have ended. */
export function requestReads(database: Database, chain: Chain, tail: AuditTail) {
  /** A literal: SQLite takes a partial index only where the statement itself says `open = 1`. */
  const open = (db: Db) => db.selectFrom('requests').where('open', '=', sql.lit(1));

  return {
    async read(id: RequestId): Promise<Request | undefined> {
      const [row] = (await database.read((db) => requestById(db, { id }))).rows;
      return row === undefined ? undefined : fromRow(row);
    },

    history: (id: RequestId): Promise<readonly RequestEntry[]> => historyOf(database, chain, id),

    /** The same, with all that was written since: for what must not be built upon a part of them. */
    proven: (id: RequestId): Promise<readonly RequestEntry[]> => provenHistory(database, chain, tail, id),

    /** Reads on behind rows that cannot be read, so that these never stand in the way of others. */
    async due(now: Instant, limit: number): Promise<readonly RequestId[]> {
      // What other processes wrote is known here too before long.
      tail.saw(await database.read(headOf));
      const found: RequestId[] = [];
      let after = { due_at: -1, id: 0 };
      while (found.length < limit) {
        const rows = await database.read((db) =>
          open(db)
            .select([...STORED, sql<number>`due_at`.as('due_at')])
            .where('due_at', 'is not', null)
            .where('due_at', '<=', now)
            .where((is) =>
              is.or([
                is('due_at', '>', after.due_at),
                is.and([is('due_at', '=', after.due_at), is('id', '>', after.id)]),
              ]),
            )
            .orderBy('due_at')
            .orderBy('id')
            .limit(limit)
            .execute(),
        );
        found.push(...readable(rows, database.log).map(({ id }) => id));
        const last = rows.at(-1);
        if (last === undefined || rows.length < limit) break;
        after = last;
      }
      return found.slice(0, limit);
    },

    async nextDue(): Promise<Instant | undefined> {
      const row = await database.read((db) =>
        open(db)
          .select('due_at')
          .where('due_at', 'is not', null)
          .orderBy('due_at')
          .orderBy('id')
          .limit(1)
          .executeTakeFirst(),
      );
      return row?.due_at ?? undefined;
    },

    async listOpen(limit: number): Promise<readonly Request[]> {
      const rows = await database.read((db) => open(db).select(STORED).orderBy('id', 'desc').limit(limit).execute());
      return readable(rows, database.log);
    },

    async openFor(ids: readonly AssociateId[], except?: RequestId): Promise<readonly Request[]> {
      const [associate, ...others] = ids;
      if (associate === undefined) return [];
      if (others.length === 0) {
        const one = { associate, except: except ?? 0 };
        return readable((await database.read((db) => openAboutOne(db, one))).rows, database.log);
      }
      const rows = await database.read((db) =>
        db
          .selectFrom('requests')
          .select(STORED)
          .where('id', 'in', (from) =>
            from
              .selectFrom('request_targets')
              .select('request')
              .where('open', '=', sql.lit(1))
              .where('associate', 'in', ids),
          )
          .where('id', '<>', except ?? 0)
          .orderBy('id')
          .execute(),
      );
      return readable(rows, database.log);
    },

    besides: (request: Request, ids: readonly AssociateId[]): Promise<readonly Request[]> =>
      database.read((db) => othersAbout(db, database, request, ids)),
  };
}

const dueOf = (open: 0 | 1, dueAt: Instant | undefined): number | null => (open === 1 ? (dueAt ?? null) : null);

function refuseStrangers(request: Request, entries: readonly RequestEntry[], id: RequestId): void {
  if (request.id === id && entries.every((entry) => entry.request === id)) return;
  throw new StoreError('bad_record', { where: `request ${id}: an entry or the record is of another request` });
}
