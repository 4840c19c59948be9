import { loadSettings } from '../../src/config.ts';
import type { Delivery } from '../../src/sandbox/slack/delivery.ts';
import { SOON, settingsText, variables } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { arrived, outcome, stillWorks } from './observe.ts';
import { pingsIn } from './pings.ts';
import type { Fault } from './row.ts';

const town = { settings: [SOON] };
const WORKS = 'then works: 1 person logged off';

const NOTHING = 'Nothing was done.';
const LIKE_THIS = `Type it like this: \`/logoff jane.doe "Per Hansen" reason: locked out after a crash\`. ${NOTHING}`;
const nobody = (name: string): string =>
  `Nobody you may log off is called "${name}". Type a login, a full name in quotes, an e-mail address, ` +
  `\`group:Name\` or an associate id. ${NOTHING}`;

/** What would call many people together, wherever the bot wrote it. */
function pings(town: RaisedTown): string {
  const found = town.slack.journal.calls().flatMap(({ args }) => pingsIn(args));
  return found.length === 0 ? 'nobody is called' : `CALLED: ${found.join(' ')}`;
}

const typed = (fault: string, text: string, told: string): Fault => ({
  door: 'input',
  fault: `typed: ${fault}`,
  expected: `acknowledged, told: ${told} 0 calls, nobody is called, ${WORKS}`,
  town,
  async play(town) {
    const said = await raw(town, text);
    return `${said} ${arrived(town)}, ${pings(town)}, ${await stillWorks(town)}`;
  },
});

/** A command whose text arrives as it stands, also with what Slack would have escaped. */
async function raw(town: RaisedTown, text: string): Promise<string> {
  const { delivery } = await town.bob.say('/logoff status 99');
  if (delivery === undefined) throw new Error('nothing was sent');
  const trigger_id = `1.2.${text.length}`;
  const { acknowledged } = await town.slack.deliver({
    ...delivery,
    payload: { ...delivery.payload, text, trigger_id },
  });
  await town.quiet();
  return `${acknowledged ? 'acknowledged' : 'not acknowledged'}, told: ${town.bob.told().replaceAll('\n', ' ')}`;
}

const commands: readonly Fault[] = [
  typed('8,000 characters', 'x'.repeat(8_000), `"${'x'.repeat(80)}" is too long for a name. ${LIKE_THIS}`),
  typed('8,000 words', 'x '.repeat(8_000), nobody('x')),
  typed('<!channel>', '<!channel>', `I do not understand "<!channel>". ${LIKE_THIS}`),
  // It makes a request, so nothing is said but the answer to the command before.
  typed(
    'a reason that calls everybody',
    '102 reason: <!channel> <!here> @everyone',
    'There is no request 99 that you can see. `/logoff status` lists those that you can.',
  ),
  typed('XML', '"</so:UserName><so:x>&amp;"', nobody('</so:UserName><so:x>&')),
  typed('a shell command', '$(reboot); `reboot` && rm -rf /', nobody('$(reboot)')),
  typed('control characters', '\u0000\u0007\u001b[31m102\u0000', nobody('[31m102')),
  typed(
    'marks that turn the direction of text',
    '\u202e201\u202c',
    `None of these people can be logged off. ${NOTHING} *Left out* • Customer Portal (id 201): not an internal user: cannot use the Windows client`,
  ),
  typed('half a character', '\ud83d', nobody('\ufffd')),
  typed(
    'an id that is too large',
    '2147483648',
    `"2147483648" is not an associate id: ids are whole numbers from 1 to 2147483647. ${LIKE_THIS}`,
  ),
  typed(
    'a negative id',
    '-102',
    `"-102" is not an associate id: ids are whole numbers from 1 to 2147483647. ${LIKE_THIS}`,
  ),
];

async function changed(
  town: RaisedTown,
  change: (payload: Delivery['payload']) => Delivery['payload'],
): Promise<string> {
  await town.bob.say('/logoff 102');
  const { delivery } = await town.ola.click(town.card(1), 'Deny…');
  if (delivery === undefined) throw new Error('nothing was sent');
  const { acknowledged } = await town.slack.deliver({ ...delivery, payload: change(delivery.payload) });
  await town.quiet();
  return `${acknowledged ? 'acknowledged' : 'not acknowledged'}, ${outcome(town)}, told: ${town.ola.answered()}`;
}

const forged = (fault: string, told: string, change: (payload: Delivery['payload']) => Delivery['payload']): Fault => ({
  door: 'input',
  fault: `pressed: ${fault}`,
  expected: `acknowledged, 0 calls, nobody off: waiting for approval, told: ${told}`,
  town,
  play: (town) => changed(town, change),
});

const action = (value: unknown, action_id = 'approve') => ({
  actions: [{ type: 'button', action_id, block_id: 'b', value }],
});

const presses: readonly Fault[] = [
  forged(
    'a value that is no request',
    'This does not belong to one of my requests. Open it again from the message or with `/logoff`. Nothing was done.',
    (payload) => ({
      ...payload,
      ...action('1; drop table'),
    }),
  ),
  forged(
    'a request that does not exist',
    'There is no request 99 that you can see. `/logoff status` lists those that you can.',
    (payload) => ({
      ...payload,
      ...action('99'),
    }),
  ),
  forged(
    'a value that is no text',
    'This does not belong to one of my requests. Open it again from the message or with `/logoff`. Nothing was done.',
    (payload) => ({
      ...payload,
      ...action({ request: 1 }),
    }),
  ),
  forged(
    'a button that does not exist',
    'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
    (payload) => ({ ...payload, ...action('1', 'approve_all') }),
  ),
  forged(
    'no button at all',
    'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
    (payload) => ({
      ...payload,
      actions: [],
    }),
  ),
  forged(
    'by somebody of another workspace',
    'Request 1: Only full members of this workspace can use this. Guests, people from other workspaces, bots and deactivated people cannot. Ask a full member to do it.',
    (payload) => ({
      ...payload,
      ...action('1'),
      user: { id: 'U0ALICE', team_id: 'T0OTHER' },
    }),
  ),
  forged(
    'in another workspace',
    'I only work in the workspace that I was installed in. Type the command there. Nothing was done.',
    (payload) => ({ ...payload, ...action('1'), team: { id: 'T0OTHER' } }),
  ),
  forged(
    'by nobody',
    'This does not belong to one of my requests. Open it again from the message or with `/logoff`. Nothing was done.',
    (payload) => ({
      ...payload,
      ...action('1'),
      user: {},
    }),
  ),
  forged(
    'a command in a button that names the whole company',
    'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
    (payload) => ({
      ...payload,
      ...action('all', 'run_0'),
    }),
  ),
];

const settings = (fault: string, expected: string, make: (text: string) => string | Buffer): Fault => ({
  door: 'input',
  fault: `a settings file ${fault}`,
  expected,
  town,
  async play(town) {
    const text = make(
      settingsText('http', town.netserver.url.replace('127.0.0.1', 'localhost'), [['  ca_file:', '  # ca_file:']]),
    );
    const loaded = loadSettings(variables(town.slack.apiUrl, 'sqlite::memory:'), () => Buffer.from(text));
    return loaded.ok ? 'read' : loaded.report.split('\n').slice(1, 2).join('');
  },
});

const files: readonly Fault[] = [
  settings('with a byte order mark', 'read', (text) => `\uFEFF${text}`),
  settings('with CRLF', 'read', (text) => text.replaceAll('\n', '\r\n')),
  settings(
    'in UTF-16',
    'logoff.yml  cannot be used: it is not UTF-8 text: save it as UTF-8. Copy logoff.example.yml, change it to your needs, and name it in LOGOFF_CONFIG.',
    (text) => Buffer.from(text, 'utf16le'),
  ),
  settings(
    'with anchors that unfold to a billion things',
    'logoff.yml:1:1  repeats itself too often through & and *: write the values out',
    () =>
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`)
        .join('\n')}\n`,
  ),
  settings(
    'of 2 MB',
    'logoff.yml  cannot be used: it is larger than 1 MB. Copy logoff.example.yml, change it to your needs, and name it in LOGOFF_CONFIG.',
    (text) => text + '#'.repeat(2_000_000),
  ),
  settings('that is empty', 'logoff.yml  is empty: start from logoff.example.yml', () => ''),
  settings('that is a list', 'logoff.yml:1:1  the file must be a set of keys with values', () => '- 1\n- 2\n'),
];

export const inputFaults: readonly Fault[] = [...commands, ...presses, ...files];
