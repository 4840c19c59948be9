import type { types } from '@slack/bolt';
import type { Choice, Field, Form, FormRow } from '../core/cards/modal.ts';
import { never } from '../core/errors.ts';
import { plainText } from './blocks.ts';
import { fitBlocks } from './fit.ts';
import {
  BUTTON_TEXT,
  INPUT_LABEL,
  INPUT_TEXT,
  MOST_BLOCKS,
  OPTION_TEXT,
  PLACEHOLDER,
  SECTION_TEXT,
  VIEW_TEXT,
} from './limits.ts';
import { cutWords, oneLine } from './plain.ts';
import { markupPieces } from './spans.ts';
import { join, shorten } from './split.ts';

type Block = types.KnownBlock;

/** Action and block ids of a form; fields are called by their kind. */
export const PICK_ACTION = 'pick';
export const WHO_PAGES = { who_prev: -1, who_next: 1 } as const;

/** An option of a menu that is looked up. Its value is the id and nothing else. */
export const option = ({ id, label, more }: Choice): types.PlainTextOption => ({
  text: plainText(label, OPTION_TEXT),
  value: String(id),
  ...(more === undefined || more.trim() === '' ? {} : { description: plainText(more, OPTION_TEXT) }),
});

function element(field: Field): types.InputBlock['element'] {
  switch (field.kind) {
    case 'people':
      return {
        type: 'multi_external_select',
        action_id: field.kind,
        placeholder: plainText(field.hint, PLACEHOLDER),
        // Slack asks as soon as the menu is opened.
        min_query_length: 0,
        ...(field.initial.length === 0 ? {} : { initial_options: field.initial.map(option) }),
      };
    case 'group':
      return {
        type: 'external_select',
        action_id: field.kind,
        placeholder: plainText(field.hint, PLACEHOLDER),
        min_query_length: 0,
        ...(field.initial === undefined ? {} : { initial_option: option(field.initial) }),
      };
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: field.kind,
        multiline: true,
        max_length: Math.min(Math.max(1, field.max), INPUT_TEXT),
        placeholder: plainText(field.hint, PLACEHOLDER),
        ...(field.initial === undefined ? {} : { initial_value: field.initial.toWellFormed().slice(0, INPUT_TEXT) }),
      };
    default:
      return never(field);
  }
}

const input = (field: Field): types.InputBlock => ({
  type: 'input',
  block_id: field.kind,
  label: plainText(field.label, INPUT_LABEL),
  optional: true,
  // What is chosen changes the preview at once; what is typed does not.
  ...(field.kind === 'text' ? {} : { dispatch_action: true }),
  element: element(field),
});

function row({ text, more, pick }: FormRow, index: number, timeZone: string): types.SectionBlock {
  const words = join(shorten(markupPieces(more, timeZone), SECTION_TEXT / 2));
  return {
    type: 'section',
    block_id: `row-${index}`,
    text: plainText(text, SECTION_TEXT / 2),
    ...(words === '' ? {} : { fields: [{ type: 'mrkdwn', text: words, verbatim: true }] }),
    ...(pick === undefined
      ? {}
      : {
          accessory: {
            type: 'button',
            action_id: PICK_ACTION,
            text: plainText(pick.label, VIEW_TEXT),
            // Read out in place of the label, which is the same on every row.
            accessibility_label: cutWords(oneLine(`${pick.label} ${text}`).trim(), BUTTON_TEXT) || '–',
            value: String(pick.id),
          },
        }),
  };
}

function pageTurner(pages: NonNullable<Form['pages']>): Block[] {
  const { page, of } = pages;
  const turn = (action_id: keyof typeof WHO_PAGES, label: string): types.Button => ({
    type: 'button',
    action_id,
    text: plainText(label, VIEW_TEXT),
  });
  const buttons = [
    ...(page > 0 ? [turn('who_prev', 'Previous')] : []),
    ...(page < of - 1 ? [turn('who_next', 'Next')] : []),
  ];
  if (buttons.length === 0) return [];
  return [
    { type: 'context', elements: [plainText(`Page ${page + 1} of ${of}`, PLACEHOLDER)] },
    { type: 'actions', block_id: 'pages', elements: buttons },
  ];
}

/** A form as a view within Slack's limits. Its private metadata holds kind, channel, page and group, nothing else. */
export function renderForm(form: Form, timeZone: string): types.ModalView {
  const { kind, channel, pages } = form;
  const draw = (parts: Form['parts'], name: string): Block[] =>
    fitBlocks(parts, 'modal', timeZone).map((block, at) => ({ ...block, block_id: `${name}-${at}` }));
  const fixed = [
    ...form.fields.map(input),
    ...form.rows.map((each, at) => row(each, at, timeZone)),
    ...(pages === undefined ? [] : pageTurner(pages)),
  ].slice(0, MOST_BLOCKS.modal);
  const intro = draw(form.intro, 'intro').slice(0, MOST_BLOCKS.modal - fixed.length);
  const below = draw(form.parts, 'below').slice(0, MOST_BLOCKS.modal - fixed.length - intro.length);
  const blocks = [...intro, ...fixed, ...below];
  const where = pages === undefined ? {} : { page: pages.page, group: pages.group };
  return {
    type: 'modal',
    callback_id: kind,
    title: plainText(form.title, VIEW_TEXT),
    close: plainText(form.close, VIEW_TEXT),
    // Slack takes no input without a submit button.
    ...(form.submit === undefined && form.fields.length === 0
      ? {}
      : { submit: plainText(form.submit ?? 'Send', VIEW_TEXT) }),
    private_metadata: JSON.stringify({ kind, channel, ...where }),
    blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: plainText('', 1) }],
  };
}
