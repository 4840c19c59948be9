import { describe, expect, it, test } from 'vitest';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import { replay } from '../../../src/core/request/evolve.ts';
import { openRequest } from '../../../src/core/request/open.ts';
import type { Event } from '../../../src/core/request/transition.ts';
import { transition } from '../../../src/core/request/transition.ts';
import {
  alice,
  bob,
  CHANNEL,
  dispatch,
  everyState,
  follow,
  guest,
  inState,
  MINUTE,
  matched,
  moment,
  NOON,
  ola,
  open,
  person,
  policy,
  standing,
  target,
} from '../made-up.ts';

const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const rulesWith = (more: Readonly<Record<string, unknown>>) => policy({ rules: [{ ...rule, ...more }] });
const anna = standing(person('U0ANNA', matched(101)));

/** A request for one person who may agree. */
function agreeable(more: Readonly<Record<string, unknown>> = {}, requester = bob) {
  const rules = rulesWith({ consent: true, ...more });
  const origin = { via: 'command', channel: CHANNEL, text: '101' } as const;
  const consenter = slackUserId('U0ANNA');
  const opening = openRequest(
    { requester, origin, targets: [target(101)], leftOut: [], reason: 'locked out', consenter },
    NOON,
    rules,
  );
  if (!opening.ok) throw new Error(opening.denied.code);
  return { rules, ...opening.make(requestId(17)) };
}

const outcome = (request: Parameters<typeof transition>[0], event: Event, now = NOON + MINUTE, rules = policy()) => {
  const result = transition(request, event, moment(now, rules));
  return result.ok ? result.request.status : result.refusal;
};

describe('the requester confirms the list first', () => {
  const rules = rulesWith({ confirm_above: 2 });
  const { request, entries } = open({ rules });
  const confirm: Event = { kind: 'confirm', by: bob };

  it('waits for it, and only up to the number nothing is to be confirmed', () => {
    expect(request.status).toBe('awaiting_confirmation');
    expect(open({ rules, targets: [target(101), target(102)] }).request.status).toBe('awaiting_approval');
    expect(replay(entries)).toEqual(request);
  });
  it('then the approvers have their full time', () => {
    const confirmed = follow(request, [[NOON + 20 * MINUTE, confirm]], rules);
    expect(inState(confirmed, 'awaiting_approval').expiresAt).toBe(NOON + 50 * MINUTE);
    expect(follow(confirmed, [[NOON + 49 * MINUTE, { kind: 'approve', by: alice }]], rules).status).toBe('approved');
  });
  it('is approved by it where nobody else is asked', () => {
    const alone = rulesWith({ confirm_above: 2, approvals: 0 });
    const opened = open({ rules: alone });
    expect(opened.request.status).toBe('awaiting_confirmation');
    const result = transition(opened.request, confirm, moment(NOON + MINUTE, alone));
    expect(result.request.status).toBe('approved');
    expect(result.ok && replay([...opened.entries, ...result.entries])).toEqual(result.request);
  });
  test.each<[string, Event, number, string]>([
    ['somebody else', { kind: 'confirm', by: alice }, 1, 'not_yours_to_confirm'],
    ['a guest', { kind: 'confirm', by: { ...bob, standing: 'guest' } }, 1, 'not_a_member'],
    ['an approval before it', { kind: 'approve', by: alice }, 1, 'not_now'],
    ['a denial before it', { kind: 'deny', by: alice }, 1, 'not_now'],
    ['too late', confirm, 30, 'expired'],
    ['the clock, in time', { kind: 'lapse' }, 29, 'not_now'],
    ['the clock', { kind: 'lapse' }, 30, 'expired'],
    ['taken back', { kind: 'cancel', by: bob }, 1, 'cancelled'],
    ['sent without it', dispatch(request), 1, 'not_now'],
  ])('%s', (_name, event, minutes, expected) =>
    expect(outcome(request, event, NOON + minutes * MINUTE, rules)).toBe(expected),
  );
  it('cannot be confirmed twice', () =>
    expect(outcome(follow(request, [[NOON, confirm]], rules), confirm)).toBe('already_decided'));
  it('expired says what was missed', () =>
    expect(inState(follow(request, [[NOON + 30 * MINUTE, { kind: 'lapse' }]], rules), 'expired').was).toBe(
      'confirmation',
    ));
});

describe('the one concerned agrees', () => {
  const { request, entries, rules } = agreeable();
  const consent: Event = { kind: 'consent', by: anna };

  it('replaces the approvals, however many', () => {
    const two = agreeable({ approvals: 3 });
    const result = transition(two.request, consent, moment(NOON + MINUTE, two.rules));
    expect(result.request).toMatchObject({ status: 'approved', consent: { by: anna.person, at: NOON + MINUTE } });
    expect(result.ok && replay([...two.entries, ...result.entries])).toEqual(result.request);
  });
  test.each<[string, Event, string]>([
    ['somebody else', { kind: 'consent', by: alice }, 'not_the_one_concerned'],
    [
      'somebody matched by an address that may not permit',
      { kind: 'consent', by: standing(person('U0ANNA', matched(101, { how: 'email', permits: false }))) },
      'not_the_one_concerned',
    ],
    ['a guest', { kind: 'consent', by: { ...anna, standing: 'guest' } }, 'not_a_member'],
    ['who asked', { kind: 'consent', by: bob }, 'own_request'],
    [
      'who asked under another account',
      { kind: 'consent', by: standing(person('U0BOB2', matched(102))) },
      'own_request',
    ],
    [
      'who may have asked, by an address that others can edit',
      { kind: 'consent', by: standing(person('U0BOB2', matched(102, { how: 'email', permits: false }))) },
      'perhaps_own_request',
    ],
  ])('not %s', (_name, event, expected) => expect(outcome(request, event, NOON + MINUTE, rules)).toBe(expected));
  it('not too late, and not after it was decided', () => {
    expect(outcome(request, consent, NOON + 30 * MINUTE, rules)).toBe('expired');
    const denied = follow(request, [[NOON, { kind: 'deny', by: alice }]], rules);
    expect(outcome(denied, consent, NOON + MINUTE, rules)).toBe('already_decided');
  });
  it('not where the rule does not let them', () =>
    expect(outcome(open({ targets: [target(101)] }).request, consent)).toBe('consent_not_asked'));
  it('not for several people', () =>
    expect(outcome(everyState().awaiting_approval, consent)).toBe('not_the_one_concerned'));
  it('who asks for themselves cannot agree to it', () => {
    const own = agreeable({}, standing(person('U0ANNA', matched(101)), ['helpdesk']));
    expect(own.request.demand.consent).toBeUndefined();
    expect(outcome(own.request, consent, NOON + MINUTE, own.rules)).toBe('own_request');
  });
  it('the opening is kept whole', () => expect(replay(entries)).toEqual(request));
});

describe('a pause holds up what waits to be sent', () => {
  const states = everyState();
  const hold: Event = { kind: 'hold', pause: { by: ola.person, since: NOON, reason: 'month end' } };
  test.each(Object.entries(states))('%s', (name, record) => {
    const waits = name === 'approved' || name === 'warning' || name === 'dispatching again';
    expect(outcome(record, hold)).toBe(waits ? record.status : 'not_now');
    expect(outcome(record, { kind: 'release' })).toBe('not_now');
  });
  it('is kept once, let go once, and forgotten when it is sent', () => {
    const held = follow(states.approved, [[NOON, hold]]);
    expect(held).toMatchObject({ held: { by: ola.person, since: NOON, reason: 'month end' } });
    expect(outcome(held, hold)).toBe('not_now');
    const again: Event = { kind: 'hold', pause: { by: alice.person, since: NOON + MINUTE } };
    expect(follow(held, [[NOON, again]])).toMatchObject({ held: { by: alice.person } });
    const released = follow(held, [[NOON, { kind: 'release' }]]);
    expect({ ...released, version: 0 }).toEqual({ ...states.approved, version: 0 });
    const sent = follow(held, [[NOON + 2 * MINUTE, dispatch(held)]]);
    expect(inState(sent, 'dispatching').held).toBeUndefined();
  });
  it('does not stop the time', () => {
    const late = NOON + 11 * MINUTE;
    expect(
      follow(states.approved, [
        [NOON, hold],
        [late, { kind: 'lapse' }],
      ]),
    ).toMatchObject({
      status: 'expired',
      was: 'dispatch',
      held: { reason: 'month end' },
    });
    const again = follow(states['dispatching again'], [
      [NOON, hold],
      [late + MINUTE, { kind: 'lapse' }],
    ]);
    expect(again).toMatchObject({ status: 'failed', code: 'paused' });
  });
  it('nobody becomes able to approve by it', () =>
    expect(outcome(states.approved, { kind: 'approve', by: guest })).toBe('not_a_member'));
});
