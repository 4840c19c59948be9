import { describe, expect, it, test } from 'vitest';
import { requestId } from '../../../src/core/ids.ts';
import { MOST_AT_ONCE } from '../../../src/core/policy/policy.ts';
import type { DispatchFacts } from '../../../src/core/request/dispatch-plan.ts';
import { openRequest } from '../../../src/core/request/open.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { dueAt, transition } from '../../../src/core/request/transition.ts';
import { associateIdsXml } from '../../../src/netserver/associate-ids.ts';
import {
  aid,
  alice,
  associate,
  bob,
  CHANNEL,
  dispatch,
  follow,
  inState,
  MINUTE,
  moment,
  NOON,
  policy,
  target,
} from '../made-up.ts';

const rulesFor = (warn: string) =>
  policy({
    may_see: { who: 'helpdesk' },
    never: [1],
    rules: [{ name: 'any', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', warn }],
  });

/** Bob asks at noon to log everyone off so many minutes later, and Alice approves. */
function approved(ahead: number, warn: string): Request {
  const rules = rulesFor(warn);
  const origin = { via: 'command', channel: CHANNEL, text: 'everyone' } as const;
  const draft = {
    requester: bob,
    origin,
    targets: [target(101)],
    leftOut: [],
    everyone: { at: NOON + ahead * MINUTE },
  };
  const opening = openRequest(draft, NOON, rules);
  if (!opening.ok) throw new Error(opening.denied.code);
  return follow(opening.make(requestId(17)).request, [[NOON, { kind: 'approve', by: alice }]], rules);
}

const on = (...people: readonly number[]): Partial<DispatchFacts> => ({
  on: new Set(people.map(aid)),
  associates: [...new Set([101, ...people])].map((id) => associate(id)),
});

/** Does what is due when it is due, with these people on; gives the record and the minutes at which it was looked. */
/** `slow` is how long a look and what is read for it take. */
function run(ahead: number, warn: string, people: (minute: number) => readonly number[], late = 0, slow = 0) {
  const rules = rulesFor(warn);
  const minutes: number[] = [];
  let request = approved(ahead, warn);
  for (let turn = 0; turn < 20 && (request.status === 'approved' || request.status === 'warning'); turn += 1) {
    const now = Math.max(NOON + (turn === 0 ? late * MINUTE : 0), dueAt(request) ?? 0) + slow;
    const minute = (now - NOON) / MINUTE;
    minutes.push(minute);
    const result = transition(request, dispatch(request, on(...people(minute))), moment(now, rules));
    if (!result.ok) throw new Error(result.refusal);
    request = result.request;
  }
  return { request, minutes };
}

describe('when everyone is to be logged off, it is looked who is on', () => {
  test.each<[string, number, string, number, readonly number[]]>([
    ['at once, and 10 and 2 minutes before', 45, '2m', 0, [0, 35, 42.5, 43, 45]],
    ['when those who are told then have their time', 45, '5m', 0, [0, 35, 39.5, 43, 45]],
    ['hours before, where the rule wants that', 45, '30m', 0, [0, 14.5, 35, 43, 45]],
    ['as often where nobody has to be told', 45, '0s', 0, [0, 35, 43, 45]],
    ['when it is approved', 45, '2m', 7, [7, 35, 42.5, 43, 45]],
    ['2 minutes before, where it is announced later than 10', 9, '2m', 0, [0, 6.5, 7, 9]],
    ['once, where that is the whole time', 2, '2m', 0, [0, 2]],
    ['later than asked for, where people need longer', 3, '5m', 0, [0, 3, 5]],
  ])('%s', (_, ahead, warn, late, minutes) => {
    expect(run(ahead, warn, () => [101], late).minutes).toEqual(minutes);
  });

  it.each(['2m', '5m', '15m'])('in time for who came since, also where a look takes seconds (warn: %s)', (warn) => {
    const { request } = run(45, warn, (minute) => (minute < 20 ? [101] : [101, 102]), 0, 5_000);
    expect(request.status).toBe('dispatching');
    expect(request.status === 'dispatching' && request.sent).toEqual([101, 102]);
  });

  it('gives each reminder once, and each to those who had been told before', () => {
    const { request } = run(45, '2m', (minute) => (minute < 40 ? [101] : [101, 102]));
    expect(request.everyone?.reminders).toEqual([10, 2]);
    expect(request.warned?.people.map(({ id, reminded }) => [id, reminded])).toEqual([
      [101, [10, 2]],
      [102, undefined],
    ]);
  });
});

describe('whoever is on then', () => {
  it('is sent where they were told in time', () => {
    const { request } = run(45, '2m', (minute) =>
      minute < 43 ? [101, 102] : minute < 45 ? [102, 103] : [102, 103, 104],
    );
    expect(inState(request, 'dispatching').sent).toEqual([102, 103]);
    expect(inState(request, 'dispatching').notSent).toEqual([{ id: 101, outcome: { kind: 'was_not_on' } }]);
  });

  it('is sent without having been told where the rule wants no warning', () => {
    const { request } = run(45, '0s', (minute) => (minute < 45 ? [101] : [102]));
    expect(inState(request, 'dispatching').sent).toEqual([102]);
  });

  it('is left, each with the reason, where nobody can be sent', () => {
    const { request } = run(45, '2m', (minute) => (minute < 45 ? [101] : [1, 104]));
    expect(inState(request, 'done').left).toEqual({
      at: NOON + 45 * MINUTE,
      people: [
        { id: 1, name: 'Person 1', why: 'never_list' },
        { id: 104, name: 'Person 104', why: 'not_sent' },
      ],
    });
  });

  it('is nobody who was protected when it was asked for, although the rules protect them no more', () => {
    const request = approved(2, '0s');
    const { never: _, ...looser } = rulesFor('0s');
    const now = moment(NOON + 2 * MINUTE, { ...looser, never: [] });
    const result = transition(request, dispatch(request, on(1, 101)), now);
    expect(inState(result.request, 'dispatching')).toMatchObject({
      sent: [101],
      leftOut: [{ id: 1, code: 'never_list' }],
    });
  });

  it('is at most as many as one message to SuperOffice holds; the others are left', () => {
    const many = Array.from({ length: MOST_AT_ONCE + 10 }, (_, at) => 2_147_000_000 + at);
    const { sent } = inState(run(45, '2m', () => many).request, 'dispatching');
    expect(sent).toHaveLength(MOST_AT_ONCE);
    expect(JSON.stringify(associateIdsXml(sent)).length).toBeLessThan(30 * 1024);
    const unwarned = inState(run(45, '0s', () => many).request, 'dispatching');
    expect(unwarned.sent).toHaveLength(MOST_AT_ONCE);
  });
});

describe('the times', () => {
  it('to answer end when everyone is to be logged off, and the time for SuperOffice begins then', () => {
    expect(inState(approved(45, '2m'), 'approved').dispatchBy).toBe(NOON + 55 * MINUTE);
    const warning = follow(approved(45, '2m'), [[NOON, dispatch(approved(45, '2m'), on(101))]], rulesFor('2m'));
    expect(inState(warning, 'warning')).toMatchObject({ until: NOON + 45 * MINUTE, dispatchBy: NOON + 55 * MINUTE });
  });

  it('move together where people are told too late', () => {
    const request = approved(3, '5m');
    const warning = follow(request, [[NOON + MINUTE, dispatch(request, on(101))]], rulesFor('5m'));
    expect(inState(warning, 'warning')).toMatchObject({ until: NOON + 6 * MINUTE, dispatchBy: NOON + 16 * MINUTE });
  });
});
