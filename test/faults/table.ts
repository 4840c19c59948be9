import type { Row } from './row.ts';

/** The widths of the three columns that hold sentences. */
const WIDTHS = [44, 62, 62];

/** Cuts a text into lines of at most this many characters, between words where it can. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...(word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']));
  }
  return lines;
}

export const isAsExpected = ({ expected, seen }: Row): boolean => expected === seen;

/** The rows as one table of text: door, fault, expected, seen; what differs is marked. */
export function printTable(rows: readonly Row[]): string {
  const head = { door: 'door', fault: 'fault', expected: 'expected', seen: 'seen' };
  const drawn = [head, ...rows].map((row, index) => {
    const columns = [row.fault, row.expected, row.seen].map((text, column) => wrap(text, WIDTHS[column] ?? 60));
    const height = Math.max(...columns.map(({ length }) => length));
    const mark = index === 0 || isAsExpected(row) ? '  ' : '! ';
    return Array.from({ length: height }, (_, line) => {
      const cells = columns.map((lines, column) => (lines[line] ?? '').padEnd(WIDTHS[column] ?? 60));
      return `${line === 0 ? mark : '  '}${(line === 0 ? row.door : '').padEnd(9)}  ${cells.join('  ')}`.trimEnd();
    }).join('\n');
  });
  return `${drawn.join('\n')}\n`;
}
