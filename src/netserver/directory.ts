import { Keyv } from 'keyv';
import type { Directory } from '../core/directory.ts';
import type { Duration, Instant } from '../core/time.ts';
import { NetServerError } from './errors.ts';
import type { NetServer } from './netserver.ts';
import type { Log } from './session.ts';

export interface DirectoryOptions {
  /** For how long a reading is as good as new; 5 minutes by default. */
  readonly keep?: Duration;
  /** For how long after that it may still be handed out while no newer one can be had; 1 hour by default. */
  readonly staleFor?: Duration;
  readonly now: () => Instant;
  /** Calls back once after `delay`; gives a function that prevents it. */
  readonly after: (delay: Duration, run: () => void) => () => void;
  readonly log?: Log | undefined;
}

/** The directory at hand. `stale`: it is past its time, and a newer one could not be read, or not soon. */
interface DirectoryAtHand {
  readonly directory: Directory;
  readonly stale: boolean;
}

export interface CachedDirectory {
  /** Throws `NetServerError` only where there is no reading that may still be handed out, and none could be made. */
  get(): Promise<DirectoryAtHand>;
  /** The last reading that may still be handed out, without waiting for the server; nothing where there is none. */
  atHand(): Promise<Directory | undefined>;
}

const KEEP: Duration = 5 * 60_000;
const STALE_FOR: Duration = 60 * 60_000;
/** So long a newer reading is waited for before the old one is handed out. 10,000 users take some seconds. */
const PATIENCE: Duration = 5_000;
/**
 * After a failed refresh, while there is something to hand out: do not ask a server in trouble again with each command.
 */
const RETRY_AFTER: Duration = 15_000;
const KEY = 'directory';

/** Keeps the people and groups of SuperOffice in memory; however many ask at once, they are read once. */
export function createDirectory(
  netServer: Pick<NetServer, 'readUsers' | 'readGroups'>,
  options: DirectoryOptions,
): CachedDirectory {
  const { keep = KEEP, staleFor = STALE_FOR, now, after, log = () => {} } = options;
  const cache = new Keyv<Directory>({ throwOnErrors: true });
  // It stays in this process's memory, so no text form need be made.
  cache.serialize = undefined;
  cache.deserialize = undefined;
  let flight: { readonly reading: Promise<Directory>; readonly since: Instant } | undefined;
  let failedAt: Instant | undefined;

  const age = (directory: Directory) => now() - directory.readAt;
  /** A clock that was set back makes a reading look as if it came from the future: then its age is not known. */
  const within = (directory: Directory, limit: Duration) => age(directory) >= 0 && age(directory) <= limit;

  async function get(): Promise<DirectoryAtHand> {
    const kept = await cache.get<Directory>(KEY);
    if (kept !== undefined && within(kept, keep)) return { directory: kept, stale: false };
    if (kept === undefined || !within(kept, keep + staleFor)) return { directory: await refresh(), stale: false };
    if (failedLately()) return { directory: kept, stale: true };
    const newer = await soon(refresh());
    return newer === undefined ? { directory: kept, stale: true } : { directory: newer, stale: false };
  }

  async function atHand(): Promise<Directory | undefined> {
    const kept = await cache.get<Directory>(KEY);
    if (kept !== undefined && within(kept, keep)) return kept;
    if (!failedLately()) refresh().catch(() => {});
    return kept !== undefined && within(kept, keep + staleFor) ? kept : undefined;
  }

  const failedLately = (): boolean => failedAt !== undefined && Math.abs(now() - failedAt) < RETRY_AFTER;

  /**
   * What is being read, where that succeeds within the time that is left: nobody waits longer for those before them.
   */
  async function soon(reading: Promise<Directory>): Promise<Directory | undefined> {
    const newer = reading.catch(() => undefined);
    const left = Math.min(PATIENCE, PATIENCE - (now() - (flight?.since ?? now())));
    if (left <= 0) return undefined;
    let cancel = () => {};
    const late = new Promise<undefined>((resolve) => {
      cancel = after(left, () => resolve(undefined));
    });
    return await Promise.race([newer, late]).finally(() => cancel());
  }

  function refresh(): Promise<Directory> {
    if (flight !== undefined) return flight.reading;
    const reading = read().finally(() => {
      flight = undefined;
    });
    flight = { reading, since: now() };
    return reading;
  }

  async function read(): Promise<Directory> {
    // Looking into the cache belongs to the flight: somebody who found it empty just before the last flight landed must
    // not read all again.
    const kept = await cache.get<Directory>(KEY);
    if (kept !== undefined && within(kept, keep)) return kept;
    const readAt = now();
    try {
      const [people, groups] = await Promise.all([netServer.readUsers(), netServer.readGroups()]);
      const directory: Directory = { people, groups, readAt };
      failedAt = undefined;
      await cache.set(KEY, directory);
      log('info', 'directory_read', { people: people.length, groups: groups.length, took: now() - readAt });
      return directory;
    } catch (error) {
      failedAt = now();
      log('warn', 'directory_not_read', {
        reason: error instanceof NetServerError ? error.code : 'surprise',
        ...(kept === undefined ? {} : { ageSeconds: Math.round(age(kept) / 1000) }),
      });
      throw error;
    }
  }

  return { get, atHand };
}
