import type { NoteEntry } from '../core/request/entry.ts';
import type { Chain } from './audit-chain.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';

/** What came of making a policy the active one. `previous` is the one before, with its rules as JSON where they were kept. */
export interface Activation {
  readonly changed: boolean;
  readonly previous?: { readonly version: string; readonly rules?: string };
}

const activeVersion = prepared({}, (db) => db.selectFrom('policy').select('version').where('id', '=', 1));

/** The policy in force for all processes on this database. */
export function policyStore(database: Database, chain: Chain, now: () => number) {
  return {
    async active(): Promise<string | undefined> {
      return (await database.read((db) => activeVersion(db, {}))).rows[0]?.version;
    },

    /** Nothing is written where it is the active one already: of processes that start together, one makes the entry. */
    activate: (version: string, entry: NoteEntry, rules?: string): Promise<Activation> =>
      database.transact(async (tx) => {
        const at = now();
        const before = await tx.selectFrom('policy').selectAll().where('id', '=', 1).executeTakeFirst();
        const row = { version, at, rules: rules ?? null };
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('policy')
          .values({ id: 1, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('policy.version', '<>', version))
          .executeTakeFirst();
        const changed = numInsertedOrUpdatedRows !== 0n;
        if (changed) await chain.append(tx, [entry]);
        if (before === undefined) return { changed };
        const previous = { version: before.version, ...(before.rules === null ? {} : { rules: before.rules }) };
        return { changed, previous };
      }),
  };
}
