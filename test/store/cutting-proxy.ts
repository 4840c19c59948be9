import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** Stands between the store and PostgreSQL on loopback, and cuts the line where a test says. */
export async function cuttingProxy(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let trap: { readonly when: 'before' | 'after'; readonly text: string } | undefined;
  let server: Server = createServer();
  let port = 0;

  const kept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };

  const relay = (near: Socket) => {
    const far = kept(connect(Number(target.port || 5432), target.hostname));
    let deaf = false;
    far.on('data', (bytes) => {
      if (!deaf) near.write(bytes);
      else near.destroy();
    });
    far.on('close', () => near.destroy());
    near.on('close', () => far.end());
    near.on('data', (bytes) => {
      if (trap === undefined || !bytes.includes(trap.text)) return void far.write(bytes);
      const { when } = trap;
      trap = undefined;
      if (when === 'before') return void near.destroy();
      deaf = true;
      far.write(bytes);
    });
  };

  const start = async () => {
    server = createServer((near) => relay(kept(near)));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
  };
  const stop = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server, 'close');
  };

  await start();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    /** Cuts once: when the client sends this text, before it reaches the server or in place of the server's answer. */
    cut: (when: 'before' | 'after', text: string) => {
      trap = { when, text };
    },
    start,
    stop,
    close: stop,
  };
}
