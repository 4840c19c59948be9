import { describe, expect, it, test } from 'vitest';
import { channelId } from '../../../src/core/ids.ts';
import type { Facts } from '../../../src/core/policy/decide.ts';
import { explain, explainedLines, verdictOf } from '../../../src/core/policy/explain.ts';
import { plainFacts, plainStandpoint, type Question } from '../../../src/core/policy/plain-facts.ts';
import { policy } from '../made-up.ts';

const rules = policy({
  identities: { U0ANNA: 101 },
  people: { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE'], usergroups: ['S0LEADS'] } },
  never: [1, 'svc-backup'],
  max_targets: 3,
  rules: [
    { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
    {
      name: 'few',
      who: 'helpdesk',
      targets: { at_most: 2, groups: ['Sales'] },
      approvals: 1,
      approvers: 'leads',
      reason: { pattern: '^T-', say: 'Start with a ticket.' },
    },
    { name: 'here', who: 'leads', targets: 'any', approvals: 0, channels: ['C0HERE'] },
    { name: 'late', who: 'leads', targets: 'any', approvals: 2, approvers: 'leads', channels: ['C0HERE'] },
  ],
});
const ask = (question: Question, reason?: string) => explain(rules, plainFacts(question, rules), reason);

test.each<[string, Question, string]>([
  ['oneself', { user: 'U0ANNA', targets: [101] }, 'Yes, without approval, by the rule "own".'],
  [
    'a stranger to the rules',
    { user: 'U0NN', targets: [101] },
    'No: No rule lets you log these people off together. `/logoff help` shows what you may do.',
  ],
  [
    'a login on the never list',
    { user: 'U0ALICE', targets: ['SVC-backup'], channel: 'C0HERE' },
    'No: Somebody here is protected, so no rule can reach them. Leave them out.',
  ],
  [
    'a member of a user group',
    { user: 'U0NN', usergroups: ['S0LEADS'], targets: [5], channel: 'C0HERE' },
    'Yes, without approval, by the rule "here".',
  ],
  [
    'a reason that does not fit',
    { user: 'U0BOB', targets: [5], group: 'sales' },
    'No, by the rule "few": Start with a ticket.',
  ],
])('%s', (_name, question, expected) => expect(verdictOf(ask(question))).toBe(expected));

it('a reason that fits lets it go on', () =>
  expect(verdictOf(ask({ user: 'U0BOB', targets: [5], group: 'Sales' }, 'T-1'))).toBe(
    'Yes, with 1 approval by leads, with a reason like ^T-, by the rule "few".',
  ));

it('says of each rule which part of it holds, and which would have come too late', () => {
  const { rules: told } = ask({ user: 'U0ALICE', targets: [5], channel: 'C0HERE' });
  expect(
    told.map(({ rule, part, checks }) => [rule, part, ...checks.map(({ key, holds }) => `${key} ${holds}`)]),
  ).toEqual([
    ['own', 'does not match', 'who true', 'targets false', 'channels true'],
    ['few', 'does not match', 'who false', 'targets false', 'channels true'],
    ['here', 'decides', 'who true', 'targets true', 'channels true'],
    ['late', 'comes too late', 'who true', 'targets true', 'channels true'],
  ]);
});

describe('what would make it pass', () => {
  const missing = (question: Question) => ask(question).rules.map((rule) => rule.missing);
  it('everything that is missing, rule by rule', () => {
    expect(missing({ user: 'U0BOB', targets: [5, 6, 7], group: 'Legal' })).toEqual([
      ['nobody else is named than the person who asks, whom "identities" has to tie to an associate'],
      ['at most 2 are named (here 3), and all are in Sales'],
      ['who asks is in leads', 'it is typed in C0HERE'],
      ['who asks is in leads', 'it is typed in C0HERE'],
    ]);
    expect(missing({ user: 'U0ANNA', targets: [101, 5] })[0]).toEqual([
      'nobody else is named than the person who asks',
    ]);
  });

  it('the rule with the least to change comes first', () => {
    const lines = explainedLines(ask({ user: 'U0ALICE', targets: [5] }));
    expect(lines.slice(-5)).toEqual([
      'It would pass',
      expect.stringMatching(/^- by "own" if/),
      '- by "here" if it is typed in C0HERE',
      '- by "late" if it is typed in C0HERE',
      '- by "few" if who asks is in helpdesk, and all are in Sales',
    ]);
  });

  it('what no rule can change is told apart, with the rule that would decide without it', () => {
    const lines = explainedLines(ask({ user: 'U0ALICE', targets: [5, 1], channel: 'C0HERE' }));
    expect(lines[1]).toBe('! Protected by "never", whatever the rules say: 1. Leave them out.');
    expect(lines).toContain('3. here: would decide (who yes, targets yes, channels yes)');
    expect(lines.at(-1)).toBe(
      'Without what stands in the way (!) the rule "here" would decide: logging off anybody, without approval.',
    );
  });

  it.each<[string, Partial<Facts>, RegExp]>([
    ['a guest', { requester: plainStandpoint({ user: 'U0ALICE' }, rules, 'guest') }, /full members.*\(guest\)/],
    ['too many', plainFacts({ user: 'U0ALICE', targets: [5, 6, 7, 8] }, rules), /At most 3 people/],
    ['nobody', { targets: [] }, /Nobody is named/],
    [
      'no internal user',
      {
        targets: plainFacts({ user: 'U0ALICE', targets: [5] }, rules).targets.map((target) => ({
          ...target,
          type: 'external',
        })),
      },
      /No internal users.*5/,
    ],
    ['a shared channel', { place: 'shared' }, /other compan/],
  ])('%s', (_name, facts, wall) => {
    const asked = plainFacts({ user: 'U0ALICE', targets: [5], channel: 'C0HERE' }, rules);
    const explained = explain(rules, { ...asked, channel: channelId('C0HERE'), ...facts });
    expect(explained.decision.effect).toBe('deny');
    expect(explained.barriers).toEqual([expect.stringMatching(wall)]);
  });
});
