import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Acknowledgement, Deliver, Delivery, DeliveryOptions } from './delivery.ts';
import { createEvents, type SlackEvent, until } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { deliverOverHttp } from './http-delivery.ts';
import { createJournal, type Journal } from './journal.ts';
import type { SlackOptions } from './options.ts';
import { createPersona, type Persona } from './persona/persona.ts';
import { namesIn, seeMessage } from './persona/seen.ts';
import type { Filled } from './persona/view-state.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSocketMode, type Sockets } from './socket-mode.ts';
import { createTriggers } from './triggers.ts';
import { createViews } from './views.ts';
import { handleApiCall, handleResponseUrl } from './web-api.ts';
import { createWorkspace, type Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** A running local Slack. */
export interface LocalSlack extends AsyncDisposable {
  /** What the app takes as SLACK_API_URL. */
  readonly apiUrl: string;
  /** The people, channels and messages; changing them is what an administrator would do. */
  readonly workspace: Workspace;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** A person at their screen. */
  as(user: string): Persona;
  /** Sends something to the app as it stands: again, or changed, or with a bad signature. */
  deliver(delivery: Delivery, options?: DeliveryOptions): Promise<Acknowledgement>;
  /** Delivers over HTTP from now on; undefined goes back to Socket Mode. */
  useRequestUrl(url: string | undefined): void;
  /** What the app is granted from now on. */
  grant(scopes: readonly string[]): void;
  /** Calls the listener on everything that happens; the returned function ends that. */
  onEvent(listener: (event: SlackEvent) => void): () => void;
  /** Waits until `check` gives something; rejects after `within` real milliseconds (5 s). */
  until<T>(
    check: () => T | undefined | null | false,
    options?: { readonly within?: number; readonly what?: string },
  ): Promise<T>;
  /** All of a channel, one line "Name: text" for each message; private ones say for whom. */
  transcript(channel: string): string;
  close(): Promise<void>;
}

/** How long `close` lets answers under way arrive; after that (a hang on demand) connections are cut. */
const ANSWERS_LAST_MS = 250;

interface Parts {
  readonly world: World;
  readonly faults: Faults;
}

async function route({ world, faults }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  if (method !== undefined) await handleApiCall(world, faults, method, url.searchParams, request, response);
  else if (/^\/(commands|actions)\//.test(url.pathname)) {
    await handleResponseUrl(world, faults, url.pathname, request, response);
  } else {
    response.writeHead(404);
    response.end();
  }
}

/**
 * Starts a local Slack workspace on 127.0.0.1: Web API, response URLs, Socket Mode and signed HTTP delivery, with Slack's
 * own limits. Rejects when the port is taken.
 */
export async function startSlack(options: SlackOptions): Promise<LocalSlack> {
  const now = options.now ?? Date.now;
  const withinMs = options.acknowledgeWithinMs ?? 3_000;
  const { app, timeZone = 'UTC' } = options;
  const events = createEvents();
  const faults = createFaults();
  const journal = createJournal(now, events);
  const settings = { appId: app.id, acknowledgeWithinMs: withinMs, pingEveryMs: options.pingEveryMs ?? 5_000 };
  const sockets = createSocketMode(settings, events);
  const workspace = createWorkspace(options, now, events);
  let { scopes } = app;
  let { requestUrl } = options;
  let origin = '';
  const world: World = {
    app,
    workspace,
    views: createViews(now, events),
    triggers: createTriggers(now),
    responseUrls: createResponseUrls(options.team.id, now),
    sockets,
    journal,
    events,
    now,
    scopes: () => scopes,
    origin: () => origin,
  };

  const server = createServer((request, response) => {
    route({ world, faults }, request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the local Slack has no port');
  origin = `http://127.0.0.1:${address.port}`;

  const deliver: Deliver = async (delivery, how) => {
    const http = requestUrl === undefined ? undefined : { url: requestUrl, secret: app.signingSecret, withinMs };
    const acknowledgement = await (http === undefined
      ? sockets.deliver(delivery)
      : deliverOverHttp(http, delivery, how));
    events.emit({ type: 'delivered', delivery, acknowledgement });
    return acknowledgement;
  };
  const escapes = new Map(options.commands.map((command) => [command.name, command.should_escape ?? false]));
  const shouldEscape = (command: string): boolean | undefined => escapes.get(command);
  const desk = { world, deliver, timeZone, shouldEscape, filled: new Map<string, Filled>() };

  const close = async (): Promise<void> => {
    sockets.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const limit = setTimeout(() => server.closeAllConnections(), ANSWERS_LAST_MS);
    await closed;
    clearTimeout(limit);
  };
  return {
    apiUrl: `${origin}/api/`,
    workspace,
    journal,
    faults,
    sockets,
    as: (user) => createPersona(desk, user),
    deliver,
    useRequestUrl(url) {
      requestUrl = url;
    },
    grant(granted) {
      scopes = granted;
    },
    onEvent: (listener) => events.on(listener),
    until: (check, waiting) => until(events, check, waiting),
    transcript(channel) {
      const names = namesIn(world, timeZone);
      const id = workspace.channel(channel)?.id ?? channel;
      return workspace
        .messages(id)
        .map((message) => {
          const { from, text } = seeMessage(names, message);
          const whom = message.visibleTo === undefined ? '' : ` (only to ${names.user(message.visibleTo)})`;
          return `${from}${whom}: ${text}`;
        })
        .join('\n');
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
