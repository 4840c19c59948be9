import fs from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from './store-error.ts';

/**
 * Sees to it that what was committed is on the disk before anybody goes on. SQLite itself would wait for the disk inside each
 * commit (`synchronous = full`), one after the other, and nothing else of this process would run meanwhile. Here one wait
 * serves all commits that were made by then, and the event loop goes on. Figures: bench/README.md, "Waiting for the disk".
 */
export interface DiskSync {
  /** How many rows were changed so far: who changed none need not wait. */
  changes(): number;
  /** Resolves once everything committed up to now is on the disk; the answer to a write waits for this. */
  written(): Promise<void>;
  /** The same for a reader: nobody acts on what a power cut could still take back. At once where nothing is under way. */
  seen(): Promise<void>;
  /** Something was committed that may wait a moment: it goes with the next write, within a second in any case. */
  later(): void;
  /** Throws where the disk once refused: what it then holds is not known, and no later success would tell. */
  check(): void;
  close(): void;
}

const LATEST_MS = 1_000;

/** Waits for the file that SQLite appends commits to. It opens at the first wait: SQLite makes the file with its first write. */
export function diskSync(database: DatabaseSync, log: string): DiskSync {
  const counter = database.prepare('select total_changes() as n');
  let file: Promise<number> | undefined;
  let running: Promise<void> | undefined;
  /** Begins when the running one has ended, and so has all in it that was committed by then. */
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: StoreError | undefined;

  async function once(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Also for those who committed while the disk refused: that it takes later writes says nothing of theirs.
    if (failure !== undefined) throw failure;
    try {
      file ??= opened(log);
      await synced(await file);
    } catch (cause) {
      failure ??= new StoreError('disk_refused', {
        where: `${log}: not on the disk`,
        executed: 'maybe',
        cause,
      });
      throw failure;
    }
  }

  function begin(): Promise<void> {
    const started = once().finally(() => {
      if (running === started) running = undefined;
    });
    running = started;
    return started;
  }

  function written(): Promise<void> {
    if (running === undefined) return begin();
    // The one that runs may have begun before this commit; those who come meanwhile share the one after it.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  }

  return {
    changes: () => Number(counter.get()?.['n']),
    written,
    seen: () => next ?? running ?? Promise.resolve(),
    later() {
      timer ??= setTimeout(() => void written().catch(() => {}), LATEST_MS).unref();
    },
    check() {
      if (failure !== undefined) throw new StoreError(failure.code, { where: failure.where, cause: failure.cause });
    },
    close() {
      clearTimeout(timer);
      void file?.then((each) => fs.close(each, () => {})).catch(() => {});
    },
  };
}

const opened = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    fs.open(path, 'r+', (error, file) => (error === null ? resolve(file) : reject(error)));
  });

const synced = (file: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fs.fdatasync(file, (error) => (error === null ? resolve() : reject(error)));
  });
