import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { canonical } from '../../src/store/canonical.ts';
import { opening } from './sample-requests.ts';

/** Keys like ours, which are no numbers; texts of any kind, halves of characters too. */
const key = fc.string({ unit: 'binary' }).map((text) => `k${text}`);
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
}));

test('reads as the same, and does not depend on the order of the keys, for whatever JSON can hold', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), (object) => {
      const text = canonical(object);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(object)));
      expect(canonical(Object.fromEntries(Object.entries(object).reverse()))).toBe(text);
    }),
  );
});

test('is that of a record and of its entries too', () => {
  const { request, entries } = opening(requestId(7), [101, 102], 'locked out "again" \u2028 \ud800');
  for (const each of [request, ...entries]) {
    const text = canonical(each);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(each)));
    expect(canonical(JSON.parse(text))).toBe(text);
  }
});

test('does not depend on the order in which something was put together', () => {
  expect(canonical({ b: 1, a: { d: [undefined, 2], c: undefined } })).toBe('{"a":{"d":[null,2]},"b":1}');
  expect(canonical({ a: { d: [undefined, 2] }, b: 1 })).toBe('{"a":{"d":[null,2]},"b":1}');
});

test('writes a moment as JSON does, and refuses what is nothing', () => {
  expect(canonical({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  expect(() => canonical(undefined)).toThrow('nothing to write');
});
