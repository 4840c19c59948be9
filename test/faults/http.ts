import { request } from 'node:http';
import { secrets } from '../../src/sandbox/cast.ts';
import type { Delivery, DeliveryOptions } from '../../src/sandbox/slack/delivery.ts';
import { signSlackRequest } from '../../src/sandbox/slack/http-delivery.ts';
import { SOON } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { approveAgain, outcome, stillWorks } from './observe.ts';
import { type Fault, SECOND } from './row.ts';

const town = { settings: [SOON] };
const WORKS = 'then works: 1 person logged off';
const FORM = 'application/x-www-form-urlencoded';

const sent = (delivery: Delivery | undefined): Delivery => {
  if (delivery === undefined) throw new Error('nothing was sent');
  return delivery;
};

/** A press of Approve that Alice did not make, as it would be sent. */
async function approval(town: RaisedTown): Promise<Delivery> {
  await town.bob.say('/logoff 102');
  const { delivery } = await town.alice.click(town.card(1), 'Deny…');
  return JSON.parse(JSON.stringify(sent(delivery)).replaceAll('"action_id":"deny"', '"action_id":"approve"'));
}

const turnedAway = (fault: string, how: (now: number) => DeliveryOptions): Fault => ({
  door: 'http',
  fault: `an approval ${fault}`,
  expected: `401, 0 calls, nobody off: waiting for approval; rightly signed 1 call, 102 off: 1 person logged off`,
  mode: 'http',
  town,
  async play(town) {
    const approve = await approval(town);
    const { status } = await town.slack.deliver(approve, how(Math.floor(town.clock.now() / SECOND)));
    await town.quiet();
    const before = outcome(town);
    await town.slack.deliver(approve);
    await town.clock.advance(25 * SECOND);
    return `${status}, ${before}; rightly signed ${outcome(town)}`;
  },
});

const signatures: readonly Fault[] = [
  turnedAway('that is not signed', () => ({ signature: 'missing' })),
  turnedAway('that is wrongly signed', () => ({ signature: 'tampered' })),
  turnedAway('of 6 minutes ago', (now) => ({ timestamp: now - 6 * 60 })),
  turnedAway('of 6 minutes ahead', (now) => ({ timestamp: now + 6 * 60 })),
  turnedAway('of an hour ahead', (now) => ({ timestamp: now + 3_600 })),
];

const again = (fault: string, play: Fault['play']): Fault => ({
  door: 'http',
  fault: `the same signed ${fault} arrives twice`,
  expected: '1 request, 1 call, 102 off: 1 person logged off',
  mode: 'http',
  town,
  async play(town) {
    const seen = await play(town);
    const numbers = new Set(town.slack.transcript('C0HELPDESK').match(/Request \d+/g));
    return `${numbers.size} request${numbers.size === 1 ? '' : 's'}, ${seen}`;
  },
});

const replays: readonly Fault[] = [
  again('command', async (town) => {
    const { delivery } = await town.bob.say('/logoff 102');
    await town.slack.deliver(sent(delivery));
    await town.quiet();
    return await approveAgain(town);
  }),
  again('press of a button', async (town) => {
    await town.bob.say('/logoff 102');
    const { delivery } = await town.alice.click(town.card(1), 'Approve');
    await town.slack.deliver(sent(delivery));
    await town.clock.advance(25 * SECOND);
    return outcome(town);
  }),
  again('submission of a window', async (town) => {
    const { bob } = town;
    await bob.say('/logoff');
    const jane = await bob.hasty.lookUp(bob.window(), 'people', 'jane');
    await bob.hasty.choose(bob.window(), 'people', [jane]);
    await town.quiet();
    const { delivery } = await bob.submit();
    await town.slack.deliver(sent(delivery));
    await town.quiet();
    return await approveAgain(town);
  }),
  again('submission of a reason for a denial', async (town) => {
    await town.bob.say('/logoff 102');
    await town.ola.click(town.card(1), 'Deny…');
    const window = town.ola.window();
    await town.alice.click(town.card(1), 'Approve');
    await town.clock.advance(25 * SECOND);
    const { delivery } = await town.ola.hasty.submit(window);
    await town.slack.deliver(sent(delivery));
    await town.quiet();
    return outcome(town);
  }),
];

interface Post {
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly method?: string;
}

/** One signed request as it stands; gives the status, or how the connection ended. */
function post(town: RaisedTown, { type, body = '', method = 'POST' }: Post): Promise<string> {
  const stamp = Math.floor(town.clock.now() / SECOND);
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    'x-slack-request-timestamp': String(stamp),
    'x-slack-signature': signSlackRequest(secrets.signingSecret, stamp, body.toString()),
    connection: 'close',
  };
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port: town.bot().port, path: '/slack/events', method, headers });
    outgoing.on('response', (response) => {
      response.resume();
      resolve(String(response.statusCode));
    });
    outgoing.on('error', () => resolve('the connection was closed'));
    outgoing.end(body);
  });
}

/** The command as Slack would post it. */
const commandBody = (town: RaisedTown): string =>
  new URLSearchParams({
    command: '/logoff',
    text: '102',
    team_id: 'T0NORTH',
    user_id: 'U0BOB',
    channel_id: 'C0HELPDESK',
    trigger_id: '1.2.3',
    response_url: `${new URL(town.slack.apiUrl).origin}/commands/T0NORTH/1/x`,
  }).toString();

const body = (fault: string, status: string, make: (town: RaisedTown) => Post): Fault => ({
  door: 'http',
  fault,
  expected: `${status}, 0 calls, nobody off: nothing, ${WORKS}`,
  mode: 'http',
  town,
  async play(town) {
    const status = await post(town, make(town));
    await town.quiet();
    return `${status}, ${outcome(town)}, ${await stillWorks(town)}`;
  },
});

const bodies: readonly Fault[] = [
  body('a signed command as text/plain', '415', (town) => ({ type: 'text/plain', body: commandBody(town) })),
  body('a signed command without a content type', '415', (town) => ({ body: commandBody(town) })),
  body('a signed command as multipart/form-data', '415', (town) => ({
    type: 'multipart/form-data; boundary=x',
    body: commandBody(town),
  })),
  body('a signed command called JSON', '400', (town) => ({ type: 'application/json', body: commandBody(town) })),
  body('a signed list as JSON', '400', () => ({ type: 'application/json', body: '[]' })),
  body('signed "null" as JSON', '400', () => ({ type: 'application/json', body: 'null' })),
  body('a signed interaction whose payload is no JSON', '400', () => ({ type: FORM, body: 'payload=%7Bnope' })),
  body('an empty signed form', '200', () => ({ type: FORM })),
  body('a signed body of 5 MB', '413', () => ({ type: FORM, body: `text=${'x'.repeat(5 * 1024 * 1024)}` })),
  body('a GET', '404', () => ({ method: 'GET' })),
  {
    door: 'http',
    fault: 'a signed command with a charset behind its content type',
    expected: '200, waiting for approval',
    mode: 'http',
    town,
    async play(town) {
      const status = await post(town, { type: `${FORM}; charset=utf-8`, body: commandBody(town) });
      await town.quiet();
      return `${status}, ${outcome(town).replace(/.*: /, '')}`;
    },
  },
];

export const httpFaults: readonly Fault[] = [...signatures, ...replays, ...bodies];
