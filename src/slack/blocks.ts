import type { types } from '@slack/bolt';
import type { AnyButton, Confirm, Part, Text } from '../core/cards/card.ts';
import { never } from '../core/errors.ts';
import {
  BUTTON_TEXT,
  BUTTON_VALUE,
  BUTTONS_IN_A_ROW,
  CONFIRM,
  HEADER_TEXT,
  LIST_ITEM_TEXT,
  SECTION_TEXT,
} from './limits.ts';
import { cut, cutWords, manyLines, oneLine } from './plain.ts';
import { markupPieces, ours, type Piece, richElements } from './spans.ts';
import { chunks, join, shorten } from './split.ts';

type Block = types.KnownBlock;

/** How much of each part is drawn; smaller where a card would not fit otherwise. */
export interface Caps {
  readonly items: number;
  readonly chars: number;
}

/** Plain text objects may not be empty. */
export const plainText = (text: string, max: number): types.PlainTextElement => {
  const words = cutWords(oneLine(text).trim(), max);
  return { type: 'plain_text', text: words === '' ? '–' : words, emoji: false };
};

const sections = (pieces: readonly Piece[], caps: Caps): Block[] =>
  chunks(shorten(pieces, caps.chars), SECTION_TEXT).map((chunk) => ({
    type: 'section',
    // `verbatim`: Slack must not look for names, channels and links in what people typed.
    text: { type: 'mrkdwn', text: join(chunk), verbatim: true },
  }));

function list(items: readonly Text[], caps: Caps, timeZone: string): Block[] {
  const shown = items.slice(0, caps.items);
  if (shown.length === 0) return [];
  const left = items.length - shown.length;
  const lines = shown.map((item) => ({
    type: 'rich_text_section' as const,
    elements: richElements(item, timeZone, Math.min(caps.chars, LIST_ITEM_TEXT)),
  }));
  const more = { type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text: `and ${left} more` }] };
  const bullets = { type: 'rich_text_list' as const, style: 'bullet' as const, elements: lines };
  return [{ type: 'rich_text', elements: left > 0 ? [bullets, more] : [bullets] }];
}

function quote(typed: string, caps: Caps): Block[] {
  const words = cut(manyLines(typed).trim(), Math.min(caps.chars, SECTION_TEXT));
  if (words === '') return [];
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: words }] }] }];
}

/** The action ids of buttons that carry a command begin so; a number follows. */
export const RUN_ACTION = 'run-';

const confirmation = (confirm: Confirm): types.ConfirmationDialog => ({
  title: plainText(confirm.title, CONFIRM.title),
  text: plainText(confirm.text, CONFIRM.text),
  confirm: plainText(confirm.yes, CONFIRM.button),
  deny: plainText(confirm.no, CONFIRM.button),
});

const button = (wanted: AnyButton, index: number): types.Button => {
  const label = plainText(wanted.label, BUTTON_TEXT);
  if (wanted.action === 'run') {
    return { type: 'button', action_id: `${RUN_ACTION}${index}`, text: label, value: wanted.command };
  }
  return {
    type: 'button',
    action_id: wanted.action,
    text: label,
    value: String(wanted.request),
    ...(wanted.style === undefined ? {} : { style: wanted.style }),
    ...(wanted.confirm === undefined ? {} : { confirm: confirmation(wanted.confirm) }),
  };
};

/** Rows of buttons: at most 25 in one, and no action twice in one, since its id must be unique there. */
function buttonRows(wanted: readonly AnyButton[], id: string): Block[] {
  const rows: AnyButton[][] = [];
  // What a button can carry is limited; a longer command has to be typed.
  const sendable = wanted.filter((each) => each.action !== 'run' || each.command.length <= BUTTON_VALUE);
  for (const each of sendable) {
    const row = rows.at(-1);
    const fits =
      row !== undefined &&
      row.length < BUTTONS_IN_A_ROW &&
      (each.action === 'run' || !row.some(({ action }) => action === each.action));
    if (fits) row.push(each);
    else rows.push([each]);
  }
  return rows.map((row, at) => ({ type: 'actions', block_id: `${id}-${at}`, elements: row.map(button) }));
}

/** A part as blocks, none where it says nothing. `id` makes its block ids unique in the message. */
export function drawPart(part: Part, id: string, caps: Caps, timeZone: string): Block[] {
  switch (part.kind) {
    case 'heading':
      return [{ type: 'header', text: plainText(part.text, HEADER_TEXT) }];
    case 'paragraph':
      return sections(markupPieces(part.text, timeZone), caps);
    case 'facts': {
      const rows = part.rows.map((row) => [
        ...ours(`${oneLine(row.label)}:`, true),
        ...ours(' '),
        ...shorten(markupPieces(row.value, timeZone), caps.chars),
        ...ours('\n'),
      ]);
      return sections(rows.flat(), { ...caps, chars: Number.POSITIVE_INFINITY });
    }
    case 'quote':
      return quote(part.text, caps);
    case 'list':
      return list(part.items, caps, timeZone);
    case 'note': {
      const words = join(shorten(markupPieces(part.text, timeZone), Math.min(caps.chars, SECTION_TEXT)));
      return words === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: words, verbatim: true }] }];
    }
    case 'buttons':
      return buttonRows(part.buttons, id);
    default:
      return never(part);
  }
}
