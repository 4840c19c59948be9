import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine, harmless } from '../../src/main/csv.ts';

/** Reads CSV as RFC 4180 has it, a sign at a time. Throws where it is none. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (state === 'quoted') {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else state = 'closed';
    } else if (sign === ',' || sign === '\r') {
      row.push(cell);
      [cell, state] = ['', 'start'];
      if (sign === ',') continue;
      if (text.charAt(at + 1) !== '\n') throw new Error(`half a line end at ${at}`);
      at += 1;
      rows.push(row);
      row = [];
    } else if (sign === '"' && state === 'start') state = 'quoted';
    else if (sign === '"' || sign === '\n' || state === 'closed') throw new Error(`a stray sign at ${at}`);
    else {
      cell += sign;
      state = 'plain';
    }
  }
  if (state !== 'start' || row.length > 0) throw new Error('the last line has no end');
  return rows;
}

const signs = fc.constantFrom(
  '"',
  ',',
  ';',
  '\r',
  '\n',
  '\t',
  '=',
  '+',
  '-',
  '@',
  "'",
  ' ',
  'a',
  'ø',
  '＝',
  '🙂',
  '\u0000',
);
const cell = fc.oneof(
  fc.string(),
  fc.array(signs, { maxLength: 12 }).map((parts) => parts.join('')),
);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }));

it('any table that is written is read again as it was, but for the apostrophes', () => {
  fc.assert(
    fc.property(table, (rows) => {
      expect(parseCsv(rows.map(csvLine).join(''))).toEqual(rows.map((cells) => cells.map(harmless)));
    }),
  );
});

it('no cell that is read begins as a formula does, and each that does not begin so is left alone', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      for (const [index, read] of (parseCsv(csvLine(cells))[0] ?? []).entries()) {
        expect(read).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
        const written = cells[index]?.replace(/(?![\t\r\n])\p{Cc}/gu, '');
        if (!/^[=+\-@\t\r\n＝＋－＠]/u.test(written ?? '')) expect(read).toBe(written);
      }
    }),
  );
});

it.each([
  ['=1+1', "'=1+1"],
  ['+47 900', "'+47 900"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['a=b', 'a=b'],
  ['', ''],
  ['\u0000=1+1', "'=1+1"],
  ['a\u001B[2Jb\u007F\u009B\tc\r\nd', 'a[2Jb\tc\r\nd'],
])('%j becomes %j', (typed, shown) => {
  expect(harmless(typed)).toBe(shown);
});
