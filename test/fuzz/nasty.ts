import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';

/** `npm run fuzz` looks longer, for whoever changes a door. */
const FACTOR = Number(process.env['FUZZ_FACTOR'] ?? 0.5);

/** The runs of a property and no more time than this, so that all of them together stay a matter of seconds. */
export const bounded = (numRuns: number) => ({
  numRuns: Math.ceil(numRuns * FACTOR),
  endOnFailure: true,
  interruptAfterTimeLimit: 15_000 * FACTOR,
  markInterruptAsFailure: false,
});

const corpus = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`corpus/${name}.json`, import.meta.url), 'utf8'));

export const COMMANDS: readonly string[] = z.array(z.string()).parse(corpus('commands'));
export const VALUES: readonly unknown[] = z.array(z.unknown()).parse(corpus('values'));
export const ANSWERS: readonly string[] = z.array(z.string()).parse(corpus('answers'));

/** Any text at all: whole and half characters, control characters, marks that turn the direction of text. */
const anyText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('\u202e', '\u2066', '\u200f', '\u0000', '\u0007', '\ud800', '\udfff', '<', '>', '&', '"'),
    maxLength: 12,
  }),
);

/** What somebody may type: pieces of the corpus, ids, and any text, up to 8,000 characters. */
export const anyCommand: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...COMMANDS), anyText, fc.integer().map(String)), { maxLength: 8 })
      .map((pieces) => pieces.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...COMMANDS, 'x', '102 '), fc.integer({ min: 1, max: 8_000 }))
      .map(([piece, length]) => piece.repeat(Math.ceil(length / Math.max(1, piece.length))).slice(0, length)),
  },
);

/** Anything that JSON can hold, and what the corpus holds. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.jsonValue({ maxDepth: 3 }),
  anyCommand,
);
