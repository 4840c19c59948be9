import type { Place } from './yaml-file.ts';

/** One problem: in which file or where else, at which place of it, and what to do. */
export interface Line {
  readonly where: string;
  readonly place?: Place;
  readonly what: string;
}

/** Enough to work on; a file that is something else altogether would fill the screen. */
const MAX_LINES = 100;
/** A shorter text is too likely to be a part of an ordinary word. */
const SHORTEST_SECRET = 4;

/**
 * One line for each problem, the file's in its order, under a line that counts them. A secret that strayed into the
 * file is covered.
 */
export function writeReport(lines: readonly Line[], secrets: readonly string[]): string {
  const order = ({ place }: Line) => (place === undefined ? Number.POSITIVE_INFINITY : place.line * 1e6 + place.col);
  const texts = lines
    .toSorted((left, right) => Math.sign(order(left) - order(right)) || 0)
    .map(({ where, place, what }) => `${place === undefined ? where : `${where}:${place.line}:${place.col}`}  ${what}`);
  const unique = [...new Set(texts)];
  const count = unique.length === 1 ? '1 problem in the settings:' : `${unique.length} problems in the settings:`;
  const more = unique.length - MAX_LINES;
  const shown = more > 0 ? [...unique.slice(0, MAX_LINES), `and ${more} more`] : unique;
  const hidden = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .toSorted((left, right) => right.length - left.length);
  return hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), [count, ...shown].join('\n'));
}
