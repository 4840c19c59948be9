import { z } from 'zod';
import type { NoteEntry } from '../core/request/entry.ts';
import { type Held, heldSchema, type Request } from '../core/request/request.ts';
import type { Chain } from './audit-chain.ts';
import { canonical } from './canonical.ts';
import type { Database } from './database.ts';
import { isTaken } from './others.ts';
import { prepared } from './prepared.ts';
import { jsonOf } from './request-row.ts';
import { StoreError } from './store-error.ts';
import type { Db, Tx } from './tables.ts';

/** What must hold in the very transaction that writes. */
export interface Guard {
  /** This policy is the active one. */
  readonly policyVersion: string;
  /** All dispatch is not paused. */
  readonly unlessPaused: true;
  /** Nobody whom the record that is written has in hand is left to another request (`leftTo`). */
  readonly unlessTaken: true;
}

/** The pause of all dispatch, for all processes on this database. */
export function pauseStore(database: Database, chain: Chain) {
  const change = (to: Held | undefined, entry: NoteEntry): Promise<boolean> =>
    database.transact(async (tx) => {
      const changed = await tx
        .updateTable('pause')
        .set({ pause: to === undefined ? null : canonical(to) })
        .where('id', '=', 1)
        .where('pause', to === undefined ? 'is not' : 'is', null)
        .executeTakeFirst();
      if (changed.numUpdatedRows !== 1n) return false;
      await chain.append(tx, [entry]);
      return true;
    });
  return {
    /** Who paused it and why; nothing where it is not paused. */
    current: (): Promise<Held | undefined> => database.read(pauseOf),
    /** False, and nothing is written, where it is paused already. */
    pause: (pause: Held, entry: NoteEntry): Promise<boolean> => change(pause, entry),
    /** False, and nothing is written, where it is not paused. */
    resume: (entry: NoteEntry): Promise<boolean> => change(undefined, entry),
  };
}

const onePause = prepared({}, (db) => db.selectFrom('pause').select('pause').where('id', '=', 1));
const lockedPause = prepared({}, (db) => db.selectFrom('pause').select('pause').where('id', '=', 1).forShare());
const activePolicy = prepared({}, (db) => db.selectFrom('policy').select('version').where('id', '=', 1));
const lockedPolicy = prepared({}, (db) => db.selectFrom('policy').select('version').where('id', '=', 1).forShare());

const pauseRow = z.object({ pause: z.string().nullable() });

async function pauseOf(db: Db): Promise<Held | undefined> {
  const [row] = (await onePause(db, {})).rows;
  const stored = pauseRow.safeParse(row).data;
  if (stored === undefined) throw new StoreError('bad_row', { where: 'the pause' });
  if (stored.pause === null) return undefined;
  const held = heldSchema.safeParse(jsonOf(stored.pause));
  // A pause that cannot be read is still a pause: dispatch must not go on over it.
  if (!held.success) throw new StoreError('bad_row', { where: 'the pause', cause: held.error });
  return held.data;
}

/**
 * Whether the guard holds, until this transaction ends: whoever puts another policy in force or pauses waits for it on
 * PostgreSQL, and on SQLite transactions stand in a row.
 */
export async function holds(tx: Tx, database: Database, guard: Guard, request: Request): Promise<boolean> {
  const isShared = database.engine === 'postgres';
  const [active] = (await (isShared ? lockedPolicy : activePolicy)(tx, {})).rows;
  const [paused] = (await (isShared ? lockedPause : onePause)(tx, {})).rows;
  if (active?.version !== guard.policyVersion || paused === undefined || paused.pause !== null) return false;
  return !(await isTaken(tx, database, request));
}
