import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { type Acknowledgement, type Delivery, takesAnswer } from './delivery.ts';
import type { Events } from './events.ts';
import { isJson, objectOf, parseJson } from './json.ts';

/** Slack lets one app hold ten connections. */
const MOST_CONNECTIONS = 10;
/** How long before a connection is closed nothing more is sent over it. */
const ANSWERS_LAST_MS = 50;

type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface Sockets {
  /** How many connections are open. */
  open(): number;
  /** Cuts the newest `count` connections (all, if not said) without a word, as a broken network does. */
  cut(count?: number): void;
  /** Tells the newest `count` connections to go; closes each by itself after `closeAfterMs` if it did not. */
  disconnect(reason: DisconnectReason, options?: { readonly count?: number; readonly closeAfterMs?: number }): void;
  /** The newest connection goes dead without a word: nothing is read from it and nothing answered, goodbyes included. */
  silence(): void;
  /** Sends this to every connection as it stands: what Slack would never send. */
  tell(message: string | Uint8Array): void;
}

export interface SocketMode extends Sockets {
  /** The path and one-time ticket for a new connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  deliver(delivery: Delivery): Promise<Acknowledgement>;
  close(): void;
}

interface Settings {
  readonly appId: string;
  readonly acknowledgeWithinMs: number;
  readonly pingEveryMs: number;
}

type Settle = (result: Pick<Acknowledgement, 'acknowledged' | 'body' | 'problem'>) => void;

/** Slack's side of Socket Mode: tickets, hello, envelopes and their acknowledgements, pings, disconnects. */
export function createSocketMode(settings: Settings, events: Events): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: WebSocket[] = [];
  const waiting = new Map<string, { settle: Settle; on: WebSocket }>();
  const timers = new Set<NodeJS.Timeout>();
  /** Nothing more is sent over these. */
  const closing = new WeakSet<WebSocket>();
  let turn = 0;

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const newest = (count: number): readonly WebSocket[] => connections.toReversed().slice(0, count);
  const say = (socket: WebSocket, message: object): void => socket.send(JSON.stringify(message));
  const farewell = (socket: WebSocket, reason: DisconnectReason): void =>
    say(socket, { type: 'disconnect', reason, debug_info: { host: 'applink-local' } });

  function leave(socket: WebSocket): void {
    const index = connections.indexOf(socket);
    if (index < 0) return;
    connections.splice(index, 1);
    for (const entry of waiting.values()) {
      if (entry.on === socket) entry.settle({ acknowledged: false, body: {}, problem: 'dispatch_failed' });
    }
    events.emit({ type: 'sockets', open: connections.length });
  }

  function hear(data: string): void {
    const message = parseJson(data);
    if (!isJson(message)) return;
    const id = message['envelope_id'];
    if (typeof id === 'string') waiting.get(id)?.settle({ acknowledged: true, body: objectOf(message['payload']) });
  }

  function welcome(socket: WebSocket): void {
    if (connections.length >= MOST_CONNECTIONS) {
      farewell(socket, 'too_many_websockets');
      socket.close();
      return;
    }
    connections.push(socket);
    const pinging = setInterval(() => socket.ping('Ping from applink-local'), settings.pingEveryMs);
    socket.on('message', (data) => hear(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pinging);
      leave(socket);
    });
    say(socket, {
      type: 'hello',
      num_connections: connections.length,
      connection_info: { app_id: settings.appId },
      debug_info: { host: 'applink-local', build_number: 1, approximate_connection_time: 18_060 },
    });
    events.emit({ type: 'sockets', open: connections.length });
  }

  return {
    open: () => connections.length,
    cut(count = connections.length) {
      for (const socket of newest(count)) {
        leave(socket);
        socket.terminate();
      }
    },
    disconnect(reason, { count = connections.length, closeAfterMs = 10_000 } = {}) {
      for (const socket of newest(count)) {
        farewell(socket, reason);
        // What was sent over it just before is still to be answered over it.
        later(closeAfterMs, () => {
          closing.add(socket);
          later(ANSWERS_LAST_MS, () => socket.close());
        });
      }
    },
    silence: () => newest(1)[0]?.pause(),
    tell(message) {
      for (const socket of connections) socket.send(message);
    },
    ticket() {
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      return `/link/?ticket=${ticket}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    deliver(delivery) {
      const started = performance.now();
      const able = connections.filter((socket) => socket.readyState === WebSocket.OPEN && !closing.has(socket));
      turn += 1;
      const socket = able[turn % Math.max(able.length, 1)];
      if (socket === undefined) {
        return Promise.resolve({ acknowledged: false, ms: 0, body: {}, problem: 'dispatch_failed' });
      }
      const id = randomUUID();
      return new Promise((resolve) => {
        const limit = setTimeout(
          () => settle({ acknowledged: false, body: {}, problem: 'operation_timeout' }),
          settings.acknowledgeWithinMs,
        );
        const settle: Settle = (result) => {
          clearTimeout(limit);
          waiting.delete(id);
          resolve({ ...result, ms: Math.round(performance.now() - started) });
        };
        waiting.set(id, { settle, on: socket });
        say(socket, {
          envelope_id: id,
          type: delivery.kind,
          accepts_response_payload: takesAnswer(delivery),
          payload: delivery.payload,
        });
      });
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of [...connections]) {
        leave(socket);
        socket.terminate();
      }
      server.close();
    },
  };
}
