import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AssociateId, associateIdSchema } from '../core/ids.ts';
import { archiveNumber, readUsersPage, type UserList } from './archive.ts';
import { NetServerError } from './errors.ts';
import type { CallWithTicket } from './ticketed-calls.ts';

/**
 * `loggedOnWin` stands alone: entities are combined with OR. The ids and nothing else: parsing the answer is most of what a look costs,
 * and the name beside each id doubled it.
 */
const ON_WINDOWS: UserList = {
  columns: ['associateDbId'],
  sortBy: 'associateDbId',
  entities: ['loggedOnWin'],
};

const PAGE_SIZE = 500;
/** 50,000 people logged on: no server does that, so paging went wrong. */
const MOST_PAGES = 100;

/** Everybody who has a logon record for the Windows client. Throws rather than leave out a row that it cannot read. */
export async function whoIsOn(callWithTicket: CallWithTicket): Promise<ReadonlySet<AssociateId>> {
  const on = new Set<AssociateId>();
  const add = async (page: number) => {
    if (page > 0) await nextTurn();
    const rows = await readUsersPage(callWithTicket, ON_WINDOWS, { number: page, size: PAGE_SIZE });
    for (const row of rows) on.add(readId(row.get('associateDbId')));
    return rows.length;
  };

  let page = 0;
  while ((await add(page)) >= PAGE_SIZE) {
    page += 1;
    if (on.size < page * PAGE_SIZE * 0.5 || page === MOST_PAGES) {
      throw new NetServerError('unexpected_answer', { executed: 'maybe' });
    }
  }
  // Somebody who logged off between two pages moves the rows behind up, and one slips past us. It is there when the
  // pages are read back to front. One too many does no harm here; one too few would be called logged off.
  for (let back = page - 1; back >= 0; back -= 1) await add(back);
  return on;
}

function readId(text: string | undefined): AssociateId {
  const id = associateIdSchema.safeParse(archiveNumber(text));
  if (!id.success) throw new NetServerError('unexpected_answer', { executed: 'maybe' });
  return id.data;
}
