import { describe, expect, test } from 'vitest';
import type { Card, Part } from '../../src/core/cards/card.ts';
import { slackUserId } from '../../src/core/ids.ts';
import type { Left, Request, Warned } from '../../src/core/request/request.ts';
import { aid, alice, EARLY, everyState, firstOf, inState, MINUTE, NOON, ola, target } from '../core/made-up.ts';
import { makers, makersIn, OF_A_RECORD, OTHERS, type Shown } from './every-card.ts';
import { pictures, unreadableCard, unreadableWindow } from './unreadable.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    target(101 + at, { slack: { user: slackUserId(`U0PERSON${at}`), how: at % 2 === 0 ? 'map' : 'email' } }),
  );
const HELD = { by: ola.person, since: NOON, reason: 'month end' };

/** The same request while people are warned, by what they answered so far. */
function whileWarned(record: Request): readonly (readonly [string, Request])[] {
  const warning = inState(record, 'warning');
  const answers: readonly Partial<Warned>[] = [{}, { ready: true }, { snoozes: 1 }, { unreached: 'user_gone' }];
  const each = answers.map((answer, index) => {
    const first = { id: firstOf(warning).id, slack: slackUserId('U0PERSON0'), at: EARLY, snoozes: 0, ...answer };
    return [`warning, answer ${index}`, { ...warning, warned: { for: MINUTE, people: [first] } }] as const;
  });
  return [...each, ['warning, paused', { ...warning, held: HELD }]];
}

const LEFT: Left = {
  at: EARLY,
  people: (['back', 'listed', 'not_sent', 'never_list', 'bot_itself', 'unknown_id'] as const).map((why, at) => ({
    id: aid(900 + at),
    why,
    ...(at % 2 === 0 ? { name: `Person ${900 + at}` } : {}),
  })),
};

/** The same where everyone is meant, in every state, with nobody, somebody and many left. */
function asEveryone(plain: Readonly<Record<string, Request>>): readonly (readonly [string, Request])[] {
  const everyone = { at: NOON + 30 * MINUTE, never: [], looks: [EARLY], reminders: [10, 2] as const };
  const records = Object.entries(plain).map(([name, record]) => [name, { ...record, everyone }] as const);
  const lefts = [undefined, { at: EARLY, people: [] }, LEFT];
  return records.flatMap(([name, record]): readonly (readonly [string, Request])[] => {
    const isOver = record.status === 'verifying' || record.status === 'done' || record.status === 'unknown';
    const of = isOver ? lefts.map((left) => ({ ...record, ...(left === undefined ? {} : { left }) })) : [record];
    return of.map((one, index) => [`everyone, ${name} ${index}`, one]);
  });
}

const states = [1, 3, 30].flatMap((count) => {
  const targets = people(count);
  const plain = everyState({ targets });
  const stopped = { ...inState(plain.cancelled, 'cancelled'), stopped: true } as const;
  const demand = {
    ...plain.warning.demand,
    warn: 2 * MINUTE,
    snooze: { times: 1, for: 10 * MINUTE },
    targetsMayStop: true,
  } as const;
  const records: (readonly [string, Request])[] = [
    ...Object.entries(plain),
    ...whileWarned({ ...plain.warning, demand }),
    ['stopped by an approver', { ...stopped, by: ola.person, role: 'approver' }],
    ['stopped by one concerned', { ...stopped, by: alice.person, role: 'target' }],
    ['asks for consent', { ...plain.awaiting_approval, demand: { ...demand, consent: slackUserId('U0PERSON0') } }],
    ...asEveryone({ ...plain, 'warning, paused': { ...inState(plain.warning, 'warning'), held: HELD } }),
  ];
  return records.map(([name, record]) => [`${name}, ${count}`, record] as const);
});

const problems = (shown: Shown): readonly string[] => [
  ...('summary' in shown ? unreadableCard(shown) : unreadableWindow(shown)),
  ...pictures(shown),
];

const problemsBy = (made: Readonly<Record<string, readonly Shown[]>>) =>
  Object.entries(made).flatMap(([name, all]) =>
    all.flatMap((one) => problems(one).map((found) => `${name}: ${found}`)),
  );

describe('everybody can read it', () => {
  test.each(states)('%s', (_name, record) => {
    const made = Object.fromEntries(Object.entries(OF_A_RECORD).map(([name, make]) => [name, make(record)]));
    expect(problemsBy(made)).toEqual([]);
  });

  test.each(Object.entries(OTHERS))('%s', (name, make) => {
    const shown = make();
    expect(shown.length).toBeGreaterThan(0);
    expect(problemsBy({ [name]: shown })).toEqual([]);
  });

  test('everything that is made for people to see is looked at here', () => {
    const looked = new Set([...Object.keys(OF_A_RECORD), ...Object.keys(OTHERS)]);
    expect([...looked].toSorted()).toEqual([...new Set(makers())].toSorted());
  });

  test.each([
    ['a function', 'export function newCard(request: Request): Card {\n  return x;\n}\n'],
    [
      'one with many arguments',
      'export function newCard(\n  a: { b: string },\n  c = 1,\n): Modal {\n  return x;\n}\n',
    ],
    ['an arrow', 'export const newCard = (a: () => void, { b }: C): Form => ({ ...x });\n'],
    ['a card as such', "export const newCard: Card = say(text('x'));\n"],
  ])('a new maker would be missed here: %s', (_, source) => {
    const before = 'export const other = (a: string): string => a;\nfunction inner(): Card {\n  return x;\n}\n';
    expect(makersIn([{ text: before + source }])).toEqual(['newCard']);
  });
});

describe('a message that somebody could not read', () => {
  const told = (part: Part): Card => ({ summary: [{ kind: 'text', text: 'Request 17' }], parts: [part] });
  test.each<[string, Part]>([
    ['by a picture alone', { kind: 'paragraph', text: [{ kind: 'text', text: '✅' }] }],
    ['by a name of one', { kind: 'note', text: [{ kind: 'text', text: ':white_check_mark:' }] }],
    [
      'with two buttons called the same',
      {
        kind: 'buttons',
        buttons: [
          { action: 'run', label: 'This one', command: '1' },
          { action: 'run', label: 'This one', command: '2' },
        ],
      },
    ],
    ['with a button without words', { kind: 'buttons', buttons: [{ action: 'run', label: '→', command: '1' }] }],
  ])('is found %s', (_name, part) => expect(problems(told(part))).not.toEqual([]));
});
