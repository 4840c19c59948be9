import { describe, expect, it, test } from 'vitest';
import type { Person, Standpoint } from '../../../src/core/people.ts';
import { reviewRefusal } from '../../../src/core/request/review.ts';
import { dueAt, type Event, heldOf, transition } from '../../../src/core/request/transition.ts';
import {
  aid,
  alice,
  bob,
  dispatch,
  EARLY,
  everyState,
  follow,
  inState,
  LEASE,
  MINUTE,
  matched,
  moment,
  NOON,
  ola,
  open,
  person,
  policy,
  SECOND,
  standing,
  target,
} from '../made-up.ts';

const records = everyState();
const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const rulesWith = (more: Readonly<Record<string, unknown>>) => policy({ rules: [{ ...rule, ...more }] });
const outcome = (request: Parameters<typeof transition>[0], event: Event, now = EARLY, rules = policy()) => {
  const result = transition(request, event, moment(now, rules));
  return result.ok ? result.request.status : result.refusal;
};

describe('when the clock must look again', () => {
  test.each<[string, number | undefined]>([
    ['awaiting_confirmation', NOON + 30 * MINUTE],
    ['awaiting_approval', NOON + 15 * MINUTE],
    ['approved', 0],
    ['warning', EARLY + MINUTE],
    ['dispatching', EARLY + LEASE],
    ['dispatching again', EARLY],
    ['verifying', 0],
    ['done', undefined],
    ['denied', undefined],
  ])('%s', (state, expected) => {
    const [record] = Object.entries(records).flatMap(([name, one]) => (name === state ? [one] : []));
    expect(record && dueAt(record)).toBe(expected);
  });
  it('at the end of the time once the approvers were reminded', () => {
    const { remindAt: _, ...reminded } = inState(records.awaiting_approval, 'awaiting_approval');
    expect(dueAt(reminded)).toBe(NOON + 30 * MINUTE);
  });
  it('at once for an attempt that never was', () => {
    const { retryAt: _, claim: __, ...bare } = inState(records.dispatching, 'dispatching');
    expect(dueAt(bare)).toBe(0);
  });
});

describe('an attempt that surely was not made', () => {
  const notMade = (retryAt: number): Event => ({
    kind: 'call_not_made',
    holder: 'p1',
    code: 'x',
    final: false,
    retryAt,
  });
  const { dispatchBy } = inState(records.dispatching, 'dispatching');
  it('is tried again before the end of the time and not at it', () => {
    expect(outcome(records.dispatching, notMade(dispatchBy - 1))).toBe('dispatching');
    expect(outcome(records.dispatching, notMade(dispatchBy))).toBe('failed');
  });
});

describe('a pause', () => {
  const by = (who: Person, since: number): Event => ({ kind: 'hold', pause: { by: who, since } });
  it('is kept once, and another one in its place', () => {
    const held = follow(records.approved, [[EARLY, by(alice.person, EARLY)]]);
    expect(heldOf(held)).toEqual({ by: alice.person, since: EARLY });
    expect(outcome(held, by(alice.person, EARLY))).toBe('not_now');
    expect(outcome(held, by(alice.person, EARLY + 1))).toBe('approved');
    expect(outcome(held, by(ola.person, EARLY))).toBe('approved');
  });
  it('holds up nothing that is being sent, and is no part of what has ended', () => {
    expect(outcome(records.dispatching, by(alice.person, EARLY))).toBe('not_now');
    expect(heldOf({ ...inState(records.expired, 'expired'), held: { by: alice.person, since: 1 } })).toBeUndefined();
  });
});

it('the outcome is unknown as soon as one person could not be checked', () => {
  const looked = (on: ReadonlySet<ReturnType<typeof aid>> | 'refused'): Event => ({ kind: 'looked', on });
  const some = open({ targets: [target(101), target(102)] }).request;
  const sent = follow(some, [[NOON, { kind: 'approve', by: alice }]]);
  const verifying = follow(follow(sent, [[EARLY, dispatch(sent)]]), [[EARLY, { kind: 'call_accepted', holder: 'p1' }]]);
  const seen = inState(verifying, 'verifying').sightings.map((one) =>
    one.id === aid(101) ? { ...one, seen: 'gone' as const, goneAt: EARLY } : one,
  );
  const end = follow({ ...inState(verifying, 'verifying'), sightings: seen }, [[EARLY + SECOND, looked('refused')]]);
  expect(end).toMatchObject({
    status: 'unknown',
    results: [
      { id: 101, outcome: { kind: 'gone' } },
      { id: 102, outcome: { kind: 'not_checked' } },
    ],
  });
});

describe('who may decide or stop', () => {
  const both = rulesWith({ approvers: ['crm-leads', 'helpdesk'], targets_may_stop: true });
  const { request } = open({ rules: both });
  const approved = follow(request, [[NOON, { kind: 'approve', by: alice }]], both);
  const cancel = (by: Standpoint): Event => ({ kind: 'cancel', by });

  it('whoever is in one of the sets of the rule may decide', () => {
    expect(reviewRefusal(request, alice)).toBeUndefined();
    expect(reviewRefusal(request, standing(person('U0EVE'), ['helpdesk']))).toBeUndefined();
    expect(reviewRefusal(request, standing(person('U0EVE'), ['night']))).toBe('not_an_approver');
  });
  it('or stop', () => {
    expect(outcome(approved, cancel(standing(person('U0EVE'), ['helpdesk'])), EARLY, both)).toBe('cancelled');
    expect(outcome(approved, cancel(standing(person('U0EVE'), ['night'])), EARLY, both)).toBe('not_yours_to_stop');
    const unread = { ...standing(person('U0EVE')), unread: ['helpdesk'] };
    expect(outcome(approved, cancel(unread), EARLY, both)).toBe('groups_unread');
  });
  it('so may one of the people concerned, and nobody who is tied to somebody else', () => {
    const tied = (id: number) => standing(person('U0EVE', matched(id)));
    expect(outcome(approved, cancel(tied(102)), EARLY, both)).toBe('cancelled');
    expect(outcome(approved, cancel(tied(999)), EARLY, both)).toBe('not_yours_to_stop');
  });
  it('before it is confirmed only who asked may take it back', () => {
    const { awaiting_confirmation } = records;
    expect(outcome(awaiting_confirmation, cancel(alice))).toBe('not_yours_to_cancel');
    expect(outcome(awaiting_confirmation, cancel(bob))).toBe('cancelled');
  });
});

describe('right before the call', () => {
  const { approved } = records;
  const plan = (more: Parameters<typeof dispatch>[1], rules = policy()) =>
    transition(approved, dispatch(approved, more), moment(EARLY, rules));

  it("the bot's own account is left out", () => {
    const { request } = plan({ self: aid(102) });
    expect(inState(request, 'dispatching').sent).toEqual([101, 103]);
    expect(request.leftOut).toEqual([{ id: 102, name: 'Person 102', code: 'bot_itself' }]);
  });
  it('nothing is decided while Slack does not tell who is in a user group', () => {
    const unread = ['crm-leads', 'helpdesk'];
    const refused = { ok: false, refusal: 'groups_unread' };
    expect(plan({ approvers: [{ ...alice, groups: [], unread }] })).toMatchObject(refused);
    expect(plan({ requester: { ...bob, groups: [], unread } })).toMatchObject(refused);
    // Of somebody whose word is not needed it need not be known.
    expect(plan({ approvers: [alice, { ...ola, groups: [], unread }] }).ok).toBe(true);
    expect(plan({ approvers: [{ ...alice, groups: [] }] }).request.status).toBe('aborted');
    expect(plan({ approvers: [{ ...alice, groups: [], unread: ['night'] }] }).request.status).toBe('aborted');
  });
  it('an approval by the rule of then is enough where the rule of now asks for none', () => {
    expect(plan({}, rulesWith({ approvals: 0, approvers: 'helpdesk' })).request.status).toBe('dispatching');
    expect(plan({}, rulesWith({ approvals: 1, approvers: 'helpdesk' })).request.status).toBe('aborted');
  });
});
