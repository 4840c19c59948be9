import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Answer, Delivery } from './answers.ts';

/** What is longer goes without its size being announced, so that nobody can refuse it by that alone. */
const announcedUpTo = 1024 * 1024;

/** The body of a request; undefined if it is longer than allowed (it is read to its end all the same). */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
};

/** Sends what was decided. Nothing is thrown if the caller has gone. */
export const send = async (
  delivery: Delivery,
  response: ServerResponse,
  wait: (ms: number) => Promise<void>,
): Promise<void> => {
  if (delivery.how === 'hang') return;
  if (delivery.how === 'reset') return reset(response);
  const body = Buffer.from(delivery.answer.body);
  head(delivery.answer, body.length, response);
  if (delivery.how === 'whole') {
    response.end(body);
    return;
  }
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await wait(delivery.everyMs);
  }
  response.end();
};

const head = ({ status, headers }: Answer, length: number, response: ServerResponse): void => {
  response.writeHead(status, { ...headers, ...(length <= announcedUpTo ? { 'content-length': length } : {}) });
};

const reset = ({ socket }: ServerResponse): void => {
  if (socket === null) return;
  // A connection with TLS cannot be reset by the number of its handle; closing it without goodbye looks the same to the caller.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
};
