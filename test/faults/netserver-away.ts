import { createServer, type Server } from 'node:net';
import type { Trouble } from '../../src/sandbox/netserver/troubles.ts';
import { SOON } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { IMPATIENT } from './netserver-call.ts';
import { arrived, command, lineOf, outcome, stillWorks } from './observe.ts';
import { type Fault, MINUTE, SECOND } from './row.ts';

const NOTHING = 'Nothing was done.';
const NO_ANSWER = `acknowledged, told: SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. ${NOTHING}`;
const NO_LOGON = `acknowledged, told: The bot cannot log on to SuperOffice. Tell your CRM administrator. ${NOTHING}`;
const NO_RIGHT = `acknowledged, told: SuperOffice does not allow the bot to do this. Tell your CRM administrator. ${NOTHING}`;
const WORKS = 'then works: 1 person logged off';

type Case = readonly [fault: string, trouble: Trouble, expected?: string];

/** What every call comes back with while a command is typed. Nothing may be sent, and it must go on by itself afterwards. */
const everyCall: readonly Case[] = [
  ['hangs', { kind: 'hang' }],
  ['drips a byte at a time', { kind: 'drip', everyMs: 20 }],
  ['breaks every connection', { kind: 'reset-before' }],
  ['cuts its XML', { kind: 'cut-xml' }],
  ['answers with a web page and 200', { kind: 'html', status: 200 }],
  ['answers with a web page and 500', { kind: 'html', status: 500 }],
  ['answers with 200 and nothing', { kind: 'empty' }],
  ['answers with JSON', { kind: 'json' }],
  ['answers under the wrong content type', { kind: 'wrong-content-type', contentType: 'text/plain' }],
  ['answers with 503', { kind: 'unavailable' }],
  ['answers with a SOAP fault', { kind: 'fault', message: 'boom' }],
  ['answers with an exception', { kind: 'exception', type: 'SuperOffice.Exceptions.SoServerException', message: 'no' }],
  ['answers without a verdict', { kind: 'no-headers' }],
  ['asks for Windows authentication (401)', { kind: 'unauthorized' }, NO_LOGON],
  ['allows the bot nothing', { kind: 'not-allowed' }, NO_RIGHT],
];

const away: readonly Fault[] = everyCall.map(([fault, trouble, expected = NO_ANSWER]) => ({
  door: 'netserver',
  fault: `SuperOffice ${fault} while a command is typed`,
  expected: `${expected} 0 calls, ${WORKS}`,
  town: { settings: IMPATIENT },
  async play(town) {
    town.netserver.trouble('*', trouble);
    const said = await command(town, '/logoff 102');
    const sent = arrived(town);
    town.netserver.clearTrouble();
    await town.clock.advance(MINUTE);
    return `${said} ${sent}, ${await stillWorks(town)}`;
  },
}));

/** Where a redirect points to: whoever comes is counted. */
async function elsewhere(): Promise<{ readonly url: string; visitors(): number; close(): void }> {
  let count = 0;
  const server: Server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, visitors: () => count, close: () => void server.close() };
}

const redirects: readonly Fault[] = ([302, 307] as const).map((status) => ({
  door: 'netserver',
  fault: `SuperOffice redirects (${status}) to another host`,
  expected: `${NO_ANSWER} 0 calls, nobody came to the other host`,
  town: { settings: IMPATIENT },
  async play(town) {
    const other = await elsewhere();
    town.netserver.trouble('*', { kind: 'redirect', status, to: other.url });
    const said = await command(town, '/logoff 102');
    const came = other.visitors();
    other.close();
    return `${said} ${arrived(town)}, ${came === 0 ? 'nobody' : `${came} connections`} came to the other host`;
  },
}));

/** Junk of 80 KB kept the package's own parser busy for 1 to 6 s; a turn of the event loop with less work is none of it. */
const LONG_TURN_MS = 600;

/** The work of the longest turn while something is done: what other processes do meanwhile does not count. */
async function loopDuring(doing: () => Promise<void>): Promise<string> {
  const work = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longest = 0;
  let last = work();
  const turn = () => {
    const now = work();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await doing();
  clearImmediate(next);
  return longest < LONG_TURN_MS
    ? 'the event loop stays free'
    : `the event loop was blocked for ${Math.round(longest)} ms`;
}

const FREE: readonly (readonly [string, Trouble])[] = [
  ['30 MB', { kind: 'huge', effect: true }],
  ['80 KB of "<" called XML', { kind: 'junk', shape: 'less-than', effect: true }],
  ['80 KB of a web page called XML', { kind: 'junk', shape: 'html', effect: true }],
];

const large: readonly Fault[] = FREE.map(([fault, trouble]) => ({
  door: 'netserver',
  fault: `the log-off call is answered with ${fault}`,
  expected: '1 call, 102 off: 1 person logged off; the event loop stays free',
  town: { settings: IMPATIENT },
  async play(town) {
    const { bob, alice, netserver, clock, card } = town;
    await bob.say('/logoff 102');
    netserver.trouble('LogOffWindowsUsers', trouble, { times: 1 });
    const loop = await loopDuring(async () => void (await alice.click(card(1), 'Approve')));
    await clock.advance(25 * SECOND);
    return `${outcome(town)}; ${loop}`;
  },
}));

async function approvedWhile(
  town: RaisedTown,
  before: () => Promise<void>,
  after: () => Promise<void>,
): Promise<string> {
  const { bob, alice, clock, card } = town;
  await bob.say('/logoff 102');
  await before();
  await alice.click(card(1), 'Approve');
  await clock.advance(MINUTE);
  const waiting = `${lineOf(town)}, ${arrived(town)}`;
  await after();
  await clock.advance(MINUTE);
  return `${waiting}; then ${outcome(town)}`;
}

const WAITS = 'approved, but SuperOffice does not answer; trying again until 14:10, 0 calls';

const refused: readonly Fault[] = [
  {
    door: 'netserver',
    fault: 'SuperOffice refuses connections when a request is approved, and is back a minute later',
    expected: `${WAITS}; then 1 call, 102 off: 1 person logged off`,
    town: { settings: [SOON] },
    play: (town) => approvedWhile(town, town.netserver.refuse, town.netserver.accept),
  },
  {
    door: 'netserver',
    fault: 'SuperOffice refuses connections until dispatch_within is over',
    expected: `${WAITS}; then 0 calls, nobody off: dropped at 14:10: SuperOffice does not answer. Nothing was done.`,
    town: { settings: [SOON] },
    play: (town) => approvedWhile(town, town.netserver.refuse, () => town.clock.advance(12 * MINUTE)),
  },
  {
    door: 'netserver',
    fault: 'SuperOffice is dead: what is asked after three silent calls',
    expected:
      '0 messages more for 3 commands, told: SuperOffice is not responding. The bot checks every few seconds; ' +
      `try again in a minute. ${NOTHING} ${WORKS}`,
    town: { settings: IMPATIENT },
    async play(town) {
      town.netserver.trouble('*', { kind: 'reset-before' });
      for (let time = 0; time < 3; time += 1) await town.bob.say('/logoff 102');
      const before = town.netserver.journal().length;
      for (let time = 0; time < 3; time += 1) await town.bob.say('/logoff 102');
      const more = town.netserver.journal().length - before;
      const said = town.bob.told();
      town.netserver.clearTrouble();
      await town.clock.advance(10 * SECOND);
      return `${more} messages more for 3 commands, told: ${said} ${await stillWorks(town)}`;
    },
  },
];

export const awayFaults: readonly Fault[] = [...away, ...redirects, ...large, ...refused];
