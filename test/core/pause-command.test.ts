import { expect, test } from 'vitest';
import { parseCommand } from '../../src/core/grammar.ts';

test.each<[string, unknown]>([
  ['pause', { kind: 'pause' }],
  ['PAUSE', { kind: 'pause' }],
  ['pause reason: month end', { kind: 'pause', reason: 'month end' }],
  ['pause because "month end"', { kind: 'pause', reason: 'month end' }],
  ['resume', { kind: 'resume' }],
])('%j is understood', (typed, command) => expect(parseCommand(typed)).toEqual({ ok: true, command }));

test.each([
  ['pause 101', 'extra_words', '101'],
  ['pause now reason: x', 'extra_words', 'now'],
  ['pause reason:', 'empty_reason', 'reason:'],
  [`pause reason: ${'x'.repeat(501)}`, 'reason_too_long', 'x'.repeat(80)],
  ['resume 17', 'extra_words', '17'],
  ['resume reason: done', 'extra_words', 'reason:'],
])('%j is not', (typed, code, word) =>
  expect(parseCommand(typed)).toEqual({
    ok: false,
    problem: { code, word, understood: [typed.split(' ')[0]] },
  }),
);

test('somebody called so can be named in quotes', () =>
  expect(parseCommand('"pause"')).toMatchObject({ command: { kind: 'logoff' } }));
