import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../src/core/grammar.ts';
import { read } from './read-command.ts';

describe('names in quotes', () => {
  test.each<[string, unknown]>([
    ['"Jane Doe"', ['name Jane Doe']],
    ['“Jane Doe”', ['name Jane Doe']],
    ['„Jane Doe“', ['name Jane Doe']],
    ['«Jane Doe»', ['name Jane Doe']],
    ['"Jane Doe', ['name Jane Doe']],
    ['"  Jane \t Doe "', ['name Jane Doe']],
    ['"Jane Doe" 101', ['name Jane Doe', 101]],
    ['"Jane Doe" "jane  DOE" 101', ['name Jane Doe', 101]],
    ['"Doe, Jane; née Roe" 101', ['name Doe, Jane; née Roe', 101]],
    ['"R&amp;D &lt;x&gt;"', ['name R&D <x>']],
    ['"<@U0BOB>" 101', ['name <@U0BOB>', 101]],
    ['"101" 101', ['name 101', 101]],
    ['"me" me', ['name me', 'me']],
    ['"help"', ['name help']],
    ['"who" "status" 101', ['name who', 'name status', 101]],
    ['"reason: x" 101', ['name reason: x', 101]],
    ['"group:Sales" 101', ['name group:Sales', 101]],
    ['"@jane" 101', ['name @jane', 101]],
    ['"Jane ""JD"" Doe"', ['name Jane "JD" Doe']],
    ['"Jane ““JD”” Doe"', ['name Jane “JD” Doe']],
    ['"Jane Doe" reason: crash', ['name Jane Doe', { reason: 'crash' }]],
    ['"Jane Doe" "Bo Dahl" reason: crash', ['name Jane Doe', 'name Bo Dahl', { reason: 'crash' }]],
    ['"Jane Doe" because "Bo Dahl"', ['name Jane Doe', { reason: 'Bo Dahl' }]],
  ])('%j names %j', (typed, expected) => expect(read(typed)).toEqual(expected));

  test.each<[string, unknown]>([
    ['101 "Bo Dahl"', [101, { quoted: 'Bo Dahl' }]],
    ['"Jane Doe" "Bo Dahl"', ['name Jane Doe', { quoted: 'Bo Dahl' }]],
    ['101 "a" and "b"', [101, 'name a', 'name and', { quoted: 'b' }]],
    ['101 "Bo Dahl",', [101, 'name Bo Dahl']],
    ['101 "Bo Dahl" ;', [101, 'name Bo Dahl']],
    ['101 "Bo Dahl" 102', [101, 'name Bo Dahl', 102]],
    ['101 "Bo Dahl" reason: x', [101, 'name Bo Dahl', { reason: 'x' }]],
    ['101 "Bo, Dahl', [101, { quoted: 'Bo, Dahl' }]],
    ['101 "say ""when"""', [101, { quoted: 'say "when"' }]],
  ])('%j: only at the very end, behind somebody, can it be the reason', (typed, expected) =>
    expect(read(typed)).toEqual(expected),
  );
});

describe('groups', () => {
  test.each<[string, unknown]>([
    ['group:Sales', ['group Sales']],
    ['Group: Sales', ['group Sales']],
    ['GROUP:"Inside Sales"', ['group Inside Sales']],
    ['group: “Inside Sales” 101', ['group Inside Sales', 101]],
    ['group:"Inside Sales', ['group Inside Sales']],
    ['group:Sales,group:SALES;group:Support', ['group Sales', 'group Support']],
    ['group:R&amp;D 101', ['group R&D', 101]],
    ['group:"Sales ""North"""', ['group Sales "North"']],
    ['group:me', ['group me']],
    ['group:101', ['group 101']],
    ['101 group:"Inside Sales"', [101, 'group Inside Sales']],
    ['group:Sales "crash"', ['group Sales', { quoted: 'crash' }]],
    ['group:Sales reason: crash', ['group Sales', { reason: 'crash' }]],
    ['subgroup:Sales', ['name subgroup:Sales']],
    ['Sales group:', 'bad_word'],
  ])('%j names %j', (typed, expected) => expect(read(typed)).toEqual(expected));
});

test.each<[string, boolean]>([
  ['101, "Bo Dahl"', true],
  ['101 ; "Bo Dahl"', true],
  ['"a", "Bo Dahl"', true],
  ['101 "Bo Dahl"', false],
  ['101, 102 "Bo Dahl"', false],
  ['"a", 102 "Bo Dahl"', false],
  ['group:a, group:b "Bo Dahl"', false],
])('a comma right before a quoted text at the end says that it is in the list: %s', (typed, isListed) => {
  const parsed = parseCommand(typed);
  if (!parsed.ok || parsed.command.kind !== 'logoff') throw new Error('is not understood');
  expect(parsed.command.quoted).toBe('Bo Dahl');
  expect(parsed.command.inList === true).toBe(isListed);
});

describe('the other commands', () => {
  test.each<[string, unknown]>([
    ['', 'compose'],
    ['   ', 'compose'],
    ['help', 'help'],
    ['HELP', 'help'],
    ['help me', 'extra_words'],
    ['status', ['status', undefined]],
    ['Status 17', ['status', 17]],
    ['status #17', ['status', 17]],
    ['status 0017', ['status', 17]],
    ['cancel 17', ['cancel', 17]],
    ['cancel #17', ['cancel', 17]],
    ['cancel, 17', ['cancel', 17]],
    ['cancel', 'bad_request_number'],
    ['cancel because 17', 'extra_words'],
    ['cancel 0', 'bad_request_number'],
    ['cancel -1', 'bad_request_number'],
    ['cancel 1.5', 'bad_request_number'],
    ['cancel ##17', 'bad_request_number'],
    ['cancel 9999999999999999', 'bad_request_number'],
    ['status jane', 'bad_request_number'],
    ['cancel 17 18', 'extra_words'],
    ['status 17 now', 'extra_words'],
    ['who', 'who'],
    ['WHO', 'who'],
    ['who Sales', ['who', 'Sales']],
    ['who Inside Sales', ['who', 'Inside Sales']],
    ['who "Inside Sales"', ['who', 'Inside Sales']],
    ['who group:"R&amp;D"', ['who', 'R&D']],
    ['who reason: x', 'extra_words'],
    ['#17', 'bad_word'],
    ['101 cancel', [101, 'name cancel']],
    ['me help', ['me', 'name help']],
    ['helper', ['name helper']],
    ['whose', ['name whose']],
  ])('%j is read as %j', (typed, expected) => expect(read(typed)).toEqual(expected));
});
