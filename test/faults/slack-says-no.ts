import { APPROVALS, ELSEWHERE, HELPDESK, SOON } from '../e2e/cast.ts';
import type { RaisedTown } from '../e2e/raise-town.ts';
import { approveAgain, arrived, cards, lineOf, outcome } from './observe.ts';
import { type Fault, MINUTE, SECOND } from './row.ts';

const town = { settings: [SOON] };

/** What Bob reads directly from the bot, the newest last. */
const direct = (town: RaisedTown): string => town.bob.hasty.sees('dm').at(-1)?.text ?? 'nothing';

/** The bot never lets itself into a channel. */
const joined = (town: RaisedTown): string =>
  town.slack.journal.calls('conversations.join').length === 0 ? 'the bot joins nothing' : 'THE BOT JOINED';

const without = (town: RaisedTown, channel: string): readonly string[] =>
  (town.slack.workspace.channel(channel)?.members ?? []).filter((member) => member !== 'U0LOGOFF');

/** The approvals channel takes the card no more, and then again. */
const approvalsRefuse = (
  fault: string,
  told: string,
  complaint: string,
  close: (town: RaisedTown) => void,
  open: (town: RaisedTown) => void,
): Fault => ({
  door: 'web api',
  fault: `the approvals channel ${fault}`,
  expected: `Bob is told: Request 1: the approvers cannot see it yet: ${told}; the bot joins nothing; then one card, 1 call, 102 off: 1 person logged off`,
  town,
  async play(town) {
    const members = town.slack.workspace.channel(APPROVALS)?.members ?? [];
    town.provoked(complaint, 'conversations.info channel_not_found');
    close(town);
    await town.bob.say('/logoff 102');
    await town.clock.advance(10 * SECOND);
    const said = direct(town);
    open(town);
    town.slack.workspace.setChannel(APPROVALS, { members });
    await town.clock.advance(5 * MINUTE);
    return `Bob is told: ${said}; ${joined(town)}; then ${await cardsAndApproval(town)}`;
  },
});

async function cardsAndApproval(town: RaisedTown): Promise<string> {
  const seen = await approveAgain(town);
  return `${cards(town)}, ${seen}`;
}

const INVITE =
  'Somebody in that channel can type `/invite @SuperOffice log-off`; the card then appears within five minutes.';

const set = (change: Parameters<RaisedTown['slack']['workspace']['setChannel']>[1]) => (town: RaisedTown) =>
  town.slack.workspace.setChannel(APPROVALS, change);

const channels: readonly Fault[] = [
  approvalsRefuse(
    'is public and the bot is not in it (not_in_channel)',
    `the bot is not in the approvals channel. ${INVITE}`,
    'chat.postMessage not_in_channel',
    (town) => set({ is_private: false, members: without(town, APPROVALS) })(town),
    set({}),
  ),
  approvalsRefuse(
    'is private and the bot is not in it (channel_not_found)',
    `the bot is not in the approvals channel, or there is no such channel any more. ${INVITE}`,
    'chat.postMessage channel_not_found',
    (town) => set({ members: without(town, APPROVALS) })(town),
    set({}),
  ),
  approvalsRefuse(
    'is archived (is_archived)',
    'the approvals channel is archived. Tell your CRM administrator.',
    'chat.postMessage is_archived',
    set({ is_archived: true }),
    set({ is_archived: false }),
  ),
  {
    door: 'web api',
    fault: 'the approvals channel becomes shared with another company, and then is not any more',
    expected:
      'no card; Bob is told: Request 1: nobody can approve it: the approvals channel is shared with another company or ' +
      'workspace, so nothing more is told or decided there. Tell your CRM administrator to name a channel of your own.; ' +
      'then one card, 1 call, 102 off: 1 person logged off',
    mode: 'http',
    town,
    async play(town) {
      set({ is_ext_shared: true })(town);
      await town.bob.say('/logoff 102');
      const posted = town.slack.workspace.messages(APPROVALS).length;
      const said = direct(town);
      set({ is_ext_shared: false })(town);
      await town.clock.advance(5 * MINUTE);
      return `${posted === 0 ? 'no card' : 'A CARD'}; Bob is told: ${said}; then ${await cardsAndApproval(town)}`;
    },
  },
  {
    door: 'web api',
    fault: 'a command is typed in a channel that the bot is not in',
    expected: 'the line is there: waiting for approval; the bot joins nothing; 1 call, 102 off: 1 person logged off',
    mode: 'http',
    town,
    async play(town) {
      town.provoked('chat.postMessage not_in_channel');
      await town.bob.say('/logoff 102', ELSEWHERE);
      const line = town.line(1, ELSEWHERE).replace('Request 1: ', '');
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      const last = town.line(1, ELSEWHERE).replace('Request 1: ', '');
      return `the line is there: ${line}; ${joined(town)}; ${outcome(town).replace(/nothing$/, last)}`;
    },
  },
];

const drop = (town: RaisedTown, channel: string): void => {
  for (const message of [...town.slack.workspace.messages(channel)]) town.slack.workspace.remove(message);
};

const messages: readonly Fault[] = [
  {
    door: 'web api',
    fault: 'somebody deletes the card (message_not_found)',
    expected: 'drawn again: one card; 1 call, 102 off: 1 person logged off',
    town,
    async play(town) {
      town.provoked('chat.update message_not_found');
      await town.bob.say('/logoff 102');
      const card = town.card(1);
      const pressed = town.alice.hasty.click(card, 'Approve');
      drop(town, APPROVALS);
      await pressed;
      await town.quiet();
      await town.clock.advance(25 * SECOND);
      return `drawn again: ${cards(town)}; ${outcome(town)}`;
    },
  },
  {
    door: 'web api',
    fault: 'somebody deletes the line where it was typed',
    expected: '1 call; Bob is told: Request 1: 1 person logged off',
    mode: 'http',
    town,
    async play(town) {
      town.provoked('chat.update message_not_found');
      await town.bob.say('/logoff 102');
      drop(town, HELPDESK);
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      return `${arrived(town)}; Bob is told: ${direct(town).split('\n')[0]}`;
    },
  },
  {
    door: 'web api',
    fault: 'the channel where it was typed is archived meanwhile',
    expected: '1 call; Bob is told: Request 1: 1 person logged off',
    town,
    async play(town) {
      town.provoked('chat.update is_archived');
      await town.bob.say('/logoff 102');
      town.slack.workspace.setChannel(HELPDESK, { is_archived: true });
      await town.alice.click(town.card(1), 'Approve');
      await town.clock.advance(25 * SECOND);
      return `${arrived(town)}; Bob is told: ${direct(town).split('\n')[0]}`;
    },
  },
];

const people: readonly Fault[] = [
  {
    door: 'web api',
    fault: 'who asked is deactivated in Slack before it is approved',
    expected:
      '0 calls, nobody off: not carried out, nobody was logged off. The person who asked is no longer a full member of ' +
      'this workspace. Somebody who is can ask again.',
    town,
    async play(town) {
      town.provoked('conversations.open user_disabled');
      await town.bob.say('/logoff 102');
      town.slack.workspace.setUser('U0BOB', { deleted: true });
      await town.clock.advance(2 * MINUTE);
      return await approveAgain(town);
    },
  },
  {
    door: 'web api',
    fault: 'Slack does not know any more who presses Approve (user_not_found)',
    expected: '0 calls, nobody off: waiting for approval',
    mode: 'http',
    town,
    async play(town) {
      await town.bob.say('/logoff 102');
      await town.clock.advance(2 * MINUTE);
      town.slack.faults.always('users.info', { kind: 'error', error: 'user_not_found' });
      return await approveAgain(town);
    },
  },
  {
    door: 'web api',
    fault: 'the one who is to be warned cannot be written to (user_disabled)',
    expected: 'waits, then 1 call, 101 off: 1 person logged off',
    town: { settings: [SOON, ['    warn: 0s\n', '']] },
    async play(town) {
      town.slack.faults.always('conversations.open', { kind: 'error', error: 'user_disabled' });
      await town.bob.say('/logoff 101');
      await town.alice.click(town.card(1), 'Approve');
      const first = arrived(town);
      await town.clock.advance(3 * MINUTE);
      return `${first === '0 calls' ? 'waits' : `does not wait (${first}, ${lineOf(town)})`}, then ${outcome(town)}`;
    },
  },
];

const messagesTab: Fault = {
  door: 'web api',
  fault: 'the Messages Tab of the app is off (messages_tab_disabled), and somebody is to be warned',
  expected:
    'the card: could not be warned: phone them; the log: messages_tab_disabled; then 1 call, 101 off: 1 person logged off',
  town: { settings: [SOON, ['    warn: 0s\n', '']] },
  async play(town) {
    town.provoked('chat.postMessage messages_tab_disabled');
    town.slack.workspace.setMessagesTab(false);
    await town.bob.say('/logoff 101');
    await town.alice.click(town.card(1), 'Approve');
    await town.clock.advance(SECOND);
    const card = town.fate(1, 101).replace(/^.*: (?=could)/, '');
    const noted = town.log.find((line) => line.includes('"not_warned"'));
    const code = /"code":"(\w+)"/.exec(noted ?? '')?.[1] ?? 'nothing';
    await town.clock.advance(3 * MINUTE);
    return `the card: ${card}; the log: ${code}; then ${outcome(town)}`;
  },
};

export const refusalFaults: readonly Fault[] = [...channels, ...messages, ...people, messagesTab];
