import { Agent, request } from 'node:http';

/** Posts over connections that are kept open; gives the answer's text. */
export function poster(origin: string) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  return (path: string, headers: Readonly<Record<string, string>>, body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const length = Buffer.byteLength(body);
      const sent = request(
        { agent, hostname, port, path, method: 'POST', headers: { ...headers, 'content-length': length } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve(text));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}
