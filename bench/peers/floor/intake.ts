import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';

type Work = (text: string) => Promise<void>;

/** Socket Mode with nothing around it: acknowledges each envelope and does the work. */
export function openSocket(url: string, work: Work): Promise<void> {
  const socket = new WebSocket(url);
  socket.on('message', (data) => {
    const { envelope_id, payload } = JSON.parse(String(data));
    if (envelope_id === undefined) return;
    socket.send(JSON.stringify({ envelope_id }));
    void work(payload.text);
  });
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
}

/** Slack's signed requests with nothing around them: checks the signature, acknowledges and does the work. Gives the port. */
export function listenForCommands(secret: string, work: Work): Promise<number> {
  const isSigned = (request: IncomingMessage, body: string): boolean => {
    const stamp = String(request.headers['x-slack-request-timestamp']);
    if (Math.abs(Date.now() / 1_000 - Number(stamp)) > 300) return false;
    const expected = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`;
    const given = String(request.headers['x-slack-signature']);
    return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      if (!isSigned(request, body)) return void response.writeHead(401).end();
      response.end();
      void work(new URLSearchParams(body).get('text') ?? '');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
