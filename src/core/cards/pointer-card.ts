import type { Request } from '../request/request.ts';
import { type Card, type Text, text } from './card.ts';
import { requestLabel } from './ending.ts';

/** What an old copy of a card turns into: where the real one is. Nothing can be pressed on it. */
export function pointerCard(request: Request): Card {
  const line: Text = [
    ...requestLabel(request),
    text('this copy of the card is out of date; the newer one in this channel counts.'),
  ];
  return { summary: line, parts: [{ kind: 'paragraph', text: line }] };
}
