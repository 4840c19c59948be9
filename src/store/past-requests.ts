import type { AssociateId, RequestId } from '../core/ids.ts';
import type { Request } from '../core/request/request.ts';
import type { Database } from './database.ts';
import { readable, STORED } from './request-row.ts';
import type { Db } from './tables.ts';

/** Some requests out of many, newest first. */
export interface PastRequests {
  readonly requests: readonly Request[];
  /** How many there are in all, counted up to a limit. */
  readonly total: number;
  readonly hasOlder: boolean;
}

/** Looking back: at the requests about one person, or at all. */
export function pastRequests(database: Database) {
  return {
    past: (
      associate: AssociateId | undefined,
      before: RequestId | undefined,
      limit: number,
      counted: number,
    ): Promise<PastRequests> =>
      database.read(async (db) => {
        // Numbers first, from an index alone: nobody else's requests are looked through.
        const numbers = numbersOf(db, associate);
        const older = before === undefined ? numbers : numbers.where('id', '<', before);
        const found = await older
          .select('id')
          .orderBy('id', 'desc')
          .limit(limit + 1)
          .execute();
        const ids = found.slice(0, limit).map(({ id }) => id);
        const rows = ids.length === 0 ? [] : await rowsOf(db, ids);
        const some = numbers.select('id').limit(counted).as('some');
        const { total } = await db
          .selectFrom(some)
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow();
        return { requests: readable(rows, database.log), total: Number(total), hasOlder: found.length > limit };
      }),
  };
}

/** Both engines look through such an inner query, down to its index. */
function numbersOf(db: Db, associate: AssociateId | undefined) {
  const all = db.selectFrom('requests').select('id');
  const about = db
    .selectFrom('request_targets')
    .select('request as id')
    .where('associate', '=', associate ?? 0);
  return db.selectFrom((associate === undefined ? all : about).as('numbers'));
}

const rowsOf = (db: Db, ids: readonly number[]) =>
  db.selectFrom('requests').select(STORED).where('id', 'in', ids).orderBy('id', 'desc').execute();
