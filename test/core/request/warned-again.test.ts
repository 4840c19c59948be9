import { describe, expect, it, test } from 'vitest';
import { slackUserId } from '../../../src/core/ids.ts';
import type { Target } from '../../../src/core/people.ts';
import type { DispatchFacts } from '../../../src/core/request/dispatch-plan.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { type Event, transition } from '../../../src/core/request/transition.ts';
import { isLate } from '../../../src/core/request/warning.ts';
import {
  aid,
  alice,
  dispatch,
  follow,
  inState,
  MINUTE,
  matched,
  moment,
  NOON,
  open,
  person,
  policy,
  SECOND,
  standing,
  target,
} from '../made-up.ts';

const rulesWith = (warn: string) =>
  policy({ rules: [{ name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads', warn }] });
const TWO_MINUTES = rulesWith('2m');
const START = NOON + MINUTE;
const END = START + 2 * MINUTE;
const inSlack = (id: number, user: string): Target => target(id, { slack: { user: slackUserId(user), how: 'email' } });
/** Anna and Cleo are known in Slack, 104 is not. */
const TARGETS = [inSlack(101, 'U0ANNA'), inSlack(103, 'U0CLEO'), target(104)];
const ids = (...list: readonly number[]) => new Set(list.map(aid));

/** Asked, approved, and those who are on are warned. */
function warned(on: DispatchFacts['on'] = ids(101, 103, 104), targets = TARGETS): Request {
  const { request } = open({ rules: TWO_MINUTES, targets });
  const approved = follow(request, [[START, { kind: 'approve', by: alice }]], TWO_MINUTES);
  return follow(approved, [[START, dispatch(approved, { on })]], TWO_MINUTES);
}
const bring = (request: Request, event: Event, now: number, rules = TWO_MINUTES): Request | string => {
  const result = transition(request, event, moment(now, rules));
  return result.ok ? result.request : result.refusal;
};
const brought = (request: Request, event: Event, now: number, rules = TWO_MINUTES): Request => {
  const after = bring(request, event, now, rules);
  if (typeof after === 'string') throw new Error(after);
  return after;
};
const people = (request: Request) => request.warned?.people ?? [];

describe('somebody whom nobody knows in Slack', () => {
  it('has their time and no message, and nobody waits for one', () => {
    const request = warned();
    expect(people(request)[2]).toEqual({ id: 104, at: START, snoozes: 0 });
    const sent = brought(request, dispatch(request, { told: ids(101, 103) }), END);
    expect(sent.status).toBe('dispatching');
    expect(people(sent).map((one) => one.unreached)).toEqual([undefined, undefined, undefined]);
  });
});

describe('whose message is not out at the end of the time', () => {
  it('has it anew, alone; at the end of that it is kept that they could not be warned, and of them alone', () => {
    const request = warned();
    const again = brought(request, dispatch(request, { told: ids(101) }), END);
    expect(inState(again, 'warning').until).toBe(END + 2 * MINUTE);
    expect(people(again).map(({ id, at, again: anew }) => [id, at, anew])).toEqual([
      [101, START, undefined],
      [103, END, true],
      [104, START, undefined],
    ]);
    const sent = brought(again, dispatch(again, { told: ids(101) }), END + 2 * MINUTE);
    expect(people(sent).map((one) => one.unreached)).toEqual([undefined, 'not_in_time', undefined]);
  });
});

describe('a message that goes out late', () => {
  const quarter = START + 30 * SECOND;
  const late = (id: number): Event => ({ kind: 'warn_late', id: aid(id) });

  it('is late when more than a quarter of the time of that person is over', () => {
    const request = warned();
    expect([isLate(request, aid(103), quarter), isLate(request, aid(103), quarter + 1)]).toEqual([false, true]);
    expect(isLate(request, aid(999), quarter + 1)).toBe(false);
    expect(isLate(open().request, aid(103), quarter + 1)).toBe(false);
    const moved = brought(request, late(101), quarter + 1);
    expect([isLate(moved, aid(101), END), isLate(moved, aid(103), END)]).toEqual([false, true]);
  });
  it('moves the end and what may wait for SuperOffice together, and keeps where the message goes', () => {
    const request = inState(warned(), 'warning');
    const moved = inState(brought(request, late(103), quarter + 1), 'warning');
    expect(moved.until).toBe(quarter + 1 + 2 * MINUTE);
    expect(moved.dispatchBy - request.dispatchBy).toBe(moved.until - request.until);
    expect(people(moved)[1]).toEqual({ id: 103, slack: 'U0CLEO', at: quarter + 1, snoozes: 0, again: true });
    expect(people(moved)[0]).toEqual(people(request)[0]);
    expect(people(brought(request, late(104), quarter + 1))[2]).toEqual({
      id: 104,
      at: quarter + 1,
      snoozes: 0,
      again: true,
    });
  });
  it('does not bring the end nearer', () => {
    const snoozed = brought(warned(), { kind: 'snooze', by: standing(person('U0ANNA')) }, START);
    const moved = inState(brought(snoozed, late(103), quarter + 1), 'warning');
    expect(moved.until).toBe(inState(snoozed, 'warning').until);
  });
  test.each(['approved', 'dispatching', 'verifying'] as const)('is nothing once it is %s', (status) => {
    const request = warned();
    const sent = brought(request, dispatch(request), END);
    const records = {
      approved: follow(
        open({ rules: TWO_MINUTES, targets: TARGETS }).request,
        [[START, { kind: 'approve', by: alice }]],
        TWO_MINUTES,
      ),
      dispatching: sent,
      verifying: brought(sent, { kind: 'call_accepted', holder: 'p1' }, END),
    };
    expect(bring(records[status], late(103), END + MINUTE)).toBe('not_now');
    expect(bring(records[status], { kind: 'not_warned', id: aid(103), code: 'x' }, END + MINUTE)).toBe('not_now');
  });
});

it('whoever has the message under another account that surely is the same person may ask for more time', () => {
  const by = (permits: boolean) => standing(person('U0SECOND', matched(103, { permits })));
  expect(brought(warned(), { kind: 'snooze', by: by(true) }, START)).toMatchObject({ status: 'warning' });
  expect(bring(warned(), { kind: 'snooze', by: by(false) }, START)).toBe('not_the_one_warned');
  const other = standing(person('U0SECOND', matched(102)));
  expect(bring(warned(), { kind: 'snooze', by: other }, START)).toBe('not_the_one_warned');
});

describe('between two attempts', () => {
  const notMade = (now: number): Event => ({
    kind: 'call_not_made',
    holder: 'p1',
    code: 'x',
    final: false,
    retryAt: now,
  });
  /** Sent to SuperOffice once, which surely did not take it. */
  const tried = (on: DispatchFacts['on'] = ids(101, 103, 104)): Request => {
    const request = warned(on);
    return brought(brought(request, dispatch(request, { on }), END), notMade(END), END);
  };
  const code = (request: Request) => ('code' in request ? request.code : request.status);

  test.each<[string, string, number, string]>([
    ['who was warned long enough is sent', '2m', END, 'dispatching'],
    ['also by a longer rule, where that much time has gone by', '5m', START + 5 * MINUTE, 'dispatching'],
    ['and not a moment earlier', '5m', START + 5 * MINUTE - 1, 'not_warned'],
  ])('%s', (_name, warn, now, expected) => {
    const request = tried();
    expect(code(brought(request, dispatch(request), now, rulesWith(warn)))).toBe(expected);
  });
  it('one who was not warned long enough is enough', () => {
    const first = warned();
    const moved = brought(first, { kind: 'warn_late', id: aid(103) }, START + MINUTE);
    const sent = brought(moved, dispatch(moved), START + 3 * MINUTE);
    const again = brought(sent, notMade(START + 3 * MINUTE), START + 3 * MINUTE);
    const three = rulesWith('3m');
    expect(code(brought(again, dispatch(again), START + 3 * MINUTE, three))).toBe('not_warned');
    expect(code(brought(again, dispatch(again), START + 4 * MINUTE, three))).toBe('dispatching');
  });
  it('who said that they are ready needs no more time', () => {
    const anna = standing(person('U0ANNA', matched(101)));
    const alone = warned(ids(101), [inSlack(101, 'U0ANNA')]);
    const ready = brought(alone, { kind: 'ready', by: anna }, START);
    const sent = brought(ready, dispatch(ready), START);
    const again = brought(sent, notMade(START), START);
    expect(code(brought(again, dispatch(again), START, rulesWith('5m')))).toBe('dispatching');
  });
  it('who was sent or warned before is sent, and who logged on since is left', () => {
    const request = tried(ids(101));
    const sent = brought(request, dispatch(request), END);
    expect(inState(sent, 'dispatching')).toMatchObject({ sent: [101], attempts: 2 });
    expect(inState(sent, 'dispatching').notSent.map(({ id, outcome }) => [id, outcome.kind])).toEqual([
      [103, 'was_not_on'],
      [104, 'was_not_on'],
    ]);
  });
  it('who was warned, was off at the first attempt and is on again, is sent', () => {
    const request = warned();
    const first = brought(request, dispatch(request, { on: ids(101) }), END);
    const again = brought(first, notMade(END), END);
    expect(inState(brought(again, dispatch(again), END), 'dispatching').sent).toEqual([101, 103, 104]);
  });
  it('where nobody is warned, whoever is on now is sent', () => {
    const rules = rulesWith('0s');
    const { request } = open({ rules, targets: TARGETS });
    const approved = follow(request, [[START, { kind: 'approve', by: alice }]], rules);
    const first = brought(approved, dispatch(approved, { on: ids(101) }), START, rules);
    const again = brought(first, notMade(START), START, rules);
    expect(inState(brought(again, dispatch(again), START, rules), 'dispatching').sent).toEqual([101, 103, 104]);
  });
});
