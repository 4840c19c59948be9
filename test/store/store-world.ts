import type { Store, StoreOptions } from '../../src/store/open-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { NOON } from './sample-requests.ts';

/** One fresh database of either engine, and the way past the store to it. */
export interface StoreWorld {
  readonly url: string;
  /** Runs SQL past the store, as somebody with rights on the database could. */
  raw(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Takes the guards off the audit, as such a person could. */
  unguardAudit(): Promise<void>;
  drop(): Promise<void>;
}

export interface LoggedLine {
  readonly code: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

/** A fresh database with the stores that a test opens on it; everything is closed and gone at the end. */
export async function withStore<T>(
  makeWorld: () => Promise<StoreWorld>,
  use: (given: {
    readonly world: StoreWorld;
    readonly store: Store;
    readonly logged: readonly LoggedLine[];
    readonly open: (options?: Partial<StoreOptions>) => Promise<Store>;
  }) => Promise<T>,
  options: Partial<StoreOptions> = {},
): Promise<T> {
  const world = await makeWorld();
  const opened: Store[] = [];
  const logged: LoggedLine[] = [];
  const open = async (more: Partial<StoreOptions> = {}) => {
    const log = (_: string, code: string, fields?: Readonly<Record<string, unknown>>) =>
      void logged.push({ code, fields });
    const store = await openStore({ url: world.url, now: () => NOON, log, ...options, ...more });
    opened.push(store);
    return store;
  };
  try {
    return await use({ world, store: await open(), logged, open });
  } finally {
    for (const store of opened) await store.close();
    await world.drop();
  }
}
