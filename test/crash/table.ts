/** One crash point: what had to come of it and what did. */
export interface Row {
  /** Where it stands in the table. */
  readonly at: number;
  readonly engine: string;
  readonly point: string;
  readonly expected: string;
  readonly seen: string;
  readonly ok: boolean;
}

/** The rows as one table of text, what differs marked. */
export function printTable(rows: readonly Row[]): string {
  const head = { at: 0, engine: 'engine', point: 'killed', expected: 'expected', seen: 'seen', ok: true };
  const sorted = rows.toSorted((a, b) => a.engine.localeCompare(b.engine) || a.at - b.at);
  const cells = [head, ...sorted].map(({ engine, point, expected, seen, ok }) => [
    ok ? '  ' : '! ',
    engine,
    point,
    expected,
    seen,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
