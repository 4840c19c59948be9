import type { types } from '@slack/bolt';
import type { Card, Part } from '../core/cards/card.ts';
import type { Modal } from '../core/cards/modal.ts';
import { plainText } from './blocks.ts';
import { fitBlocks } from './fit.ts';
import { INPUT_LABEL, INPUT_TEXT, MOST_BLOCKS, VIEW_TEXT } from './limits.ts';
import { plainCard } from './plain-card.ts';

/** Action and block ids that only the drawing and the listeners know. */
export const NOTE_ID = 'note';
export const PAGE_ACTIONS = { page_prev: -1, page_next: 1 } as const;

export interface RenderedCard {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

const visible = (card: Card): readonly Part[] =>
  card.parts.length > 0 ? card.parts : [{ kind: 'paragraph', text: card.summary }];

/** A card as a Slack message within Slack's limits; a card without parts shows its summary. */
export function renderCard(card: Card, timeZone: string): RenderedCard {
  return { text: plainCard(card, timeZone), blocks: fitBlocks(visible(card), 'message', timeZone) };
}

function noteInput(input: NonNullable<Modal['input']>): types.InputBlock {
  return {
    type: 'input',
    block_id: NOTE_ID,
    label: plainText(input.label, INPUT_LABEL),
    optional: input.optional,
    ...(input.hint.trim() === '' ? {} : { hint: plainText(input.hint, INPUT_LABEL) }),
    element: {
      type: 'plain_text_input',
      action_id: NOTE_ID,
      multiline: true,
      max_length: Math.min(Math.max(1, input.max), INPUT_TEXT),
    },
  };
}

function pageTurner(modal: Modal, pages: NonNullable<Modal['pages']>): types.KnownBlock[] {
  const turn = (action_id: keyof typeof PAGE_ACTIONS, label: string): types.Button => ({
    type: 'button',
    action_id,
    text: plainText(label, VIEW_TEXT),
    value: String(modal.request),
  });
  const buttons = [
    ...(pages.page > 0 ? [turn('page_prev', 'Previous')] : []),
    ...(pages.page < pages.of - 1 ? [turn('page_next', 'Next')] : []),
  ];
  if (buttons.length === 0) return [];
  return [
    { type: 'context', elements: [plainText(`Page ${pages.page + 1} of ${pages.of}`, 150)] },
    { type: 'actions', block_id: 'pages', elements: buttons },
  ];
}

/** A window may not be empty. */
const atLeastOne = (blocks: types.KnownBlock[]): types.KnownBlock[] =>
  blocks.length > 0 ? blocks : [{ type: 'section', text: plainText('', 1) }];

/** A modal as a view within Slack's limits. Its private metadata holds request, kind and page, nothing else. */
export function renderModal(modal: Modal, timeZone: string): types.ModalView {
  const after = [
    ...(modal.pages === undefined ? [] : pageTurner(modal, modal.pages)),
    ...(modal.input === undefined ? [] : [noteInput(modal.input)]),
  ];
  const blocks = fitBlocks(modal.parts, 'modal', timeZone).slice(0, MOST_BLOCKS.modal - after.length);
  const metadata = { request: modal.request, kind: modal.kind, page: modal.pages?.page ?? 0 };
  return {
    type: 'modal',
    callback_id: modal.kind,
    title: plainText(modal.title, VIEW_TEXT),
    close: plainText(modal.close, VIEW_TEXT),
    // Slack takes no input without a submit button.
    ...(modal.submit === undefined && modal.input === undefined
      ? {}
      : { submit: plainText(modal.submit ?? 'Send', VIEW_TEXT) }),
    private_metadata: JSON.stringify(metadata),
    blocks: atLeastOne([...blocks, ...after]),
  };
}

/** A card in a window: the answer to one who submitted a modal or pressed a button in one. */
export function renderAnswerView(card: Card, timeZone: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'message',
    title: plainText('SuperOffice log-off', VIEW_TEXT),
    close: plainText('Close', VIEW_TEXT),
    blocks: atLeastOne(fitBlocks(visible(card), 'modal', timeZone)),
  };
}
