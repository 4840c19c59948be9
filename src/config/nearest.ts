const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, '');

/** How many letters must be added, removed, changed or swapped with their neighbour to make one text of the other. */
function distance(left: string, right: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 0; at < left.length; at++) {
    const next = [at + 1];
    for (let index = 0; index < right.length; index++) {
      const same = left[at] === right[index];
      const swapped = at > 0 && index > 0 && left[at] === right[index - 1] && left[at - 1] === right[index];
      next.push(
        Math.min(
          (row[index] ?? 0) + (same ? 0 : 1),
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
          swapped ? (before[index - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The known word that was most likely meant by `word`; nothing where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 60) return undefined;
  const written = plain(word);
  let best: { readonly word: string; readonly away: number } | undefined;
  for (const candidate of known) {
    const away = distance(written, plain(candidate));
    if (away <= Math.min(2, Math.floor(candidate.length / 3)) && away < (best?.away ?? Number.POSITIVE_INFINITY)) {
      best = { word: candidate, away };
    }
  }
  return best?.word;
}

/** `: did you mean "x"?` where a known word is near, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? '' : `: did you mean "${near}"?`;
}
