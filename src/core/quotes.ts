/** What may open and what ends a quoted text. Inside, a doubled one of those that end it stands for itself. */
const OPENING = '["“”„«]';
const INNER = '((?:[^"“”»]|""|““|””|»»)*)';
const CLOSING = '["“”»]';

/** A quoted text at this place; one that nobody closed goes to the end. The first group is what stands inside. */
export const QUOTED = `${OPENING}${INNER}(?:${CLOSING}|$)`;

const WHOLLY_QUOTED = new RegExp(`^["“„«]${INNER}${CLOSING}$`, 'u');

/** What is meant by the inside of a quoted text. */
export const unquoted = (inner: string): string => inner.replace(/(["“”»])\1/gu, '$1');

/** The text in quotes, whatever it holds: nothing in it can end them. */
export const inQuotes = (text: string): string => `"${text.replace(/["“”»]/gu, '$&$&')}"`;

/** A text that is one quoted text from end to end, without its quotes; any other as it is. */
export function stripQuotes(text: string): string {
  const inner = WHOLLY_QUOTED.exec(text)?.[1];
  return inner === undefined ? text : unquoted(inner);
}

/** The text such that `stripQuotes` gives it back. */
export const keepQuotes = (text: string): string => (WHOLLY_QUOTED.test(text) ? inQuotes(text) : text);
