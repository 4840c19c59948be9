import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type LogoffCommand, type Reference, writeCommand } from '../../src/core/command.ts';
import { parseCommand } from '../../src/core/grammar.ts';
import { isNonEmpty, slackUserId } from '../../src/core/ids.ts';
import { sameName } from '../../src/core/names.ts';
import { aid } from './made-up.ts';

/** Text as reading leaves it: one kind of space, nothing that cannot be seen, no half characters. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .replace(/(?!\u200C|\u200D)\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const NASTY = [
  '"',
  '""',
  '“',
  '”',
  '„',
  '»',
  '«',
  '<@U0BOB>',
  '<@U0BOB|x>',
  '<mailto:a@b|a@b>',
  '&lt;',
  '&amp;lt;',
  ' ',
];
const NASTY_WORDS = [
  'reason:',
  ' because ',
  'group:',
  'me',
  'help',
  ',',
  ';',
  '#',
  '@',
  '\\',
  '|',
  '>',
  '<',
  '&',
  'Bjørn',
];
const text = (max: number) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...NASTY, ...NASTY_WORDS),
        fc.string({ maxLength: 8 }),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((pieces) => plain(pieces.join('')).slice(0, max))
    .map(plain)
    .filter((it) => it !== '');

const reference: fc.Arbitrary<Reference> = fc.oneof(
  fc.integer({ min: 1, max: 2_147_483_647 }).map((id): Reference => ({ kind: 'id', id: aid(id) })),
  text(100).map((name): Reference => ({ kind: 'name', name })),
  text(100).map((name): Reference => ({ kind: 'group', name })),
  fc.constantFrom('U0BOB', 'W0OLA').map((slack): Reference => ({ kind: 'mention', slack: slackUserId(slack) })),
  fc.constant<Reference>({ kind: 'me' }),
);
const keyOf = (it: Reference) => ('name' in it ? `${it.kind} ${sameName(it.name)}` : JSON.stringify(it));

const command = fc
  .record({
    who: fc.uniqueArray(reference, { minLength: 1, maxLength: 6, selector: keyOf }),
    reason: fc.option(text(500), { nil: undefined }),
    quoted: fc.option(text(500), { nil: undefined }),
  })
  .map(({ who, reason, quoted }): LogoffCommand => {
    if (!isNonEmpty(who)) throw new Error('has at least one');
    const why = reason !== undefined ? { reason } : quoted !== undefined ? { quoted } : {};
    return { kind: 'logoff', who, ...why };
  });

/** As it is once it is known which plain words are one name, which comes before any button. */
function settled({ who, ...rest }: LogoffCommand): LogoffCommand {
  const all = who.map((it): Reference => (it.kind === 'name' ? { kind: 'name', name: it.name } : it));
  const distinct = all.filter((it, at) => all.findIndex((other) => keyOf(other) === keyOf(it)) === at);
  if (!isNonEmpty(distinct)) throw new Error('has at least one');
  return { ...rest, who: distinct };
}

describe('a command on a button', () => {
  it('is read again as the same command, whatever names and reason hold', () => {
    fc.assert(
      fc.property(command, (it) => {
        expect(parseCommand(writeCommand(it))).toEqual({ ok: true, command: it });
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same for everything that can be typed', () => {
    const typed = fc.array(fc.constantFrom(...NASTY, ...NASTY_WORDS, '101 ', ' jane.doe ', ' "Jane Doe" '), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(typed, (pieces) => {
        const parsed = parseCommand(pieces.join(''));
        if (!parsed.ok || parsed.command.kind !== 'logoff') return;
        const command = settled(parsed.command);
        expect(parseCommand(writeCommand(command))).toEqual({ ok: true, command });
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, string]>([
    ['101 jane.doe', '101 "jane.doe",'],
    ['jane.doe', '"jane.doe"'],
    ['101 "Jane Doe"', '101 "Jane Doe"'],
    ['jane.doe group:Sales because x', '"jane.doe" group:"Sales" reason: x'],
    ['"x"" 102 reason: y"', '"x"" 102 reason: y"'],
    ['"R&amp;D &lt;3" me', '"R&amp;D &lt;3" me'],
    ['101 reason: “all of it”', '101 reason: all of it'],
  ])('%j is written as %j', (typed, written) => {
    const parsed = parseCommand(typed);
    expect(parsed.ok && parsed.command.kind === 'logoff' && writeCommand(parsed.command)).toBe(written);
  });
});
