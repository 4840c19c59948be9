import { indexPeople } from '../../src/core/find-people.ts';
import { type AssociateId, associateId } from '../../src/core/ids.ts';
import type { Associate } from '../../src/core/people.ts';
import type { NetServerPort, PeopleDirectory } from '../../src/workflows/ports.ts';
import { edgeError, type Troubles } from './troubles.ts';

const GROUPS: readonly (readonly [number, string])[] = [
  [2, 'Sales'],
  [3, 'Support'],
];

const associate = (id: number, login: string, fullName: string, more: Partial<Associate> = {}): Associate => ({
  id: associateId(id),
  login,
  fullName,
  groupId: 2,
  type: 'internal',
  retired: false,
  ...more,
});

export interface MadeUpNetServer extends NetServerPort {
  /** Whom it knows, by id; a test may change it. */
  readonly people: Map<number, Associate>;
  /** Who is on the Windows client. */
  readonly on: Set<AssociateId>;
  /** The ids of each log-off that reached it. */
  readonly logOffs: (readonly number[])[];
  /** Whether this SuperOffice has a Windows client. */
  windowsClient: 'yes' | 'no' | 'unknown';
  /** Takes calls and does nothing. */
  deaf: boolean;
  /** Web services before version 86: what people log on with stands in the archive only. */
  old: boolean;
  /** Everybody by name, as the archive of internal users tells them; e-mail addresses by id. */
  readonly directory: PeopleDirectory;
  readonly emails: Map<number, string>;
  /** Group names by id; several may have one name. */
  readonly groups: Map<number, string>;
  /** Who is in a group besides those whose primary group it is. */
  readonly alsoIn: Map<number, readonly number[]>;
  /** Where set, people are told as they were then, since newer ones cannot be read. */
  staleSince: number | undefined;
  /** Its people were never read yet. */
  nothingAtHand: boolean;
  /** The name of every call that reached it, in order. */
  readonly calls: string[];
}

/**
 * NetServer without a wire. Troubles by name: `findAssociates`, `whoIsOn`, `self`, `connect` (before a log-off leaves) and `logOff`
 * (after it was carried out).
 */
export function createNetServer(troubles: Troubles, effects: string[]): MadeUpNetServer {
  const people = [
    associate(1, 'admin', 'Ada Min'),
    associate(7, 'room7', 'Meeting room 7', { type: 'resource' }),
    associate(9, 'logoff-bot', 'Log-off bot'),
    associate(101, 'anna', 'Anna Berg'),
    associate(102, 'bo', 'Bo Dahl'),
    associate(103, 'cato', 'Cato Eide', { retired: true }),
    associate(104, 'SVC-Backup', 'Backup service'),
    ...[105, 106, 107, 108].map((id) => associate(id, `user${id}`, `User ${id}`)),
  ];
  const calls: string[] = [];
  const called = async (name: string) => {
    calls.push(name);
    await troubles.meet(name);
  };
  const directoryNow = () => {
    const internal = [...netserver.people.values()].filter(({ type }) => type === 'internal');
    const people = internal.map(({ id, login, userName, fullName, groupId, retired }) => ({
      id,
      login,
      userName: userName ?? login,
      fullName,
      email: netserver.emails.get(id) ?? '',
      group: netserver.groups.get(groupId) ?? '',
      retired,
    }));
    const groups = [...netserver.groups].map(([id, name]) => ({ id, name }));
    const { staleSince } = netserver;
    return { index: indexPeople(people), groups, readAt: staleSince ?? 0, stale: staleSince !== undefined };
  };
  const netserver: MadeUpNetServer = {
    people: new Map(people.map((person) => [person.id, person])),
    on: new Set([101, 102, 103, 105, 106, 107, 108].map(associateId)),
    logOffs: [],
    deaf: false,
    old: false,
    windowsClient: 'yes',
    emails: new Map(),
    groups: new Map(GROUPS),
    alsoIn: new Map(),
    staleSince: undefined,
    nothingAtHand: false,
    calls,
    directory: {
      async read() {
        await called('readPeople');
        return directoryNow();
      },
      // Without a word to the server, so that no trouble with it matters.
      atHand: async () => (netserver.nothingAtHand ? undefined : directoryNow()),
      async membersOf(group) {
        await called('membersOf');
        const primary = [...netserver.people.values()].filter(({ groupId }) => groupId === group).map(({ id }) => id);
        return [...primary, ...(netserver.alsoIn.get(group) ?? []).map(associateId)];
      },
    },
    async findAssociates(ids) {
      await called('findAssociates');
      const found = ids.flatMap((id) => netserver.people.get(id) ?? []);
      if (!netserver.old) return found.map((person) => ({ userName: person.login, ...person }));
      return found.map(({ userName: _, ...person }) => person);
    },
    async whoIsOn() {
      const on = new Set(netserver.on);
      await called('whoIsOn');
      return on;
    },
    async self() {
      await called('self');
      return { associateId: associateId(9) };
    },
    async serverFacts() {
      await called('serverFacts');
      return { version: '8.5.1', services: 86, windowsClient: netserver.windowsClient, missingRights: [] };
    },
    async logOff(ids, maySend) {
      await called('connect');
      if (!maySend()) throw edgeError('cannot_send_in_time');
      netserver.logOffs.push([...ids]);
      effects.push(`NetServer logs off ${ids.join(' ')}`);
      if (!netserver.deaf) for (const id of ids) netserver.on.delete(id);
      await troubles.meet('logOff');
    },
  };
  return netserver;
}
