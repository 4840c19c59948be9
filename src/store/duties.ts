import type { Instant } from '../core/time.ts';
import type { Database } from './database.ts';

/** What is done once a day over all processes. `day` is YYYY-MM-DD, so that days compare as texts. */
export function dutyStore(database: Database) {
  return {
    /** Takes the duty of this day until `until`; not where it was done, somebody is at it, or it was put off. */
    claim: (
      name: string,
      day: string,
      holder: string,
      now: Instant,
      until: Instant,
    ): Promise<'yours' | 'done' | 'not_now'> =>
      database.change(async (db) => {
        const taken = await db
          .insertInto('duties')
          .values({ name, day: '', holder, until })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ holder, until })
              .where('duties.day', '<', day)
              .where('duties.until', '<=', now),
          )
          .executeTakeFirst();
        if (taken.numInsertedOrUpdatedRows !== 0n) return 'yours';
        const row = await db.selectFrom('duties').select('day').where('name', '=', name).executeTakeFirst();
        return row !== undefined && row.day >= day ? 'done' : 'not_now';
      }),

    /** It was done on this day. */
    done: (name: string, day: string, holder: string): Promise<void> =>
      database.change(async (db) => {
        await db
          .updateTable('duties')
          .set({ day, holder: null, until: 0 })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute();
      }),

    /** It could not be done; nobody tries again before `until`. */
    putOff: (name: string, holder: string, until: Instant): Promise<void> =>
      database.change(async (db) => {
        await db
          .updateTable('duties')
          .set({ holder: null, until })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute();
      }),
  };
}

/** Where only one process writes, whoever was at a duty before it started is gone. */
export async function dropDuties(database: Database): Promise<void> {
  await database.change((db) =>
    db.updateTable('duties').set({ holder: null, until: 0 }).where('holder', 'is not', null).execute(),
  );
}
