import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import { knownFault, storeFault } from './faults.ts';
import type { DiskSync } from './sqlite-sync.ts';
import { StoreError } from './store-error.ts';
import type { Db, Engine, Tables, Tx } from './tables.ts';

export type StoreLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  code: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** An open database and what all parts of the store need with it. Every method throws StoreError where the database fails. */
export interface Database {
  readonly engine: Engine;
  readonly log: StoreLog;
  /** Looks something up; nothing can have been changed where it throws. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** One statement that changes something by itself. */
  change<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * The same for what a power cut may take back, though no end of the process: how something is drawn. Only SQLite makes a
   * difference: it does not wait for the disk.
   */
  changeLightly<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Several statements as one change: all or nothing. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Waits for PostgreSQL's lock of this name until the transaction ends; SQLite's transactions stand in a row anyway. */
  lock(tx: Tx, name: LockName): Promise<void>;
  /** Waits for what is under way, then closes; everything afterwards is refused. */
  close(): Promise<void>;
}

const LOCKS = { migration: 1, audit: 2, prune: 3, claim: 4 } as const;
type LockName = keyof typeof LOCKS;

/** "logo" in ASCII: the first half of the lock's number, so that it meets no other program's. */
const LOCK_SPACE = 0x6c6f676f;

/** What comes with a file: giving it free after the database is closed, and a look before each write that throws where it must not be. */
interface Holding {
  readonly unlock?: () => void;
  readonly checkPlace?: () => void;
  readonly disk?: DiskSync;
}

/** Puts the errors, transactions and locks of both engines behind one face. */
export function openDatabase(db: Db, engine: Engine, log: StoreLog, holding: Holding = {}): Database {
  const { unlock = () => {}, checkPlace = () => {}, disk } = holding;
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const run = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) return Promise.reject(new StoreError('store_closed'));
    const job = work();
    running.add(job);
    const done = () => running.delete(job);
    job.then(done, done);
    return job;
  };

  const checked = async () => {
    disk?.check();
    checkPlace();
  };
  const change = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    await translated(false, checked);
    return translated(true, () => work(db));
  };
  /** Whatever was written is on the disk when its writer hears of it. */
  const onDisk = async <T>(write: () => Promise<T>): Promise<T> => {
    const before = disk?.changes();
    const result = await write();
    await (disk?.changes() === before ? disk?.seen() : disk?.written());
    return result;
  };

  return {
    engine,
    log,
    read: (work) =>
      run(async () => {
        const found = await translated(false, () => work(db));
        await disk?.seen();
        return found;
      }),
    change: (work) => run(() => onDisk(() => change(work))),
    changeLightly: (work) =>
      run(async () => {
        const result = await change(work);
        disk?.later();
        return result;
      }),
    transact: (work) =>
      run(() =>
        onDisk(async () => {
          await translated(false, checked);
          return await transact(db, work);
        }),
      ),
    async lock(tx, name) {
      if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${LOCKS[name]})`.execute(tx);
    },
    close() {
      closing ??= (async () => {
        await Promise.allSettled(running);
        await db.destroy().finally(unlock);
        disk?.close();
      })();
      return closing;
    },
  };
}

/** Whether a commit was sent decides what a lost answer means, so the work and the commit are told apart. */
async function transact<T>(db: Db, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  let failure: { readonly error: unknown } | undefined;
  let committing = false;
  try {
    return await db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (tx) => {
        try {
          const result = await work(tx);
          committing = true;
          return result;
        } catch (error) {
          failure = { error };
          throw error;
        }
      });
  } catch (error) {
    if (failure === undefined) throw storeFault(error, committing);
    // Where the rollback after it failed too, the first error says why. The work may have thrown one of its own.
    throw knownFault(failure.error, false) ?? failure.error;
  }
}

async function translated<T>(changing: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFault(error, changing);
  }
}
