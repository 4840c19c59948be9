import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { Moment } from './writes.ts';

export interface Passing {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands before a server of the outside and lets calls through, or has `strike` run in place of one or of its answer. */
export interface Gate {
  readonly origin: string;
  close(): Promise<void>;
}

/** `hear` is told of each call before it goes on, and says whether to strike, and when. */
export async function openGate(
  target: string,
  hear: (call: Passing) => Moment | undefined,
  strike: () => void,
): Promise<Gate> {
  const { hostname, port } = new URL(target);

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { url: path = '/', method, headers } = request;
    const when = hear({ path, headers, body });
    if (when === 'before') return strike();
    const onward = send({ hostname, port, path, method, headers: { ...headers, host: `${hostname}:${port}` } });
    onward.end(body);
    const [answer]: unknown[] = await once(onward, 'response');
    if (!isMessage(answer)) throw new Error('an answer is a message');
    const answered = await textOf(answer);
    if (when === 'after') return strike();
    const { 'transfer-encoding': _, ...kept } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': Buffer.byteLength(answered) });
    response.end(answered);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const isMessage = (value: unknown): value is IncomingMessage =>
  typeof value === 'object' && value !== null && 'statusCode' in value && 'headers' in value;

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
