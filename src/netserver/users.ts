import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DirectoryPerson } from '../core/directory.ts';
import { type AssociateId, associateIdSchema } from '../core/ids.ts';
import { type ArchiveRow, archiveNumber, readUsersPage, type UserList } from './archive.ts';
import { NetServerError } from './errors.ts';
import { nextPage } from './overlapping-pages.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

/** Ordered by id: nobody has the same place as somebody else, and new people come last. */
const usersOf = (entity: string): UserList => ({
  columns: ['associateDbId', 'assocName', 'userName', 'fullName', 'personEmail', 'usergroup'],
  sortBy: 'associateDbId',
  entities: [entity],
});

/** Far more than any installation has users; also bounds a reading that has to step back again and again. */
const MOST_PAGES = 1000;
/** Full pages in a row with nobody new on them: a server that gives the same page again and again. */
const MOST_BARREN = 20;

type People = ReadonlyMap<AssociateId, ArchiveRow>;

/**
 * Everybody whom the bot may see, former employees too. Throws rather than leave out a row that it cannot read; people
 * who are no users (yet) and have no id are left out.
 */
export async function readUsers(callWithTicket: CallWithTicket): Promise<readonly DirectoryPerson[]> {
  // Whether `all` has former employees in it is not documented, nor what the rows call themselves; so they are asked
  // for by themselves. They are read last: who retires meanwhile is then in both, and retired.
  const all = await readEntity(callWithTicket, 'all');
  const retired = await readEntity(callWithTicket, 'retired');
  return [
    ...[...all].filter(([id]) => !retired.has(id)).map(([id, row]) => person(id, row, false)),
    ...[...retired].map(([id, row]) => person(id, row, true)),
  ];
}

/**
 * While pages are read, people come and go, and everybody behind them moves; so each page begins among the rows of the
 * one before. If its first row is none that was seen, somebody slipped through in between, and the reading steps back.
 */
async function readEntity(callWithTicket: CallWithTicket, entity: string): Promise<People> {
  const list = usersOf(entity);
  const found = new Map<AssociateId, ArchiveRow>();
  const seen = new Set<AssociateId | undefined>();
  let read = 0;
  let barren = 0;
  for (let count = 0; count < MOST_PAGES && barren < MOST_BARREN; count += 1) {
    if (count > 0) await nextTurn();
    const page = nextPage(read);
    const rows = await readUsersPage(callWithTicket, list, page);
    const [first] = rows;
    if (read > 0 && (first === undefined || !seen.has(idOf(first)))) {
      read = Math.max(0, read - 2 * page.size);
      continue;
    }
    const before = found.size;
    for (const row of rows) {
      const id = idOf(row);
      seen.add(id);
      if (id !== undefined) found.set(id, row);
    }
    if (rows.length < page.size) return found;
    barren = found.size === before && rows.some((row) => idOf(row) !== undefined) ? barren + 1 : 0;
    read = (page.number + 1) * page.size;
  }
  throw new NetServerError('unexpected_answer', { executed: 'maybe' });
}

/** Undefined for a row of somebody who is no user; throws for what is no id at all. */
function idOf(row: ArchiveRow): AssociateId | undefined {
  const written = row.get('associateDbId');
  if (written === '') return undefined;
  const number = archiveNumber(written);
  if (number === 0) return undefined;
  const id = associateIdSchema.safeParse(number);
  if (!id.success) throw new NetServerError('unexpected_answer', { executed: 'maybe' });
  return id.data;
}

function person(id: AssociateId, row: ArchiveRow, retired: boolean): DirectoryPerson {
  const text = (column: string) => row.get(column) ?? '';
  return {
    id,
    login: text('assocName'),
    userName: text('userName'),
    fullName: text('fullName'),
    email: text('personEmail'),
    group: text('usergroup'),
    retired,
  };
}
