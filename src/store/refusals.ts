import type { SlackUserId } from '../core/ids.ts';
import type { NoteEntry } from '../core/request/entry.ts';
import { entryOf } from './audit-chain.ts';
import type { Database } from './database.ts';

/** How far back somebody's last refusal is looked for: so many entries of any kind. */
const LOOKED_THROUGH = 50_000;

/** The last command of this person that was refused, as the audit has it; nothing where that is too long ago. */
export const lastRefusal =
  (database: Database) =>
  async (by: SlackUserId): Promise<NoteEntry | undefined> => {
    const row = await database.read(async (db) => {
      const head = await db.selectFrom('audit').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst();
      return await db
        .selectFrom('audit')
        .select('text')
        .where('kind', '=', 'command_refused')
        .where('n', '>', Number(head?.n ?? 0) - LOOKED_THROUGH)
        // As `canonical` writes it; what people typed has its quotes escaped.
        .where('text', 'like', `%"by":"${by}"%`)
        .orderBy('n', 'desc')
        .limit(1)
        .executeTakeFirst();
    });
    const entry = row === undefined ? undefined : entryOf(row.text);
    if (entry === undefined || !('note' in entry)) return undefined;
    return entry.note.kind === 'command_refused' && entry.note.by === by ? entry : undefined;
  };
