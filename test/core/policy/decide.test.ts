import { describe, expect, it, test } from 'vitest';
import type { AssociateType, Standing, Standpoint } from '../../../src/core/people.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { isUnread, mayMatchMore, mayReach, rulesFor } from '../../../src/core/policy/powers.ts';
import { aid, associate, bob, CHANNEL, matched, person, policy, standing } from '../made-up.ts';

const rules = policy({
  max_targets: 4,
  never: [1, 'svc-Backup', 'Åse'],
  rules: [
    { name: 'self', who: 'anyone', targets: 'self', approvals: 0 },
    { name: 'few', who: ['helpdesk', 'night'], targets: { at_most: 2 }, approvals: 1, approvers: 'crm-leads' },
    { name: 'leads', who: 'crm-leads', targets: 'any', approvals: 2, approvers: ['crm-leads', 'helpdesk'] },
    { name: 'more', who: 'helpdesk', targets: { at_most: 3 }, approvals: 0 },
  ],
});

const ask = (requester: Standpoint, targets: readonly number[], settings: Policy = rules) =>
  decide(settings, { requester, channel: CHANNEL, targets: targets.map((id) => associate(id)) });

/** "effect: rule" or "deny: code". */
const verdict = (...of: Parameters<typeof ask>) => {
  const decision = ask(...of);
  return decision.effect === 'deny' ? `deny: ${decision.code}` : `${decision.effect}: ${decision.rule}`;
};

const nobody = standing(person('U0NOBODY'));
const anna = standing(person('U0ANNA', matched(101)));
const mailed = standing(person('U0ANNA', matched(101, { how: 'email', permits: false })));
const trusted = standing(person('U0ANNA', matched(101, { how: 'email' })));
const helpdesk = standing(person('U0BOB', matched(102)), ['helpdesk']);
const lead = standing(person('U0ALICE'), ['crm-leads']);
const both = standing(person('U0OLA'), ['crm-leads', 'helpdesk']);

describe('the first rule whose who and targets hold decides', () => {
  test.each<[string, Standpoint, readonly number[], string]>([
    ['somebody for themselves', anna, [101], 'allow: self'],
    ['somebody for themselves twice over', anna, [101, 101], 'allow: self'],
    ['somebody for themselves and another', anna, [101, 102], 'deny: no_rule_for_targets'],
    ['somebody for another', anna, [102], 'deny: no_rule_for_targets'],
    ['somebody whom nothing matches to an associate', nobody, [101], 'deny: no_rule_for_targets'],
    ['somebody matched by an address that may not permit', mailed, [101], 'deny: no_rule_for_targets'],
    ['somebody matched by an address that may', trusted, [101], 'allow: self'],
    ['the helpdesk for itself: the earlier rule wins', helpdesk, [102], 'allow: self'],
    ['the helpdesk for two', helpdesk, [101, 103], 'needs_approval: few'],
    ['the helpdesk for three: falls to the later rule', helpdesk, [101, 103, 104], 'allow: more'],
    ['the helpdesk for four', helpdesk, [101, 103, 104, 105], 'deny: no_rule_for_targets'],
    ['a lead', lead, [101, 102, 103, 104], 'needs_approval: leads'],
    ['a lead above max_targets', lead, [101, 102, 103, 104, 105], 'deny: too_many'],
    ['somebody in two groups: order of the file, not of the groups', both, [101], 'needs_approval: few'],
  ])('%s', (_name, requester, targets, expected) => expect(verdict(requester, targets)).toBe(expected));

  const maybe = (groups: readonly string[], ...unread: string[]): Standpoint => ({
    ...standing(person('U0TIM', matched(101)), groups),
    unread,
  });
  test.each<[string, Standpoint, readonly number[], string]>([
    ['what an earlier rule allows for certain', maybe([], 'helpdesk'), [101], 'allow: self'],
    ['a rule that may be theirs and reaches these', maybe([], 'helpdesk'), [102], 'deny: groups_unread'],
    ['also where one further down surely is', maybe(['crm-leads'], 'night'), [102], 'deny: groups_unread'],
    [
      'one that does not reach these changes nothing',
      maybe(['crm-leads'], 'night'),
      [102, 103, 104],
      'needs_approval: leads',
    ],
    ['one below the rule that decides changes nothing', maybe(['helpdesk'], 'crm-leads'), [102], 'needs_approval: few'],
    ['nor does a set that no rule asks for', maybe(['helpdesk'], 'auditors'), [102], 'needs_approval: few'],
    ['nor the same set where it is known by another group', maybe(['helpdesk'], 'night'), [102], 'needs_approval: few'],
    ['somebody protected stays protected', maybe([], 'helpdesk'), [1], 'deny: never_list'],
  ])('where Slack does not tell who is in a user group: %s', (_name, requester, targets, expected) =>
    expect(verdict(requester, targets)).toBe(expected),
  );

  it('a rule that may be theirs is the only one', () => {
    const only = policy({ rules: [{ name: 'few', who: 'helpdesk', targets: 'any', approvals: 0 }] });
    const [tim, guest] = [maybe([], 'helpdesk'), { ...maybe([], 'helpdesk'), standing: 'guest' as const }];
    expect(verdict(tim, [102], only)).toBe('deny: groups_unread');
    expect(verdict(guest, [102], only)).toBe('deny: not_a_member');
    expect(
      [tim, guest].map((who) => [mayMatchMore(only, who), isUnread(who, ['helpdesk']), isUnread(who, ['x'])]),
    ).toEqual([
      [true, true, false],
      [false, false, false],
    ]);
    expect(mayMatchMore(only, maybe(['helpdesk'], 'helpdesk'))).toBe(false);
    expect(mayMatchMore(only, maybe([], 'x'))).toBe(false);
  });

  it('says which rules came before the one of which it is not known', () =>
    expect(ask(maybe(['crm-leads'], 'night'), [102]).trace.map(({ rule }) => rule)).toEqual(['self', 'few']));

  it('says who must approve, and takes nothing from other rules', () => {
    expect(ask(lead, [101, 102, 103])).toMatchObject({
      demand: { approvals: 2, approvers: ['crm-leads', 'helpdesk'] },
      trace: [
        { rule: 'self', who: true, targets: false },
        { rule: 'few', who: false, targets: false },
        { rule: 'leads', who: true, targets: true },
      ],
    });
    expect(ask(helpdesk, [101, 103, 104])).toMatchObject({ demand: { approvals: 0, approvers: [] } });
  });

  it('tells all rules in the trace of a denial', () => {
    const decision = ask(anna, [102]);
    expect(decision.trace.map(({ rule, who, targets }) => [rule, who, targets])).toEqual([
      ['self', true, false],
      ['few', false, true],
      ['leads', false, true],
      ['more', false, true],
    ]);
  });
});

describe('who is no full member may nothing, whatever groups they are in', () => {
  test.each<Standing>(['guest', 'stranger', 'bot', 'deactivated', 'unknown'])('%s', (how) => {
    const somebody = standing(person('U0ANNA', matched(101)), ['helpdesk', 'crm-leads', 'anyone'], how);
    expect(verdict(somebody, [101])).toBe('deny: not_a_member');
    expect(ask(somebody, [101]).trace).toEqual([]);
    expect(rulesFor(rules, somebody)).toEqual([]);
    expect(mayReach(rules, somebody, { id: aid(101) }, true)).toBe(false);
  });
});

describe('silence means no', () => {
  const closed = policy({ rules: [{ name: 'few', who: 'helpdesk', targets: 'any', approvals: 0 }] });
  it('no rule for the person', () => expect(verdict(lead, [101], closed)).toBe('deny: no_rule_for_person'));
  it('nobody to log off', () => expect(verdict(helpdesk, [])).toBe('deny: nobody'));
  it('a person without rights does not learn that the list was empty', () =>
    expect(verdict(lead, [], closed)).toBe('deny: no_rule_for_person'));
});

describe('never beats every rule', () => {
  const named = (login: string) =>
    decide(rules, { requester: lead, channel: CHANNEL, targets: [associate(103), associate(104, { login })] });
  it('by id', () => expect(verdict(lead, [1])).toBe('deny: never_list'));
  it('by id, for oneself too', () =>
    expect(verdict(standing(person('U0ROOT', matched(1))), [1])).toBe('deny: never_list'));
  test.each(['svc-backup', 'SVC-BACKUP', ' Svc-Backup ', 'åse', 'ÅSE'.normalize('NFD')])('by login %j', (login) =>
    expect(named(login)).toMatchObject({ code: 'never_list' }),
  );
  test.each(['svc-backup', 'SVC-BACKUP', ' Åse '])('by %j, where they log on with that', (userName) => {
    const targets = [associate(104, { login: 'SVCB', userName })];
    expect(decide(rules, { requester: lead, channel: CHANNEL, targets })).toMatchObject({ code: 'never_list' });
  });
  test.each(['svc-backup2', 'svc', '', '1'])('but not by part of a login: %j', (login) =>
    expect(named(login).effect).toBe('needs_approval'),
  );
});

test.each<AssociateType>(['resource', 'external', 'anonymous', 'system', 'unknown'])(
  'an associate of type %s is never a target',
  (type) => {
    const targets = [associate(101), associate(102, { type })];
    expect(decide(rules, { requester: lead, channel: CHANNEL, targets })).toMatchObject({ code: 'not_internal' });
  },
);

describe('whom somebody may reach at all', () => {
  it('somebody with rights over nobody but themselves reaches nobody but themselves', () => {
    expect(mayReach(rules, anna, { id: aid(101) }, true)).toBe(true);
    expect(mayReach(rules, anna, { id: aid(102) }, true)).toBe(false);
    expect(mayReach(rules, anna, { id: aid(102) }, false)).toBe(false);
    expect(mayReach(rules, mailed, { id: aid(101) }, true)).toBe(false);
    expect(mayReach(rules, trusted, { id: aid(101) }, true)).toBe(true);
    expect(mayReach(rules, nobody, { id: aid(101) }, false)).toBe(false);
  });
  it('the helpdesk may reach anybody', () => expect(mayReach(rules, bob, { id: aid(4711) }, true)).toBe(true));
});

describe('rules for groups', () => {
  const sales = policy({
    rules: [
      {
        name: 'one of sales',
        who: 'helpdesk',
        targets: { groups: ['Inside Sales', 'SALES'], at_most: 1 },
        approvals: 0,
      },
      { name: 'sales', who: 'helpdesk', targets: { groups: ['Sales'] }, approvals: 1, approvers: 'crm-leads' },
      { name: 'self', who: 'anyone', targets: 'self', approvals: 0 },
    ],
  });
  const judge = (requester: Standpoint, ...groups: readonly (string | undefined)[]) => {
    const targets = groups.map((group, index) => associate(101 + index, group === undefined ? {} : { group }));
    const decision = decide(sales, { requester, channel: CHANNEL, targets });
    return decision.effect === 'deny' ? decision.code : decision.rule;
  };
  test.each<[readonly (string | undefined)[], string]>([
    [['Sales'], 'one of sales'],
    [['inside  sales'], 'one of sales'],
    [['Sales', 'sales'], 'sales'],
    [['Sales', 'Inside Sales'], 'no_rule_for_targets'],
    [['Sales', 'HR'], 'no_rule_for_targets'],
    [['HR'], 'no_rule_for_targets'],
    [['Sales EMEA'], 'no_rule_for_targets'],
    [['Sale'], 'no_rule_for_targets'],
    [[''], 'no_rule_for_targets'],
    [[undefined], 'no_rule_for_targets'],
    [['Sales', undefined], 'no_rule_for_targets'],
  ])('%j: %s', (groups, expected) => expect(judge(helpdesk, ...groups)).toBe(expected));

  test.each<[string, string | undefined, boolean, boolean]>([
    ['somebody of the group', 'sales', true, true],
    ['somebody of another', 'HR', true, false],
    ['somebody whose group could not be read', undefined, true, false],
    ['somebody not looked up yet', undefined, false, true],
  ])('%s', (_name, group, known, expected) =>
    expect(mayReach(sales, helpdesk, { id: aid(4711), group }, known)).toBe(expected),
  );
  it('oneself whatever group one is in', () => {
    expect(mayReach(sales, helpdesk, { id: aid(102), group: 'HR' }, true)).toBe(true);
    expect(judge(anna, 'HR')).toBe('self');
    expect(mayReach(sales, anna, { id: aid(102), group: 'Sales' }, true)).toBe(false);
  });
});
