import { describe, expect, it, test } from 'vitest';
import { channelId } from '../../../src/core/ids.ts';
import { budgetTimes, decide, type Facts, reasonProblem } from '../../../src/core/policy/decide.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { mayPause } from '../../../src/core/policy/powers.ts';
import { alice, associate, bob, CHANNEL, guest, MINUTE, person, policy, standing } from '../made-up.ts';

const HOUR = 60 * MINUTE;
const one = (rule: Readonly<Record<string, unknown>>): Policy =>
  policy({ rules: [{ name: 'r', who: 'helpdesk', targets: 'any', approvals: 0, ...rule }] });
const ask = (rules: Policy, count: number, more: Partial<Facts> = {}) => {
  const targets = Array.from({ length: count }, (_, index) => associate(101 + index));
  return decide(rules, { requester: bob, channel: CHANNEL, targets, ...more });
};
const outcome = (...of: Parameters<typeof ask>) => {
  const decision = ask(...of);
  return decision.effect === 'deny' ? decision.code : decision.demand;
};

describe('channels are part of the match', () => {
  const rules = policy({
    rules: [
      { name: 'here', who: 'helpdesk', targets: 'any', channels: [CHANNEL], approvals: 0 },
      { name: 'other', who: 'crm-leads', targets: 'any', channels: ['C0OTHER'], approvals: 0 },
      { name: 'alone', who: 'helpdesk', targets: { at_most: 1 }, approvals: 1, approvers: 'crm-leads' },
    ],
  });
  const rule = (count: number, more: Partial<Facts> = {}) => {
    const decision = ask(rules, count, more);
    return decision.effect === 'deny' ? decision.code : decision.rule;
  };
  const elsewhere = { channel: CHANNEL, place: 'hidden' } as const;
  test.each<[string, number, Partial<Facts>, string]>([
    ['in the channel', 2, { place: 'ours' }, 'here'],
    ['in another one: falls to the next rule', 1, { channel: channelId('C0ELSE'), place: 'ours' }, 'alone'],
    ['in another one, where no rule is left', 2, { channel: channelId('C0ELSE') }, 'no_rule_for_channel'],
    ['in one that Slack does not show', 1, elsewhere, 'alone'],
    ['in one that Slack does not show, where no rule is left', 2, elsewhere, 'no_rule_for_channel'],
    ['in a shared one', 1, { place: 'shared' }, 'channel_shared'],
  ])('%s', (_name, count, more, expected) => expect(rule(count, more)).toBe(expected));

  it('somebody without any rule does not learn what the channel is', () =>
    expect(ask(rules, 1, { requester: standing(person('U0NOBODY')), place: 'shared' })).toMatchObject({
      code: 'no_rule_for_person',
    }));
  it('the trace tells it', () =>
    expect(ask(rules, 1, { requester: alice }).trace.map(({ channels }) => channels)).toEqual([true, false, true]));
});

describe('a reason', () => {
  const fit = { pattern: '^[A-Z]+-[0-9]+', say: 'Give the ticket number.' };
  test.each<[Parameters<typeof reasonProblem>[0], string | undefined, unknown]>([
    [undefined, undefined, undefined],
    ['required', undefined, { code: 'reason_missing' }],
    ['required', '  ', { code: 'reason_missing' }],
    ['required', 'crash', undefined],
    [fit, undefined, { code: 'reason_unfit', say: 'Give the ticket number.' }],
    [fit, 'crash CRM-1', { code: 'reason_unfit', say: 'Give the ticket number.' }],
    [fit, 'CRM-123 crash', undefined],
  ])('%j and %j', (demand, reason, expected) => expect(reasonProblem(demand, reason)).toEqual(expected));
  it('is a demand of the matched rule', () =>
    expect(outcome(one({ reason: 'required' }), 1)).toMatchObject({ reason: 'required' }));
});

describe('the agreement of the one concerned', () => {
  const rules = one({ consent: true, approvals: 2, approvers: 'crm-leads' });
  const anna = person('U0ANNA').slack;
  it('may replace the approvals where there is one target', () =>
    expect(outcome(rules, 1, { consenter: anna })).toEqual({ approvals: 2, approvers: ['crm-leads'], consent: anna }));
  test.each<[string, Policy, number, Partial<Facts>]>([
    ['two targets', rules, 2, { consenter: anna }],
    ['nobody known for sure', rules, 1, {}],
    ['a rule without it', one({ approvals: 2, approvers: 'crm-leads' }), 1, { consenter: anna }],
    ['the requester', rules, 1, { consenter: bob.person.slack }],
  ])('but not: %s', (_name, with_, count, more) =>
    expect(outcome(with_, count, more)).toEqual({ approvals: 2, approvers: ['crm-leads'] }),
  );
});

describe('a budget', () => {
  const budget = { people: 5, per: '1h' };
  const spent = (people: number) => ({ spent: new Map([[HOUR, people]]) });
  const rules = one({ budget, approvers: 'crm-leads' });
  test.each<[string, Policy, number, number, unknown]>([
    ['within it', rules, 3, 2, { approvals: 0, approvers: ['crm-leads'] }],
    ['over it by one', rules, 3, 3, { approvals: 1, approvers: ['crm-leads'], overBudget: true }],
    ['over it at once', rules, 6, 0, { approvals: 1, approvers: ['crm-leads'], overBudget: true }],
    ['over it with nobody to ask', one({ budget }), 1, 5, 'over_budget'],
    [
      'over it where approvals are needed anyway',
      one({ budget, approvals: 2, approvers: 'crm-leads' }),
      6,
      0,
      { approvals: 2, approvers: ['crm-leads'] },
    ],
  ])('%s', (_name, with_, count, already, expected) => expect(outcome(with_, count, spent(already))).toEqual(expected));
  it('that is used up asks somebody else: who is to be logged off cannot agree instead', () => {
    const agreeing = one({ budget, approvers: 'crm-leads', consent: true });
    const consenter = person('U0ANNA').slack;
    expect(outcome(agreeing, 1, { consenter, ...spent(4) })).toMatchObject({ consent: consenter });
    expect(outcome(agreeing, 1, { consenter, ...spent(5) })).toEqual({
      approvals: 1,
      approvers: ['crm-leads'],
      overBudget: true,
    });
  });
  it.each([1, 2])('nor where %i approvals are needed anyway', (approvals) => {
    const agreeing = one({ budget, approvals, approvers: 'crm-leads', consent: true });
    const consenter = person('U0ANNA').slack;
    expect(outcome(agreeing, 1, { consenter, ...spent(4) })).toMatchObject({ consent: consenter });
    expect(outcome(agreeing, 1, { consenter, ...spent(5) })).toEqual({
      approvals,
      approvers: ['crm-leads'],
      overBudget: true,
    });
  });
  it('nobody was asked for where nothing is known', () => expect(ask(rules, 5).effect).toBe('allow'));
  it('what was asked for in another time does not count', () =>
    expect(ask(rules, 5, { spent: new Map([[MINUTE, 99]]) }).effect).toBe('allow'));
  it('the times of all budgets are counted once each', () =>
    expect(
      budgetTimes(
        policy({
          rules: ['1h', '60m', '2h'].map((per, index) => ({
            name: `r${index}`,
            who: 'helpdesk',
            targets: 'any',
            approvals: 0,
            budget: { people: 1, per },
          })),
        }),
      ),
    ).toEqual([HOUR, 2 * HOUR]));
});

describe('confirming the list', () => {
  const rules = one({ confirm_above: 2 });
  it.each([
    [2, undefined],
    [3, true],
  ])('%i people', (count, expected) =>
    expect(outcome(rules, count)).toEqual(
      expected === undefined ? { approvals: 0, approvers: [] } : { approvals: 0, approvers: [], confirm: true },
    ),
  );
});

describe('who may stop all dispatch', () => {
  const rules = one({ approvals: 1, approvers: ['crm-leads'] });
  test.each([
    ['an approver', alice, true],
    ['a requester', bob, false],
    ['a guest among the approvers', guest, false],
  ] as const)('%s: %s', (_name, who, expected) => expect(mayPause(rules, who)).toBe(expected));
  it('nobody where no rule names approvers', () => expect(mayPause(one({}), alice)).toBe(false));
});
