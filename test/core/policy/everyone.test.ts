import { describe, expect, it, test } from 'vitest';
import { decide, type Facts } from '../../../src/core/policy/decide.ts';
import { diffPolicies } from '../../../src/core/policy/diff.ts';
import { explain, explainedLines } from '../../../src/core/policy/explain.ts';
import { lintPolicy } from '../../../src/core/policy/lint.ts';
import { differingCases, policyCasesSchema } from '../../../src/core/policy/policy-cases.ts';
import { alice, bob, CHANNEL, guest, policy, target } from '../made-up.ts';

const FEW = { name: 'few', who: 'helpdesk', targets: { at_most: 50 }, approvals: 0 };
const ANY = { name: 'any', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', warn: '2m' };
const rules = (more: Readonly<Record<string, unknown>> = {}, settings: Readonly<Record<string, unknown>> = {}) =>
  policy({ may_see: { who: 'helpdesk' }, max_targets: 5, rules: [FEW, { ...ANY, ...more }], ...settings });

const everyone: Facts = { requester: bob, channel: CHANNEL, targets: [target(101)], everyone: true };
const ask = (of: ReturnType<typeof rules>, more: Partial<Facts> = {}) => decide(of, { ...everyone, ...more });
const code = (...of: Parameters<typeof ask>) => {
  const decision = ask(...of);
  return decision.effect === 'deny' ? decision.code : decision.rule;
};
const demand = (...of: Parameters<typeof ask>) => {
  const decision = ask(...of);
  return decision.effect === 'deny' ? decision.code : decision.demand;
};

describe('everyone', () => {
  it('goes by the first rule about anybody, however many are on', () => {
    const many = Array.from({ length: 900 }, (_, at) => target(101 + at));
    expect([code(rules()), code(rules(), { targets: [] }), code(rules(), { targets: many })]).toEqual([
      'any',
      'any',
      'any',
    ]);
  });

  test.each<[string, ReturnType<typeof rules>, Partial<Facts>, string]>([
    ['is not for those who may not list who is on', rules({}, { may_see: {} }), {}, 'not_for_everyone'],
    [
      'waits for Slack to tell who may list who is on, where it does not',
      rules({}, { may_see: { who: 'crm-leads' } }),
      { requester: { ...bob, unread: ['crm-leads'] } },
      'groups_unread',
    ],
    ['is not for those who have no rule', rules(), { requester: alice }, 'no_rule_for_person'],
    ['is not for guests', rules(), { requester: guest }, 'not_a_member'],
    ['needs a rule about anybody', rules({ targets: { at_most: 1000 } }), {}, 'no_rule_for_everyone'],
    [
      'is not oneself, though nobody else is on',
      rules({ targets: 'self' }),
      { targets: [target(102)] },
      'no_rule_for_everyone',
    ],
    ['goes by the channel as well', rules({ channels: ['C0OTHER'] }), {}, 'no_rule_for_channel'],
    ['is never asked for where others read along', rules(), { place: 'shared' }, 'channel_shared'],
    [
      'is more than a budget that nobody could approve',
      rules({ approvals: 0, approvers: undefined, budget: { people: 99, per: '1h' } }),
      {},
      'over_budget',
    ],
  ])('%s', (_, of, more, expected) => expect(code(of, more)).toBe(expected));

  it('is more than any number: confirmed, and approved beyond a budget', () => {
    const strict = rules({ approvals: 0, confirm_above: 1000, budget: { people: 100_000, per: '1h' } });
    expect(demand(strict)).toMatchObject({ confirm: true, overBudget: true, approvals: 1 });
  });

  it('is warned as the rule says, and moved or stopped by nobody among them', () => {
    const soft = rules({ consent: true, targets_may_stop: true, snooze: { times: 3, for: '10m' } });
    expect(demand(soft, { targets: [target(102)], consenter: alice.person.slack })).toEqual({
      approvals: 1,
      approvers: ['crm-leads'],
      warn: 120_000,
    });
  });
});

describe('the tools', () => {
  it('explain says what is missing', () => {
    const lines = explainedLines(explain(rules({ who: 'crm-leads' }), everyone)).join('\n');
    expect(lines).toContain('No: No rule lets you log everyone off.');
    expect(lines).toContain('- by "few" if people are named, not everyone');
    expect(explainedLines(explain(rules({}, { may_see: {} }), everyone)).join('\n')).toContain(
      '! Only people who may see who is logged on can ask to log everyone off. Ask your CRM administrator.',
    );
  });

  it('diff says when everyone can be logged off who could not', () => {
    const changes = (before: ReturnType<typeof rules>, now: ReturnType<typeof rules>) =>
      diffPolicies(before, { ...now, version: 'bbbbbbbbbbbb' }).changes.map(({ kind, say }) => `${kind}: ${say}`);
    expect(changes(rules({}, { may_see: {} }), rules())).toContain(
      'from no to yes: U0BOB for everyone: no -> with 1 approval by crm-leads, warned 2 min before ("any")',
    );
    expect(changes(rules(), rules({ approvals: 0 }))[0]).toMatch(/^fewer approvals: U0BOB for everyone: /);
  });

  it('a table of cases can ask for it', () => {
    const cases = policyCasesSchema.parse([
      { user: 'U0BOB', targets: 'everyone', expect: 'needs_approval', rule: 'any', approvals: 1 },
      { user: 'U0ALICE', targets: 'everyone', expect: 'allow' },
    ]);
    expect(differingCases(rules(), cases).map(({ say }) => say)).toEqual([
      'wanted allow; it is deny (no_rule_for_person)',
    ]);
  });

  it('check knows that a rule about anybody is not covered by one about many', () => {
    const codes = (of: ReturnType<typeof rules>) => lintPolicy(of).map((finding) => finding.code);
    expect(codes(rules({}, { may_see: {} }))).toContain('unreachable_rule');
    expect(codes(rules())).not.toContain('unreachable_rule');
  });
});
