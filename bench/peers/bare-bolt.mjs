import bolt from '@slack/bolt';

// Bolt that acknowledges and does nothing else: what no bot on Bolt can be faster than. Plain JavaScript and one file, so that
// starting it is starting Bolt and nothing else.
const { env } = process;
const clientOptions = { slackApiUrl: env.SLACK_API_URL };
const app = new bolt.App(
  env.MODE === 'socket'
    ? { token: env.SLACK_BOT_TOKEN, appToken: env.SLACK_APP_TOKEN, socketMode: true, clientOptions }
    : { token: env.SLACK_BOT_TOKEN, signingSecret: env.SLACK_SIGNING_SECRET, clientOptions },
);
app.command('/logoff', async ({ ack }) => await ack());
const server = await app.start(0);
process.stdout.write(`${JSON.stringify({ msg: 'ready', port: server.address?.().port ?? 0 })}\n`);
