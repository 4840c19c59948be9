import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Card, CommandButton } from '../../../src/core/cards/card.ts';
import { CHOICES, chooserCard, notTiedCard } from '../../../src/core/cards/chooser.ts';
import type { LogoffCommand } from '../../../src/core/command.ts';
import type { DirectoryPerson } from '../../../src/core/directory.ts';
import { parseCommand } from '../../../src/core/grammar.ts';
import { slackUserId } from '../../../src/core/ids.ts';
import { JANE, listed, NAMESAKE } from '../directory.ts';
import { lines, words } from './texts.ts';

const buttons = (card: Card): readonly CommandButton[] =>
  card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons.filter((it) => it.action === 'run') : []));

function logoff(typed: string): LogoffCommand {
  const parsed = parseCommand(typed);
  if (!parsed.ok || parsed.command.kind !== 'logoff') throw new Error(`"${typed}" names nobody`);
  return parsed.command;
}

/** The card for the first name in the command. */
function choose(typed: string, people: readonly DirectoryPerson[], why: Parameters<typeof chooserCard>[3] = 'near') {
  const command = logoff(typed);
  const asked = command.who.find(({ kind }) => kind === 'name') ?? command.who[0];
  return chooserCard(command, asked, 'name' in asked ? asked.name : 'somebody', why, people);
}
const commands = (...of: Parameters<typeof choose>) => buttons(choose(...of)).map(({ command }) => command);

describe('a button for each person', () => {
  test.each([
    ['jne.doe', '102'],
    ['101 jne.doe me', '101 102 me'],
    ['jne.doe reason: crash', '102 reason: crash'],
    ['jne.doe "Bo Dahl"', '102 "Bo Dahl"'],
    ['jne.doe bo.dahl', '102 "bo.dahl",'],
    ['<@U0BOB> jne.doe group:Sales because "x"', '<@U0BOB> 102 group:"Sales" reason: x'],
  ])('%j becomes %j: the whole command with that person’s id', (typed, expected) =>
    expect(commands(typed, [JANE])).toEqual([expected]),
  );

  it('tells people of one name apart', () => {
    const card = choose('"Jane Doe"', [JANE, NAMESAKE], 'several');
    expect(buttons(card).map(({ label }) => label)).toEqual(['Jane Doe (102)', 'JANE DOE (105)']);
    expect(lines(card.parts)).toEqual([
      'Several people are called "Jane Doe". Whom do you mean? Nothing was done yet.',
      'Jane Doe (jane.doe, id 102, Sales)',
      'JANE  DOE (jd, id 105, HR)',
    ]);
  });

  it('has a label of at most 75 characters that ends in the id, and a command of at most 2,000', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 200 });
    const reason = fc.string({ maxLength: 500 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 15 }), reason, (names, why) => {
        const people = names.map((fullName, index) => listed(2_147_483_000 + index, fullName));
        const command = { ...logoff('jne.doe 101'), reason: why.trim() || 'x' };
        const shown = buttons(chooserCard(command, command.who[0], 'jne.doe', 'near', people));
        expect(shown.length).toBeGreaterThan(0);
        for (const [index, { label, command: written }] of shown.entries()) {
          expect(label.length).toBeLessThanOrEqual(75);
          expect(label.isWellFormed()).toBe(true);
          expect(label.endsWith(`(${2_147_483_000 + index})`)).toBe(true);
          expect(written.length).toBeLessThanOrEqual(2_000);
        }
        expect(new Set(shown.map(({ label }) => label)).size).toBe(shown.length);
        expect(shown.reduce((sum, { command: written }) => sum + written.length, 0)).toBeLessThanOrEqual(6_000);
      }),
    );
  });
});

describe('more than fits', () => {
  const many = Array.from({ length: 20 }, (_, index) => listed(200 + index, `Jane ${index}`));
  it('of people: ten are offered, and the card says that there are more', () => {
    const card = choose('jane', many);
    expect(buttons(card)).toHaveLength(CHOICES);
    expect(words(card.summary)).toContain('There are more; type more of the name, or the id.');
    expect(words(choose('jane', many.slice(0, CHOICES)).summary)).not.toContain('There are more');
  });
  it('of words: a long command has fewer buttons', () => {
    const card = choose(`jne.doe reason: ${'&amp;'.repeat(300)}`, many);
    expect(buttons(card)).toHaveLength(3);
    expect(lines(card.parts).filter((line) => line.startsWith('Jane '))).toHaveLength(3);
  });
  it('for a button: then there is none, and the list says which id to type', () => {
    const ids = Array.from({ length: 500 }, (_, index) => 1_000 + index).join(' ');
    const card = choose(`jne.doe ${ids}`, [JANE]);
    expect(buttons(card)).toEqual([]);
    expect(card.parts.map(({ kind }) => kind)).toEqual(['paragraph', 'list']);
    expect(lines(card.parts)).toEqual([
      'Nobody is called exactly "jne.doe". Do you mean one of these? Type the command again with the id. Nothing was done yet.',
      'Jane Doe (jane.doe, id 102, Sales)',
    ]);
  });
  it('of a quoted text: a part of it is repeated', () =>
    expect(
      words(chooserCard(logoff('101'), logoff('101').who[0], 'x'.repeat(500), 'several', [JANE]).summary).length,
    ).toBeLessThan(250));
});

it('somebody who is not tied to a user is told what to do', () => {
  const who = { slack: slackUserId('U0ANNA'), name: 'anna' };
  expect(words(notTiedCard(who, true).summary)).toBe(
    'I do not know for certain which SuperOffice user you are. Ask your CRM administrator to add you to `identities`. Nothing was done.',
  );
  expect(words(notTiedCard(who, false).summary)).toContain('which SuperOffice user [U0ANNA] is. Type the login');
});
