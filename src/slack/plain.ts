/** Line ends of all scripts and systems, and tabs. */
const BREAKS = /\r\n|[\n\r\t\v\f\u0085\p{Zl}\p{Zp}]/gu;
/** Controls, direction marks and overrides, byte order marks, invisible tags: nothing a person types on purpose. */
const HIDDEN = /[\p{Cc}\p{Bidi_Control}\u{FEFF}\u{E0000}-\u{E007F}]/gu;
const HIDDEN_BUT_NEWLINE = /(?!\n)[\p{Cc}\p{Bidi_Control}\u{FEFF}\u{E0000}-\u{E007F}]/gu;
const LINE_ENDS = /\r\n|[\r\v\f\u0085\p{Zl}\p{Zp}]/gu;
/** Words that Slack may turn into a mention of everybody where it looks for names in plain text. */
const CALLS_EVERYBODY = /@(?=(?:here|channel|everyone|group)\b)/giu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** One line of text without hidden characters; breaks become spaces, halves of characters a replacement mark. */
export const oneLine = (text: string): string => text.toWellFormed().replace(BREAKS, ' ').replace(HIDDEN, '');

/** The same for text that may have several lines. */
export const manyLines = (text: string): string =>
  text.toWellFormed().replace(LINE_ENDS, '\n').replace(/\t/g, ' ').replace(HIDDEN_BUT_NEWLINE, '');

/** The characters of a text as Slack's markup shows them literally, each of which may stand alone. */
export const literal = (text: string): string[] =>
  Array.from(text.replace(CALLS_EVERYBODY, '@\u2060'), (character) => ENTITIES[character] ?? character);

/** Cuts to at most `max` units, with "…" where something is missing; never inside a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The same, at the last space where there is one in the second half. */
export function cutWords(text: string, max: number): string {
  const short = cut(text, max);
  if (short === text) return text;
  const space = short.lastIndexOf(' ');
  return space > max / 2 ? `${short.slice(0, space)}…` : short;
}
