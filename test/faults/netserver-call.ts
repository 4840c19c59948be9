import type { Trouble } from '../../src/sandbox/netserver/troubles.ts';
import { type Change, SOON } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { outcome } from './observe.ts';
import { type Fault, SECOND } from './row.ts';

/** A call that is not answered costs its time limit in real time. */
export const IMPATIENT: readonly Change[] = [['timeout: 15s', 'timeout: 1s'], SOON];

const GONE = '1 call, 102, 104 off: 2 people logged off';
const NO_ANSWER = 'SuperOffice gave no clear answer.';
const LISTED = 'still listed as logged on (not logged off, or already back)';
const NOT_DONE = `1 call, nobody off: ${NO_ANSWER} 2 people ${LISTED}`;

/** What happens to the one log-off call of an approved request; what it says in Slack must be what SuperOffice's own list shows. */
async function approved({ bob, alice, netserver, clock, card }: RaisedTown, trouble: Trouble): Promise<void> {
  await bob.say('/logoff 102 104');
  netserver.trouble('LogOffWindowsUsers', trouble, { times: 1 });
  await alice.click(card(1), 'Approve');
  await clock.advance(25 * SECOND);
}

type Case = readonly [fault: string, trouble: Trouble, expected: string];

const cases: readonly Case[] = [
  ['is never answered, and was carried out', { kind: 'hang', effect: true }, GONE],
  ['is never answered, and was not carried out', { kind: 'hang' }, NOT_DONE],
  ['is answered a byte at a time', { kind: 'drip', everyMs: 20 }, GONE],
  ['breaks off before it is carried out', { kind: 'reset-before' }, NOT_DONE],
  ['breaks off after it was carried out', { kind: 'reset-after' }, GONE],
  ['is answered with cut XML', { kind: 'cut-xml' }, GONE],
  ['is answered with a web page and 200', { kind: 'html', status: 200, effect: true }, GONE],
  ['is answered with a web page and 500', { kind: 'html', status: 500 }, NOT_DONE],
  ['is answered with 200 and nothing', { kind: 'empty' }, NOT_DONE],
  ['is answered with 200 and nothing, and was carried out', { kind: 'empty', effect: true }, GONE],
  ['is answered with JSON', { kind: 'json' }, NOT_DONE],
  [
    'is answered under the wrong content type',
    { kind: 'wrong-content-type', contentType: 'application/soap+xml' },
    GONE,
  ],
  ['is answered without a verdict', { kind: 'no-headers' }, GONE],
  ['is answered with 503', { kind: 'unavailable' }, NOT_DONE],
  ['is answered with a SOAP fault', { kind: 'fault', message: 'boom' }, NOT_DONE],
  [
    'is answered with Succeeded=false',
    { kind: 'exception', type: 'SuperOffice.Exceptions.SoServerException', message: 'no' },
    NOT_DONE,
  ],
  [
    'is refused for want of a right',
    { kind: 'not-allowed' },
    `1 call, nobody off: SuperOffice does not allow the bot to do this. Tell your CRM administrator. 2 people ${LISTED}`,
  ],
  ['is answered with yes and not carried out', { kind: 'no-effect' }, `1 call, nobody off: 2 people ${LISTED}`],
];

export const callFaults: readonly Fault[] = cases.map(([fault, trouble, expected]) => ({
  door: 'netserver',
  fault: `the log-off call ${fault}`,
  expected,
  town: { settings: IMPATIENT },
  async play(town) {
    await approved(town, trouble);
    return outcome(town);
  },
}));
