import { QUOTED, stripQuotes, unquoted } from './quotes.ts';

/** What a command is made of: words, quoted texts and groups, and the reason at its end. */

/** Spaces, commas and semicolons; not the semicolon that ends one of Slack's three entities. */
const SEPARATORS = /(?:[\s,]|(?<!&(?:amp|lt|gt));)+/uy;
const REASON = /(?:reason\s*:|because(?::|(?=\s|$)))/iuy;
const QUOTED_TEXT = new RegExp(QUOTED, 'uy');
const WORD = /(?:[^\s,;]|(?<=&(?:amp|lt|gt));)+/uy;
/** The reason is no name of a group: "group: because ..." names none. */
const GROUP = new RegExp(`group:\\s*(?:${QUOTED}|(?!${REASON.source})(${WORD.source}))`, 'iuy');
/** What says that a quoted text belongs to the list of people. */
const LISTED = /\s*[,;]/uy;

export interface Token {
  readonly kind: 'word' | 'quoted' | 'group';
  /** As typed, for the answer. */
  readonly typed: string;
  readonly text: string;
  /** A comma or semicolon follows. */
  readonly listed?: boolean;
  /** One stands before. */
  readonly joined?: boolean;
}

/** Cuts the text into words, quoted texts and groups, up to where the reason starts. */
export function scan(text: string): { readonly tokens: readonly Token[]; readonly reason?: string } {
  const tokens: Token[] = [];
  let at = 0;
  let joined = false;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < text.length) {
    const between = take(SEPARATORS)?.[0];
    if (between !== undefined) {
      joined ||= /[,;]/u.test(between);
      continue;
    }
    if (take(REASON) !== null) return { tokens, reason: tidy(stripQuotes(text.slice(at).trim())) };
    const group = take(GROUP);
    if (group !== null) {
      tokens.push({ kind: 'group', typed: group[0], text: tidy(unquotedOr(group[1], group[2])) });
      joined = false;
      continue;
    }
    const quoted = take(QUOTED_TEXT);
    if (quoted !== null) {
      const listed = take(LISTED) !== null;
      tokens.push({ kind: 'quoted', typed: quoted[0], text: tidy(unquotedOr(quoted[1], '')), listed, joined });
      joined = listed;
      continue;
    }
    const word = take(WORD)?.[0] ?? text.slice(at);
    if (word === text.slice(at)) at = text.length;
    tokens.push({ kind: 'word', typed: word, text: word, ...(joined ? { joined } : {}) });
    joined = false;
  }
  return { tokens };
}

const unquotedOr = (inner: string | undefined, plain: string | undefined): string =>
  inner === undefined ? (plain ?? '') : unquoted(inner);

/** Slack sends the three characters that its markup is made of as entities; `&amp;` last, so that nothing is undone twice. */
const unescapeSlack = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const tidy = (text: string): string => unescapeSlack(text).replace(/\s+/gu, ' ').trim();
export const shorten = (word: string): string => unescapeSlack(word).slice(0, 80).toWellFormed();
