import { describe, expect, it, test } from 'vitest';
import { diffLines, diffPolicies } from '../../../src/core/policy/diff.ts';
import { policy } from '../made-up.ts';

const BASE = {
  identities: { U0ANNA: 101 },
  people: { desk: { users: ['U0BOB', 'U0EVA'] }, leads: { users: ['U0ALICE', 'U0OLA'] } },
  never: [1],
  max_targets: 10,
};
const RULES = [
  { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
  { name: 'few', who: 'desk', targets: { at_most: 5 }, approvals: 1, approvers: 'leads' },
];
const old = policy({ ...BASE, rules: RULES });
const diff = (changes: Readonly<Record<string, unknown>>) =>
  diffPolicies(old, policy({ ...BASE, rules: RULES, ...changes }, 'bbbbbbbbbbbb')).changes.map(
    ({ kind, say }) => `${kind}: ${say}`,
  );
const withRule = (rule: Readonly<Record<string, unknown>>) => ({ rules: [...RULES, { name: 'new', ...rule }] });
const changed = (more: Readonly<Record<string, unknown>>) => ({ rules: [RULES[0], { ...RULES[1], ...more }] });

describe('what two policies decide differently', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'more people at once',
      changed({ targets: { at_most: 7 } }),
      [
        'from no to yes: U0BOB and U0EVA for 6 to 7 people: no -> with 1 approval by leads ("few")',
        'settings: rule "few": targets changed',
      ],
    ],
    [
      'fewer people at once',
      changed({ targets: { at_most: 3 } }),
      [
        'stricter: U0BOB and U0EVA for 4 to 5 people: with 1 approval by leads ("few") -> no',
        'settings: rule "few": targets changed',
      ],
    ],
    [
      'no approval any more',
      changed({ approvals: 0 }),
      [
        'fewer approvals: U0BOB and U0EVA for 1 to 5 people: with 1 approval by leads ("few") -> without approval ("few")',
        'settings: rule "few": approvals changed',
      ],
    ],
    [
      'another approver',
      { people: { ...BASE.people, leads: { users: ['U0ALICE', 'U0NEW'] } } },
      [
        'other demands: U0BOB and U0EVA for 1 to 5 people: with 1 approval by leads ("few") -> with 1 approval by leads ("few")',
        'settings: people.leads: without U0OLA',
        'settings: people.leads: with U0NEW',
      ],
    ],
    [
      'a rule for one group in one channel',
      withRule({ who: 'leads', targets: { groups: ['Sales'] }, approvals: 0, channels: ['C0SALES'] }),
      [
        'from no to yes: U0ALICE and U0OLA for 1 to 10 people of Sales in C0SALES: no -> without approval ("new")',
        'settings: rule "new" is new',
      ],
    ],
    [
      'a user group gets something',
      {
        ...withRule({ who: 'owners', targets: { at_most: 1 }, approvals: 0 }),
        people: { ...BASE.people, owners: { usergroups: ['S0CRM'] } },
      },
      [
        'from no to yes: members of user group S0CRM for 1 person: no -> without approval ("new")',
        'settings: people.owners: with S0CRM',
        'settings: rule "new" is new',
      ],
    ],
    [
      'somebody is tied to an associate',
      { identities: { U0ANNA: 101, U0NEW: 102 } },
      [
        'from no to yes: U0NEW for themselves: no -> without approval ("own")',
        'settings: identities: U0NEW nobody -> associate 102',
      ],
    ],
    [
      'somebody is not protected any more',
      { never: [] },
      [
        'from no to yes: U0BOB and U0EVA for 1 to 5 people, with 1 among them: no -> with 1 approval by leads ("few")',
        'settings: never: without 1',
      ],
    ],
    [
      'a reason is asked for',
      changed({ reason: 'required' }),
      [
        'other demands: U0BOB and U0EVA for 1 to 5 people: with 1 approval by leads ("few") -> with 1 approval by leads, with a reason ("few")',
        'settings: rule "few": reason changed',
      ],
    ],
    [
      'consent counts',
      changed({ consent: true }),
      [
        'other demands: U0BOB and U0EVA for 1 person, consent possible: with 1 approval by leads ("few") -> with 1 approval by leads, or with the consent of the one person ("few")',
        'settings: rule "few": consent changed',
      ],
    ],
    ['times', { approval_expires_after: '1h' }, ['settings: approval_expires_after: 30 min -> 1 h']],
    ['who may look', { may_see: { history: 'leads' } }, ['settings: may_see.history: with leads']],
    [
      'only another name of a set',
      { people: { ...BASE.people, spare: { users: ['U0BOB'] } } },
      ['settings: people.spare: with U0BOB'],
    ],
  ])('%s', (_name, changes, expected) => expect(diff(changes)).toEqual(expected));

  it('a budget that is used up is told where it makes a difference', () => {
    const free = { approvals: 0, approvers: 'leads' };
    const before = policy({
      ...BASE,
      rules: [{ name: 'r', who: 'desk', targets: 'any', ...free, budget: { people: 20, per: '1h' } }],
    });
    const now = policy({ ...BASE, rules: [{ name: 'r', who: 'desk', targets: 'any', ...free }] });
    expect(diffLines(diffPolicies(before, now))).toEqual([
      'fewer approvals:',
      '- U0BOB and U0EVA for 1 to 10 people, budget used up: with 1 approval by leads (the budget is used up) ("r") -> without approval ("r")',
      'settings:',
      '- rule "r": budget changed',
    ]);
  });

  it('a budget of somebody else is not told of', () => {
    const budgeted = { name: 'b', who: 'leads', targets: 'any', approvals: 0, budget: { people: 20, per: '1h' } };
    const few = (at_most: number) => ({ name: 'r', who: 'desk', targets: { at_most }, approvals: 0 });
    const before = policy({ ...BASE, rules: [budgeted, few(2)] });
    expect(diffLines(diffPolicies(before, policy({ ...BASE, rules: [budgeted, few(3)] }))).slice(0, 3)).toEqual([
      'from no to yes:',
      '- U0BOB and U0EVA for 3 people: no -> without approval ("r")',
      'settings:',
    ]);
  });

  it('another order is looked through for whoever is in both sets', () => {
    const people = { a: { usergroups: ['S0A'] }, b: { usergroups: ['S0B'] }, leads: BASE.people.leads };
    const one = { name: 'one', who: 'a', targets: 'any', approvals: 1, approvers: 'leads' };
    const two = { name: 'two', who: 'b', targets: 'any', approvals: 0 };
    const lines = diffLines(diffPolicies(policy({ people, rules: [one, two] }), policy({ people, rules: [two, one] })));
    expect(lines.slice(0, 2)).toEqual([
      'fewer approvals:',
      '- members of user groups S0A and S0B for 1 to 50 people: with 1 approval by leads ("one") -> without approval ("two")',
    ]);
    expect(lines).toContain('- the rules stand in another order');
  });

  it('rules too large to compare every case say so', () => {
    const large = { people: BASE.people, max_targets: 1000 };
    const groups = Array.from({ length: 40 }, (_, at) => `Group ${at}`);
    const many = groups.map((group, at) => ({
      name: group,
      who: 'desk',
      targets: { groups: [group], at_most: 500 + at },
      approvals: 0,
    }));
    const { isComplete } = diffPolicies(policy({ ...large, rules: many }), policy({ ...large, rules: many.slice(1) }));
    expect(isComplete).toBe(false);
  });

  it('the same rules under another version are the same', () =>
    expect(diffLines(diffPolicies(old, { ...old, version: 'cccccccccccc' }))).toEqual(['The rules are the same.']));
});
