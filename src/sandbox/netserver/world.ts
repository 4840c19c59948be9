import { type Account, type Associate, completeAssociate, type Group, type NewAssociate } from './people.ts';

/** When somebody who is logged off is on again: after a time, or after that many readings of the logged-on list. */
export type Comeback = { readonly afterMs: number } | { readonly afterReads: number };

export type People = {
  readonly associates?: readonly NewAssociate[];
  readonly groups?: readonly Group[];
  readonly accounts?: readonly Account[];
  /** Ids of those who are logged on to the Windows client at the start. */
  readonly loggedOn?: readonly number[];
};

export type World = ReturnType<typeof createWorld>;

/** The database behind the services: associates, groups, accounts, and who is logged on to the Windows client. */
export const createWorld = (start: People, now: () => number) => {
  const associates = new Map<number, Associate>();
  const groups = new Map<number, Group>();
  const accounts = new Map<string, Account>();
  const on = new Set<number>();
  const comebacks = new Map<number, { at?: number; reads?: number }>();
  let revision = 0;

  const mark = <T>(value: T): T => {
    revision += 1;
    return value;
  };
  /** Lets those come back whose time has come. */
  const settle = () => {
    for (const [id, due] of comebacks) {
      if ((due.at ?? Number.POSITIVE_INFINITY) <= now() || due.reads === 0) world.logOn(id);
    }
  };

  const world = {
    associate: (id: number): Associate | undefined => associates.get(id),
    associates: (): readonly Associate[] => [...associates.values()],
    group: (id: number): Group | undefined => groups.get(id),
    groups: (): readonly Group[] => [...groups.values()],
    account: (userName: string): Account | undefined => accounts.get(userName.toLowerCase()),
    /** Whether the role of one associate shows another: those of another company only with the function right for it. */
    sees: (callerId: number, associate: Associate): boolean => {
      const caller = associates.get(callerId);
      if (caller?.userType === 'SystemAssociate' || caller?.companyId === associate.companyId) return true;
      return [...accounts.values()].some(
        ({ associateId, functionRights }) =>
          associateId === callerId && functionRights.includes('see-other-companies-associates'),
      );
    },
    /** Grows with every change, so that what was computed can be kept until then. */
    revision: (): number => {
      settle();
      return revision;
    },

    /** Adds an associate, or replaces the one with that id. */
    addAssociate: (given: NewAssociate): Associate => {
      const associate = completeAssociate(given);
      associates.set(associate.id, associate);
      return mark(associate);
    },
    /** Removes an associate and the logon record. */
    removeAssociate: (id: number): boolean => {
      on.delete(id);
      comebacks.delete(id);
      return mark(associates.delete(id));
    },
    /** Adds a group, or replaces the one with that id. */
    addGroup: (group: Group): void => {
      groups.set(mark(group).id, group);
    },
    /** Adds an account, or replaces the one with that user name. */
    addAccount: (account: Account): void => {
      accounts.set(account.userName.toLowerCase(), account);
    },
    removeAccount: (userName: string): boolean => accounts.delete(userName.toLowerCase()),

    /** The person starts the Windows client. */
    logOn: (id: number): void => {
      comebacks.delete(id);
      on.add(mark(id));
    },
    /** The person leaves the Windows client, without the service; says whether they were on. */
    logOffDirectly: (id: number): boolean => {
      comebacks.delete(id);
      return mark(on.delete(id));
    },
    isLoggedOn: (id: number): boolean => {
      settle();
      return on.has(id);
    },
    /** Ids of those who are logged on to the Windows client, in ascending order. */
    loggedOn: (): readonly number[] => {
      settle();
      return [...on].sort((a, b) => a - b);
    },
    /** Has somebody who was logged off come back later by themselves. */
    letComeBack: (id: number, when: Comeback): void => {
      comebacks.set(id, 'afterMs' in when ? { at: now() + when.afterMs } : { reads: when.afterReads });
    },
    /** Counts one reading of the logged-on list. */
    noteReading: (): void => {
      for (const due of comebacks.values()) if (due.reads !== undefined) due.reads -= 1;
    },
  };

  for (const associate of start.associates ?? []) world.addAssociate(associate);
  for (const group of start.groups ?? [{ id: 1, name: 'Everyone' }]) world.addGroup(group);
  for (const account of start.accounts ?? []) world.addAccount(account);
  for (const id of start.loggedOn ?? []) world.logOn(id);
  return world;
};
