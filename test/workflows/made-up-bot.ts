import { expect } from 'vitest';
import type { ButtonAction, Card, CommandButton } from '../../src/core/cards/card.ts';
import { channelId, requestId, slackUserId } from '../../src/core/ids.ts';
import type { Answer, MessageRef, SubmittedKind } from '../../src/core/inputs.ts';
import type { Place } from '../../src/core/request/place.ts';
import type { Store } from '../../src/store/open-store.ts';
import { takeCommand } from '../../src/workflows/commands/take-command.ts';
import { createReconciler, type Reconciler } from '../../src/workflows/dispatch/reconcile.ts';
import { reviewHandlers } from '../../src/workflows/review/review-request.ts';
import type { World } from '../../src/workflows/world.ts';
import { unreadableCard } from '../slack/unreadable.ts';
import { settle } from '../test-clock.ts';
import { HOME, plain } from './made-up-slack.ts';

/** The channel where commands are typed. */
export const HALL = 'C0HALL';

/** One process of the bot, with what people do to it. */
export interface Bot {
  readonly world: World;
  readonly reconciler: Reconciler;
  /** Types a command; gives the private answers. What it caused has settled. */
  say(who: string, typed: string, more?: { key?: string; team?: string; channel?: string }): Promise<readonly string[]>;
  /** Presses a button on the message that shows the request, or on `message`; gives the answers and the modals that opened. */
  click(
    who: string,
    action: ButtonAction,
    request?: number,
    more?: { team?: string; message?: MessageRef },
  ): Promise<readonly string[]>;
  /** Presses a button with this label on the last private answer that has buttons: it carries a command. */
  press(who: string, label: string): Promise<readonly string[]>;
  submit(who: string, kind: SubmittedKind, request?: number, note?: string): Promise<readonly string[]>;
}

let keys = 0;
const nextKey = (): string => {
  keys += 1;
  return `key ${keys}`;
};

/** Makes the working parts of one process around a world, and hands for people to use it with. Starts nothing. */
export function makeBot(world: World, store: Store): Bot {
  const reconciler = createReconciler(world);
  const handlers = reviewHandlers(world, reconciler);
  /** Private answers with buttons that carry a command. */
  const offers: Card[] = [];

  /** Does not wait for the work itself: in a process that died it never ends. */
  const answersOf = async (work: (answer: Answer, heard: string[]) => Promise<void>): Promise<readonly string[]> => {
    const heard: string[] = [];
    const surprises: unknown[] = [];
    const answer: Answer = async (card) => {
      heard.push(plain(card));
      expect(unreadableCard(card)).toEqual([]);
      if (commandsOn(card).length > 0) offers.push(card);
    };
    work(answer, heard).catch((error: unknown) => surprises.push(error));
    await settle();
    if (surprises.length > 0) throw surprises[0];
    return heard;
  };

  const standing = async (id: number, place: Place): Promise<MessageRef | undefined> => {
    const drawing = await store.drawings.read(requestId(id), place);
    const { channel, ts } = drawing ?? {};
    return channel === undefined || ts === undefined ? undefined : { channel, ts };
  };

  return {
    world,
    reconciler,
    say: (who, typed, { key = nextKey(), team = HOME, channel = HALL } = {}) =>
      answersOf((answer) => {
        const text = typed.replace(/^\/logoff\s*/, '');
        const actor = { slack: slackUserId(who), team };
        const via = 'command' as const;
        const input = {
          via,
          who: actor,
          channel: channelId(channel),
          text,
          key,
          replyUrl: `https://hooks.example/${key}`,
        };
        return takeCommand(input, answer, world, reconciler);
      }),
    click: async (who, action, request = 1, more = {}) => {
      const message = more.message ?? (await standing(request, action === 'cancel' ? 'line' : 'card'));
      return await answersOf((answer, heard) =>
        handlers.click({
          who: { slack: slackUserId(who), team: more.team ?? HOME },
          action,
          request: requestId(request),
          ...(message === undefined ? {} : { message }),
          openModal: async () => ({
            show: async ({ title }) => heard.push(`(modal: ${title})`) > 0,
            tell: answer,
          }),
          answer,
        }),
      );
    },
    press: (who, label) =>
      answersOf((answer) => {
        const wanted = commandsOn(offers.at(-1)).find((button) => button.label === label);
        if (wanted === undefined) throw new Error(`no button is called "${label}"`);
        // Slack names the message in every press, so that the same button pressed twice is one command.
        const key = `press ${offers.length} ${wanted.command}`;
        const actor = { slack: slackUserId(who), team: HOME };
        const { command } = wanted;
        const replyUrl = `https://hooks.example/${offers.length}`;
        return handlers.run({ who: actor, channel: channelId(HALL), command, key, replyUrl, answer });
      }),
    submit: (who, kind, request = 1, note) =>
      answersOf((answer) => {
        const actor = { slack: slackUserId(who), team: HOME };
        const words = note === undefined ? {} : { note };
        return handlers.submit({ who: actor, kind, request: requestId(request), ...words, answer });
      }),
  };
}

const commandsOn = (card: Card | undefined): readonly CommandButton[] =>
  (card?.parts ?? []).flatMap((part) =>
    part.kind === 'buttons' ? part.buttons.flatMap((button) => (button.action === 'run' ? [button] : [])) : [],
  );
