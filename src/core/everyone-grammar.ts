import { MAX_REASON, type Misunderstanding, type MisunderstandingCode, type Parsed, type When } from './command.ts';
import type { Duration } from './time.ts';
import { shorten, type Token } from './tokens.ts';

const UNITS: readonly (readonly [RegExp, Duration])[] = [
  [/^s(?:ecs?|econds?)?$/i, 1_000],
  [/^m(?:ins?|inutes?)?$/i, 60_000],
  [/^h(?:rs?|ours?)?$/i, 3_600_000],
  [/^d(?:ays?)?$/i, 86_400_000],
];
const LENGTHS = /^(?:\d{1,5}\s*[a-z]+\s*)+$/i;
const LENGTH = /(\d{1,5})\s*([a-z]+)/gi;
const TIME = /^(?:(\d{4}-\d{2}-\d{2})[\sT])?([01]?\d|2[0-3])[:.]([0-5]\d)$/i;

/**
 * Reads what stands behind `/logoff everyone`: `in 30m`, `in 1h 30m`, `at 17:00` or `at 2026-12-01 17:00`, then the reason. A
 * quoted text at the end is the reason: nobody is named here.
 */
export function parseEveryone(rest: readonly Token[], given: string | undefined): Parsed {
  const last = rest.at(-1);
  const quoted = given === undefined && last?.kind === 'quoted' ? last.text : undefined;
  const words = quoted === undefined ? rest : rest.slice(0, -1);
  const reason = given ?? quoted;
  const typed = words.map((token) => token.typed).join(' ');
  const problem = (code: MisunderstandingCode, word: string): Parsed => {
    const found: Misunderstanding = { code, word: shorten(word), understood: ['everyone'] };
    return { ok: false, problem: found };
  };
  if (words.length === 0) return problem('no_time', '');
  const when = readWhen(words);
  if (when === undefined) return problem('bad_time', typed);
  if (reason === '') return problem('empty_reason', 'reason:');
  if ((reason ?? '').length > MAX_REASON) return problem('reason_too_long', reason ?? '');
  return { ok: true, command: { kind: 'everyone', when, ...(reason === undefined ? {} : { reason }) } };
}

function readWhen(words: readonly Token[]): When | undefined {
  const [first, ...others] = words;
  if (first === undefined || words.some(({ kind }) => kind !== 'word')) return undefined;
  const text = others.map((token) => token.text).join(' ');
  const how = first.text.toLowerCase();
  if (how === 'in') return readLength(text);
  const found = how === 'at' ? TIME.exec(text) : null;
  if (found === null) return undefined;
  const [, day, hour = '', minute = ''] = found;
  return { kind: 'at', time: `${hour.padStart(2, '0')}:${minute}`, ...(day === undefined ? {} : { day }) };
}

/** "30m", "30 minutes", "1h 30m". */
function readLength(text: string): When | undefined {
  if (!LENGTHS.test(text)) return undefined;
  let length = 0;
  for (const [, count, unit = ''] of text.matchAll(LENGTH)) {
    const known = UNITS.find(([name]) => name.test(unit));
    if (known === undefined) return undefined;
    length += Number(count) * known[1];
  }
  return length === 0 ? undefined : { kind: 'in', length };
}
