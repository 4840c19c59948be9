import { type Json, objectOf, objectsOf, textOf } from '../../slack/json.ts';
import { cannotDraw } from './cannot-draw.ts';
import { h } from './dom.ts';
import { focusName, type Hands } from './hands.ts';
import { mrkdwn } from './mrkdwn.ts';
import { optionText, picker } from './picker.ts';
import type { Filling, Spot } from './told.ts';

/** How an element stands in its block. `describedBy` names its hint and its error. */
export interface Standing {
  readonly label: string;
  /** True where it acts at once; else it waits for the window's submit button. */
  readonly acts: boolean;
  readonly describedBy?: string | undefined;
}

const spotOf = (block: Json, element: Json): Spot => ({
  block_id: textOf(block['block_id']),
  action_id: textOf(element['action_id']),
});

/** The id of an element's control on the page, for its label. */
export const controlId = (block: Json, element: Json, { scope }: Hands): string =>
  `${scope}-${textOf(block['block_id'])}-${textOf(element['action_id'])}`;

function button(block: Json, element: Json, hands: Hands): HTMLElement {
  const spot = spotOf(block, element);
  return h(
    'button',
    {
      type: 'button',
      class: `slack-button ${textOf(element['style'])}`,
      'data-focus': focusName(spot),
      'aria-label': textOf(element['accessibility_label']) || undefined,
      'aria-haspopup': element['confirm'] === undefined ? undefined : 'dialog',
      onclick: () => hands.press(spot, element),
    },
    textOf(objectOf(element['text'])['text']),
  );
}

function staticSelect(block: Json, element: Json, hands: Hands, { label, acts }: Standing): HTMLElement {
  const spot = spotOf(block, element);
  const options = [
    ...objectsOf(element['options']),
    ...objectsOf(element['option_groups']).flatMap((group) => objectsOf(group['options'])),
  ];
  const kept = hands.filled(spot);
  const initial = textOf(objectOf(element['initial_option'])['value']);
  const now = typeof kept === 'string' ? kept : initial;
  const placeholder = textOf(objectOf(element['placeholder'])['text']) || 'Choose';
  const select = h(
    'select',
    { id: controlId(block, element, hands), 'data-focus': focusName(spot), 'aria-label': label },
    h('option', { value: '', disabled: true, selected: now === '' }, placeholder),
    options.map((option) => {
      const value = textOf(option['value']);
      return h('option', { value, selected: value === now }, optionText(option));
    }),
  );
  select.addEventListener('change', () => {
    hands.fill(spot, select.value);
    if (acts) hands.choose(spot, element, select.value);
  });
  return select;
}

const asOptions = (filling: Filling | undefined): readonly Json[] | undefined =>
  filling === undefined || typeof filling === 'string'
    ? undefined
    : Array.isArray(filling)
      ? filling
      : objectsOf([filling]);

function externalSelect(block: Json, element: Json, hands: Hands, standing: Standing, many: boolean): HTMLElement {
  const spot = spotOf(block, element);
  const least = element['min_query_length'];
  const initial = objectsOf(many ? element['initial_options'] : [element['initial_option']]);
  return picker({
    id: controlId(block, element, hands),
    label: standing.label,
    placeholder: textOf(objectOf(element['placeholder'])['text']),
    focus: focusName(spot),
    many,
    least: typeof least === 'number' ? least : 3,
    chosen: asOptions(hands.filled(spot)) ?? initial,
    describedBy: standing.describedBy,
    look: (query) => hands.suggest(spot, query),
    changed(chosen) {
      const [first] = chosen;
      const filling = many ? chosen : first;
      if (filling === undefined) return;
      hands.fill(spot, filling);
      if (standing.acts) hands.choose(spot, element, filling);
    },
  });
}

function textInput(block: Json, element: Json, hands: Hands, { label, describedBy }: Standing): HTMLElement {
  const spot = spotOf(block, element);
  const kept = hands.filled(spot);
  const most = element['max_length'];
  const properties = {
    id: controlId(block, element, hands),
    'data-focus': focusName(spot),
    'aria-label': label,
    'aria-describedby': describedBy,
    placeholder: textOf(objectOf(element['placeholder'])['text']) || undefined,
    maxlength: typeof most === 'number' ? most : undefined,
  };
  const field =
    element['multiline'] === true
      ? h('textarea', { ...properties, rows: 3 })
      : h('input', { ...properties, type: 'text' });
  field.value = typeof kept === 'string' ? kept : textOf(element['initial_value']);
  field.addEventListener('input', () => hands.fill(spot, field.value));
  return field;
}

/** Something that can be pressed, chosen from or written in; a warning for a kind that this page does not know. */
export function drawElement(block: Json, element: Json, hands: Hands, standing: Standing): HTMLElement {
  switch (element['type']) {
    case 'button':
      return button(block, element, hands);
    case 'static_select':
      return staticSelect(block, element, hands, standing);
    case 'external_select':
      return externalSelect(block, element, hands, standing, false);
    case 'multi_external_select':
      return externalSelect(block, element, hands, standing, true);
    case 'plain_text_input':
      return textInput(block, element, hands, standing);
    case 'mrkdwn':
    case 'plain_text':
      return h('span', {}, textNodes(element, hands));
    default:
      return cannotDraw(`an element of type "${String(element['type'])}"`);
  }
}

/** A text object as nodes. */
export function textNodes(value: unknown, { names }: Hands) {
  const { type, text } = objectOf(value);
  return type === 'mrkdwn' ? mrkdwn(textOf(text), names) : [textOf(text)];
}
