import { codeOf } from '../core/errors.ts';
import type { Duration, Instant } from '../core/time.ts';
import type { Clock, Log } from '../workflows/ports.ts';

/** For how long one look at the database serves everybody who asks. */
const FRESH: Duration = 3_000;
/** How often somebody looks although nobody asks, so that the log tells and the next start knows when this one ended. */
const LOOK_EVERY: Duration = 30_000;
/** An orchestrator that asks does not wait for long. */
const ANSWER_WITHIN: Duration = 2_000;

/** What a process needs besides Slack before it can do its work, each part in a word. */
export interface Parts {
  /** `writable`, or the code of what stands in the way. */
  readonly database: string;
  /** `replaced` where another process made newer rules the active ones; `unread` where the database did not tell. */
  readonly policy: 'active' | 'replaced' | 'unread';
  /** `own` where no other process can share the records, so that no other clock counts. */
  readonly clock: 'own' | 'steady' | 'moved';
}

export interface Readiness {
  /** Looks, or gives what was seen a moment ago. Never throws, and takes 2 seconds at most. */
  parts(): Promise<Parts>;
  /** Looks now and from then on every 30 seconds. */
  start(): void;
  stop(): void;
}

interface Looks {
  readonly version: string;
  readonly clock: Clock;
  readonly clockIsOff?: () => boolean;
  /** Writes something real; throws where that cannot be. */
  beat(now: Instant): Promise<void>;
  activePolicy(): Promise<string | undefined>;
  readonly log: Log;
}

type Records = Pick<Parts, 'database' | 'policy'>;

export const isReady = ({ database, policy, clock }: Parts): boolean =>
  database === 'writable' && policy === 'active' && clock !== 'moved';

/** Watches what a process cannot work without, and logs when that changes. */
export function watchReadiness(looks: Looks): Readiness {
  const { version, clock, clockIsOff, log } = looks;
  let seen: { readonly at: number; readonly records: Records } | undefined;
  let looking: Promise<Records> | undefined;
  let cancel = () => {};
  let stopped = false;

  async function look(): Promise<Records> {
    const [database, policy] = await Promise.all([
      looks.beat(clock.now()).then(() => 'writable', codeOf),
      looks.activePolicy().then(
        (active) => (active === version ? 'active' : 'replaced'),
        () => 'unread' as const,
      ),
    ]);
    const before = seen?.records;
    if (database !== (before?.database ?? 'writable'))
      log(database === 'writable' ? 'info' : 'error', 'database_state', { database });
    if (policy !== (before?.policy ?? 'active'))
      log(policy === 'active' ? 'info' : 'error', 'policy_state', { policy });
    seen = { at: clock.monotonic(), records: { database, policy } };
    return seen.records;
  }

  function records(): Promise<Records> {
    if (seen !== undefined && clock.monotonic() - seen.at < FRESH) return Promise.resolve(seen.records);
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function within(delay: Duration): { readonly late: Promise<Records>; cancel(): void } {
    let stop = () => {};
    const late = new Promise<Records>((resolve) => {
      stop = clock.after(delay, () => resolve({ database: 'no_answer', policy: 'unread' }));
    });
    return { late, cancel: () => stop() };
  }

  function follow(): void {
    void records().then(() => {
      if (!stopped) cancel = clock.after(LOOK_EVERY, follow);
    });
  }

  return {
    async parts() {
      const limit = within(ANSWER_WITHIN);
      const known = await Promise.race([records(), limit.late]);
      limit.cancel();
      return { ...known, clock: clockIsOff === undefined ? 'own' : clockIsOff() ? 'moved' : 'steady' };
    },
    start: follow,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
