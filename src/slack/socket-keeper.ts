import type { Duration } from '../core/time.ts';
import { SlackError } from './errors.ts';
import type { LineState } from './line.ts';
import type { Log } from './log.ts';
import type { SocketConnection, SocketSettings } from './socket-connection.ts';

/** A connection that stood for this long did not fail at once, so the next attempt need not wait. */
const CALM: Duration = 10_000;
const FIRST_WAIT: Duration = 500;
const LONGEST_WAIT: Duration = 20_000;
/** Slack closes a connection that it wanted replaced about 10 s later; it is not closed under Slack's hands before this. */
const SLACK_CLOSES_WITHIN: Duration = 30_000;
/** How often the operator is told that Slack cannot be reached. */
const TELL_EVERY: Duration = 15_000;

export interface SocketKeeper {
  /** Opens, and from then on keeps one connection open. Resolves at the first one; rejects where Slack refuses the app. */
  begin(): Promise<void>;
  /** Closes everything; resolves when Slack has closed too. */
  end(): Promise<void>;
  state(): LineState;
}

interface Keeping extends Pick<SocketSettings, 'after'> {
  readonly log: Log;
  /** 1 for the first connection of the process. They never try again in step. */
  readonly number: number;
  open(): SocketConnection;
}

/**
 * Keeps one connection to Slack open, however long Slack cannot be reached. When Slack says that it will close it, the next
 * one is opened first, and the old one goes on until what was taken on it is answered.
 */
export function keepSocket({ log, number, after, open }: Keeping): SocketKeeper {
  const first = Promise.withResolvers<void>();
  const standing = new Set<SocketConnection>();
  const timers = new Set<() => void>();
  let wake = () => {};
  let hasBeenUp = false;
  let ending = false;
  let failures = 0;
  let mayTell = true;
  // Whoever begins hears of it; a keeper that never began has nobody to tell.
  first.promise.catch(() => undefined);

  function later(delay: Duration, run: () => void): () => void {
    const cancel = after(delay, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
    return () => {
      timers.delete(cancel);
      cancel();
    };
  }

  const pause = (delay: Duration): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      later(delay, resolve);
    });

  /** Slack's own wish counts where it is longer; the second connection waits half as long again as the first. */
  function waitAfter(error?: unknown): Duration {
    if (failures === 0) return 0;
    const told = error instanceof SlackError ? (error.retryAfter ?? 0) : 0;
    const own = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10));
    return Math.max(told, own) * (1 + (number - 1) / 2);
  }

  function complain(error: SlackError): void {
    if (!mayTell) return;
    mayTell = false;
    later(TELL_EVERY, () => {
      mayTell = true;
    });
    log('warn', 'slack_unreachable', {
      connection: number,
      code: error.code,
      detail: error.detail,
      why: error.message,
    });
  }

  /** One connection from its opening to the moment in which the next one is needed; gives how long to wait before that. */
  async function hold(
    before: SocketConnection | undefined,
  ): Promise<readonly [Duration, SocketConnection | undefined]> {
    const connection = open();
    standing.add(connection);
    void connection.closed.then(() => standing.delete(connection));
    try {
      await connection.open;
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      if (!error.retryable && !hasBeenUp) first.reject(error);
      else complain(error);
      failures += 1;
      return [waitAfter(error), before];
    }
    if (hasBeenUp) log('info', 'slack_connected_again', { connection: number });
    hasBeenUp = true;
    first.resolve();
    if (before !== undefined) later(SLACK_CLOSES_WITHIN, () => before.close());
    const calm = later(CALM, () => {
      failures = 0;
    });
    const why = await connection.leaving;
    calm();
    if (!ending && why === 'lost') log('warn', 'slack_connection_lost', { connection: number });
    const wait = waitAfter();
    failures += 1;
    return [wait, connection];
  }

  async function keep(): Promise<void> {
    let before: SocketConnection | undefined;
    while (!ending) {
      const [wait, left] = await hold(before);
      before = left;
      if (!ending && wait > 0) await pause(wait);
    }
  }

  const isUp = (): boolean => [...standing].some((connection) => connection.isUp());

  return {
    async begin() {
      keep().catch((error: unknown) => first.reject(error));
      await first.promise;
    },
    async end() {
      ending = true;
      for (const cancel of timers) cancel();
      wake();
      const closing = [...standing].map((connection) => {
        connection.close();
        return connection.closed;
      });
      first.reject(new SlackError({ code: 'unavailable', method: 'apps.connections.open', executed: 'no' }));
      await Promise.all(closing);
    },
    state: () => {
      if (ending) return 'disconnected';
      if (isUp()) return 'connected';
      return hasBeenUp ? 'reconnecting' : 'starting';
    },
  };
}
