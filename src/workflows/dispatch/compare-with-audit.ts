import { isDeepStrictEqual } from 'node:util';
import { EdgeError } from '../../core/errors.ts';
import { ImpossibleEntry, replay } from '../../core/request/evolve.ts';
import type { Request } from '../../core/request/request.ts';
import type { World } from '../world.ts';

/** What the record is not: a code for the operator, and what is known of the place, such as the number of an entry. */
interface Difference {
  readonly code: string;
  readonly why: string;
}

/** What the store throws where entries were altered, hidden or taken out. */
const DAMAGE: ReadonlySet<string> = new Set(['bad_entry', 'audit_cut']);

/**
 * Replays the audit entries: a row that somebody changed behind the bot's back is never acted on, nor one that was put
 * back to what it was before. `changed`: somebody was quicker, and the record itself has moved on. Whatever else goes wrong
 * is thrown: it is no sign that anybody changed the database.
 */
export async function compareWithAudit(
  request: Request,
  { requests }: Pick<World, 'requests'>,
): Promise<'agrees' | 'changed' | Difference> {
  try {
    const entries = await requests.proven(request.id);
    const newest = entries.at(-1)?.version ?? 0;
    if (newest > request.version) {
      const now = await requests.read(request.id);
      if (now !== undefined && now.version >= newest) return 'changed';
      return { code: 'older_row', why: `the entries go to version ${newest}, the row to ${now?.version ?? 'none'}` };
    }
    if (isDeepStrictEqual(replay(entries), request)) return 'agrees';
    return { code: 'other_row', why: `the row of version ${request.version} is not what the entries make` };
  } catch (error) {
    if (error instanceof ImpossibleEntry) return { code: 'impossible_entry', why: error.message };
    if (error instanceof EdgeError && DAMAGE.has(error.code)) return { code: error.code, why: error.message };
    throw error;
  }
}
