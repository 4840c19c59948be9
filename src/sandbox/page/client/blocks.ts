import { type Json, objectOf, objectsOf, textOf } from '../../slack/json.ts';
import { cannotDraw } from './cannot-draw.ts';
import { type Child, h } from './dom.ts';
import { controlId, drawElement, textNodes } from './elements.ts';
import type { Hands } from './hands.ts';
import { richPart } from './rich-text.ts';

const placeholderOf = (element: Json): string => textOf(objectOf(element['placeholder'])['text']);

function section(block: Json, hands: Hands): HTMLElement {
  const fields = objectsOf(block['fields']);
  const accessory = block['accessory'];
  return h(
    'div',
    { class: 'block section' },
    h(
      'div',
      { class: 'words' },
      block['text'] !== undefined && h('p', {}, textNodes(block['text'], hands)),
      fields.length > 0 &&
        h(
          'div',
          { class: 'fields' },
          fields.map((field) => h('p', {}, textNodes(field, hands))),
        ),
    ),
    accessory !== undefined &&
      drawElement(block, objectOf(accessory), hands, { label: labelIn(block, accessory), acts: true }),
  );
}

const labelIn = (block: Json, element: unknown): string =>
  placeholderOf(objectOf(element)) || textOf(objectOf(block['text'])['text']);

function input(block: Json, hands: Hands, errors: Readonly<Record<string, string>>): HTMLElement {
  const element = objectOf(block['element']);
  const id = controlId(block, element, hands);
  const label = textOf(objectOf(block['label'])['text']);
  const hint = textOf(objectOf(block['hint'])['text']);
  const error = errors[textOf(block['block_id'])];
  const described = [hint !== '' && `${id}-hint`, error !== undefined && `${id}-error`].filter(
    (each) => each !== false,
  );
  const describedBy = described.length > 0 ? described.join(' ') : undefined;
  return h(
    'div',
    { class: error === undefined ? 'block input' : 'block input has-error' },
    h('label', { for: id }, label, block['optional'] === true && h('small', {}, ' (optional)')),
    drawElement(block, element, hands, { label, acts: block['dispatch_action'] === true, describedBy }),
    hint !== '' && h('small', { id: `${id}-hint`, class: 'hint' }, hint),
    error !== undefined && h('p', { id: `${id}-error`, class: 'error', role: 'alert' }, error),
  );
}

/** One block as Slack would draw it, more or less; a warning for a kind that this page does not know. */
export function drawBlock(block: Json, hands: Hands, errors: Readonly<Record<string, string>> = {}): HTMLElement {
  const elements = objectsOf(block['elements']);
  switch (block['type']) {
    case 'header':
      return h('h3', { class: 'block header' }, textOf(objectOf(block['text'])['text']));
    case 'section':
      return section(block, hands);
    case 'context':
      return h(
        'div',
        { class: 'block context' },
        elements.map((each) => drawElement(block, each, hands, { label: '', acts: true })),
      );
    case 'actions':
      return h(
        'div',
        { class: 'block actions' },
        elements.map((each) => drawElement(block, each, hands, { label: placeholderOf(each), acts: true })),
      );
    case 'rich_text':
      return h(
        'div',
        { class: 'block rich' },
        elements.map((part) => richPart(part, hands.names)),
      );
    case 'divider':
      return h('hr', { class: 'block' });
    case 'input':
      return input(block, hands, errors);
    default:
      return cannotDraw(`a block of type "${String(block['type'])}"`);
  }
}

/** All blocks; where there are none, the text alone. */
export function drawContent(text: string, blocks: readonly Json[], hands: Hands): readonly Child[] {
  if (blocks.length === 0) return [h('p', {}, textNodes({ type: 'mrkdwn', text }, hands))];
  return blocks.map((block) => drawBlock(block, hands));
}
