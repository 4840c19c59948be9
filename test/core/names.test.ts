import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isSlip, roughName, sameName } from '../../src/core/names.ts';

const anything = fc.string({ unit: 'binary', maxLength: 30 });

describe('the same name', () => {
  test.each([
    ['Jane Doe', 'jane doe'],
    ['JANE DOE', 'jane doe'],
    ['  Jane \t\u00A0 Doe\n', 'jane doe'],
    ['Å\u030Ase', 'åse'.normalize('NFC').replace('å', 'å\u030A').normalize('NFKC')],
    ['A\u030Ase', 'åse'],
    ['ＪＡＮＥ', 'jane'],
    ['ﬁnn', 'finn'],
  ])('%j is %j', (name, expected) => expect(sameName(name)).toBe(expected));

  test.each([
    ['Bjørn', 'Bjorn'],
    ['Åse', 'Ase'],
    ['jane.doe', 'jane doe'],
    ['Strauß', 'Strauss'],
    ['Jane', 'Jаne'],
    ['', 'x'],
  ])('%j and %j are two', (a, b) => expect(sameName(a)).not.toBe(sameName(b)));

  it('is the same however often it is taken', () => {
    fc.assert(
      fc.property(anything, (name) => {
        expect(sameName(sameName(name))).toBe(sameName(name));
        expect(sameName(name.normalize('NFD'))).toBe(sameName(name.normalize('NFC')));
      }),
    );
  });
});

describe('the rough name', () => {
  test.each([
    ['Bjørn', 'bjorn'],
    ['BJØRN', 'bjorn'],
    ['Åse Næss', 'ase naess'],
    ['Łukasz Dvořák', 'lukasz dvorak'],
    ['Strauß', 'strauss'],
    ['þórður', 'thordur'],
    ['ħaġar', 'hagar'],
    ['İpek Çağrı', 'ipek cagri'],
    ['jane.doe', 'jane doe'],
    ["O'Brien-Smith", 'o brien smith'],
    ['Doe, Jane (HR)', 'doe jane hr'],
    ['Ζωή Παπαδοπούλου', 'ζωη παπαδοπουλου'],
    ['李小龍', '李小龍'],
    ['<!channel>', 'channel'],
    ['"; drop', 'drop'],
    ['🦊', ''],
    ['...', ''],
    ['', ''],
  ])('of %j is %j', (name, expected) => expect(roughName(name)).toBe(expected));
});

describe('a slip', () => {
  test.each<[string, string, number, boolean]>([
    ['jane', 'jane', 0, true],
    ['jane', 'jne', 1, true],
    ['jane', 'janne', 1, true],
    ['jane', 'jame', 1, true],
    ['jane', 'ajne', 1, true],
    ['jane', 'jnae', 1, true],
    ['jane', 'jaen', 1, true],
    ['jane', 'enaj', 1, false],
    ['jane', 'jaxxe', 1, false],
    ['jane', 'jaxxe', 2, true],
    ['jane doe', 'jnae deo', 2, true],
    ['jane doe', 'jnae deo', 1, false],
    ['jane', 'jan', 0, false],
    ['jane', 'ja', 1, false],
    ['', '', 0, true],
    ['', 'a', 1, true],
    ['', 'ab', 1, false],
    ['ab', 'ba', 0, false],
    ['ab', 'ba', 1, true],
    ['🦊x', '🦊y', 1, true],
  ])('%j and %j, at most %d: %j', (a, b, limit, expected) => {
    expect(isSlip(a, b, limit)).toBe(expected);
    expect(isSlip(b, a, limit)).toBe(expected);
  });

  /** Letter by letter, without any bound. */
  const slips = (a: string, b: string): number => {
    const table: number[][] = [];
    for (let i = 0; i <= a.length; i += 1) {
      const row: number[] = [];
      for (let j = 0; j <= b.length; j += 1) {
        const at = (x: number, y: number) => table[x]?.[y] ?? Number.POSITIVE_INFINITY;
        const left = row[j - 1] ?? Number.POSITIVE_INFINITY;
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        const best = Math.min(at(i - 1, j) + 1, left + 1, at(i - 1, j - 1) + cost, swapped ? at(i - 2, j - 2) + 1 : 99);
        row.push(i === 0 && j === 0 ? 0 : best);
      }
      table.push(row);
    }
    return table[a.length]?.[b.length] ?? 0;
  };

  it('is the same as counted without a bound, and the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        expect(isSlip(a, b, limit)).toBe(slips(a, b) <= limit);
        expect(isSlip(b, a, limit)).toBe(isSlip(a, b, limit));
      }),
      { numRuns: 1_000 },
    );
  });

  // Without the band this is 400 million steps, and the runner's own limit ends it.
  it('of two texts of 20,000 letters is found', () => {
    const long = 'ab'.repeat(10_000);
    expect(isSlip(long, `${long.slice(0, -2)}cc`, 2)).toBe(true);
    expect(isSlip(long, `${long.slice(0, -3)}ccc`, 2)).toBe(false);
  });
});
