import { Keyv } from 'keyv';
import { asNotExecuted, NetServerError } from './errors.ts';
import type { LoggedOn } from './log-on.ts';

export type Log = (level: 'info' | 'warn' | 'error', code: string, fields: Record<string, unknown>) => void;

export interface Sessions {
  /** The session in force, after one logon if there is none; however many ask at once, one logon. */
  current(): Promise<LoggedOn>;
  /**
   * The session to go on with where NetServer does not know this ticket any more: the one that took its place meanwhile, or
   * one new logon. Throws `session` for a while after `distrust`.
   */
  renew(ticket: string): Promise<LoggedOn>;
  /** Says that NetServer did not know this ticket right after the logon: another logon would not help soon. */
  distrust(ticket: string): void;
}

export interface SessionsOptions {
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic: () => number;
  readonly log: Log;
}

/** The vendor keeps a ticket 6 hours after its last use; ours goes an hour before that could have run out. */
const TICKET_LIVES_MS = 5 * 3_600_000;
const KEY = 'session';
/** Accounts lock after a few wrong passwords: each refusal doubles the wait for the next attempt. */
const FIRST_BACK_OFF_MS = 5 * 60_000;
const LONGEST_BACK_OFF_MS = 60 * 60_000;
/**
 * Refused for another reason than the credentials (no licence free, database away): nothing locks, but do not hammer.
 */
const SHORT_BACK_OFF_MS = 30_000;
/** A ticket that is refused right after the logon: the same, and each time in a row doubles the wait. */
const FIRST_DISTRUST_MS = 30_000;
const LONGEST_DISTRUST_MS = 5 * 60_000;

/** Keeps the ticket in memory and sees to it that NetServer is asked for a new one as seldom as can be. */
export function createSessions(logOn: () => Promise<LoggedOn>, options: SessionsOptions): Sessions {
  const { monotonic, log } = options;
  const cache = new Keyv<LoggedOn>({ ttl: TICKET_LIVES_MS, throwOnErrors: true });
  // It stays in this process's memory, so no text form of the ticket need be made.
  cache.serialize = undefined;
  cache.deserialize = undefined;
  let issued: string | undefined;
  let flight: Promise<LoggedOn> | undefined;
  let refusal: { readonly until: number; readonly error: NetServerError } | undefined;
  let wrongCredentials = 0;
  let distrusted: { readonly until: number; readonly wait: number } | undefined;

  function current(): Promise<LoggedOn> {
    flight ??= find();
    return flight;
  }

  // Reading the cache is part of the flight, and the flight ends in the same step as its work: nobody can slip in
  // between and log on again.
  async function find(): Promise<LoggedOn> {
    try {
      const cached = await cache.get<LoggedOn>(KEY);
      if (cached !== undefined && cached.ticket === issued) return cached;
      const left = refusal === undefined ? 0 : refusal.until - monotonic();
      if (refusal !== undefined && left > 0) throw backingOff(refusal.error, left);
      const fresh = await attempt();
      await cache.set(KEY, fresh);
      issued = fresh.ticket;
      return fresh;
    } finally {
      flight = undefined;
    }
  }

  async function attempt(): Promise<LoggedOn> {
    try {
      const fresh = await logOn();
      refusal = undefined;
      wrongCredentials = 0;
      log('info', 'netserver_logged_on', { associateId: fresh.self.associateId, userType: fresh.self.userType });
      return fresh;
    } catch (error) {
      if (!(error instanceof NetServerError)) throw error;
      const failed = asNotExecuted(error);
      const wait = backOffAfter(failed);
      if (wait !== undefined) {
        refusal = { until: monotonic() + wait, error: failed };
        log('error', 'netserver_logon_refused', {
          reason: failed.code,
          hint: failed.message,
          ...(failed.detail === undefined ? {} : { detail: failed.detail }),
          backOffSeconds: Math.round(wait / 1000),
        });
      }
      throw failed;
    }
  }

  function backOffAfter(error: NetServerError): number | undefined {
    if (error.code === 'credentials') {
      wrongCredentials += 1;
      return Math.min(FIRST_BACK_OFF_MS * 2 ** (wrongCredentials - 1), LONGEST_BACK_OFF_MS);
    }
    const refused = error.code === 'not_allowed' || error.code === 'exception' || error.code === 'bad_input';
    return refused ? SHORT_BACK_OFF_MS : undefined;
  }

  async function renew(ticket: string): Promise<LoggedOn> {
    if (ticket === issued) {
      const left = (distrusted?.until ?? 0) - monotonic();
      if (left > 0) throw new NetServerError('session', { executed: 'no', retryAfter: left });
      issued = undefined;
      await cache.delete(KEY);
    }
    return await current();
  }

  function distrust(ticket: string): void {
    if (ticket !== issued) return;
    const now = monotonic();
    // In a row: before a wait as long as the last one has gone by in peace.
    const inARow = distrusted !== undefined && now < distrusted.until + distrusted.wait;
    const wait = inARow && distrusted ? Math.min(2 * distrusted.wait, LONGEST_DISTRUST_MS) : FIRST_DISTRUST_MS;
    distrusted = { until: now + wait, wait };
    log('error', 'netserver_session_refused', { backOffSeconds: wait / 1000 });
  }

  return { current, renew, distrust };
}

function backingOff(error: NetServerError, retryAfter: number): NetServerError {
  return new NetServerError('backing_off', { executed: 'no', retryable: error.retryable, retryAfter, cause: error });
}
