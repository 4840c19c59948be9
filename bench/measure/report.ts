import { type Figure, isReached, type Target } from './figure.ts';

/** Three digits that count, without a tail of zeros: 0.0123, 1.94, 312, 45,100. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return new Intl.NumberFormat('en', {
    maximumSignificantDigits: Math.abs(value) < 1_000 ? 3 : 4,
  }).format(value);
}

const measured = (value: number, unit: Figure['unit']): string =>
  unit === ''
    ? shortNumber(value)
    : unit === 'x' || unit === '%'
      ? `${shortNumber(value)}${unit}`
      : `${shortNumber(value)} ${unit}`;

const targetWords = (target: Target | undefined, unit: Figure['unit']): string =>
  target === undefined ? 'reported' : `${target.sense} ${measured(target.value, unit)}`;

/** The figures as a table for people: name, value, the range of half of the values, target, verdict. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, unit, value, spread, target } = figure;
    const range = spread === undefined ? '' : `${shortNumber(spread[0])} – ${shortNumber(spread[1])}`;
    const verdict = target === undefined ? '' : isReached(figure) ? 'ok' : 'MISSED';
    return [name, measured(value, unit), range, targetWords(target, unit), verdict];
  });
  const table = [['figure', 'value', 'half of them', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column > 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const notes = figures.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  return [...table.map(line), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

/** How and where the figures came about. */
export interface Circumstances {
  readonly mode: 'full' | 'quick' | 'check';
  readonly node: string;
  readonly cpus: number;
  readonly seconds: number;
  readonly seed: number;
}

/** The figures as one object for programs. `target` is null where a figure is only reported. */
export function jsonOf(figures: readonly Figure[], circumstances: Circumstances): string {
  const plain = figures.map((figure) => ({
    name: figure.name,
    value: figure.value,
    unit: figure.unit,
    target: figure.target?.value ?? null,
    sense: figure.target?.sense ?? null,
    ok: isReached(figure),
    spread: figure.spread ?? null,
    note: figure.note ?? null,
  }));
  return JSON.stringify({ ...circumstances, figures: plain }, undefined, 2);
}
