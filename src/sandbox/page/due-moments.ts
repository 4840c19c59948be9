import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const row = z.object({ at: z.number().nullable() });

/**
 * The first moment at which something is due by the bot's records, also one that is over and not dealt with yet; nothing
 * where nothing is due or the records cannot be read. Changes nothing in them.
 */
export function nextDue(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const found = database.prepare('select min(due_at) as at from requests where open = 1').get();
      return row.parse(found).at ?? undefined;
    } finally {
      database.close();
    }
  } catch {
    // There may be no tables yet, or a change under way. The clock goes forward in one step then.
    return undefined;
  }
}
