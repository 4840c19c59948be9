import { setTimeout as wait } from 'node:timers/promises';
import type { App, ReceiverEvent } from '@slack/bolt';
import type { Duration } from '../core/time.ts';
import { SlackError } from './errors.ts';
import { type Health, healthServer, listen, shut } from './health.ts';
import type { Line, LineState } from './line.ts';
import { openSocket, type SocketSettings } from './socket-connection.ts';
import { keepSocket } from './socket-keeper.ts';

/** Slack that never closes its end is not waited for longer. */
const CLOSE_WITHIN: Duration = 2_000;
/** How long after the first the second connection is opened, so that Slack does not renew both at the same time. */
const STAGGER: Duration = 10_000;
const CONNECTIONS = [1, 2];

export interface SocketLineSettings extends SocketSettings {
  readonly host: string;
  readonly port: number;
  readonly health: Health;
}

/** What several connections are together: connected as long as one of them is. */
function together(states: readonly LineState[]): LineState {
  const order: readonly LineState[] = ['connected', 'reconnecting', 'starting'];
  return order.find((state) => states.includes(state)) ?? 'disconnected';
}

/**
 * Slack's side opens nothing towards us: we hold two connections to it, and serve the health paths on a port of our own.
 * Slack sends each payload over one of them, so losing one loses nothing that comes after.
 */
export function socketLine(settings: SocketLineSettings): Line {
  const { log, after } = settings;
  let app: App | undefined;
  let stopStagger = () => {};
  let ending = false;
  const take = async (event: ReceiverEvent) => await app?.processEvent(event);
  const keepers = CONNECTIONS.map((number) =>
    keepSocket({ log, number, after, open: () => openSocket(settings, take) }),
  );
  const [first, ...others] = keepers;
  const server = healthServer(settings.health);

  /** Slack took the first connection of this very app a moment ago; the keeper goes on trying. */
  function refused(error: unknown): void {
    if (!ending && error instanceof SlackError)
      log('warn', 'slack_unreachable', { code: error.code, why: error.message });
  }

  async function connect(): Promise<void> {
    await first?.begin();
    stopStagger = after(STAGGER, () => {
      for (const keeper of others) keeper.begin().catch((error: unknown) => refused(error));
    });
  }

  async function closeIntake(): Promise<void> {
    ending = true;
    stopStagger();
    const closing = keepers.map((keeper) => keeper.end());
    await Promise.race([Promise.all(closing), wait(CLOSE_WITHIN, undefined, { ref: false })]);
  }

  return {
    receiver: {
      init: (own) => {
        app = own;
      },
      start: connect,
      stop: closeIntake,
    },
    listen: async () => ({ port: await listen(server, settings.host, settings.port) }),
    connect,
    closeIntake,
    async end() {
      if (server.listening) await shut(server);
    },
    state: () => together(keepers.map((keeper) => keeper.state())),
    connections: () => keepers.map((keeper) => keeper.state()),
  };
}
