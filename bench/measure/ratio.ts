import type { Round } from './blocks.ts';

/** A middle with the range in which half of the values lie. */
export interface Middle {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The value below which this share of all values lies, between two of them where none lies there. NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The median and the quartiles around it. */
export const middleOf = (values: readonly number[]): Middle => ({
  median: quantile(values, 0.5),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
  count: values.length,
});

/** What a variant gave in each round. */
export const valuesOf = <V extends string>(rounds: readonly Round<V>[], variant: V): readonly number[] =>
  rounds.flatMap((round) => round.get(variant) ?? []);

/** How many times as much `a` gave as `b` did, round by round: only neighbours are compared. */
export function ratioOf<V extends string>(rounds: readonly Round<V>[], a: V, b: V): Middle {
  const ratios = rounds.flatMap((round) => {
    const [ours, theirs] = [round.get(a), round.get(b)];
    return ours === undefined || theirs === undefined || theirs === 0 ? [] : [ours / theirs];
  });
  return middleOf(ratios);
}
