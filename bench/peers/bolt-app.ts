import bolt from '@slack/bolt';
import { sayReady, variable } from './environment.ts';

/** A Bolt app as the getting-started guide makes it, in Socket Mode or with Bolt's own HTTP server. */
export function boltApp(): bolt.App {
  const clientOptions = { slackApiUrl: variable('SLACK_API_URL') };
  const token = variable('SLACK_BOT_TOKEN');
  return variable('MODE') === 'socket'
    ? new bolt.App({ token, appToken: variable('SLACK_APP_TOKEN'), socketMode: true, clientOptions })
    : new bolt.App({ token, signingSecret: variable('SLACK_SIGNING_SECRET'), clientOptions });
}

/** Starts it and says so. */
export async function startApp(app: bolt.App): Promise<void> {
  const server: unknown = await app.start(0);
  const address = isServer(server) ? server.address() : undefined;
  sayReady(typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0);
}

const isServer = (value: unknown): value is { address(): unknown } =>
  typeof value === 'object' && value !== null && 'address' in value && typeof value.address === 'function';
