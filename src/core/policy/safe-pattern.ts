/** A reason is at most this long, so nothing longer is ever held against a pattern. */
const LONGEST_INPUT = 500;
/** How long a pattern may be. */
export const LONGEST_PATTERN = 200;
/** How many steps a matcher may take over the worst text: well below a second of work. */
const MOST_STEPS = 100_000_000;
/** Nothing above this is told apart: it is too much by far, and sums and products of it stay numbers. */
const FAR_TOO_MUCH = 1e12;

/** Whether a text holds the pattern, by the first 500 characters of it. The pattern was found safe by `patternProblem`. */
export function fits(pattern: string, text: string): boolean {
  const matcher = new RegExp(pattern, 'u');
  // The first use of a pattern is interpreted, several times as slow; from the second on it is compiled.
  matcher.test('');
  return matcher.test(text.slice(0, LONGEST_INPUT));
}

/**
 * Why a pattern is refused, if so: it is none, or a matcher that goes back and tries again could take very long over it.
 * Counts every step such a matcher can take over 500 characters that fit everywhere but at the end; what cannot be
 * counted so (references back, looking around) is refused.
 */
export function patternProblem(source: string): string | undefined {
  if (source === '') return 'must not be empty';
  if (source.length > LONGEST_PATTERN) return `must be at most ${LONGEST_PATTERN} characters long`;
  try {
    new RegExp(source, 'u');
  } catch {
    return 'is no regular expression (with the u flag)';
  }
  const reading: Reading = { source, at: 0, odd: false };
  const choices = costsOfChoices(reading);
  if (reading.odd) return 'must do without references back, looking ahead or behind, and flags inside';
  const isAnchored = source.startsWith('^') && choices.length === 1;
  const { tries } = oneOf(choices);
  // From a place further back in the text, only what is nearer than its end can still be tried.
  const steps = tries.reduce((sum, count, at) => sum + count * (isAnchored ? 1 : LONGEST_INPUT + 1 - at), 0);
  if (steps <= MOST_STEPS) return undefined;
  return 'could take very long on some texts: begin it with ^, repeat no group that repeats or chooses, give lengths such as {1,10}';
}

/** One number for each place in the text, counted from where a part of the pattern begins. */
type Counts = Float64Array;

/** What trying a part of a pattern in all its ways comes to: how many of them end at each place, and the steps taken there. */
interface Cost {
  readonly ends: Counts;
  readonly tries: Counts;
}

interface Reading {
  readonly source: string;
  at: number;
  /** Something stands in it that cannot be counted. */
  odd: boolean;
}

const counts = (at?: number): Counts => {
  const made = new Float64Array(LONGEST_INPUT + 1);
  if (at !== undefined) made[at] = 1;
  return made;
};

const HERE = counts(0);

function sum(some: Counts, more: Counts): Counts {
  const both = some.slice();
  for (let at = 0; at <= LONGEST_INPUT; at += 1) both[at] = (some[at] ?? 0) + (more[at] ?? 0);
  return both;
}

/** Each of the ways that come first, with each of those that come next; beyond the end of the text there are none. */
function following(first: Counts, next: Counts): Counts {
  const both = counts();
  for (let further = 0; further <= LONGEST_INPUT; further += 1) {
    const count = next[further] ?? 0;
    if (count === 0) continue;
    for (let from = 0; from + further <= LONGEST_INPUT; from += 1) {
      const ways = (both[from + further] ?? 0) + (first[from] ?? 0) * count;
      both[from + further] = Math.min(FAR_TOO_MUCH, ways);
    }
  }
  return both;
}

/** A sign that fits takes one place; what only looks at a place, such as ^, takes none. */
const SIGN: Cost = { ends: counts(1), tries: HERE };
const PLACE: Cost = { ends: HERE, tries: HERE };

/** Alternatives up to the end or the closing bracket. */
function costsOfChoices(reading: Reading): readonly Cost[] {
  const costs = [costOfRow(reading)];
  while (reading.source[reading.at] === '|') {
    reading.at += 1;
    costs.push(costOfRow(reading));
  }
  return costs;
}

const oneOf = (choices: readonly Cost[]): Cost => ({
  ends: choices.reduce((all, { ends }) => sum(all, ends), counts()),
  tries: choices.reduce((all, { tries }) => sum(sum(all, tries), HERE), counts()),
});

/** One thing behind the other: each way of the first with each way of the next. */
function costOfRow(reading: Reading): Cost {
  let ends = HERE;
  let tries = counts();
  for (let next = reading.source[reading.at]; next !== undefined && next !== '|' && next !== ')'; ) {
    const cost = repeated(reading, costOfOne(reading, next));
    tries = sum(tries, following(ends, cost.tries));
    ends = following(ends, cost.ends);
    next = reading.source[reading.at];
  }
  return { ends, tries };
}

const CLASS = /\[(?:\\.|[^\]\\])*\]/uy;
const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|.)/uy;
const OPENING = /\((?:\?(?:<[^=!>][^>]*>|<?[=!]|[a-z-]*:)?)?/uy;
const ANY = /./suy;

function costOfOne(reading: Reading, first: string): Cost {
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = reading.at;
    const found = pattern.exec(reading.source)?.[0] ?? first;
    reading.at += found.length;
    return found;
  };
  if (first === '(') {
    if (!/^\((?:\?:|\?<[^=!].*)?$/u.test(read(OPENING))) reading.odd = true;
    const cost = oneOf(costsOfChoices(reading));
    reading.at += 1;
    return cost;
  }
  if (first === '\\') {
    const escaped = read(ESCAPE);
    if (/^\\[1-9k]/u.test(escaped)) reading.odd = true;
    return /^\\b$/iu.test(escaped) ? PLACE : SIGN;
  }
  const sign = read(first === '[' ? CLASS : ANY);
  return sign === '^' || sign === '$' ? PLACE : SIGN;
}

/** Something again and again: each time in each of its ways, from wherever the time before ended. */
function repeated(reading: Reading, once: Cost): Cost {
  const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/uy;
  quantifier.lastIndex = reading.at;
  const [all = '', sign, low, comma, high] = quantifier.exec(reading.source) ?? [];
  if (all === '') return once;
  reading.at += all.length;
  const least = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
  const isOpen = sign === '*' || sign === '+' || (comma === ',' && high === '');
  const most = sign === '?' ? 1 : isOpen ? Number.POSITIVE_INFINITY : comma === ',' ? Number(high) : least;
  if (least > LONGEST_INPUT) return { ends: HERE, tries: HERE.map(() => FAR_TOO_MUCH) };
  // A matcher takes no time that is empty beyond those it must.
  const further = once.ends.map((count, at) => (at === 0 ? 0 : count));
  let ends = counts();
  let tries = counts();
  let reached = HERE;
  for (let times = 0; reached.some((count) => count > 0); times += 1) {
    tries = sum(tries, reached);
    if (times >= least) ends = sum(ends, reached);
    if (times >= most || tries.some((count) => count > MOST_STEPS)) break;
    tries = sum(tries, following(reached, once.tries));
    reached = following(reached, times < least ? once.ends : further);
  }
  return { ends, tries };
}
