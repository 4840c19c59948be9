import type { Fault as SlackFault } from '../../src/sandbox/slack/faults.ts';
import { SOON } from '../e2e/cast.ts';
import type { Mode, RaisedTown } from '../e2e/raise-town.ts';
import { approveAgain, arrived, cards, command, lineOf, loggedOff, outcome, stillWorks } from './observe.ts';
import { type Fault, MINUTE, SECOND } from './row.ts';

const town = { settings: [SOON] };
const WORKS = 'then works: 1 person logged off';
const NO_SLACK = 'acknowledged, told: Slack did not answer. Try again in a minute. Nothing was done.';

type Named = readonly [name: string, fault: SlackFault];
const LIMITED: Named = ['429 with Retry-After: 30', { kind: 'rate_limited', retryAfter: 30 }];
const SILENT: Named = ['no answer', { kind: 'hang' }];
const BROKEN: Named = ['the connection breaks off before', { kind: 'reset', when: 'before the effect' }];
const BROKEN_AFTER: Named = ['the connection breaks off afterwards', { kind: 'reset', when: 'after the effect' }];
const every: readonly Named[] = [
  LIMITED,
  ['500', { kind: 'status', status: 500 }],
  SILENT,
  BROKEN,
  BROKEN_AFTER,
  ['a web page with 200', { kind: 'status', status: 200, body: '<html>proxy</html>' }],
];

/** Where Slack must be asked before anything is done, a command is refused; nothing is guessed. */
const asked = (method: string, [name, fault]: Named, mode: Mode): Fault => ({
  door: 'web api',
  fault: `${method} when a command is typed: ${name}`,
  expected: `${NO_SLACK} 0 calls, ${WORKS}`,
  mode,
  town,
  async play(town) {
    // What Slack said a minute ago is not asked again.
    await town.clock.advance(2 * MINUTE);
    town.slack.faults.always(method, fault);
    const said = await command(town, '/logoff 102');
    const sent = arrived(town);
    town.slack.faults.clear();
    return `${said} ${sent}, ${await stillWorks(town)}`;
  },
});

/** What Slack does not draw is drawn later; what was decided is done meanwhile. */
const drawn = ([name, fault]: Named, mode: Mode): Fault => ({
  door: 'web api',
  fault: `chat.update from the approval on: ${name}`,
  expected: 'meanwhile 1 call, 102 off; at last: 1 person logged off, one card',
  mode,
  town,
  async play(town) {
    const { bob, alice, card, slack, clock } = town;
    await bob.say('/logoff 102');
    // Three drawings with what is repeated of each.
    slack.faults.next('chat.update', fault, 9);
    await alice.click(card(1), 'Approve');
    await clock.advance(25 * SECOND);
    const meanwhile = `${arrived(town)}, ${loggedOff(town)}`;
    slack.faults.clear();
    await clock.advance(3 * MINUTE);
    return `meanwhile ${meanwhile}; at last: ${lineOf(town)}, ${cards(town)}`;
  },
});

/** Who presses cannot be asked about, so the press is not counted; pressed again it is. */
const pressed = ([name, fault]: Named, mode: Mode): Fault => ({
  door: 'web api',
  fault: `every call when Approve is pressed: ${name}`,
  expected: '0 calls, nobody off: waiting for approval; pressed again 1 call, 102 off: 1 person logged off, one card',
  mode,
  town,
  async play(town) {
    const { bob, alice, card, slack, clock } = town;
    await bob.say('/logoff 102');
    await clock.advance(2 * MINUTE);
    slack.faults.always('*', fault);
    await alice.click(card(1), 'Approve');
    const first = outcome(town);
    slack.faults.clear();
    return `${first}; pressed again ${await approveAgain(town)}, ${cards(town)}`;
  },
});

/** A post is never repeated blindly; one that Slack may have taken leaves a copy, which its first click turns into a pointer. */
const posted = ([name, fault]: Named, mode: Mode): Fault => ({
  door: 'web api',
  fault: `chat.postMessage of the card and of the line: ${name}`,
  expected: `${fault.kind === 'reset' && fault.when === 'after the effect' ? '2 cards' : 'one card'}, 1 call, 102 off: 1 person logged off`,
  mode,
  town,
  async play(town) {
    const { bob, slack, clock } = town;
    slack.faults.next('chat.postMessage', fault, 2);
    await bob.say('/logoff 102');
    await clock.advance(MINUTE);
    const seen = await approveAgain(town);
    return `${cards(town)}, ${seen}`;
  },
});

const limited = (method: string, expected: string, play: Fault['play'], settings = town): Fault => ({
  door: 'web api',
  fault: `${method}: 429 with Retry-After: 30`,
  expected: `${expected}, ${WORKS}`,
  town: settings,
  async play(town) {
    await town.clock.advance(2 * MINUTE);
    town.slack.faults.always(method, LIMITED[1]);
    const seen = await play(town);
    town.slack.faults.clear();
    return `${seen}, ${await stillWorks(town)}`;
  },
});

const DONE = '1 call, 102 off: 1 person logged off';
const askAndApprove: Fault['play'] = async (town) => {
  await town.bob.say('/logoff 102');
  return await approveAgain(town);
};

/** The newest direct message to somebody. */
const directly = (town: RaisedTown, who: string): string =>
  town
    .as(who)
    .hasty.sees('dm')
    .at(-1)
    ?.text.replace(/(?<=\.)\s.*$/s, '') ?? 'nothing';

const everyMethod: readonly Fault[] = [
  // Whether somebody belongs to a user group is not guessed: unknown is no, and said to be unknown.
  limited(
    'usergroups.users.list',
    'acknowledged, told: Slack did not tell who is in a user group that the rules name, so nobody counts as a member of it. ' +
      'Try again in a minute. Nothing was done.',
    (town) => command(town, '/logoff 102'),
    { settings: [SOON, ['{ users: [U0BOB] }', '{ usergroups: [S0DESK] }']] },
  ),
  limited('users.lookupByEmail', DONE, askAndApprove),
  limited('conversations.open', DONE, askAndApprove),
  limited(
    'views.open',
    'acknowledged, told: Slack did not open the window in time. Type the command again, or name the people in it: ' +
      '`/logoff help` shows how. Nothing was done.',
    (town) => command(town, '/logoff'),
  ),
  limited(
    'views.update',
    'acknowledged, told: Slack did not fill the window. Close it and type the command again in a minute, or name the ' +
      'people in it: `/logoff help` shows how. Nothing was done.',
    (town) => command(town, '/logoff'),
  ),
  limited(
    'response_url',
    'acknowledged, told: nothing was said, directly: There is no open request that concerns you.',
    async (town) => `${await command(town, '/logoff status')}, directly: ${directly(town, 'U0BOB')}`,
  ),
  {
    door: 'web api',
    fault: 'response_url when Approve is pressed: 429 with Retry-After: 30',
    expected: `Alice is told directly: You approved request 1. No failure in the log; ${DONE}`,
    mode: 'http',
    town,
    async play(town) {
      await town.bob.say('/logoff 102');
      town.slack.faults.next('response_url', LIMITED[1]);
      await town.alice.click(town.card(1), 'Approve');
      const failed = town.log.some((line) => line.includes('slack_listener_failed'));
      const told = directly(town, 'U0ALICE');
      await town.clock.advance(25 * SECOND);
      return `Alice is told directly: ${told} ${failed ? 'A FAILURE' : 'No failure'} in the log; ${outcome(town)}`;
    },
  },
  {
    door: 'web api',
    fault: 'auth.test at the start: 429 with Retry-After: 30',
    expected: `waits, ${WORKS}`,
    town,
    async play(town) {
      await town.stop();
      const before = town.slack.journal.calls('auth.test').length;
      town.slack.faults.next('auth.test', LIMITED[1]);
      let started = false;
      const starting = town.start().then(() => {
        started = true;
      });
      await town.slack.until(() => town.slack.journal.calls('auth.test').length > before);
      const waits = started ? 'does not wait' : 'waits';
      while (!started) {
        await town.clock.advance(5 * SECOND);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await starting;
      return `${waits}, ${await stillWorks(town)}`;
    },
  },
];

const wayOf = (index: number): Mode => (index % 2 === 0 ? 'socket' : 'http');

export const webApiFaults: readonly Fault[] = [
  ...[LIMITED, SILENT, BROKEN].flatMap((one, index) => [
    asked('users.info', one, wayOf(index)),
    asked('conversations.info', one, wayOf(index + 1)),
    pressed(one, wayOf(index)),
  ]),
  ...every.flatMap((one, index) => [drawn(one, wayOf(index)), posted(one, wayOf(index + 1))]),
  ...everyMethod,
];
