import type { Duration, Instant } from '../core/time.ts';
import type { Database } from './database.ts';

/** When a process last wrote that it is alive, and what all processes together do only once in a while. */
export function signsOfLife(database: Database) {
  return {
    /** A write for the sake of writing: throws a StoreError where nothing could be recorded at this moment. */
    beat: (now: Instant): Promise<void> =>
      database.change(async (db) => {
        await db
          .insertInto('counters')
          .values({ name: 'alive', value: now })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: now }))
          .execute();
      }),

    /** The last sign of life of any process. */
    async lastBeat(): Promise<Instant | undefined> {
      const row = await database.read((db) =>
        db.selectFrom('counters').select('value').where('name', '=', 'alive').executeTakeFirst(),
      );
      return row?.value;
    },

    /** True for one caller of all processes, and then for nobody until `every` has passed. */
    claimStartReport: (now: Instant, every: Duration): Promise<boolean> =>
      database.change(async (db) => {
        const written = await db
          .insertInto('counters')
          .values({ name: 'start_report', value: now })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ value: now })
              .where('counters.value', '<=', now - every),
          )
          .executeTakeFirst();
        return written.numInsertedOrUpdatedRows === 1n;
      }),
  };
}
