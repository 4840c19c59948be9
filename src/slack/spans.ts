import type { types } from '@slack/bolt';
import type { Span, Text } from '../core/cards/card.ts';
import { never } from '../core/errors.ts';
import { describeInstant } from '../core/time.ts';
import { cut, literal, oneLine } from './plain.ts';

/** The smallest thing that markup may be cut around: a character, an entity, a mention, a date. */
export interface Piece {
  readonly out: string;
  readonly bold: boolean;
}

type RichElement = types.RichTextElement;
type TimeSpan = Extract<Span, { kind: 'time' | 'until' }>;

const isDated = (span: TimeSpan) => span.kind === 'time' && span.dated === true;
const timeFormat = (span: TimeSpan) => {
  if (span.kind === 'until') return '({ago})';
  return isDated(span) ? '{date_short_pretty} {time}' : '{time}';
};
const timeWords = (span: TimeSpan, timeZone: string) => {
  const words = describeInstant(span.at, timeZone, isDated(span));
  return span.kind === 'until' ? `(${words})` : words;
};
const seconds = (span: TimeSpan) => Math.floor(span.at / 1_000);

export const ours = (words: string, bold = false): Piece[] => literal(words).map((out) => ({ out, bold }));

function spanPieces(span: Span, drawTime: (span: TimeSpan) => string): Piece[] {
  switch (span.kind) {
    case 'text':
      return ours(oneLine(span.text), span.bold === true);
    case 'person':
      return [{ out: `<@${span.slack}>`, bold: false }];
    case 'time':
      return [{ out: drawTime(span), bold: false }];
    case 'until':
      return [...ours(' '), { out: drawTime(span), bold: false }];
    default:
      return never(span);
  }
}

/** Text as `mrkdwn`: everything typed is escaped, times move to the reader's zone. */
export const markupPieces = (text: Text, timeZone: string): Piece[] =>
  text.flatMap((span) =>
    spanPieces(span, (time) => {
      const words = literal(timeWords(time, timeZone)).join('');
      return `<!date^${seconds(time)}^${timeFormat(time)}|${words}>`;
    }),
  );

/** Text for where no markup is drawn: times in words with their zone, nothing bold. */
export const plainPieces = (text: Text, timeZone: string): Piece[] =>
  text
    .filter(({ kind }) => kind !== 'until')
    .flatMap((span) => spanPieces(span, (time) => literal(timeWords(time, timeZone)).join('')))
    .map(({ out }) => ({ out, bold: false }));

/** Text as rich text elements, which know no markup at all; never empty, at most `max` characters of typed text. */
export function richElements(text: Text, timeZone: string, max: number): RichElement[] {
  let room = max;
  const elements: RichElement[] = [];
  for (const span of text) {
    if (room <= 0) break;
    if (span.kind === 'person') elements.push({ type: 'user', user_id: span.slack });
    else if (span.kind === 'time' || span.kind === 'until') {
      const fallback = timeWords(span, timeZone);
      if (span.kind === 'until') elements.push({ type: 'text', text: ' ' });
      elements.push({ type: 'date', timestamp: seconds(span), format: timeFormat(span), fallback });
    } else {
      const words = cut(oneLine(span.text), room);
      if (words === '') continue;
      elements.push({ type: 'text', text: words, ...(span.bold === true ? { style: { bold: true } } : {}) });
      room -= words.length;
      continue;
    }
    room -= 20;
  }
  return elements.length > 0 ? elements : [{ type: 'text', text: '–' }];
}
