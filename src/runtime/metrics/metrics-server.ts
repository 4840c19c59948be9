import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, shut } from '../../slack/health.ts';

/** Numbers about the bot are for this machine: whoever collects them from elsewhere puts something in between. */
const LOOPBACK = '127.0.0.1';

/** Serves one text at /metrics, and nothing else. Rejects where the port is taken. */
export async function serveMetrics(
  port: number,
  contentType: string,
  text: () => Promise<string>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isIt = request.url?.split('?', 1)[0] === '/metrics' && request.method === 'GET';
    if (!isIt) return void response.writeHead(404).end();
    const body = await text();
    response.writeHead(200, { 'content-type': contentType }).end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  const bound = await listen(server, LOOPBACK, port);
  return { port: bound, close: () => shut(server) };
}
