import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { readBody, send } from './delivery.ts';
import { type Backstage, exchange } from './exchange.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Product, WrongPassword } from './operations.ts';
import { createTickets } from './tickets.ts';
import { createTroubles, type Troubles } from './troubles.ts';
import { createWorld, type People, type World } from './world.ts';

const localhost = '127.0.0.1';

/** WCF's usual limit for a message. */
const usualMessageLimit = 65_536;

const usualProduct: Product = { version: '8.5.7000.1', description: 'SuperOffice NetServer (local stand-in)' };

export type NetServerOptions = {
  readonly people?: People;
  /** Before `/Remote`, without a slash at its end; none by default. */
  readonly basePath?: string;
  /** The API versions that answer; 86 by default. */
  readonly versions?: readonly number[];
  /** A free one by default. */
  readonly port?: number;
  readonly maxRequestBytes?: number;
  readonly wrongPassword?: WrongPassword;
  /** Write empty header members as nil elements, as WCF does for members without a value. */
  readonly nilHeaders?: boolean;
  /** What the server says of itself: SuperOffice 8.5 on-site by default. */
  readonly product?: Partial<Product>;
  /** How many exchanges the journal keeps; 1,000 by default. */
  readonly journalSize?: number;
  /** Milliseconds since 1970; the age of tickets goes by it. */
  readonly now?: () => number;
  /** How slow and dripping answers wait. */
  readonly wait?: (ms: number) => Promise<void>;
  readonly tls?: { readonly key: string; readonly cert: string };
};

export type LocalNetServer = World &
  Omit<Troubles, 'take'> &
  Omit<Journal, 'number' | 'record' | 'complain'> & {
    /** The address to put in the settings: `<url>/Remote/Services86/<Service>.svc` answers. */
    readonly url: string;
    readonly port: number;
    /** Ends every ticket given out so far. */
    readonly expireTickets: () => void;
    readonly showWrongPasswordAs: (how: WrongPassword) => void;
    /** From now on connections are refused and those that are open are cut. */
    readonly refuse: () => Promise<void>;
    /** Connections are taken again, on the same port. */
    readonly accept: () => Promise<void>;
    readonly close: () => Promise<void>;
    readonly [Symbol.asyncDispose]: () => Promise<void>;
  };

/** Starts a SuperOffice NetServer on the loopback address, with its own database in memory. */
export const startNetServer = async (options: NetServerOptions = {}): Promise<LocalNetServer> => {
  const { basePath = '', maxRequestBytes = usualMessageLimit, now = Date.now, tls } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const wait = options.wait ?? ((ms: number) => pause(ms, undefined, { signal }).catch(() => undefined));
  const world = createWorld(options.people ?? {}, now);
  const tickets = createTickets(now);
  const troubles = createTroubles();
  const journal = createJournal(options.journalSize ?? 1000);
  const manners: Backstage['manners'] = {
    wrongPassword: options.wrongPassword ?? 'flag',
    headers: options.nilHeaders === true ? 'nil' : 'lean',
  };
  const versions = options.versions ?? [86];
  const product = { ...usualProduct, ...options.product };
  const backstage: Backstage = { basePath, versions, world, tickets, troubles, journal, now, wait, manners, product };

  const answerOne = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxRequestBytes);
    const { method = '', url = '', headers } = request;
    const soapAction = [headers['soapaction'] ?? []].flat()[0];
    const delivery = await exchange({ method, url, contentType: headers['content-type'], soapAction, body }, backstage);
    await send(delivery, response, wait);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('date', new Date(now()).toUTCString());
    answerOne(request, response).catch((error: unknown) => {
      response.destroy();
      // A caller that goes away in the middle is the caller's affair; anything else is a mistake here and must be seen.
      if (!request.destroyed || request.complete) throw error;
    });
  };
  // Longer than any caller keeps a connection, so that it is never this side that closes one just before it is used.
  const habits = { keepAliveTimeout: 120_000 };
  const server = tls === undefined ? createServer(habits, listener) : createTlsServer({ ...habits, ...tls }, listener);

  const listen = async (port: number): Promise<number> => {
    server.listen(port, localhost);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  };
  const port = await listen(options.port ?? 0);

  const refuse = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const close = async (): Promise<void> => {
    closing.abort();
    await refuse();
  };

  const { take, ...mischief } = troubles;
  const { number, record, complain, ...chronicle } = journal;
  return {
    ...world,
    ...mischief,
    ...chronicle,
    url: `${tls === undefined ? 'http' : 'https'}://${localhost}:${port}${basePath}`,
    port,
    expireTickets: tickets.expireAll,
    showWrongPasswordAs: (how) => {
      manners.wrongPassword = how;
    },
    refuse,
    accept: async () => {
      if (!server.listening) await listen(port);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};
