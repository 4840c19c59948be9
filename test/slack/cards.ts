import fc from 'fast-check';
import type { Button, ButtonAction, Card, Part, Span, Text } from '../../src/core/cards/card.ts';
import { requestId, slackUserId } from '../../src/core/ids.ts';

/** Strings as people and other systems make them, with what is special to Slack more often than by chance. */
export const anyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
  fc
    .array(
      fc.constantFrom(
        '<!channel>',
        '<@U0EVIL>',
        '@here',
        '@channel',
        '&',
        '<',
        '>',
        '*',
        '_',
        '`',
        ' ',
        '\n',
        '\u202e',
        '\u0000',
        '👩‍👩‍👧',
        '\ud800',
        'x'.repeat(200),
        'https://evil.example',
        '|',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyString }),
  fc.record({ kind: fc.constant('text' as const), text: anyString, bold: fc.constant(true as const) }),
  fc.record({
    kind: fc.constant('person' as const),
    slack: fc.constantFrom(slackUserId('U0ALICE'), slackUserId('W0BOB')),
    name: anyString,
  }),
  fc.record({ kind: fc.constant('time' as const), at: fc.integer({ min: 0, max: 4_000_000_000_000 }) }),
  fc.record({ kind: fc.constant('until' as const), at: fc.integer({ min: 0, max: 4_000_000_000_000 }) }),
  fc.record({
    kind: fc.constant('time' as const),
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    dated: fc.constant(true as const),
  }),
);

export const anyText: fc.Arbitrary<Text> = fc.array(anySpan, { maxLength: 6 });

const actions: readonly ButtonAction[] = ['approve', 'deny', 'cancel', 'show_everyone'];
const anyButton: fc.Arbitrary<Button> = fc
  .record({
    action: fc.constantFrom(...actions),
    label: anyString,
    request: fc.integer({ min: 1, max: 9_000_000_000 }).map(requestId),
    confirm: fc.option(fc.record({ title: anyString, text: anyString, yes: anyString, no: anyString }), {
      nil: undefined,
    }),
    style: fc.constantFrom('primary' as const, 'danger' as const, undefined),
  })
  .map(({ confirm, style, ...button }) => ({
    ...button,
    ...(confirm === undefined ? {} : { confirm }),
    ...(style === undefined ? {} : { style }),
  }));

export const anyPart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: anyString }),
  fc.record({ kind: fc.constant('paragraph' as const), text: anyText }),
  fc.record({ kind: fc.constant('quote' as const), text: anyString }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(anyText, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.record({ label: anyString, value: anyText }), { maxLength: 12 }),
  }),
  fc.record({ kind: fc.constant('note' as const), text: anyText }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(anyButton, { maxLength: 30 }) }),
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  summary: anyText,
  parts: fc.array(anyPart, { maxLength: 60, size: 'max' }),
});
