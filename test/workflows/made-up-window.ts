import type { Form, FormValues } from '../../src/core/cards/modal.ts';
import { associateId, channelId, slackUserId } from '../../src/core/ids.ts';
import type { Actor, ComposeHandlers, OpenForm, OpenWindow, Verdict } from '../../src/core/inputs.ts';
import { takeCommand } from '../../src/workflows/commands/take-command.ts';
import { composeHandlers } from '../../src/workflows/window/logoff-window.ts';
import { settle } from '../test-clock.ts';
import type { Bot } from './made-up-bot.ts';
import { HALL } from './made-up-bot.ts';
import { HOME, plain } from './made-up-slack.ts';

/** All that a form says, as plain lines. */
export const formWords = (form: Form): string =>
  [
    plain({ summary: [], parts: form.intro }),
    ...form.fields.map(({ kind }) => `(${kind})`),
    ...form.rows.map(({ text, more, pick }) =>
      [text, plain({ summary: [], parts: [{ kind: 'note', text: more }] }), pick === undefined ? '' : `[${pick.label}]`]
        .filter((words) => words !== '')
        .join(' '),
    ),
    plain({ summary: [], parts: form.parts }),
  ]
    .filter((words) => words !== '')
    .join('\n');

export interface MadeUpWindow {
  /** What stood in it, oldest first; answers too. */
  readonly shown: string[];
  readonly forms: Form[];
  /** It was closed by the person. */
  closed: boolean;
  readonly window: OpenWindow;
}

export function createWindow(): MadeUpWindow {
  const made: MadeUpWindow = {
    shown: [],
    forms: [],
    closed: false,
    window: {
      async show(form) {
        if (made.closed) return false;
        made.forms.push(form);
        made.shown.push(formWords(form));
        return true;
      },
      async tell(card) {
        made.shown.push(plain(card));
      },
    },
  };
  return made;
}

export const actor = (who: string, team = HOME): Actor => ({ slack: slackUserId(who), team });
const channel = channelId(HALL);

/** Types a command that opens a window; gives what stood in it and the answers outside of it. */
export async function opens(
  { world, reconciler }: Bot,
  who: string,
  typed: string,
  { open, team = HOME }: { readonly open?: OpenForm; readonly team?: string } = {},
): Promise<MadeUpWindow & { readonly answers: readonly string[] }> {
  const made = createWindow();
  const answers: string[] = [];
  const openForm: OpenForm =
    open ??
    (async (first) => {
      await made.window.show(first);
      return made.window;
    });
  const text = typed.replace(/^\/logoff\s*/, '');
  const ask = { via: 'command', who: actor(who, team), channel, text, key: `key of ${who} ${typed}` } as const;
  const input = { ...ask, replyUrl: 'https://hooks.example/x', openForm };
  const failed: unknown[] = [];
  takeCommand(input, async (card) => void answers.push(plain(card)), world, reconciler).catch((error: unknown) =>
    failed.push(error),
  );
  await settle();
  if (failed.length > 0) throw failed[0];
  return Object.assign(made, { answers });
}

export const values = (ids: readonly number[], more: Partial<FormValues> = {}): FormValues => ({
  people: ids.map((id) => ({ id: associateId(id), label: `chosen ${id}` })),
  ...more,
});

/** What Slack is told of a submission, and what then stands in the window. */
export interface Sent extends MadeUpWindow {
  readonly verdicts: readonly Verdict[];
}

/** Submits a form; does not wait for what never ends. */
export async function submits(
  bot: Bot,
  who: string,
  filled: FormValues,
  { key = 'window 1', acknowledge }: { readonly key?: string; readonly acknowledge?: () => Promise<void> } = {},
): Promise<Sent> {
  const made = createWindow();
  const verdicts: Verdict[] = [];
  handlersOf(bot)
    .submit({ who: actor(who), channel, values: filled, key, window: made.window }, async (verdict) => {
      await acknowledge?.();
      verdicts.push(verdict);
    })
    .catch((error: unknown) => made.shown.push(`threw ${error}`));
  await settle();
  return Object.assign(made, { verdicts });
}

export const handlersOf = ({ world, reconciler }: Bot): ComposeHandlers => composeHandlers(world, reconciler);
export const change = async (bot: Bot, who: string, filled: FormValues): Promise<string> => {
  const form = await handlersOf(bot).change(actor(who), channel, filled);
  return form === undefined ? '(nothing)' : formWords(form);
};
