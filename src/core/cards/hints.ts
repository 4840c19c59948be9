import { type Card, text } from './card.ts';

/** What else may have been meant by a word that is nobody's name. */
interface Hints {
  /** A command, as it would be typed. */
  readonly verb?: string | undefined;
  /** Plain words that may be one full name together. */
  readonly name?: string | undefined;
}

/** The same answer with what else may have been meant below it. */
export function withHints(card: Card, { verb, name }: Hints): Card {
  const hints = [
    ...(verb === undefined ? [] : [`Did you mean \`${verb}\`?`]),
    ...(name === undefined ? [] : [`If "${name}" is one person, put the full name in quotes.`]),
  ];
  if (hints.length === 0) return card;
  return { ...card, parts: [...card.parts, { kind: 'note', text: [text(hints.join(' '))] }] };
}

/** How people were found who were named by several plain words. */
export const joinedWords = (names: readonly string[]): string =>
  `Taken as ${names.length === 1 ? 'one full name' : 'full names'}: ${names.map((name) => `"${name}"`).join(', ')}.`;
