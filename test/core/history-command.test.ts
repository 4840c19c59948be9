import { expect, it } from 'vitest';
import { whoseHistoryCard } from '../../src/core/cards/history.ts';
import { writeHistory } from '../../src/core/command.ts';
import { parseCommand } from '../../src/core/grammar.ts';
import { associateId } from '../../src/core/ids.ts';

const parsed = (typed: string) => {
  const result = parseCommand(typed);
  return result.ok ? result.command : result.problem;
};

it.each([
  ['history', { kind: 'history' }],
  ['HISTORY', { kind: 'history' }],
  ['history 102', { kind: 'history', person: { kind: 'id', id: 102 } }],
  ['history jane.doe', { kind: 'history', person: { kind: 'name', name: 'jane.doe' } }],
  ['history Jane Doe', { kind: 'history', person: { kind: 'name', name: 'Jane Doe' } }],
  ['history "Jane Doe"', { kind: 'history', person: { kind: 'name', name: 'Jane Doe' } }],
  ['history <@U0ANNA|anna>', { kind: 'history', person: { kind: 'mention', slack: 'U0ANNA' } }],
  ['history me', { kind: 'history', person: { kind: 'me' } }],
  ['history before 17', { kind: 'history', before: 17 }],
  ['history 102 before #17', { kind: 'history', person: { kind: 'id', id: 102 }, before: 17 }],
  ['history before', { kind: 'history', person: { kind: 'name', name: 'before' } }],
])('"%s" is understood, and written again it is the same', (typed, command) => {
  expect(parsed(typed)).toEqual(command);
  const again = parseCommand(typed);
  if (!again.ok || again.command.kind !== 'history') throw new Error('no history');
  expect(parsed(writeHistory(again.command))).toEqual(command);
});

it.each([
  ['history group:Sales', 'bad_word'],
  ['history 102 before soon', 'bad_request_number'],
  ['history 102 reason: curious', 'extra_words'],
  ['history @jane', 'plain_at_name'],
  ['history 0', 'bad_id'],
  [`history ${'x'.repeat(101)}`, 'name_too_long'],
])('"%s" is not, and says why', (typed, code) => {
  expect(parsed(typed)).toMatchObject({ code, understood: ['history'] });
});

it('the buttons that ask whose history is meant ask for history, and can log nobody off', () => {
  const jane = {
    id: associateId(102),
    login: 'jane',
    userName: 'jane',
    fullName: 'Jane Doe',
    email: '',
    group: 'Sales',
    retired: false,
  };
  const card = whoseHistoryCard('jan', 'near', [jane]);
  const commands = card.parts.flatMap((part) =>
    part.kind === 'buttons'
      ? part.buttons.map((button) => (button.action === 'run' ? button.command : button.action))
      : [],
  );
  expect(commands).toEqual(['history 102']);
});
