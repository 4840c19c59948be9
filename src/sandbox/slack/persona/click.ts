import { isJson, type Json, objectOf, objectsOf, textOf } from '../json.ts';
import type { SlackChannel, SlackUser } from '../options.ts';
import type { View } from '../views.ts';
import type { Message } from '../workspace.ts';
import { findInteractive, type Interactive, labels, type Which } from './elements.ts';
import { messageActionPayload, suggestionPayload, viewActionPayload } from './payloads.ts';
import { channelOf, type Desk, NOT_SENT, personOf, send, type Taken } from './person.ts';
import { maySee } from './seen.ts';
import { type Filling, fill, keyOf, optionIs } from './view-state.ts';

/** What is clicked: a message (as seen, or by its place), or an open modal (as seen, or by its id). */
export type Target =
  | { readonly channel: string; readonly ts: string; readonly blocks?: readonly Json[] }
  | { readonly view: string };

/** The dialog that asks once more. */
interface Dialog {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
}

export interface Clicked extends Taken {
  /** The dialog that the person was shown, if the element has one. */
  readonly dialog?: Dialog;
  /** True where the person pressed something that was already gone from the message. */
  readonly stale?: boolean;
}

interface Found {
  readonly interactive: Interactive;
  readonly stale: boolean;
  readonly where: View | { readonly message: Message; readonly channel: SlackChannel };
}

/** What the target points to; throws where the person cannot see it or there is no such thing to press. */
function find(desk: Desk, user: SlackUser, target: Target, which: Which): Found {
  if ('view' in target) {
    const view = desk.world.views.find(target.view);
    if (view === undefined || view.user !== user.id) throw new Error(`${user.name} has no such modal open`);
    const interactive = findInteractive(view.blocks, which);
    if (interactive !== undefined) return { interactive, stale: false, where: view };
    throw new Error(`no ${JSON.stringify(which)} in the modal, only: ${labels(view.blocks)}`);
  }
  const channel = channelOf(desk, user.id, target.channel);
  const message = desk.world.workspace.find(channel.id, target.ts);
  const hidden = message?.visibleTo !== undefined && message.visibleTo !== user.id;
  if (message === undefined || hidden || !maySee(desk.world, user, channel)) {
    throw new Error(`${user.name} sees no such message in #${channel.name}`);
  }
  const current = findInteractive(message.blocks, which);
  if (current !== undefined) return { interactive: current, stale: false, where: { message, channel } };
  const remembered = target.blocks === undefined ? undefined : findInteractive(target.blocks, which);
  if (remembered !== undefined) return { interactive: remembered, stale: true, where: { message, channel } };
  throw new Error(`no ${JSON.stringify(which)} in the message, only: ${labels(message.blocks)}`);
}

function dialogOf(element: Json): Dialog | undefined {
  const confirm = element['confirm'];
  if (!isJson(confirm)) return undefined;
  const text = (key: string): string => {
    const value = confirm[key];
    return isJson(value) ? textOf(value['text']) : '';
  };
  return { title: text('title'), text: text('text'), confirm: text('confirm'), deny: text('deny') };
}

async function pick(desk: Desk, person: string, target: Target, at: Interactive, choice: Filling): Promise<Json> {
  if (at.element['type'] !== 'external_select' || typeof choice !== 'string') return fill(at.element, choice);
  const which = { action_id: textOf(at.element['action_id']), block_id: textOf(at.block['block_id']) };
  return fill(at.element, await lookUp(desk, person, target, which, choice));
}

/**
 * A person presses a button (or, with `choice`, chooses from a menu). Where the element asks once more, `confirm: false`
 * is pressing its other button: nothing is sent. A message as it was seen earlier may be pressed too, as on a screen that
 * has not caught up yet.
 */
export async function click(
  desk: Desk,
  person: string,
  target: Target,
  which: Which,
  { confirm = true, choice }: { readonly confirm?: boolean; readonly choice?: Filling } = {},
): Promise<Clicked> {
  const user = personOf(desk, person);
  const { interactive, stale, where } = find(desk, user, target, which);
  const dialog = dialogOf(interactive.element);
  const seen = { ...(dialog === undefined ? {} : { dialog }), ...(stale ? { stale } : {}) };
  if (dialog !== undefined && !confirm) return { ...NOT_SENT, ...seen };
  const chosen = choice === undefined ? {} : await pick(desk, person, target, interactive, choice);
  const key = 'message' in where ? `${person} ${where.channel.id} ${where.message.ts}` : where.id;
  const filled = { ...desk.filled.get(key), ...(choice === undefined ? {} : { [keyOf(interactive)]: chosen }) };
  desk.filled.set(key, filled);
  const payload =
    'message' in where
      ? messageActionPayload(desk.world, user, where.channel, where.message, interactive, chosen, filled)
      : viewActionPayload(desk.world, user, where, interactive, chosen, filled);
  return { ...(await send(desk, { kind: 'interactive', payload })), ...seen };
}

/** Options under one heading; the heading is empty where the app gave none. */
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Json[];
}

/** What the app offers for what was typed, as it is grouped; nothing while the menu waits for more letters. */
export async function suggested(
  desk: Desk,
  person: string,
  target: Target,
  which: Which,
  query: string,
): Promise<readonly OptionGroup[]> {
  const user = personOf(desk, person);
  const { interactive, where } = find(desk, user, target, which);
  const least = interactive.element['min_query_length'];
  if (query.length < (typeof least === 'number' ? least : 3)) return [];
  const place = 'message' in where ? where.message : where;
  const payload = suggestionPayload(desk.world, user, interactive, query, place);
  const { acknowledged, body } = await desk.deliver({ kind: 'interactive', payload });
  if (!acknowledged) throw new Error('The app gave no options. It may not be running; try again.');
  const groups = objectsOf(body['option_groups']).map((group) => ({
    label: textOf(objectOf(group['label'])['text']),
    options: objectsOf(group['options']),
  }));
  const all = [{ label: '', options: objectsOf(body['options']) }, ...groups].filter(
    ({ options }) => options.length > 0,
  );
  if (all.flatMap(({ options }) => options).length > 100) {
    desk.world.journal.complain('block_suggestion', 'no more than 100 items allowed');
  }
  return all;
}

/** The options alone, as many as Slack shows. */
export async function typeahead(...asked: Parameters<typeof suggested>): Promise<readonly Json[]> {
  return (await suggested(...asked)).flatMap(({ options }) => options).slice(0, 100);
}

/** Looks up words in a menu that the app fills, as a person would: types them and takes the option that says so. */
export async function lookUp(desk: Desk, person: string, target: Target, which: Which, wanted: string): Promise<Json> {
  const options = await typeahead(desk, person, target, which, wanted);
  const option = options.find((each) => optionIs(each, wanted)) ?? (options.length === 1 ? options[0] : undefined);
  if (option === undefined) throw new Error(`${options.length} options for "${wanted}"`);
  return option;
}
