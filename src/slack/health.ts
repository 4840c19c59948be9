import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';

const healthPaths = ['/healthz', '/readyz'] as const;
type HealthPath = (typeof healthPaths)[number];

/** What a health path answers. */
export type Health = (path: HealthPath) => HealthAnswer | Promise<HealthAnswer>;

interface HealthAnswer {
  readonly ok: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

async function answer(health: Health, path: HealthPath, response: ServerResponse): Promise<void> {
  const { ok, body } = await health(path);
  response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** The health paths for Bolt's own HTTP server. */
export const healthRoutes = (health: Health): CustomRoute[] =>
  healthPaths.map((path) => ({
    path,
    method: ['GET', 'HEAD'],
    handler: (_request, response) => void answer(health, path, response),
  }));

/** A small server with the health paths and nothing else. */
export const healthServer = (health: Health): Server =>
  createServer((request: IncomingMessage, response) => {
    const path = healthPaths.find((each) => each === request.url?.split('?', 1)[0]);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (path !== undefined && isRead) void answer(health, path, response);
    else response.writeHead(404).end();
  });

/** Starts to listen; gives the port (a free one for 0). Rejects where it is taken. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(portOf(server));
    });
  });
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

/** Closes a server with whatever is still connected to it. */
export async function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
