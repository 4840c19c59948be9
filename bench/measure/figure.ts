import type { Middle } from './ratio.ts';

/** What a figure is held to. */
export interface Target {
  readonly sense: 'at most' | 'at least';
  readonly value: number;
  /** What was measured last, where that misses the target. */
  readonly last?: number;
}

/** One line of the table. */
export interface Figure {
  readonly name: string;
  /** `x` is a ratio. */
  readonly unit: 'x' | 'ms' | 'MB' | 'per s' | '' | '%';
  readonly value: number;
  /** Half of the measured values lie in this range; absent where there is one value only. */
  readonly spread?: readonly [low: number, high: number];
  /** Absent where the figure is only reported. */
  readonly target?: Target;
  readonly note?: string;
}

/**
 * How much worse than its target, or than what misses it already, a figure may be before `--check` complains: noise does not get
 * there, a tenfold loss does.
 */
const MARGIN = 3;

/** `missedBy` is the figure of the last full run where that misses the target, as bench/README.md has it. */
export const atMost = (value: number, missedBy?: number): Target => ({ sense: 'at most', value, ...lastOf(missedBy) });
export const atLeast = (value: number, missedBy?: number): Target => ({
  sense: 'at least',
  value,
  ...lastOf(missedBy),
});
const lastOf = (last: number | undefined): Pick<Target, 'last'> => (last === undefined ? {} : { last });

/** A figure out of a middle with its spread. */
export const spreadFigure = (
  name: string,
  unit: Figure['unit'],
  middle: Middle,
  more: Pick<Figure, 'target' | 'note'> = {},
): Figure => ({ name, unit, value: middle.median, spread: [middle.low, middle.high], ...more });

/** Whether the figure reaches its target; one without a target, and no other, is always all right. */
export function isReached({ value, target }: Pick<Figure, 'value' | 'target'>): boolean {
  if (target === undefined) return true;
  return target.sense === 'at most' ? value <= target.value : value >= target.value;
}

/** The same figure held to a target so wide that only a great loss misses it. A target of 0 or of exactness stays. */
export function widened(figure: Figure): Figure {
  const { target } = figure;
  if (target === undefined || figure.unit === '') return figure;
  const { sense, last = target.value } = target;
  const value = sense === 'at most' ? Math.max(target.value, last) * MARGIN : Math.min(target.value, last) / MARGIN;
  return { ...figure, target: { sense, value } };
}
