import { describe, expect, test } from 'vitest';
import {
  composeForm,
  groupChoices,
  inWords,
  momentForm,
  nobodyWords,
  openedCard,
  type Preview,
  personChoice,
  previewParts,
  suggestions,
} from '../../../src/core/cards/compose.ts';
import { type LoggedOn, pagesOf, whoForm } from '../../../src/core/cards/who.ts';
import type { DirectoryPerson } from '../../../src/core/directory.ts';
import { slackUserId } from '../../../src/core/ids.ts';
import type { Demand } from '../../../src/core/policy/decide.ts';
import { aid, CHANNEL, NOON, open, target } from '../made-up.ts';
import { lines, words } from './texts.ts';

const slack = (n: number) => slackUserId(`U0LEAD${n}`);
const demandOf = (approvals: number): Demand => ({ approvals, approvers: ['leads'] });
const yes = (more: Partial<Extract<Preview, { kind: 'yes' }>> = {}): Preview => ({
  kind: 'yes',
  targets: [target(101)],
  toldOn: new Set(),
  leftOut: [],
  rule: 'helpdesk',
  demand: demandOf(1),
  approvers: [slack(1), slack(2)],
  ...more,
});
const approval = (preview: Preview) => lines(previewParts(preview)).find((line) => line.startsWith('Approval: '));

const somebody = (id: number, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: aid(id),
  login: `login${id}`,
  userName: `login${id}`,
  fullName: `Person ${id}`,
  email: '',
  group: 'Sales',
  retired: false,
  ...more,
});

describe('the preview', () => {
  test.each<[string, Preview, string]>([
    ['no approval', yes({ demand: demandOf(0), approvers: [] }), 'none needed'],
    ['one approver', yes(), 'one by leads: [U0LEAD1], [U0LEAD2]'],
    ['two approvals', yes({ demand: demandOf(2) }), '2 by leads: [U0LEAD1], [U0LEAD2]'],
    ['nobody to ask', yes({ approvers: [] }), 'one by leads; there are not enough approvers at the moment'],
    ['too few to ask', yes({ demand: demandOf(3) }), '3 by leads; there are not enough approvers at the moment'],
  ])('says whom it asks: %s', (_, preview, said) => expect(approval(preview)).toBe(`Approval: ${said}`));

  test('mentions at most ten approvers and lists at most twenty people', () => {
    const approvers = Array.from({ length: 14 }, (_, n) => slack(n));
    const targets = Array.from({ length: 50 }, (_, n) => target(200 + n));
    const preview = yes({ approvers, targets });
    expect(approval(preview)).toMatch(/\[U0LEAD9\] and 4 more$/);
    const said = lines(previewParts(preview));
    expect(said.filter((line) => line.startsWith('Person '))).toHaveLength(20);
    expect(said).toContain('and 30 more');
  });

  test('says whether somebody is logged on only of those of whom it may be told', () => {
    const targets = [target(101), target(102, { namedBy: 'login' }), target(103, { namedBy: 'name' })];
    const said = lines(previewParts(yes({ targets, toldOn: new Set([aid(103)]) }))).filter((line) =>
      line.startsWith('Person '),
    );
    expect(said).toEqual([
      'Person 101 (login101, id 101, group 7)',
      'Person 102 (login102, id 102, group 7), found by login',
      'Person 103 (login103, id 103, group 7), found by full name: logged on now',
    ]);
  });

  test('says of when the names are where that is long ago', () =>
    expect(lines(previewParts(yes({ peopleAsOf: NOON }))).join()).toContain(
      'as read from SuperOffice at [2026-11-22T12',
    ));
});

describe('the form', () => {
  test.each<[string, Preview, string]>([
    ['nothing chosen', { kind: 'nothing_chosen' }, 'Ask'],
    ['no approval', yes({ demand: demandOf(0), approvers: [] }), 'Log off'],
    ['an approval', yes(), 'Ask for approval'],
    ['no', { kind: 'no', words: 'x', leftOut: [] }, 'Ask'],
  ])('has a button that says what it does: %s', (_, preview, submit) =>
    expect(composeForm(CHANNEL, { people: [] }, true, preview).submit).toBe(submit),
  );

  test('keeps to the 24 characters that Slack gives titles and buttons, on a phone too', () => {
    for (const form of [
      momentForm('compose', CHANNEL),
      momentForm('who', CHANNEL),
      composeForm(CHANNEL, { people: [] }, true, yes()),
    ]) {
      for (const label of [form.title, form.submit ?? '', form.close]) expect(label.length).toBeLessThanOrEqual(24);
      for (const { label } of form.fields) expect(label.length).toBeLessThanOrEqual(12);
    }
  });

  test('keeps what was filled in, and has no groups for who may reach only themselves', () => {
    const values = { people: [personChoice(somebody(101))], group: { id: 4, label: 'Sales' }, text: 'why' };
    expect(composeForm(CHANNEL, values, true, yes()).fields).toMatchObject([
      { kind: 'people', initial: [{ id: 101, label: 'Person 101' }] },
      { kind: 'group', initial: { id: 4 } },
      { kind: 'text', initial: 'why', max: 500 },
    ]);
    expect(composeForm(CHANNEL, values, false, yes()).fields.map(({ kind }) => kind)).toEqual(['people', 'text']);
  });

  test('says who reads the reason: those who are logged off too, unless it says that they leave', () => {
    const [reason] = composeForm(CHANNEL, { people: [] }, true, yes()).fields.slice(2);
    expect(reason?.hint).toBe(
      'Approvers and the people being logged off will read it. If it starts with "offboarding", the people being logged off will not.',
    );
  });

  test('ends in words that name who is left out', () => {
    const leftOut = [{ id: aid(9), code: 'bot_itself', name: 'Bot' } as const];
    const card = openedCard(open({ leftOut }).request);
    expect(words(card.summary)).toBe('Request 17: waiting for approval');
    expect(lines(card.parts)).toContain("Bot (id 9): this is the bot's own account");
  });
});

describe('words beside a field', () => {
  test('name three of those who are left out', () => {
    const leftOut = [1, 2, 3, 4, 5].map(
      (id) => ({ id: aid(id), code: 'never_list', name: id === 2 ? ' ' : `P ${id}` }) as const,
    );
    expect(nobodyWords(leftOut)).toBe(
      'None of these people can be logged off. P 1: protected: no rule can reach them; id 2: protected: no rule can reach them; P 3: protected: no rule can reach them; and 2 more.',
    );
  });
  test('are plain', () =>
    expect(
      inWords([
        { kind: 'text', text: 'a ' },
        { kind: 'person', slack: slack(1), name: 'Ola' },
        { kind: 'time', at: 0 },
      ]),
    ).toBe('a Ola'));
});

describe('what is offered', () => {
  test.each([
    [somebody(101), { id: 101, label: 'Person 101', more: 'id 101, login101, Sales' }],
    [somebody(102, { fullName: ' ', group: '' }), { id: 102, label: 'login102', more: 'id 102, login102' }],
    [
      somebody(103, { fullName: '', login: '', group: '' }),
      { id: 103, label: 'somebody without a name', more: 'id 103' },
    ],
    [
      somebody(104, { retired: true }),
      { id: 104, label: 'Person 104', more: 'id 104, login104, Sales (retired user)' },
    ],
  ])('tells people of one name apart', (who, choice) => expect(personChoice(who)).toEqual(choice));

  test('tells groups of one name apart', () =>
    expect(
      groupChoices([
        { id: 1, name: 'Sales' },
        { id: 2, name: 'Support' },
        { id: 6, name: 'Sales' },
      ]),
    ).toEqual([
      { id: 1, label: 'Sales', more: 'group 1' },
      { id: 2, label: 'Support' },
      { id: 6, label: 'Sales', more: 'group 6' },
    ]));

  test.each([
    [0, 0, 'none'],
    [100, 100, 'none'],
    [100, 312, 'First 100 of 312: type more letters'],
    [101, 101, 'First 100 of 101: type more letters'],
  ])('%d choices of %d in all stand under the right heading', (count, total, label) => {
    const choices = Array.from({ length: count }, (_, id) => ({ id, label: `${id}` }));
    expect(suggestions(choices, total, 'none')).toEqual({ label, choices: choices.slice(0, 100) });
  });
});

describe('who is logged on', () => {
  const on = (more: Partial<LoggedOn> = {}): LoggedOn => ({ who: somebody(101), isProtected: false, ...more });
  const listed = { channel: CHANNEL, page: 0, readAt: NOON };

  test.each<[string, LoggedOn, string, string, boolean]>([
    ['a name only', on(), 'Person 101 (login101, id 101, Sales)', '', true],
    [
      'a Slack person',
      on({ slack: { user: slack(1), how: 'map' } }),
      'Person 101 (login101, id 101, Sales)',
      '[U0LEAD1]',
      true,
    ],
    [
      'found by e-mail',
      on({ slack: { user: slack(1), how: 'email' } }),
      'Person 101 (login101, id 101, Sales)',
      '[U0LEAD1] (by e-mail)',
      true,
    ],
    [
      'retired and protected',
      on({ who: somebody(101, { retired: true }), isProtected: true }),
      'Person 101 (login101, id 101, Sales)',
      'retired user, protected: no rule can reach them',
      false,
    ],
  ])('names each with what is known: %s', (_, who, text, more, hasButton) => {
    const [row] = whoForm({ ...listed, people: [who], total: 1 }).rows;
    expect([row?.text, words(row?.more ?? []), row?.pick !== undefined]).toEqual([text, more, hasButton]);
  });

  test.each([
    [0, 'Nobody you may log off is logged on'],
    [1, '1 person is logged on'],
    [45, '45 people are logged on'],
  ])('%d of them are counted, with the moment of reading', (total, said) => {
    const form = whoForm({ ...listed, people: [], total });
    expect(lines(form.intro)[0]).toBe(
      `${said} to the SuperOffice Windows client (read at [2026-11-22T12:00:00.000Z]).`,
    );
    expect(lines(form.parts)[0]).toContain('neither on which computer nor since when');
  });

  test('says of when names are where that is long ago, and which group it is', () => {
    const form = whoForm({ ...listed, people: [], total: 3, namesAsOf: NOON, group: { id: 4, name: '*Sales*' } });
    expect(lines(form.parts)[0]).toContain('Names and groups as of [2026-11-22T12:00:00.000Z].');
    expect(lines(form.intro)[1]).toBe('Only the group *Sales*');
    // Drawn as text that knows no markup.
    expect(form.intro[1]?.kind).toBe('list');
    expect(form.pages).toEqual({ page: 0, of: 1, group: 4 });
  });

  test.each([
    [0, 1],
    [20, 1],
    [21, 2],
    [10_000, 500],
  ])('%d people take %d pages', (count, pages) => expect(pagesOf(count)).toBe(pages));
});
