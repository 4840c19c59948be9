import { describe, expect, it, test } from 'vitest';
import { slackUserId } from '../../../src/core/ids.ts';
import type { RequestEntry } from '../../../src/core/request/entry.ts';
import { replay } from '../../../src/core/request/evolve.ts';
import { newPlaces, placesOf } from '../../../src/core/request/place.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { type Event, transition } from '../../../src/core/request/transition.ts';
import {
  aid,
  alice,
  bob,
  dispatch,
  EARLY,
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
  SECOND,
  standing,
  target,
} from '../made-up.ts';

const rule = { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const rulesWith = (more: Readonly<Record<string, unknown>>, version?: string) =>
  policy({ rules: [{ ...rule, ...more }] }, version);
const WARNED = rulesWith({ warn: '2m' });
const anna = standing(person('U0ANNA', matched(101)));
const cleo = standing(person('U0CLEO', matched(103)));
/** 101 is Anna in Slack, 103 Cleo; nobody knows who 104 is. */
const annaTarget = target(101, { slack: { user: slackUserId('U0ANNA'), how: 'map' } });
const cleoTarget = target(103, { slack: { user: slackUserId('U0CLEO'), how: 'email' } });
const PEOPLE = [annaTarget, cleoTarget];

/** Brings events to a record, and keeps the entries. */
function play(start: { request: Request; entries: readonly RequestEntry[] }, rules = WARNED) {
  let { request } = start;
  const entries = [...start.entries];
  return {
    get request() {
      return request;
    },
    bring(event: Event, now: number, by = rules): string {
      const result = transition(request, event, moment(now, by));
      request = result.request;
      if (result.ok) entries.push(...result.entries);
      expect(replay(entries)).toEqual(request);
      return result.ok ? request.status : result.refusal;
    },
  };
}

const START = NOON + MINUTE;
/** Asked, approved, and looked at before the dispatch, at which people are warned. */
function warned(rules = WARNED, targets = PEOPLE) {
  const story = play(open({ rules, targets }), rules);
  story.bring({ kind: 'approve', by: alice }, START);
  expect(story.bring(dispatch(story.request), START)).toBe('warning');
  return story;
}
const until = (request: Request) => inState(request, 'warning').until;

describe('before anybody is sent', () => {
  it('people who are on have the time of the rule, and what may wait for SuperOffice moves with it', () => {
    const { request } = warned();
    expect(request).toMatchObject({ until: START + 2 * MINUTE, dispatchBy: START + 12 * MINUTE });
    expect(request.warned).toEqual({
      for: 2 * MINUTE,
      people: [
        { id: 101, slack: 'U0ANNA', at: START, snoozes: 0 },
        { id: 103, slack: 'U0CLEO', at: START, snoozes: 0 },
      ],
    });
  });
  it('nobody is sent a moment earlier, and then they are', () => {
    const story = warned();
    expect(story.bring(dispatch(story.request), START + 2 * MINUTE - 1)).toBe('not_now');
    expect(story.bring(dispatch(story.request), START + 2 * MINUTE)).toBe('dispatching');
  });
  it('the time is a minute where the rule does not say', () => {
    const file = [{ ...rule, warn: undefined }];
    const rules = policy({ rules: file });
    expect(until(warned(rules).request)).toBe(START + MINUTE);
  });
  it('nobody waits where nobody is on, and whether somebody is on not being known counts as on', () => {
    const off = play(open({ rules: WARNED, targets: PEOPLE }));
    off.bring({ kind: 'approve', by: alice }, START);
    expect(off.bring(dispatch(off.request, { on: new Set() }), START)).toBe('done');
    const unknown = play(open({ rules: WARNED, targets: PEOPLE }));
    unknown.bring({ kind: 'approve', by: alice }, START);
    expect(unknown.bring(dispatch(unknown.request, { on: undefined }), START)).toBe('warning');
    expect(unknown.request.warned?.people).toHaveLength(2);
  });
  it('who asks for themselves alone is not warned, and no more surely than the match is', () => {
    const rules = rulesWith({ warn: '2m', who: 'anyone', approvals: 0 });
    const own = play(open({ rules, requester: anna, targets: [annaTarget] }), rules);
    const asOwn = { requester: anna };
    expect(own.bring(dispatch(own.request, asOwn), NOON)).toBe('dispatching');
    const unsure = standing(person('U0ANNA', matched(101, { how: 'email', permits: false })));
    const other = play(open({ rules, requester: unsure, targets: [annaTarget] }), rules);
    expect(other.bring(dispatch(other.request, { requester: unsure }), NOON)).toBe('warning');
  });
  it('who logs on meanwhile has their whole time as well', () => {
    const story = play(open({ rules: WARNED, targets: PEOPLE }));
    story.bring({ kind: 'approve', by: alice }, START);
    story.bring(dispatch(story.request, { on: new Set([aid(101)]) }), START);
    expect(story.request.warned?.people).toHaveLength(1);
    const later = START + 2 * MINUTE;
    expect(story.bring(dispatch(story.request), later)).toBe('warning');
    expect(until(story.request)).toBe(later + 2 * MINUTE);
    expect(story.bring(dispatch(story.request), later + 2 * MINUTE)).toBe('dispatching');
  });
  it('a rule that became longer counts, one that became shorter does not', () => {
    const longer = warned();
    const five = rulesWith({ warn: '5m' });
    expect(longer.bring(dispatch(longer.request), START + 2 * MINUTE, five)).toBe('warning');
    expect(until(longer.request)).toBe(START + 5 * MINUTE);
    expect(longer.bring(dispatch(longer.request), START + 5 * MINUTE, five)).toBe('dispatching');
    const shorter = play(open({ rules: WARNED, targets: PEOPLE }));
    shorter.bring({ kind: 'approve', by: alice }, START);
    expect(shorter.bring(dispatch(shorter.request), START, rulesWith({}))).toBe('warning');
  });
  it('between two attempts a rule that wants a warning ends it, and who logged on since is left out', () => {
    const notMade = { kind: 'call_not_made', holder: 'p1', code: 'x', final: false, retryAt: START } as const;
    const unwarned = play(open({ rules: rulesWith({}), targets: PEOPLE }), rulesWith({}));
    unwarned.bring({ kind: 'approve', by: alice }, START);
    unwarned.bring(dispatch(unwarned.request), START);
    unwarned.bring(notMade, START);
    expect(unwarned.bring(dispatch(unwarned.request), START, WARNED)).toBe('failed');
    expect(inState(unwarned.request, 'failed').code).toBe('not_warned');
    const story = play(open({ rules: WARNED, targets: PEOPLE }));
    story.bring({ kind: 'approve', by: alice }, START);
    story.bring(dispatch(story.request, { on: new Set([aid(101)]) }), START);
    const then = START + 2 * MINUTE;
    story.bring(dispatch(story.request, { on: new Set([aid(101)]) }), then);
    story.bring({ ...notMade, retryAt: then + SECOND }, then);
    story.bring(dispatch(story.request), then + SECOND);
    expect(inState(story.request, 'dispatching').sent).toEqual([101]);
  });
});

describe('messages that do not go out', () => {
  it('in time: the time begins anew, once, and after that it is known that somebody could not be warned', () => {
    const story = warned();
    const nobodyTold = { told: new Set([aid(103)]) };
    const first = START + 2 * MINUTE;
    expect(story.bring(dispatch(story.request, nobodyTold), first)).toBe('warning');
    expect(until(story.request)).toBe(first + 2 * MINUTE);
    expect(story.bring(dispatch(story.request, nobodyTold), first + 2 * MINUTE)).toBe('dispatching');
    expect(story.request.warned?.people[0]).toMatchObject({ id: 101, unreached: 'not_in_time' });
  });
  it('at all: the others are not kept waiting, and the time is not shortened', () => {
    const story = warned();
    expect(story.bring({ kind: 'not_warned', id: aid(103), code: 'user_gone' }, START)).toBe('warning');
    expect(story.bring({ kind: 'not_warned', id: aid(103), code: 'user_gone' }, START)).toBe('not_now');
    expect(story.bring({ kind: 'ready', by: anna }, START)).toBe('warning');
    expect(until(story.request)).toBe(START + 2 * MINUTE);
    expect(story.bring(dispatch(story.request, { told: new Set([aid(101)]) }), START + 2 * MINUTE)).toBe('dispatching');
  });
  it('before a quarter of the time is over: they have their whole time from then on, once', () => {
    const story = warned();
    const late: Event = { kind: 'warn_late', id: aid(101) };
    expect(story.bring(late, START + 30 * SECOND)).toBe('not_now');
    expect(story.bring(late, START + 31 * SECOND)).toBe('warning');
    expect(until(story.request)).toBe(START + 31 * SECOND + 2 * MINUTE);
    expect(story.bring(late, START + 2 * MINUTE)).toBe('not_now');
    expect(story.bring({ kind: 'warn_late', id: aid(104) }, START + MINUTE)).toBe('not_now');
  });
});

describe('somebody who is warned', () => {
  it('is ready, and nobody waits any longer once everybody is', () => {
    const story = warned();
    expect(story.bring({ kind: 'ready', by: anna }, START + 10 * SECOND)).toBe('warning');
    expect(story.bring({ kind: 'ready', by: anna }, START + 11 * SECOND)).toBe('already_ready');
    expect(story.bring({ kind: 'snooze', by: anna }, START + 11 * SECOND)).toBe('already_ready');
    expect(until(story.request)).toBe(START + 2 * MINUTE);
    expect(story.bring({ kind: 'ready', by: cleo }, START + 20 * SECOND)).toBe('warning');
    expect(story.bring(dispatch(story.request), START + 20 * SECOND)).toBe('dispatching');
  });
  it('does not take their time from those who could not be warned', () => {
    const story = warned(WARNED, [annaTarget, target(104)]);
    story.bring({ kind: 'ready', by: anna }, START);
    expect(until(story.request)).toBe(START + 2 * MINUTE);
  });
  it('asks for more time, counted from then, as often as the rule says, and everybody waits', () => {
    const story = warned();
    expect(story.bring({ kind: 'snooze', by: anna }, START + MINUTE)).toBe('warning');
    expect(story.request).toMatchObject({ until: START + 11 * MINUTE, dispatchBy: START + 21 * MINUTE });
    expect(story.bring({ kind: 'snooze', by: anna }, START + 5 * MINUTE)).toBe('snooze_used');
    expect(story.bring({ kind: 'snooze', by: cleo }, START + 5 * MINUTE)).toBe('warning');
    expect(until(story.request)).toBe(START + 15 * MINUTE);
    expect(story.bring(dispatch(story.request), START + 14 * MINUTE)).toBe('not_now');
  });
  it('is told where the time that is left is longer, and may ask later', () => {
    const rules = rulesWith({ warn: '5m', snooze: { times: 1, for: '1m' } });
    const story = warned(rules);
    expect(story.bring({ kind: 'snooze', by: anna }, START)).toBe('snooze_not_needed');
    expect(story.bring({ kind: 'snooze', by: anna }, START + 5 * MINUTE)).toBe('warning');
    expect(until(story.request)).toBe(START + 6 * MINUTE);
  });
  it('has no more time where the rule takes that away', () => {
    const story = warned(rulesWith({ warn: '2m', snooze: { times: 0, for: '10m' } }));
    expect(story.bring({ kind: 'snooze', by: anna }, START)).toBe('snooze_used');
  });
  const byMail = (of: number) => standing(person('U0CLEO', matched(of, { how: 'email', permits: false })));
  test.each<[string, Event, string]>([
    ['somebody else cannot answer', { kind: 'ready', by: bob }, 'not_the_one_warned'],
    ['nor ask for time', { kind: 'snooze', by: ola }, 'not_the_one_warned'],
    ['a guest cannot', { kind: 'snooze', by: { ...guest, person: anna.person } }, 'not_a_member'],
    ['by an e-mail match nobody is ready', { kind: 'ready', by: byMail(103) }, 'not_the_one_warned'],
    ['but may have more time', { kind: 'snooze', by: byMail(103) }, 'warning'],
  ])('%s', (_name, event, expected) => expect(warned().bring(event, START)).toBe(expected));
  it('is too late once SuperOffice is asked, and too early before', () => {
    const story = play(open({ rules: WARNED, targets: PEOPLE }));
    expect(story.bring({ kind: 'ready', by: anna }, START)).toBe('not_the_one_warned');
    const sent = warned();
    sent.bring(dispatch(sent.request), START + 2 * MINUTE);
    expect(sent.bring({ kind: 'snooze', by: anna }, START + 2 * MINUTE)).toBe('already_decided');
    expect(sent.bring({ kind: 'ready', by: anna }, START + 2 * MINUTE)).toBe('already_decided');
  });
});

describe('stopping', () => {
  const MAY = rulesWith({ warn: '2m', targets_may_stop: true });
  const helper = standing(person('U0HELPER'), ['helpdesk']);
  test.each<[string, Event, string, ReturnType<typeof rulesWith>]>([
    ['who asked', { kind: 'cancel', by: bob }, 'requester', WARNED],
    ['an approver', { kind: 'cancel', by: ola }, 'approver', WARNED],
    ['one concerned, where the rule says so', { kind: 'cancel', by: anna }, 'target', MAY],
  ])('%s may', (_name, event, role, rules) => {
    const story = warned(rules);
    expect(story.bring(event, START)).toBe('cancelled');
    expect(story.request).toMatchObject({ role, stopped: true });
    expect(story.bring(dispatch(story.request), START + 2 * MINUTE)).toBe('not_now');
  });
  test.each<[string, Event, ReturnType<typeof rulesWith>]>([
    ['one concerned, where the rule does not say so', { kind: 'cancel', by: anna }, WARNED],
    [
      'one of whom that is not sure',
      { kind: 'cancel', by: standing(person('U0ANNA', matched(101, { how: 'email', permits: false }))) },
      MAY,
    ],
    ['somebody else', { kind: 'cancel', by: helper }, MAY],
  ])('%s may not', (_name, event, rules) => expect(warned(rules).bring(event, START)).toBe('not_yours_to_stop'));
  it('wins before the call or loses after it, and never both', () => {
    const story = warned();
    const claimed = transition(story.request, dispatch(story.request), moment(START + 2 * MINUTE, WARNED));
    const stop: Event = { kind: 'cancel', by: ola };
    const after = transition(claimed.request, stop, moment(START + 2 * MINUTE, WARNED));
    expect(after).toMatchObject({ ok: false, refusal: 'too_late_to_cancel' });
    const notMade = { kind: 'call_not_made', holder: 'p1', code: 'x', final: false, retryAt: START } as const;
    const again = transition(claimed.request, notMade, moment(START + 2 * MINUTE, WARNED));
    expect(transition(again.request, stop, moment(START + 2 * MINUTE, WARNED)).request.status).toBe('cancelled');
  });
  it('before the approval is for who asked alone', () => {
    const story = play(open({ rules: MAY, targets: PEOPLE }));
    expect(story.bring({ kind: 'cancel', by: ola }, EARLY)).toBe('not_yours_to_cancel');
    expect(story.bring({ kind: 'cancel', by: anna }, EARLY)).toBe('not_yours_to_cancel');
    expect(story.bring({ kind: 'cancel', by: bob }, EARLY)).toBe('cancelled');
    expect(story.request).not.toHaveProperty('stopped');
  });
});

describe('the approvers are reminded', () => {
  it('once, at half of their time, and the time goes on', () => {
    const story = play(open());
    expect(story.bring({ kind: 'lapse' }, NOON + 15 * MINUTE - 1)).toBe('not_now');
    expect(story.bring({ kind: 'lapse' }, NOON + 15 * MINUTE)).toBe('awaiting_approval');
    expect(placesOf(story.request)).toEqual(['card', 'line', 'reminder']);
    expect(story.bring({ kind: 'lapse' }, NOON + 16 * MINUTE)).toBe('not_now');
    expect(story.bring({ kind: 'lapse' }, NOON + 30 * MINUTE)).toBe('expired');
  });
});

describe('where it is shown', () => {
  it('each person who is warned and known in Slack, and then what became of it', () => {
    const story = warned(WARNED, [annaTarget, cleoTarget, target(104)]);
    expect(placesOf(story.request)).toEqual(['card', 'line', 'warn:101', 'warn:103']);
    const before = story.request;
    story.bring({ kind: 'not_warned', id: aid(103), code: 'user_gone' }, START);
    story.bring({ kind: 'cancel', by: bob }, START);
    expect(newPlaces(before, story.request)).toEqual(['told:101']);
  });
  it('who asked is told by somebody else who ended it', () => {
    const story = warned();
    const before = story.request;
    story.bring({ kind: 'cancel', by: ola }, START);
    expect(newPlaces(before, story.request)).toEqual(['told:101', 'told:103', 'outcome']);
  });
});
