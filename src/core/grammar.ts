import { MAX_REASON, type MisunderstandingCode, type Parsed, type Reference } from './command.ts';
import { parseEveryone } from './everyone-grammar.ts';
import { associateIdSchema, isNonEmpty, requestIdSchema, slackUserIdSchema } from './ids.ts';
import { sameName } from './names.ts';
import { scan, shorten, type Token, tidy } from './tokens.ts';

const MAX_NAME = 100;

/** Slack puts the person's name behind the id of a mention; it may hold anything and is not needed. */
const MENTION_LABEL = /(<@[UW][A-Z0-9]{1,30})\|[^<>]*>/gu;
/** Slack makes a link of an address: `<mailto:jane@example.com|jane@example.com>`. */
const MAIL_LINK = /<mailto:([^<>|\s]+)(?:\|[^<>]*)?>/gu;
/** What no one can see (zero-width and direction marks) separates nothing and is dropped; joiners belong to letters. */
const INVISIBLE = /(?!\u200C|\u200D)\p{Cf}/gu;

/**
 * Reads what stands behind `/logoff`. People are ids, logins, e-mail addresses, "full names" in quotes, mentions,
 * `group:Name` or `me`, between spaces, commas or semicolons. The reason starts at `reason:` or `because` and goes to
 * the end; a quoted text at the very end is `quoted`: a name or the reason, whichever it turns out to be (`inList`: a
 * comma before it). Plain words with only spaces between them may be one full name, which is found out later. Never guesses.
 */
export function parseCommand(typed: string): Parsed {
  const visible = typed
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .replace(INVISIBLE, '');
  const text = visible.replace(MENTION_LABEL, '$1>').replace(MAIL_LINK, '$1').trim();
  if (text === '') return { ok: true, command: { kind: 'compose' } };
  const { tokens, reason } = scan(text);
  const [first, ...rest] = tokens;
  const verb = first?.kind === 'word' ? first.text.toLowerCase() : '';
  if (verb === 'help' || verb === 'status' || verb === 'cancel' || verb === 'who' || verb === 'why')
    return parseVerb(verb, rest, reason);
  if (verb === 'pause' || verb === 'resume') return parsePause(verb, rest, reason);
  if (verb === 'history') return parseHistory(rest, reason);
  if (verb === 'everyone') return parseEveryone(rest, reason);
  return parseLogoff(tokens, reason, text);
}

function parseLogoff(tokens: readonly Token[], reason: string | undefined, text: string): Parsed {
  const last = tokens.at(-1);
  const isQuoted = last?.kind === 'quoted' && last.listed === false;
  const quoted = reason === undefined && tokens.length > 1 && isQuoted ? last.text : undefined;
  const who: Reference[] = [];
  const known = new Set<string>();
  const understood: string[] = [];
  const problem = (code: MisunderstandingCode, word: string): Parsed => ({
    ok: false,
    problem: { code, word: shorten(word), understood },
  });
  let before: Reference | undefined;
  for (const token of quoted === undefined ? tokens : tokens.slice(0, -1)) {
    if (token.kind === 'word' && token.text.toLowerCase() === 'everyone') return problem('everyone_alone', token.typed);
    const read = parseReference(token);
    if (typeof read === 'string') return problem(read, token.typed);
    understood.push(shorten(token.typed));
    const isPlain = token.kind === 'word' && read.kind === 'name';
    const follows = isPlain && before !== undefined && token.joined !== true;
    const reference: Reference = follows ? { ...read, follows } : read;
    before = isPlain ? reference : undefined;
    const key = keyOf(reference);
    // A plain word may be a part of two full names.
    if (isPlain || !known.has(key)) who.push(reference);
    known.add(key);
  }
  if (!isNonEmpty(who)) return problem('nobody_named', text);
  if (reason === '' || quoted === '') return problem('empty_reason', reason === '' ? 'reason:' : '""');
  if ((reason ?? quoted ?? '').length > MAX_REASON) return problem('reason_too_long', reason ?? quoted ?? '');
  const why = reason === undefined ? {} : { reason };
  const inList = quoted !== undefined && last?.joined === true ? ({ inList: true } as const) : {};
  return { ok: true, command: { kind: 'logoff', who, ...why, ...(quoted === undefined ? {} : { quoted }), ...inList } };
}

function parseVerb(
  verb: 'help' | 'status' | 'why' | 'cancel' | 'who',
  rest: readonly Token[],
  reason: string | undefined,
): Parsed {
  const [first, ...extra] = rest;
  const problem = (code: MisunderstandingCode, word: string): Parsed => ({
    ok: false,
    problem: { code, word: shorten(word), understood: [verb] },
  });
  if (reason !== undefined) return problem('extra_words', 'reason:');
  if (verb === 'help')
    return first === undefined ? { ok: true, command: { kind: 'help' } } : problem('extra_words', first.typed);
  if (verb === 'who') {
    if (first === undefined) return { ok: true, command: { kind: 'who' } };
    return {
      ok: true,
      command: {
        kind: 'who',
        group: rest
          .map(({ text }) => tidy(text))
          .join(' ')
          .slice(0, MAX_NAME),
      },
    };
  }
  if (first === undefined) {
    return verb === 'cancel' ? problem('bad_request_number', '') : { ok: true, command: { kind: verb } };
  }
  const number = /^#?(\d{1,15})$/.exec(first.text)?.[1];
  const request = requestIdSchema.safeParse(number === undefined ? undefined : Number(number));
  if (!request.success) return problem('bad_request_number', first.typed);
  if (extra[0] !== undefined) return problem('extra_words', extra[0].typed);
  return { ok: true, command: { kind: verb, request: request.data } };
}

/** `pause reason: month end` and `resume`. */
function parsePause(verb: 'pause' | 'resume', rest: readonly Token[], reason: string | undefined): Parsed {
  const problem = (code: MisunderstandingCode, word: string): Parsed => ({
    ok: false,
    problem: { code, word: shorten(word), understood: [verb] },
  });
  if (rest[0] !== undefined) return problem('extra_words', rest[0].typed);
  if (verb === 'resume') {
    return reason === undefined ? { ok: true, command: { kind: verb } } : problem('extra_words', 'reason:');
  }
  if (reason === '') return problem('empty_reason', 'reason:');
  if ((reason ?? '').length > MAX_REASON) return problem('reason_too_long', reason ?? '');
  return { ok: true, command: { kind: verb, ...(reason === undefined ? {} : { reason }) } };
}

/** `history`, `history jane.doe`, `history Jane Doe`, `history 102 before 17`. */
function parseHistory(rest: readonly Token[], reason: string | undefined): Parsed {
  const problem = (code: MisunderstandingCode, word: string): Parsed => ({
    ok: false,
    problem: { code, word: shorten(word), understood: ['history'] },
  });
  if (reason !== undefined) return problem('extra_words', 'reason:');
  const [mark, last] = rest.slice(-2);
  const isPaged = mark?.kind === 'word' && mark.text.toLowerCase() === 'before' && last !== undefined;
  const number = isPaged ? /^#?(\d{1,15})$/.exec(last.text)?.[1] : undefined;
  const before = requestIdSchema.safeParse(Number(number));
  if (isPaged && !before.success) return problem('bad_request_number', last.typed);
  const [first, ...more] = isPaged ? rest.slice(0, -2) : rest;
  const page = before.success ? { before: before.data } : {};
  if (first === undefined) return { ok: true, command: { kind: 'history', ...page } };
  // One person only, so several words are one name.
  const words = [first, ...more].map(({ typed }) => typed).join(' ');
  const person = parseReference(more.length === 0 ? first : { kind: 'quoted', typed: words, text: tidy(words) });
  if (typeof person === 'string') return problem(person, words);
  if (person.kind === 'group') return problem('bad_word', words);
  return { ok: true, command: { kind: 'history', person, ...page } };
}

function parseReference({ kind, text: word }: Token): Reference | MisunderstandingCode {
  if (kind !== 'word') {
    if (word === '') return 'bad_word';
    return word.length > MAX_NAME ? 'name_too_long' : { kind: kind === 'group' ? 'group' : 'name', name: word };
  }
  const mention = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  if (mention !== undefined) {
    const slack = slackUserIdSchema.safeParse(mention);
    return slack.success ? { kind: 'mention', slack: slack.data } : 'bad_word';
  }
  if (word.startsWith('@')) return 'plain_at_name';
  if (word.toLowerCase() === 'me') return { kind: 'me' };
  if (/^[+-]?\d+([.]\d+)?$/.test(word)) {
    const id = associateIdSchema.safeParse(/^\d{1,10}$/.test(word) ? Number(word) : Number.NaN);
    return id.success ? { kind: 'id', id: id.data } : 'bad_id';
  }
  const name = tidy(word);
  // Markup of Slack's (a channel, a link, @here), half a quotation, "reason" without its colon, a group without a name:
  // no one's login.
  if (/[<>"“”„«»]/u.test(name) || name.startsWith('#') || /^(?:reason$|because$|group:)/iu.test(name))
    return 'bad_word';
  return name.length > MAX_NAME ? 'name_too_long' : { kind: 'name', name };
}

/** The same for the same person named in the same way. */
function keyOf(reference: Reference): string {
  switch (reference.kind) {
    case 'me':
      return 'me';
    case 'id':
      return `${reference.id}`;
    case 'mention':
      return `<@${reference.slack}>`;
    default:
      return `${reference.kind}:${sameName(reference.name)}`;
  }
}
