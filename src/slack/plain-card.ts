import type { Card, Part } from '../core/cards/card.ts';
import { never } from '../core/errors.ts';
import { MESSAGE_TEXT } from './limits.ts';
import { manyLines, oneLine } from './plain.ts';
import { ours, type Piece, plainPieces } from './spans.ts';
import { join, shorten } from './split.ts';

const NEWLINE = ours('\n');
/** How many lines of each list are tried, until the whole fits. */
const LIST_LINES = [1_000, 100, 50, 20, 5];

function partLines(part: Part, lines: number, timeZone: string): Piece[][] {
  switch (part.kind) {
    case 'heading':
      return [ours(oneLine(part.text))];
    case 'paragraph':
    case 'note':
      return [plainPieces(part.text, timeZone)];
    case 'quote':
      return manyLines(part.text)
        .trim()
        .split('\n')
        .map((line) => ours(`> ${line}`));
    case 'list': {
      const shown = part.items.slice(0, lines).map((item) => [...ours('• '), ...plainPieces(item, timeZone)]);
      const left = part.items.length - shown.length;
      return left > 0 ? [...shown, ours(`and ${left} more`)] : shown;
    }
    case 'facts':
      return part.rows.map((row) => [...ours(`${oneLine(row.label)}: `), ...plainPieces(row.value, timeZone)]);
    case 'buttons':
      return part.buttons.length === 0
        ? []
        : [ours(`Buttons: ${part.buttons.map(({ label }) => oneLine(label)).join(', ')}`)];
    default:
      return never(part);
  }
}

/**
 * The whole card as plain text: what phones and screen readers get instead of blocks. Escaped, the summary first,
 * people as mentions, times in words; at most 4,000 characters.
 */
export function plainCard(card: Card, timeZone: string): string {
  const draw = (lines: number): Piece[] =>
    [plainPieces(card.summary, timeZone), ...card.parts.flatMap((part) => partLines(part, lines, timeZone))].flatMap(
      (line) => [...line, ...NEWLINE],
    );
  const size = (pieces: readonly Piece[]) => pieces.reduce((sum, { out }) => sum + out.length, 0);
  let drawn: Piece[] = [];
  for (const lines of LIST_LINES) {
    drawn = draw(lines);
    if (size(drawn) <= MESSAGE_TEXT) break;
  }
  const text = join(shorten(drawn, MESSAGE_TEXT));
  return text === '' ? '–' : text;
}
