import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { readBody } from '../slack/http-body.ts';
import { parseJson } from '../slack/json.ts';
import { pageAssets } from './assets.ts';
import { carryOut, changeWorld, readDeed, readWorldDeed } from './deeds.ts';
import type { LocalWorld } from './local-world.ts';
import { type Reads, tellAll } from './tell.ts';

/** A page that is being served. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Nothing is loaded from elsewhere, and nobody frames it. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
/** Changes that come together are told together. */
const TOGETHER_MS = 30;

/** Serves the page and what it asks for on 127.0.0.1; on another port where that one is taken. */
export async function servePage(world: LocalWorld, wantedPort: number): Promise<ServedPage> {
  const assets = pageAssets();
  const reads: Reads = new Map();
  const watchers = new Map<ServerResponse, string>();
  const closing = new AbortController();
  let due = false;

  const tell = (response: ServerResponse, me: string) =>
    response.write(`data: ${JSON.stringify(tellAll(world, me, reads))}\n\n`);
  const tellEverybody = async () => {
    if (due) return;
    due = true;
    await pause(TOGETHER_MS, undefined, { signal: closing.signal }).catch(() => {});
    due = false;
    for (const [response, me] of watchers) tell(response, me);
  };
  const changed = () => void tellEverybody();
  world.onChange(changed);

  const watch = (me: string, response: ServerResponse) => {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    watchers.set(response, me);
    response.on('close', () => watchers.delete(response));
    tell(response, me);
  };
  const sendJson = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const knows = (id: string) => world.slack.workspace.user(id) !== undefined;

  const post = async (path: string, me: string, request: IncomingMessage, response: ServerResponse) => {
    const body = parseJson(await readBody(request));
    if (path === '/api/world') {
      await changeWorld(world, readWorldDeed(body));
      sendJson(response, 200, {});
    } else if (path === '/api/deed' && knows(me)) {
      sendJson(response, 200, await carryOut(world, me, readDeed(body), reads));
    } else sendJson(response, 404, {});
    changed();
  };
  const get = (path: string, me: string, response: ServerResponse) => {
    const asset = assets.get(path);
    const exchange = /^\/api\/exchange\/(\d+)$/.exec(path)?.[1];
    if (asset !== undefined) {
      response.writeHead(200, { ...HEADERS, 'content-type': asset.type });
      response.end(asset.body);
    } else if (path === '/api/watch' && knows(me)) watch(me, response);
    else if (exchange !== undefined) {
      const found = world.netserver.journal().find(({ n }) => n === Number(exchange));
      if (found === undefined) sendJson(response, 404, {});
      else sendJson(response, 200, { request: found.requestXml, response: found.responseXml });
    } else sendJson(response, 404, {});
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const me = searchParams.get('as') ?? '';
    if (!isOwn(request)) return sendJson(response, 403, {});
    if (request.method === 'GET') return get(pathname, me, response);
    if (request.method !== 'POST') return sendJson(response, 405, {});
    post(pathname, me, request, response).catch((error: unknown) =>
      sendJson(response, 400, { problem: error instanceof Error ? error.message : String(error) }),
    );
  });
  const port = await listen(server, wantedPort).catch(() => listen(server, 0));
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Only the page itself may ask: neither another site in the same browser nor another name for this address. */
function isOwn({ headers, method }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return method !== 'POST' || headers['content-type'] === 'application/json';
}

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
