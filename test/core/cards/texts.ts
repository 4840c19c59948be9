import type { AnyButton, Button, Card, Part, Span, Text } from '../../../src/core/cards/card.ts';

/** Reads cards as the tests need them: all words of a part, with people and moments in brackets. */
const wordsOf = (span: Span): string =>
  span.kind === 'text'
    ? span.text
    : span.kind === 'person'
      ? `[${span.slack}]`
      : `[${new Date(span.at).toISOString()}]`;
export const words = (text: Text): string => text.map(wordsOf).join('');

const textsOf = (part: Part): readonly Text[] => {
  switch (part.kind) {
    case 'heading':
    case 'quote':
      return [[{ kind: 'text', text: part.text }]];
    case 'paragraph':
    case 'note':
      return [part.text];
    case 'list':
      return part.items;
    case 'facts':
      return part.rows.map(({ label, value }) => [{ kind: 'text', text: `${label}: ` }, ...value]);
    case 'buttons':
      return [];
  }
};
export const lines = (parts: readonly Part[]): readonly string[] => parts.flatMap((part) => textsOf(part).map(words));
export const buttonRows = (card: Pick<Card, 'parts'>): readonly (readonly Button[])[] =>
  card.parts.flatMap((part) => (part.kind === 'buttons' ? [part.buttons.filter(isOnRequest)] : []));
const isOnRequest = (button: AnyButton): button is Button => button.action !== 'run';
export const actions = (card: Pick<Card, 'parts'>) => buttonRows(card).map((row) => row.map(({ action }) => action));
export const peopleIn = (card: Pick<Card, 'parts'>): readonly string[] =>
  card.parts.flatMap((part) =>
    textsOf(part).flatMap((text) => text.flatMap((span) => (span.kind === 'person' ? [span.slack] : []))),
  );
