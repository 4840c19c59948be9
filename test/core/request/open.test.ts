import { describe, expect, it, test } from 'vitest';
import { requestId } from '../../../src/core/ids.ts';
import { type Draft, openRequest } from '../../../src/core/request/open.ts';
import { bob, CHANNEL, MINUTE, NOON, policy, target } from '../made-up.ts';

const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const rulesWith = (more: Readonly<Record<string, unknown>>) => policy({ rules: [{ ...rule, ...more }] });
const draft = (more: Partial<Draft> = {}): Draft => ({
  requester: bob,
  origin: { via: 'button', channel: CHANNEL, text: 'typed' },
  targets: [target(101)],
  leftOut: [],
  ...more,
});
const HOUR = 60 * MINUTE;

const denied = (more: Partial<Draft>, rules: Readonly<Record<string, unknown>> = {}) => {
  const opening = openRequest(draft(more), NOON, rulesWith(rules));
  return opening.ok ? 'opened' : opening.denied;
};

describe('there is no request', () => {
  const reason = { pattern: '^CRM-', say: 'Give the number.' };
  test.each<[string, Partial<Draft>, Readonly<Record<string, unknown>>, object]>([
    ['where nobody is named', { targets: [] }, {}, { code: 'nobody' }],
    ['from a channel that is shared', { place: 'shared' }, {}, { code: 'channel_shared' }],
    [
      'from a channel that is not shown, where the rule names channels',
      { place: 'hidden' },
      { channels: [CHANNEL] },
      { code: 'no_rule_for_channel' },
    ],
    ['without the reason', {}, { reason: 'required' }, { code: 'reason_missing', rule: 'r' }],
    [
      'with a reason that does not fit',
      { reason: 'x' },
      { reason },
      { code: 'reason_unfit', say: 'Give the number.', rule: 'r' },
    ],
    [
      'beyond a budget where nobody could approve',
      { spent: new Map([[HOUR, 9]]) },
      { approvals: 0, approvers: undefined, budget: { people: 9, per: '1h' } },
      { code: 'over_budget', rule: 'r' },
    ],
  ])('%s', (_name, more, rules, expected) => expect(denied(more, rules)).toEqual(expected));

  it('and there is one where nothing of that is so', () => {
    expect(denied({ reason: 'CRM-1', place: 'ours' }, { reason, channels: [CHANNEL] })).toBe('opened');
    expect(denied({ place: 'hidden' })).toBe('opened');
    const budget = { approvals: 0, approvers: undefined, budget: { people: 9, per: '1h' } };
    expect(denied({ spent: new Map([[HOUR, 8]]) }, budget)).toBe('opened');
  });
});

describe('a request', () => {
  const made = (more: Partial<Draft>, rules: Readonly<Record<string, unknown>> = {}) => {
    const opening = openRequest(draft(more), NOON, rulesWith(rules));
    if (!opening.ok) throw new Error(opening.denied.code);
    return opening.make(requestId(5));
  };

  it('keeps what it is a retry of, and how old the names are, where that is so', () => {
    const { request } = made({ retryOf: requestId(4), peopleAsOf: NOON - HOUR, reason: 'again' });
    expect(request).toMatchObject({ id: 5, retryOf: 4, peopleAsOf: NOON - HOUR, reason: 'again', openedAt: NOON });
    const bare = made({}).request;
    for (const key of ['retryOf', 'peopleAsOf', 'reason']) expect(bare).not.toHaveProperty(key);
  });
  it('is asked for by the rule, with the way by which it came and the version of the rules', () => {
    const { entries } = made({});
    expect(entries).toMatchObject([
      {
        at: NOON,
        via: 'button',
        version: 1,
        policyVersion: 'aaaaaaaaaaaa',
        fact: { kind: 'opened', rule: 'r', expiresAt: NOON + 30 * MINUTE },
      },
    ]);
  });
  it('is approved at once where nobody has to, and not before it is confirmed', () => {
    const kinds = (rules: Readonly<Record<string, unknown>>) => made({}, rules).entries.map(({ fact }) => fact.kind);
    expect(kinds({ approvals: 0 })).toEqual(['opened', 'approved']);
    expect(made({}, { approvals: 0 }).request).toMatchObject({ status: 'approved', dispatchBy: NOON + 10 * MINUTE });
    expect(kinds({ approvals: 0, confirm_above: 0 })).toEqual(['opened']);
    expect(kinds({})).toEqual(['opened']);
  });
  it('beyond a budget wants one approval, and keeps why', () => {
    const { request } = made({ spent: new Map([[HOUR, 9]]) }, { approvals: 0, budget: { people: 9, per: '1h' } });
    expect(request).toMatchObject({ status: 'awaiting_approval', demand: { approvals: 1, overBudget: true } });
  });
});
