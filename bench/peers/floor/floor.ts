import { readFileSync } from 'node:fs';
import { sayReady, variable } from '../environment.ts';
import { durableWrites } from './durable-writes.ts';
import { listenForCommands, openSocket } from './intake.ts';
import { poster } from './post.ts';

// The same calls to the outside that the bot makes for one command, as ready messages over bare `node:http`, and as many
// durable writes: nobody who makes these calls and keeps a record can do it with less. `RECIPE` names the file with the
// calls as they were seen from the bot, and the number of writes.

interface Step {
  readonly to: 'netserver' | 'slack';
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly body: string;
}
const recipe: { readonly steps: readonly Step[]; readonly writes: number } = JSON.parse(
  readFileSync(variable('RECIPE'), 'utf8'),
);

const NAMESPACE = 'http://www.superoffice.net/ws/crm/NetServer/Services86';
const netserver = poster(variable('NETSERVER_URL'));
const slackUrl = new URL(variable('SLACK_API_URL'));
const slack = poster(slackUrl.origin);

const soapCall = (service: string, operation: string, body: string) =>
  netserver(
    `/Remote/Services86/${service}.svc`,
    { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${NAMESPACE}/${service}/${operation}"` },
    body,
  );

async function logOn(): Promise<string> {
  const [name, password] = [variable('NETSERVER_USERNAME'), variable('NETSERVER_PASSWORD')];
  const answer = await soapCall(
    'SoPrincipal',
    'AuthenticateUsernamePassword',
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><AuthenticateUsernamePassword xmlns="${NAMESPACE}"><UserName>${name}</UserName><Password>${password}</Password></AuthenticateUsernamePassword></s:Body></s:Envelope>`,
  );
  return /Ticket>([^<]+)</.exec(answer)?.[1] ?? '';
}

const slackHeaders = {
  'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  authorization: `Bearer ${variable('SLACK_BOT_TOKEN')}`,
};
const SUCCEEDED = /Succeeded(?: [^>]*)?>true</;
const HOLE = /(?:\{\{|%7B%7B)(id|ticket|ts)(?:\}\}|%7D%7D)/;

const ticket = await logOn();
/** Each message cut at its holes once, so that filling it in is joining. */
const prepared = recipe.steps.map((step) => ({ ...step, pieces: step.body.split(HOLE) }));
const write = durableWrites(variable('FLOOR_DATABASE'));

async function work(text: string): Promise<void> {
  const id = /\d+/.exec(text)?.[0] ?? '';
  const values: Record<string, string> = { id, ticket, ts: '' };
  const fill = (pieces: readonly string[]) =>
    pieces.map((piece, at) => (at % 2 === 0 ? piece : values[piece])).join('');
  for (let at = 0; at < recipe.writes; at += 1) write(text);
  for (const { to, service, operation, method, pieces } of prepared) {
    if (to === 'netserver') {
      const answer = await soapCall(service, operation, fill(pieces));
      if (!SUCCEEDED.test(answer)) throw new Error('NetServer did not do it');
    } else {
      const answer = await slack(`${slackUrl.pathname}${method}`, slackHeaders, fill(pieces));
      if (values['ts'] === '') values['ts'] = /"ts":"([\d.]+)"/.exec(answer)?.[1] ?? '';
    }
  }
}

if (variable('MODE') === 'socket') {
  const opened = await slack(
    `${slackUrl.pathname}apps.connections.open`,
    { ...slackHeaders, authorization: `Bearer ${variable('SLACK_APP_TOKEN')}` },
    '',
  );
  await openSocket(JSON.parse(opened).url, work);
  sayReady();
} else {
  sayReady(await listenForCommands(variable('SLACK_SIGNING_SECRET'), work));
}
