import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';

/** What people do from a command to its end. */
export interface Life {
  readonly name: string;
  /** Who types the command. */
  readonly asker: 'U0BOB' | 'U0ALICE' | 'U0ANNA';
  /** How line and card begin once it is over. */
  readonly ends: RegExp;
  /** What is done with the card; what people do again where nobody heard them. */
  decide(hands: Hands): Promise<void>;
}

/** One request in front of the people who have a hand in it. */
export interface Hands {
  readonly slack: LocalSlack;
  readonly request: number;
  /** The Slack person who is to be logged off. */
  readonly concerned: string;
  /** A new part of the story: what SuperOffice is asked from now on belongs to it. */
  part(name: string): void;
  /** Waits for something to be seen; nothing where the process died or it never came. */
  see<T>(look: () => T | undefined | false, within?: number): Promise<T | undefined>;
}

/** The newest message of a channel that begins with these words behind the request's number. */
export const shown = ({ slack, request }: Pick<Hands, 'slack' | 'request'>, channel: string, words: string | RegExp) =>
  slack.workspace
    .messages(channel)
    .findLast(
      ({ text, visibleTo }) =>
        visibleTo === undefined &&
        text.startsWith(`Request ${request}: `) &&
        (typeof words === 'string' ? text.includes(words) : words.test(text)),
    );

const cardOf = (hands: Hands): Promise<Message | undefined> =>
  hands.see(() => shown(hands, APPROVALS, 'approval needed'));

const LOGGED_OFF = /\d (?:person|people) (?:logged off|still listed)/;

const approve =
  (who: string) =>
  async (hands: Hands): Promise<void> => {
    const card = await cardOf(hands);
    if (card === undefined) return;
    hands.part('approved');
    await hands.slack.as(who).click(card, 'Approve');
  };

/** Presses a button that opens a modal, and submits that. */
async function inModal({ slack, see }: Hands, who: string, message: Message, button: string): Promise<void> {
  // One that was submitted may still be open, and says what came of it.
  const before = new Set(
    slack
      .as(who)
      .modals()
      .map(({ view }) => view),
  );
  await slack.as(who).click(message, button);
  const modal = await see(() =>
    slack
      .as(who)
      .modals()
      // It opens empty and is filled after; one that says why not has nothing to submit.
      .find(({ view, submit }) => !before.has(view) && submit !== undefined),
  );
  if (modal !== undefined) await slack.as(who).submit(modal);
}

/** Asked, approved, carried out; before that who asked tries to approve it alone. */
const plain: Life = {
  name: 'approved',
  asker: 'U0BOB',
  ends: LOGGED_OFF,
  async decide(hands) {
    const card = await cardOf(hands);
    if (card !== undefined) await hands.slack.as('U0BOB').click(card, 'Approve');
    await approve('U0ALICE')(hands);
  },
};

const warned: Life = { name: 'warned', asker: 'U0ALICE', ends: LOGGED_OFF, decide: approve('U0OLA') };

/** The whole list is confirmed, and the one concerned agrees. */
const agreed: Life = {
  name: 'agreed',
  asker: 'U0ANNA',
  ends: LOGGED_OFF,
  async decide(hands) {
    const { slack, see, concerned } = hands;
    const line = await see(() => shown(hands, HELPDESK, 'waiting for'));
    if (line?.text.includes('to confirm') === true) await inModal(hands, 'U0ANNA', line, 'Look and confirm…');
    const asked = await see(() => shown(hands, `D${concerned.slice(1)}`, 'asks to log you off'));
    if (asked === undefined) return;
    hands.part('agreed');
    await slack.as(concerned).click(asked, 'Log me off now');
  },
};

const denied: Life = {
  name: 'denied',
  asker: 'U0BOB',
  ends: /denied by/,
  async decide(hands) {
    const card = await cardOf(hands);
    if (card !== undefined) await inModal(hands, 'U0ALICE', card, 'Deny…');
  },
};

const cancelled: Life = {
  name: 'cancelled',
  asker: 'U0BOB',
  ends: /cancelled by/,
  async decide(hands) {
    const line = await hands.see(() => shown(hands, HELPDESK, 'waiting for approval'));
    if (line !== undefined) await hands.slack.as('U0BOB').click(line, 'Cancel request');
  },
};

/** Dispatch is paused before it is approved, and goes on afterwards. */
const paused: Life = {
  name: 'paused',
  asker: 'U0BOB',
  ends: LOGGED_OFF,
  async decide(hands) {
    const { slack, see } = hands;
    await cardOf(hands);
    await slack.as('U0ALICE').say(HELPDESK, '/logoff pause');
    await see(() => slack.transcript(APPROVALS).includes('Nobody is logged off for now'));
    await approve('U0OLA')(hands);
    await see(() => shown(hands, HELPDESK, 'paused by'));
    hands.part('resumed');
    await slack.as('U0ALICE').say(HELPDESK, '/logoff resume');
  },
};

/** In this order: what an earlier life has shown is not shown again by a later one. */
export const LIVES: readonly Life[] = [plain, warned, agreed, denied, cancelled, paused];
