import { describe, expect, it, test } from 'vitest';
import type { Standing, Standpoint } from '../../../src/core/people.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { isSamePerson, isSurelySamePerson } from '../../../src/core/request/review.ts';
import { type Event, transition } from '../../../src/core/request/transition.ts';
import {
  alice,
  bob,
  EARLY,
  everyState,
  follow,
  MINUTE,
  matched,
  moment,
  NOON,
  ola,
  open,
  person,
  standing,
  TWO,
  target,
} from '../made-up.ts';

const { request } = open();
const { request: forTwo } = open({ rules: TWO });
const END = NOON + 30 * MINUTE;

const outcome = (record: Request, event: Event, now = EARLY, rules = TWO) => {
  const result = transition(record, event, moment(now, rules));
  return result.ok ? result.request.status : result.refusal;
};
const approve = (by: Standpoint): Event => ({ kind: 'approve', by });
const deny = (by: Standpoint): Event => ({ kind: 'deny', by });
const cancel = (by: Standpoint): Event => ({ kind: 'cancel', by });

const bobAsLead = standing(bob.person, ['crm-leads']);
const bobsOther = standing(person('U0OTHER', matched(102)), ['crm-leads']);
const bobByMail = standing(person('U0MAIL', matched(102, { how: 'email', permits: false })), ['crm-leads']);
const bobByMailToo = standing(person('U0OTHER', matched(102, { how: 'email' })));

describe('approve and deny', () => {
  test.each<[string, Standpoint, string]>([
    ['an approver may', alice, ''],
    ['an approver whom nothing matches to an associate may', ola, ''],
    ['the requester never may', bobAsLead, 'own_request'],
    ['nor under a second Slack account of the same associate', bobsOther, 'own_request'],
    ['nor where only an address says that it is the same associate', bobByMail, 'perhaps_own_request'],
    ['somebody else may not', standing(person('U0EVE'), ['helpdesk']), 'not_an_approver'],
    ['somebody without any group may not', standing(person('U0EVE')), 'not_an_approver'],
    [
      'somebody of whom Slack does not tell whether they are one may not',
      { ...standing(person('U0EVE')), unread: ['crm-leads'] },
      'groups_unread',
    ],
    [
      'somebody of whom Slack does not tell something else may not',
      { ...standing(person('U0EVE')), unread: ['helpdesk'] },
      'not_an_approver',
    ],
    [
      'a group called as the rule does not make an approver',
      standing(person('U0EVE'), ['helpdesk', 'two']),
      'not_an_approver',
    ],
  ])('%s', (_name, by, refusal) => {
    expect(outcome(request, approve(by))).toBe(refusal || 'approved');
    expect(outcome(request, deny(by))).toBe(refusal || 'denied');
  });

  test.each<Standing>(['guest', 'stranger', 'bot', 'deactivated', 'unknown'])(
    'a %s may not, nor cancel, on any state',
    (how) => {
      for (const record of Object.values(everyState())) {
        expect(outcome(record, approve({ ...alice, standing: how }))).toBe('not_a_member');
        expect(outcome(record, deny({ ...alice, standing: how }))).toBe('not_a_member');
        expect(outcome(record, cancel({ ...bob, standing: how }))).toBe('not_a_member');
      }
    },
  );

  test.each<[string, Standpoint]>([
    ['by the settings', standing(person('U0EVA', matched(103)), ['crm-leads'])],
    ['by a trusted address', standing(person('U0EVA', matched(103, { how: 'email' })), ['crm-leads'])],
    ['by any address', standing(person('U0EVA', matched(103, { how: 'email', permits: false })), ['crm-leads'])],
  ])('who is to be logged off does not decide about the others: matched %s', (_name, by) => {
    expect(outcome(request, approve(by))).toBe('target_for_others');
    expect(outcome(request, deny(by))).toBe('target_for_others');
    const { request: alone } = open({ targets: [target(103)] });
    expect(outcome(alone, approve(by))).toBe('approved');
    expect(outcome(alone, deny(by))).toBe('denied');
  });

  it('who may not decide learns nothing of what was decided', () => {
    const { denied } = everyState();
    expect(outcome(denied, approve(standing(person('U0EVE'))))).toBe('not_an_approver');
    expect(outcome(denied, approve(bobAsLead))).toBe('own_request');
    expect(outcome(denied, approve(alice))).toBe('already_decided');
  });

  it('a denial keeps its reason, or none', () => {
    const facts = (event: Event) => {
      const result = transition(request, event, moment(EARLY));
      return result.ok ? result.entries.map(({ fact }) => fact) : [];
    };
    expect(facts({ kind: 'deny', by: alice, note: 'month end' })).toEqual([
      { kind: 'denied', by: alice.person, note: 'month end' },
    ]);
    expect(facts(deny(alice))).toEqual([{ kind: 'denied', by: alice.person }]);
  });
});

describe('two approvals', () => {
  const once = follow(forTwo, [[EARLY, approve(alice)]], TWO);
  const alicesOther = standing(person('U0ALICE2', alice.person.match), ['crm-leads']);

  it('one of two is not enough', () => {
    expect(once).toMatchObject({ status: 'awaiting_approval', approvals: [{ by: { slack: 'U0ALICE' }, at: EARLY }] });
  });
  it('the same person twice is one', () => expect(outcome(once, approve(alice))).toBe('already_approved_by_you'));
  it('a second Slack account of the same associate is the same person', () =>
    expect(outcome(once, approve(alicesOther))).toBe('already_approved_by_you'));
  it('another person completes it', () => expect(outcome(once, approve(ola))).toBe('approved'));
  it('one who approved may still deny, and one Deny ends it', () => {
    expect(outcome(once, deny(alice))).toBe('denied');
    expect(outcome(once, deny(ola))).toBe('denied');
  });
  it('both count in either order, and the time to dispatch starts with the last', () => {
    for (const [first, second] of [
      [alice, ola],
      [ola, alice],
    ] as const) {
      const both = follow(
        forTwo,
        [
          [EARLY, approve(first)],
          [EARLY + MINUTE, approve(second)],
        ],
        TWO,
      );
      expect(both).toMatchObject({ status: 'approved', dispatchBy: EARLY + 11 * MINUTE });
      expect(both.approvals.map(({ by }) => by.slack)).toEqual([first.person.slack, second.person.slack]);
    }
  });
});

describe('the deadline', () => {
  test.each([approve(alice), deny(alice), cancel(bob)])(
    '$kind: in time one millisecond before, too late exactly at it',
    (event) => {
      const inTime = { approve: 'approved', deny: 'denied', cancel: 'cancelled' };
      expect(outcome(request, event, END - 1)).toBe(event.kind in inTime ? Reflect.get(inTime, event.kind) : '');
      expect(outcome(request, event, END)).toBe('expired');
      expect(outcome(request, event, END + 1)).toBe('expired');
    },
  );

  it('of an approved request is dispatch_by', () => {
    const { approved } = everyState();
    expect(outcome(approved, cancel(bob), NOON + 11 * MINUTE - 1)).toBe('cancelled');
    expect(outcome(approved, cancel(bob), NOON + 11 * MINUTE)).toBe('expired');
  });

  it('that passed is written down as the one that it was, however late the clock comes', () => {
    const { expired } = everyState();
    expect(expired).toMatchObject({ was: 'approval', deadline: END });
    const late = transition(request, { kind: 'lapse' }, moment(END + 90 * MINUTE));
    expect(late.request).toMatchObject({ was: 'approval', deadline: END, endedAt: END + 90 * MINUTE });
  });
});

describe('cancel', () => {
  test.each<[string, Standpoint, string]>([
    ['the requester may', bob, 'cancelled'],
    ['the same associate under another Slack account may, where the settings say so', bobsOther, 'cancelled'],
    ['or where the address may permit', bobByMailToo, 'cancelled'],
    ['but not where only an address says so', bobByMail, 'not_yours_to_cancel'],
    ['an approver may not', alice, 'not_yours_to_cancel'],
    ['a stranger to it may not', standing(person('U0EVE')), 'not_yours_to_cancel'],
  ])('%s', (_name, by, expected) => expect(outcome(request, cancel(by))).toBe(expected));
});

describe('who is the same person', () => {
  const a = person('U0A', matched(5));
  test.each([
    ['the same Slack id', a, person('U0A'), true, true],
    ['the same Slack id, other associates', a, person('U0A', matched(6)), true, true],
    ['the same associate', a, person('U0B', matched(5)), true, true],
    [
      'the same associate by an address that may not permit',
      a,
      person('U0B', matched(5, { how: 'email', permits: false })),
      true,
      false,
    ],
    ['another associate', a, person('U0B', matched(6)), false, false],
    ['nothing known of one', a, person('U0B'), false, false],
    ['nothing known of both', person('U0A'), person('U0B'), false, false],
  ])('%s', (_name, one, other, maybe, surely) => {
    expect([isSamePerson(one, other), isSamePerson(other, one)]).toEqual([maybe, maybe]);
    expect([isSurelySamePerson(one, other), isSurelySamePerson(other, one)]).toEqual([surely, surely]);
  });
});
