/** Letters that Unicode does not take apart into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};

/** The same text for what people take for the same name: letter case, kind of space and Unicode form do not matter. */
export const sameName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** A rough form for near misses only: accents and punctuation are gone as well ("Bjørn" and "Bjorn" become one). */
export const roughName = (name: string): string =>
  sameName(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[øæœßđðþłħı]/gu, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Whether two words are at most `limit` slips apart: a letter missing, added, wrong, or swapped with its neighbour. Only
 * looks where so few slips can lead, so the work grows with the length and not with its square.
 */
export function isSlip(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  const far = limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: Math.min(limit, b.length) + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row: number[] = [];
    if (i <= limit) row[0] = i;
    let best = row[0] ?? far;
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((previous[j] ?? far) + 1, (row[j - 1] ?? far) + 1, (previous[j - 1] ?? far) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? far) + 1);
      row[j] = value;
      best = Math.min(best, value);
    }
    if (best > limit) return false;
    before = previous;
    previous = row;
  }
  return (previous[b.length] ?? far) <= limit;
}
