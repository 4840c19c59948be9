import { type Json, objectsOf, textOf } from '../json.ts';
import { type Interactive, interactives } from './elements.ts';

/** What a person puts into an input: words, one choice or several, or an option got from type-ahead. */
export type Filling = string | readonly string[] | Json | readonly Json[];

/** What was filled in so far, by block id and action id. */
export type Filled = Readonly<Record<string, Json>>;

/** The key of one input in `Filled`. */
export function keyOf({ block, element }: Interactive): string {
  return `${textOf(block['block_id'])} ${textOf(element['action_id'])}`;
}

interface Kind {
  readonly holds: string;
  readonly from: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  plain_text_input: { holds: 'value', from: 'initial_value' },
  number_input: { holds: 'value', from: 'initial_value' },
  email_text_input: { holds: 'value', from: 'initial_value' },
  static_select: { holds: 'selected_option', from: 'initial_option' },
  external_select: { holds: 'selected_option', from: 'initial_option' },
  radio_buttons: { holds: 'selected_option', from: 'initial_option' },
  overflow: { holds: 'selected_option', from: '' },
  multi_static_select: { holds: 'selected_options', from: 'initial_options' },
  multi_external_select: { holds: 'selected_options', from: 'initial_options' },
  checkboxes: { holds: 'selected_options', from: 'initial_options' },
  users_select: { holds: 'selected_user', from: 'initial_user' },
  multi_users_select: { holds: 'selected_users', from: 'initial_users' },
  conversations_select: { holds: 'selected_conversation', from: 'initial_conversation' },
  multi_conversations_select: { holds: 'selected_conversations', from: 'initial_conversations' },
  channels_select: { holds: 'selected_channel', from: 'initial_channel' },
  multi_channels_select: { holds: 'selected_channels', from: 'initial_channels' },
  datepicker: { holds: 'selected_date', from: 'initial_date' },
  timepicker: { holds: 'selected_time', from: 'initial_time' },
  datetimepicker: { holds: 'selected_date_time', from: 'initial_date_time' },
};

function kindOf(element: Json): Kind | undefined {
  const type = textOf(element['type']);
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** The state of one input: what was filled in, else what the app started it with. */
export function inputState(interactive: Interactive, filled: Filled): Json | undefined {
  const { element } = interactive;
  const kind = kindOf(element);
  if (kind === undefined || element['type'] === 'overflow') return undefined;
  const empty = kind.holds.endsWith('s') ? [] : null;
  return {
    type: element['type'],
    [kind.holds]: element[kind.from] ?? empty,
    ...(filled[keyOf(interactive)] ?? {}),
  };
}

/** `state.values` of a view or message: by block id, then by action id. */
export function stateOf(blocks: readonly Json[], filled: Filled): Json {
  const values: Record<string, Json> = {};
  for (const interactive of interactives(blocks)) {
    const state = inputState(interactive, filled);
    if (state === undefined) continue;
    const block = textOf(interactive.block['block_id']);
    values[block] = { ...values[block], [textOf(interactive.element['action_id'])]: state };
  }
  return values;
}

function optionsOf(element: Json): readonly Json[] {
  return [
    ...objectsOf(element['options']),
    ...objectsOf(element['option_groups']).flatMap((g) => objectsOf(g['options'])),
  ];
}

/** True where the option has this value or shows this text. */
export function optionIs(option: Json, wanted: string): boolean {
  const text = option['text'];
  const shown = typeof text === 'object' && text !== null && 'text' in text ? text.text : undefined;
  return option['value'] === wanted || shown === wanted;
}

/** The state that a filling makes; throws where the menu has no such option. */
export function fill(element: Json, filling: Filling): Json {
  const kind = kindOf(element);
  if (kind === undefined) throw new Error(`a ${textOf(element['type'])} takes no value`);
  const choose = (wanted: unknown): unknown => {
    if (typeof wanted !== 'string') return wanted;
    const option = optionsOf(element).find((each) => optionIs(each, wanted));
    if (option === undefined) throw new Error(`no option "${wanted}" in ${textOf(element['action_id'])}`);
    return option;
  };
  const list: readonly unknown[] = Array.isArray(filling) ? filling : [filling];
  switch (kind.holds) {
    case 'selected_option':
      return { selected_option: choose(filling) };
    case 'selected_options':
      return { selected_options: list.map(choose) };
    case 'selected_date_time':
      return { selected_date_time: Number(filling) };
    default:
      return { [kind.holds]: kind.holds.endsWith('s') ? list : filling };
  }
}

/** True where the person left the input empty. */
export function isEmpty(state: Json): boolean {
  return Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}
