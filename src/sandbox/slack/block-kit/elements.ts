import { isJson, type Json } from '../json.ts';
import { checkList, checkString, checkWord, type Note, onlyKeys } from './shape.ts';
import { checkConfirm, checkOption, checkText } from './text-objects.ts';

/** Where an element stands decides which kinds are taken. */
export type Place = 'actions' | 'accessory' | 'input' | 'context';

type Check = (element: Json, at: string, note: Note) => void;

interface ElementKind {
  readonly keys: readonly string[];
  readonly places: readonly Place[];
  readonly check: Check;
}

const MENU_PLACES: readonly Place[] = ['actions', 'accessory', 'input'];
const MENU_KEYS = ['placeholder', 'confirm', 'focus_on_load'];

const nothingMore: Check = () => {};

function options(max: number, plain: boolean): Check {
  return (element, at, note) =>
    checkList(element, 'options', { min: 1, max }, at, note, (option, here) => checkOption(option, plain, here, note));
}

const optionsOrGroups: Check = (element, at, note) => {
  if (element['option_groups'] === undefined) {
    options(100, true)(element, at, note);
    return;
  }
  if (element['options'] !== undefined) note(at, 'options and option_groups exclude each other');
  checkList(element, 'option_groups', { min: 1, max: 100 }, at, note, (group, here) => {
    onlyKeys(group, ['label', 'options'], here, note);
    checkText(group, 'label', { max: 75, plain: true, required: true }, here, note);
    options(100, true)(group, here, note);
  });
};

const externalMenu: Check = (element, at, note) => {
  const query = element['min_query_length'];
  if (query !== undefined && typeof query !== 'number') note(`${at}/min_query_length`, 'must be a number');
};

const button: Check = (element, at, note) => {
  checkText(element, 'text', { max: 75, plain: true, required: true }, at, note);
  checkString(element, 'value', { max: 2000, mayBeEmpty: true }, at, note);
  checkString(element, 'url', { max: 3000 }, at, note);
  checkString(element, 'accessibility_label', { max: 75 }, at, note);
  checkWord(element, 'style', ['primary', 'danger'], at, note);
};

const textInput: Check = (element, at, note) => {
  checkString(element, 'initial_value', { max: 3000, mayBeEmpty: true }, at, note);
  for (const key of ['min_length', 'max_length']) {
    const length = element[key];
    if (length === undefined) continue;
    if (typeof length !== 'number' || length < 0 || length > 3000) note(`${at}/${key}`, 'must be from 0 to 3000');
  }
};

const image: Check = (element, at, note) => {
  checkString(element, 'alt_text', { max: 2000, required: true }, at, note);
  if (element['slack_file'] === undefined) checkString(element, 'image_url', { max: 3000, required: true }, at, note);
};

function menu(keys: readonly string[], check: Check): ElementKind {
  return { keys: [...MENU_KEYS, ...keys], places: MENU_PLACES, check };
}

function many(keys: readonly string[], check: Check): ElementKind {
  return menu(['max_selected_items', ...keys], check);
}

const KINDS: Readonly<Record<string, ElementKind>> = {
  button: {
    keys: ['text', 'value', 'url', 'style', 'confirm', 'accessibility_label'],
    places: ['actions', 'accessory'],
    check: button,
  },
  image: { keys: ['image_url', 'alt_text', 'slack_file'], places: ['accessory', 'context'], check: image },
  overflow: { keys: ['options', 'confirm'], places: ['actions', 'accessory'], check: options(5, true) },
  checkboxes: menu(['options', 'initial_options'], options(10, false)),
  radio_buttons: menu(['options', 'initial_option'], options(10, false)),
  static_select: menu(['options', 'option_groups', 'initial_option'], optionsOrGroups),
  external_select: menu(['initial_option', 'min_query_length'], externalMenu),
  users_select: menu(['initial_user'], nothingMore),
  conversations_select: menu(
    ['initial_conversation', 'default_to_current_conversation', 'response_url_enabled', 'filter'],
    nothingMore,
  ),
  channels_select: menu(['initial_channel', 'response_url_enabled'], nothingMore),
  multi_static_select: many(['options', 'option_groups', 'initial_options'], optionsOrGroups),
  multi_external_select: many(['initial_options', 'min_query_length'], externalMenu),
  multi_users_select: many(['initial_users'], nothingMore),
  multi_conversations_select: many(['initial_conversations', 'default_to_current_conversation', 'filter'], nothingMore),
  multi_channels_select: many(['initial_channels'], nothingMore),
  datepicker: menu(['initial_date'], nothingMore),
  timepicker: menu(['initial_time', 'timezone'], nothingMore),
  datetimepicker: {
    keys: ['initial_date_time', 'confirm', 'focus_on_load'],
    places: ['actions', 'input'],
    check: nothingMore,
  },
  plain_text_input: {
    keys: [
      'placeholder',
      'initial_value',
      'multiline',
      'min_length',
      'max_length',
      'dispatch_action_config',
      'focus_on_load',
    ],
    places: ['input'],
    check: textInput,
  },
  number_input: {
    keys: [
      'placeholder',
      'initial_value',
      'is_decimal_allowed',
      'min_value',
      'max_value',
      'dispatch_action_config',
      'focus_on_load',
    ],
    places: ['input'],
    check: (element, at, note) => {
      if (typeof element['is_decimal_allowed'] !== 'boolean') note(at, 'missing required field: is_decimal_allowed');
    },
  },
  email_text_input: {
    keys: ['placeholder', 'initial_value', 'dispatch_action_config', 'focus_on_load'],
    places: ['input'],
    check: nothingMore,
  },
};

/** Notes what is wrong with one element of a block: its kind, its place, its own limits. */
export function checkElement(element: unknown, place: Place, at: string, note: Note): void {
  if (!isJson(element)) {
    note(at, 'must provide an object');
    return;
  }
  const type = element['type'];
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined || !kind.places.includes(place)) {
    note(at, `unsupported type: ${String(type)}`);
    return;
  }
  onlyKeys(element, ['type', ...(type === 'image' ? [] : ['action_id']), ...kind.keys], at, note);
  checkString(element, 'action_id', { max: 255 }, at, note);
  checkText(element, 'placeholder', { max: 150, plain: true }, at, note);
  checkConfirm(element, at, note);
  kind.check(element, at, note);
}
