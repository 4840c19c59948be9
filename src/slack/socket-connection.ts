import type { ReceiverEvent } from '@slack/bolt';
import type { Duration } from '../core/time.ts';
import { type ClientSettings, clientOptions } from './client.ts';
import { SlackError } from './errors.ts';
import { callError } from './faults.ts';
import { slackLogger } from './logger.ts';
import { GuardedSocketClient } from './socket-client.ts';

/** From asking Slack for an address to its hello. */
const OPEN_WITHIN: Duration = 20_000;
/** The package's own 5 s is less than what Slack sometimes takes. */
const PONG_WITHIN: Duration = 10_000;
/** How often it is looked whether the connection still stands. */
const LOOK_EVERY: Duration = 1_000;

export interface SocketSettings extends ClientSettings {
  readonly appToken: string;
  /** Slack that answers pings later than this is taken for gone; 10 s where not said. */
  readonly pongWithin?: Duration;
  /** Calls back once after a delay; gives a function that prevents it. */
  after(delay: Duration, run: () => void): () => void;
}

/** One connection to Slack, from its opening to its end; it is never used again. */
export interface SocketConnection {
  /** Resolves at Slack's hello; rejects with a SlackError where it did not come to that. */
  readonly open: Promise<void>;
  /** Resolves once another one is needed: Slack asked for it and closes this one in a few seconds, or it is gone. */
  readonly leaving: Promise<'asked' | 'lost'>;
  isUp(): boolean;
  close(): void;
  /** Resolves when the other end has closed too. */
  readonly closed: Promise<void>;
}

/**
 * Opens a connection. The package does not reconnect by itself here: it would wait 5 s and more with no connection at all,
 * and end the process where Slack answers the new attempt with an error.
 */
export function openSocket(settings: SocketSettings, take: (event: ReceiverEvent) => Promise<void>): SocketConnection {
  const { log } = settings;
  const opened = Promise.withResolvers<void>();
  const leaving = Promise.withResolvers<'asked' | 'lost'>();
  const closed = Promise.withResolvers<void>();
  // An attempt that is given up while nobody waits for it any more.
  opened.promise.catch(() => undefined);
  let up = false;
  let over = false;
  let watch: NodeJS.Timeout | undefined;

  // The options are this connection's own: the SDK writes its app token and its retry settings into them.
  const client = new GuardedSocketClient(
    {
      appToken: settings.appToken,
      // Of a connection that cannot be opened whoever opens it tells, and not each time.
      logger: slackLogger(
        (at, code, fields) => code !== 'slack_socket_refused' && log(at, code, fields),
        'socket-mode',
      ),
      autoReconnectEnabled: false,
      clientPingTimeout: settings.pongWithin ?? PONG_WITHIN,
      clientOptions: clientOptions(settings, 0),
    },
    {
      leave: () => leaving.resolve('asked'),
      strange: () => log('warn', 'slack_unknown_payload', { kind: 'message' }),
    },
  );
  client.on('slack_event', ({ body, ack, retry_num, retry_reason }) => {
    void take({ body, ack: once(ack), retryNum: retry_num, retryReason: retry_reason, customProperties: {} });
  });
  client.on('disconnected', () => {
    fall();
    closed.resolve();
  });

  function fall(error: unknown = new SlackError({ code: 'network', method: OPEN, executed: 'no' })): void {
    up = false;
    clearInterval(watch);
    opened.reject(error);
    leaving.resolve('lost');
  }

  function close(): void {
    if (over) return;
    over = true;
    giveUp();
    void client.disconnect();
  }

  function look(): void {
    if (client.websocket?.isActive() === true) return;
    fall();
    close();
  }

  const giveUp = settings.after(OPEN_WITHIN, () => {
    fall(new SlackError({ code: 'timeout', method: OPEN, executed: 'no' }));
    close();
  });
  client
    .start()
    .then(() => {
      // Closed while it was being opened.
      if (over) return void client.disconnect();
      up = true;
      opened.resolve();
      // The package waits half a minute for the goodbye of a network that is gone.
      watch = setInterval(look, LOOK_EVERY);
      watch.unref();
    })
    .catch((error: unknown) => {
      fall(error === undefined ? undefined : callError(error, OPEN, 'repeatable'));
      closed.resolve();
    })
    .finally(giveUp);

  return { open: opened.promise, leaving: leaving.promise, closed: closed.promise, isUp: () => up, close };
}

const OPEN = 'apps.connections.open';

/** The package would send a second acknowledgement as well. */
function once(ack: ReceiverEvent['ack']): ReceiverEvent['ack'] {
  let acknowledged = false;
  return async (...answer) => {
    if (acknowledged) return;
    acknowledged = true;
    await ack(...answer);
  };
}
