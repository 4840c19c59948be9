import { describe, expect, it, test } from 'vitest';
import { requestId } from '../../../src/core/ids.ts';
import type { AssociateType, Standing } from '../../../src/core/people.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import type { DispatchFacts } from '../../../src/core/request/dispatch-plan.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { transition } from '../../../src/core/request/transition.ts';
import {
  aid,
  alice,
  associate,
  bob,
  dispatch,
  EARLY,
  everyState,
  follow,
  ids,
  LEASE,
  MINUTE,
  matched,
  moment,
  NOON,
  ola,
  open,
  POLICY,
  person,
  policy,
  standing,
  TWO,
  target,
} from '../made-up.ts';

const { approved, warning } = everyState();
const twice = follow(
  open({ rules: TWO }).request,
  [
    [EARLY, { kind: 'approve', by: alice }],
    [EARLY, { kind: 'approve', by: ola }],
  ],
  TWO,
);
const END = NOON + 11 * MINUTE;

const plan = (record: Request, more: Partial<DispatchFacts> = {}, rules: Policy = POLICY, now = EARLY) =>
  transition(record, dispatch(record, more), moment(now, rules)).request;

/** The state after it, with the code or the people who are sent. */
const verdict = (...of: Parameters<typeof plan>) => {
  const after = plan(...of);
  if (after.status === 'dispatching') return after.sent;
  return 'code' in after ? `${after.status}: ${after.code}` : after.status;
};

const rule = (more: Readonly<Record<string, unknown>>) =>
  policy(
    { rules: [{ name: 'now', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', ...more }] },
    'bbbbbbbbbbbb',
  );

describe('when nothing changed', () => {
  it('everybody is sent, under a claim that names its holder and its end', () => {
    expect(plan(approved)).toMatchObject({
      status: 'dispatching',
      claim: { holder: 'p1', at: EARLY, until: EARLY + LEASE },
      attempts: 1,
      sent: [101, 102, 103],
      notSent: [],
      leftOut: [],
    });
  });
  it('it is too late exactly at dispatch_by', () => {
    expect(verdict(approved, {}, POLICY, END - 1)).toEqual([101, 102, 103]);
    expect(plan(approved, {}, POLICY, END)).toMatchObject({ status: 'expired', was: 'dispatch', deadline: END });
  });
  it('a warning is let run out first', () => {
    expect(verdict(warning, {}, POLICY, EARLY + MINUTE - 1)).toBe('warning');
    expect(verdict(warning, {}, POLICY, EARLY + MINUTE)).toEqual([101, 102, 103]);
  });
});

describe('the people to be logged off, as they are now', () => {
  const others = [101, 102].map((id) => associate(id));
  it('somebody who is gone from SuperOffice is left out, and the rest is sent', () => {
    const after = plan(approved, { associates: others });
    expect(after).toMatchObject({
      sent: [101, 102],
      leftOut: [{ id: 103, name: 'Person 103', code: 'gone_meanwhile' }],
    });
    expect(after.targets.map(({ id }) => id)).toEqual([101, 102]);
  });
  test.each<[string, DispatchFacts['associates'], Policy, string]>([
    ['by id', [...others, associate(103)], policy({ never: [103] }), 'never_list'],
    ['by login', [...others, associate(103, { login: 'SVC' })], policy({ never: ['svc'] }), 'never_list'],
    ...(['external', 'resource', 'anonymous', 'system', 'unknown'] satisfies AssociateType[]).map(
      (type): [string, DispatchFacts['associates'], Policy, string] => [
        `${type} now`,
        [...others, associate(103, { type })],
        POLICY,
        'not_internal',
      ],
    ),
  ])('somebody who is protected meanwhile is left out: %s', (_name, associates, rules, code) => {
    expect(plan(approved, { associates }, rules)).toMatchObject({ sent: [101, 102], leftOut: [{ id: 103, code }] });
  });
  it('somebody new is never added', () => {
    const associates = [101, 102, 103, 104].map((id) => associate(id));
    expect(verdict(approved, { associates, on: new Set(ids(101, 102, 103, 104)) })).toEqual([101, 102, 103]);
  });
  it('who retired meanwhile is sent: they may still hold a session', () =>
    expect(verdict(approved, { associates: [101, 102, 103].map((id) => associate(id, { retired: true })) })).toEqual([
      101, 102, 103,
    ]));
  it('who moved to another group has no group that was not read now', () => {
    const inSales = [101, 102].map((id) => target(id, { group: 'Sales' }));
    const { request } = open({ requester: bob, targets: inSales });
    const record = follow(request, [[EARLY, { kind: 'approve', by: alice }]]);
    const groupsOf = (associates: DispatchFacts['associates']) =>
      plan(record, { associates }).targets.map((it) => it.group);
    expect(groupsOf([associate(101), associate(102, { groupId: 8 })])).toEqual(['Sales', undefined]);
    expect(groupsOf([associate(101), associate(102, { groupId: 8, group: 'HR' })])).toEqual(['Sales', 'HR']);
    const salesOnly = rule({ targets: { groups: ['sales'] } });
    expect(verdict(record, { associates: [associate(101), associate(102)] }, salesOnly)).toEqual([101, 102]);
    const moved = [associate(101), associate(102, { groupId: 8 })];
    expect(verdict(record, { associates: moved }, salesOnly)).toBe('aborted: no_rule_for_targets');
  });
  it('nobody left aborts it', () => expect(verdict(approved, { associates: [] })).toBe('aborted: nobody_left'));
  it('whom the command left out stays left out', () => {
    const { request } = open({ leftOut: [{ id: aid(9), code: 'unknown_id' }] });
    const after = plan(follow(request, [[EARLY, { kind: 'approve', by: alice }]]), { associates: others });
    expect(after.leftOut.map(({ id }) => id)).toEqual([9, 103]);
  });
});

describe('who is on', () => {
  it('who is not on is not sent', () => {
    expect(plan(approved, { on: new Set(ids(102)) })).toMatchObject({
      sent: [102],
      notSent: [101, 103].map((id) => ({ id, outcome: { kind: 'was_not_on' } })),
    });
  });
  it('all are sent where SuperOffice refuses to tell', () => {
    const after = plan(approved, { on: undefined });
    expect(after).toMatchObject({ sent: [101, 102, 103], notSent: [] });
    expect(after.targets.map(({ on }) => on)).toEqual(['unknown', 'unknown', 'unknown']);
  });
  it('nobody on ends it as done, without a call', () => {
    expect(plan(approved, { on: new Set() })).toMatchObject({
      status: 'done',
      results: [101, 102, 103].map((id) => ({ id, outcome: { kind: 'was_not_on' } })),
    });
    expect('calledAt' in plan(approved, { on: new Set() })).toBe(false);
  });
  it('somebody whom another request is at is left to it', () => {
    const busy = [{ id: aid(102), request: requestId(12) }];
    expect(plan(approved, { busy, on: new Set(ids(101, 102)) })).toMatchObject({
      sent: [101],
      notSent: [
        { id: 102, outcome: { kind: 'see', request: 12 } },
        { id: 103, outcome: { kind: 'was_not_on' } },
      ],
    });
    expect(plan(approved, { busy: ids(101, 102, 103).map((id) => ({ id, request: requestId(12) })) }).status).toBe(
      'done',
    );
  });
  it('nobody is warned where all of them are left to other requests', () => {
    const warned = rule({ who: 'helpdesk', warn: '2m' });
    const busy = ids(101, 102, 103).map((id) => ({ id, request: requestId(12) }));
    expect(verdict(approved, { busy }, warned)).toBe('done');
    expect(verdict(approved, { busy: busy.slice(1) }, warned)).toBe('warning');
  });
});

describe('the rules in force now', () => {
  test.each<[string, Policy, unknown]>([
    ['the requester has no rule any more', rule({ who: 'crm-leads' }), 'aborted: no_rule_for_person'],
    ['the rule takes fewer people', rule({ targets: { at_most: 2 } }), 'aborted: no_rule_for_targets'],
    ['the rule is for oneself only', rule({ targets: 'self' }), 'aborted: no_rule_for_targets'],
    ['max_targets is lower', policy({ max_targets: 2 }), 'aborted: too_many'],
    ['the rule asks for two approvals', TWO, 'aborted: approvals_no_longer_count'],
    ['other people approve', rule({ approvers: 'helpdesk' }), 'aborted: approvals_no_longer_count'],
    ['one more group may approve', rule({ approvers: ['helpdesk', 'crm-leads'] }), [101, 102, 103]],
    ['the rule takes just as many', rule({ targets: { at_most: 3 } }), [101, 102, 103]],
    ['no approvals are needed any more', rule({ approvals: 0 }), [101, 102, 103]],
  ])('%s', (_name, rules, expected) => expect(verdict(approved, {}, rules)).toEqual(expected));

  it('looser rules release nothing: an approval that was asked for must still hold', () => {
    const fewer = { approvers: [{ ...alice, groups: [] }, ola] };
    expect(verdict(approved, { approvers: [{ ...alice, groups: [] }] }, rule({ approvals: 0 }))).toBe(
      'aborted: approvals_no_longer_count',
    );
    expect(verdict(twice, fewer, rule({ approvals: 1 }))).toBe('aborted: approvals_no_longer_count');
    expect(verdict(open({ rules: TWO }).request, {}, rule({ approvals: 0 }))).toBe('awaiting_approval');
  });

  it('a request without approvals is aborted where the rule now asks for one', () => {
    const { request } = open({ requester: bob, targets: [target(102)] });
    expect(verdict(request, {}, rule({}))).toBe('aborted: approvals_no_longer_count');
  });

  it('fewer people may fall under an earlier rule, which then decides', () => {
    const rules = policy({
      rules: [
        { name: 'few', who: 'helpdesk', targets: { at_most: 2 }, approvals: 2, approvers: 'crm-leads' },
        { name: 'many', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' },
      ],
    });
    expect(verdict(approved, {}, rules)).toEqual([101, 102, 103]);
    expect(verdict(approved, { associates: [associate(101), associate(102)] }, rules)).toBe(
      'aborted: approvals_no_longer_count',
    );
  });
});

describe('requester and approvers as they stand now', () => {
  test.each<Standing>(['guest', 'stranger', 'bot', 'deactivated', 'unknown'])(
    'a requester who is a %s aborts it',
    (how) => expect(verdict(approved, { requester: { ...bob, standing: how } })).toBe('aborted: not_a_member'),
  );
  test.each<Standing>(['guest', 'stranger', 'bot', 'deactivated', 'unknown'])(
    'the approval of a %s does not count',
    (how) => {
      expect(verdict(approved, { approvers: [{ ...alice, standing: how }] })).toBe(
        'aborted: approvals_no_longer_count',
      );
      expect(verdict(twice, { approvers: [alice, { ...ola, standing: how }] }, TWO)).toBe(
        'aborted: approvals_no_longer_count',
      );
    },
  );
  it('nor that of somebody who left the group, or of whom nothing is known now', () => {
    expect(verdict(approved, { approvers: [{ ...alice, groups: ['helpdesk'] }] })).toBe(
      'aborted: approvals_no_longer_count',
    );
    expect(verdict(approved, { approvers: [ola] })).toBe('aborted: approvals_no_longer_count');
    expect(verdict(approved, { approvers: [] })).toBe('aborted: approvals_no_longer_count');
  });
  it('nor that of somebody who turns out to be the requester', () => {
    const isBob = standing(person('U0ALICE', matched(102)), ['crm-leads']);
    expect(verdict(approved, { approvers: [isBob] })).toBe('aborted: approvals_no_longer_count');
    const bobUnmatched = { ...bob, person: person('U0BOB') };
    expect(verdict(approved, { requester: bobUnmatched, approvers: [isBob] })).toBe(
      'aborted: approvals_no_longer_count',
    );
    const bobIsAlice = { ...bob, person: person('U0BOB', matched(201)) };
    expect(verdict(approved, { requester: bobIsAlice })).toBe('aborted: approvals_no_longer_count');
  });
  it('two approvals of people who turn out to be one are one', () => {
    expect(verdict(twice, {}, TWO)).toEqual([101, 102, 103]);
    const olaIsAlice = standing(person('U0OLA', alice.person.match), ['crm-leads']);
    expect(verdict(twice, { approvers: [alice, olaIsAlice] }, TWO)).toBe('aborted: approvals_no_longer_count');
  });
  it('whom somebody was matched to when they approved counts too, where nothing is known now', () => {
    const unknown = [alice, ola].map((who) => ({ ...who, person: person(who.person.slack) }));
    const olaWas = standing(person('U0OLA', matched(201, { how: 'email', permits: false })), ['crm-leads']);
    const approvals = twice.approvals.map((approval, index) =>
      index === 1 ? { ...approval, by: olaWas.person } : approval,
    );
    expect(verdict(twice, { approvers: unknown }, TWO)).toEqual([101, 102, 103]);
    expect(verdict({ ...twice, approvals }, { approvers: unknown }, TWO)).toBe('aborted: approvals_no_longer_count');
  });
  it('nor does that of somebody who is to be logged off with others, by whatever match', () => {
    const isTarget = standing(person('U0ALICE', matched(103, { how: 'email', permits: false })), ['crm-leads']);
    expect(verdict(approved, { approvers: [isTarget] })).toBe('aborted: approvals_no_longer_count');
    const one = follow(open({ targets: [target(103)] }).request, [[EARLY, { kind: 'approve', by: isTarget }]]);
    expect(verdict(one, { approvers: [isTarget] })).toEqual([103]);
  });
  it('somebody in the facts who never approved does not count', () =>
    expect(verdict(approved, { approvers: [alice, ola] }, TWO)).toBe('aborted: approvals_no_longer_count'));
});

describe('between two attempts', () => {
  const again = everyState()['dispatching again'];
  test.each<[string, Parameters<typeof plan>[1], Policy, unknown]>([
    ['nobody is left', { associates: [] }, POLICY, 'failed: nobody_left'],
    ['the rule changed', {}, TWO, 'failed: approvals_no_longer_count'],
    ['the requester left', { requester: { ...bob, standing: 'deactivated' } }, POLICY, 'failed: not_a_member'],
    ['everybody logged off by themselves', { on: new Set() }, POLICY, 'done'],
    ['one logged off by themselves', { on: new Set(ids(101, 103)) }, POLICY, [101, 103]],
  ])('%s', (_name, more, rules, expected) => expect(verdict(again, more, rules)).toEqual(expected));
});
