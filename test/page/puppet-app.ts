import { secrets } from '../../src/sandbox/cast.ts';
import { type Json, objectOf } from '../../src/sandbox/slack/json.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import { openApp } from '../sandbox/slack/raw-app.ts';

/** An app that says what a test has it say: over Slack's own API, so that Slack's limits hold. */
export interface PuppetApp {
  /** Posts a message; gives its timestamp. */
  post(channel: string, content: object): Promise<string>;
  /** How many commands were typed so far. */
  commands(): number;
  /** Opens a window for whoever typed a command last. */
  open(view: object): Promise<void>;
  close(): void;
}

/** Connects it over HTTP in place of the bot. Each call throws where Slack refuses it. */
export async function connectPuppet(slack: LocalSlack): Promise<PuppetApp> {
  const app = await openApp();
  slack.useRequestUrl(app.url);
  const call = async (method: string, body: object): Promise<Json> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secrets.botToken}` };
    const response = await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = objectOf(await response.json());
    if (answer['ok'] !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const commands = () =>
    app.requests.map(({ body }) => new URLSearchParams(body)).filter((body) => body.has('command'));
  return {
    commands: () => commands().length,
    post: async (channel, content) => String((await call('chat.postMessage', { channel, ...content }))['ts']),
    async open(view) {
      await call('views.open', { trigger_id: commands().at(-1)?.get('trigger_id'), view });
    },
    close: app.close,
  };
}
