import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Directory } from '../core/directory.ts';
import { indexingPeople, type PeopleAtHand, type PeopleIndex } from '../core/find-people.ts';
import type { AssociateId } from '../core/ids.ts';
import { createDirectory, type DirectoryOptions } from './directory.ts';
import type { NetServer } from './netserver.ts';
import type { Log } from './session.ts';

/** What `peopleDirectory` gives. */
interface PeopleByName {
  read(): Promise<PeopleAtHand>;
  atHand(): Promise<PeopleAtHand | undefined>;
  membersOf(group: number): Promise<readonly AssociateId[]>;
}

/** The people of SuperOffice with an index over their names, made once for each reading. */
export function peopleDirectory(
  netserver: NetServer,
  options: Pick<DirectoryOptions, 'now' | 'after'> & { readonly log: Log },
): PeopleByName {
  const directory = createDirectory(netserver, options);
  const indexes = new WeakMap<Directory, Promise<PeopleIndex>>();
  const ready = async (read: Directory, stale: boolean): Promise<PeopleAtHand> => {
    const index = indexes.get(read) ?? indexed(read);
    indexes.set(read, index);
    return { index: await index, groups: read.groups, readAt: read.readAt, stale };
  };
  return {
    async read() {
      const { directory: read, stale } = await directory.get();
      return await ready(read, stale);
    },
    async atHand() {
      const kept = await directory.atHand();
      return kept === undefined ? undefined : await ready(kept, false);
    },
    async membersOf(group) {
      return (await netserver.membersOf(group)).map(({ id }) => id);
    },
  };
}

/** Lets everything else have its turn between two steps. */
async function indexed({ people }: Directory): Promise<PeopleIndex> {
  const steps = indexingPeople(people);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}
