import { createServer } from 'node:http';
import { App, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { OPTIONS } from './workspace.ts';

export interface RunningApp {
  readonly app: App;
  stop(): Promise<void>;
}

const { app: installed } = OPTIONS;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function makeApp(receiver: Receiver, slackApiUrl: string): App {
  return new App({
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl, timeout: 5_000, retryConfig: { retries: 0 } },
    authorize: async () => ({ botToken: installed.botToken, botId: installed.botId, botUserId: installed.botUserId }),
  });
}

/** A Bolt app over Socket Mode; `listen` adds its listeners. Ready when the socket is open. */
export async function boltOverSocket(slack: LocalSlack, listen: (app: App) => void): Promise<RunningApp> {
  const receiver = new SocketModeReceiver({
    appToken: installed.appToken,
    // It waits this long before it connects again.
    clientPingTimeout: 300,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = makeApp(receiver, slack.apiUrl);
  listen(app);
  await app.start();
  return {
    app,
    stop: async () => {
      await receiver.client.disconnect();
    },
  };
}

/** A Bolt app over signed HTTP; `listen` adds its listeners. */
export async function boltOverHttp(slack: LocalSlack, listen: (app: App) => void): Promise<RunningApp> {
  const port = await freePort();
  const receiver = new HTTPReceiver({
    signingSecret: installed.signingSecret,
    logLevel: LogLevel.ERROR,
    port,
    endpoints: '/slack/events',
  });
  const app = makeApp(receiver, slack.apiUrl);
  listen(app);
  await app.start({ port, host: '127.0.0.1' });
  slack.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  return {
    app,
    stop: async () => {
      await app.stop();
    },
  };
}
