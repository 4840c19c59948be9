import { createServer } from 'node:http';

export interface RawApp {
  readonly requests: readonly { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[];
  readonly url: string;
  /** The status of every answer from now on. */
  answer(status: number): void;
  close(): void;
}

/** An app without Bolt: acknowledges everything and remembers the raw requests. */
export async function openApp(): Promise<RawApp> {
  const requests: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      requests.push({ headers: request.headers, body });
      response.writeHead(status);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    requests,
    url: `http://127.0.0.1:${port}/slack/events`,
    answer: (next: number) => {
      status = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
