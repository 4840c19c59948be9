import type { Server } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Instant } from '../core/time.ts';
import { type Health, healthRoutes, portOf, shut } from './health.ts';
import { gate } from './http-gate.ts';
import type { Line, LineState } from './line.ts';
import type { Log } from './log.ts';
import { slackLogger } from './logger.ts';

const EVENTS_PATH = '/slack/events';

export interface HttpLineSettings {
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  readonly health: Health;
  now(): Instant;
  readonly log: Log;
}

/** Slack posts to `/slack/events`; Bolt checks the signature. The health paths are on the same server. */
export function httpLine(settings: HttpLineSettings): Line {
  const { signingSecret, host, port, health, now, log } = settings;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: EVENTS_PATH,
    customRoutes: healthRoutes(health),
    logger: slackLogger(log, 'http'),
  });
  const listener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    const path = URL.parse(request.url ?? '', 'http://localhost')?.pathname;
    if (path === undefined) return void response.writeHead(404).end();
    if (request.method !== 'POST' || path !== EVENTS_PATH) return void listener(request, response);
    gate(request, now())
      .then((turnedAway) => {
        if (turnedAway === undefined) return void listener(request, response);
        log('warn', turnedAway.code, { part: 'http' });
        response.writeHead(turnedAway.status, { connection: 'close' }).end();
      })
      // Whoever sent it is gone, or sends without end.
      .catch(() => response.destroy());
  };

  let state: LineState = 'starting';
  let server: Server | undefined;
  return {
    receiver,
    async listen() {
      server = await receiver.start({ host, port });
      return { port: portOf(server) };
    },
    async connect() {
      state = 'connected';
    },
    async closeIntake() {
      state = 'disconnected';
    },
    async end() {
      if (server !== undefined) await shut(server);
    },
    state: () => state,
    connections: () => [state],
  };
}
