import { sql } from 'kysely';
import type { Tx } from '../tables.ts';

/** What a message shows, so that one that would say the same is not changed: most of what happens concerns few of them. */
export async function shown(tx: Tx): Promise<void> {
  await sql.raw('alter table drawings add column shown text').execute(tx);
}
