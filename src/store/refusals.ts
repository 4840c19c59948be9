import type { SlackUserId } from '../core/ids.ts';
import type { NoteEntry } from '../core/request/entry.ts';
import { entryOf } from './audit-chain.ts';
import type { Database } from './database.ts';

/** How far back somebody's last refusal is looked for: so many refusals of anybody. */
const LOOKED_THROUGH = 500;

/** The last command of this person that was refused, as the audit has it; nothing where that is too long ago. */
export const lastRefusal =
  (database: Database) =>
  async (by: SlackUserId): Promise<NoteEntry | undefined> => {
    const rows = await database.read((db) =>
      db
        .selectFrom('audit')
        .select('text')
        .where('kind', '=', 'command_refused')
        .orderBy('n', 'desc')
        .limit(LOOKED_THROUGH)
        .execute(),
    );
    for (const { text } of rows) {
      const entry = entryOf(text);
      if (entry === undefined || !('note' in entry)) continue;
      if (entry.note.kind === 'command_refused' && entry.note.by === by) return entry;
    }
    return undefined;
  };
