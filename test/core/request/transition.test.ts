import { describe, expect, it, test } from 'vitest';
import type { Request, Status } from '../../../src/core/request/request.ts';
import { dueAt, type Event, transition } from '../../../src/core/request/transition.ts';
import {
  alice,
  bob,
  dispatch,
  EARLY,
  everyState,
  LEASE,
  MINUTE,
  moment,
  NOON,
  open,
  target,
  VERIFY,
} from '../made-up.ts';

const RECORDS = everyState();
const LATE = NOON + 120 * MINUTE;
const notMade = { kind: 'call_not_made', holder: 'p1', code: 'refused', retryAt: EARLY + 5_000 } as const;

/** Name, what happened, when. The columns of the table below, in this order. */
const EVENTS: readonly (readonly [string, (request: Request) => Event, number])[] = [
  ['approve', () => ({ kind: 'approve', by: alice }), EARLY],
  ['deny', () => ({ kind: 'deny', by: alice }), EARLY],
  ['cancel', () => ({ kind: 'cancel', by: bob }), EARLY],
  ['lapse, early', () => ({ kind: 'lapse' }), EARLY],
  ['lapse, late', () => ({ kind: 'lapse' }), LATE],
  ['dispatch', (request) => dispatch(request, {}, 'p2'), EARLY],
  ['dispatch, late', (request) => dispatch(request, {}, 'p2'), LATE],
  ['abort', () => ({ kind: 'abort', code: 'record_differs' }), EARLY],
  ['call_accepted', () => ({ kind: 'call_accepted', holder: 'p1' }), EARLY],
  ['call_accepted by another', () => ({ kind: 'call_accepted', holder: 'p2' }), EARLY],
  ['call_unknown', () => ({ kind: 'call_unknown', holder: 'p1', code: 'timeout' }), EARLY],
  ['call_not_made', () => ({ ...notMade, final: false }), EARLY],
  ['call_not_made, final', () => ({ ...notMade, final: true }), EARLY],
  ['call_not_made, no time left', () => ({ ...notMade, final: false, retryAt: LATE }), EARLY],
  ['looked: gone', () => ({ kind: 'looked', on: new Set() }), EARLY],
  ['looked: refused', () => ({ kind: 'looked', on: 'refused' }), EARLY],
  ['looked: unread', () => ({ kind: 'looked', on: 'unread' }), EARLY],
];

const decided = 'no: already_decided';
const late = 'no: too_late_to_cancel';
const no = 'no: not_now';
const over = [decided, decided, decided, ...Array<string>(14).fill(no)];
const TABLE: Readonly<Record<Status | 'dispatching again', readonly string[]>> = {
  awaiting_confirmation: [no, no, 'cancelled', no, 'expired', no, no, no, no, no, no, no, no, no, no, no, no],
  awaiting_approval: [
    'approved',
    'denied',
    'cancelled',
    no,
    'expired',
    no,
    no,
    'aborted',
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
  ],
  approved: [
    decided,
    decided,
    'cancelled',
    no,
    'expired',
    'dispatching',
    'expired',
    'aborted',
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
  ],
  warning: [decided, decided, 'cancelled', no, 'expired', no, 'expired', 'aborted', no, no, no, no, no, no, no, no, no],
  dispatching: [
    decided,
    decided,
    late,
    no,
    'verifying',
    no,
    no,
    no,
    'verifying',
    no,
    'verifying',
    'dispatching',
    'failed',
    'failed',
    no,
    no,
    no,
  ],
  'dispatching again': [
    decided,
    decided,
    'cancelled',
    no,
    'failed',
    'dispatching',
    'failed',
    'failed',
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
    no,
  ],
  verifying: [decided, decided, late, no, no, no, no, no, no, no, no, no, no, no, 'verifying', 'unknown', no],
  done: over,
  unknown: over,
  failed: over,
  denied: over,
  cancelled: over,
  expired: over,
  aborted: over,
};

const STATES = [
  'awaiting_confirmation',
  'awaiting_approval',
  'approved',
  'warning',
  'dispatching',
  'dispatching again',
  'verifying',
  'done',
  'unknown',
  'failed',
  'denied',
  'cancelled',
  'expired',
  'aborted',
] as const;

describe('every event on every state', () => {
  it('has a table with all states and all events', () => {
    expect(Object.keys(TABLE)).toEqual([...STATES]);
    for (const row of Object.values(TABLE)) expect(row).toHaveLength(EVENTS.length);
  });

  const pairs = STATES.flatMap((state) =>
    EVENTS.map(([name, make, now], column) => ({ state, name, make, now, expected: TABLE[state][column] })),
  );
  test.each(pairs)('$name on $state: $expected', ({ state, make, now, expected }) => {
    const before = RECORDS[state];
    const result = transition(before, make(before), moment(now));
    expect(result.ok ? result.request.status : `no: ${result.refusal}`).toBe(expected);
    if (result.ok) {
      expect(result.request.version).toBe(before.version + 1);
      expect(result.entries.length).toBeGreaterThan(0);
      for (const entry of result.entries) {
        expect(entry).toMatchObject({ at: now, via: 'timer', request: 17, version: before.version + 1 });
      }
    } else {
      expect(result.request).toBe(before);
    }
  });
});

describe('when the clock must look again', () => {
  test.each<[Status | 'dispatching again', number | undefined]>([
    ['awaiting_confirmation', NOON + 30 * MINUTE],
    ['awaiting_approval', NOON + 15 * MINUTE],
    ['approved', 0],
    ['warning', EARLY + MINUTE],
    ['dispatching', EARLY + LEASE],
    ['dispatching again', EARLY],
    ['verifying', 0],
    ...(['done', 'unknown', 'failed', 'denied', 'cancelled', 'expired', 'aborted'] as const).map(
      (status): [Status, undefined] => [status, undefined],
    ),
  ])('%s: %s', (state, expected) => expect(dueAt(RECORDS[state])).toBe(expected));
});

describe('a rule without approvals', () => {
  it('makes a request that is approved from the start, in one version', () => {
    const { request, entries } = open({ requester: bob, targets: [target(102)] });
    expect(request).toMatchObject({ status: 'approved', version: 1, approvals: [], dispatchBy: NOON + 10 * MINUTE });
    expect(entries.map(({ fact, version }) => [fact.kind, version])).toEqual([
      ['opened', 1],
      ['approved', 1],
    ]);
  });
});

describe('looking who is gone', () => {
  it('refused from the start, ends at once as unknown, with why the call is unknown', () => {
    const unknown = transition(
      RECORDS.dispatching,
      { kind: 'call_unknown', holder: 'p1', code: 'timeout' },
      moment(EARLY),
    );
    const ended = transition(unknown.request, { kind: 'looked', on: 'refused' }, moment(EARLY + 1));
    expect(ended.request).toMatchObject({ status: 'unknown', call: 'unknown', callCode: 'timeout', calledAt: EARLY });
  });

  it('never answered, ends as unknown when the time for looking is over', () => {
    const look = (now: number) => transition(RECORDS.verifying, { kind: 'looked', on: 'unread' }, moment(now));
    expect(look(EARLY + VERIFY.for - 1).ok).toBe(false);
    expect(look(EARLY + VERIFY.for).request).toMatchObject({
      status: 'unknown',
      results: [101, 102, 103].map((id) => ({ id, outcome: { kind: 'not_checked' } })),
    });
  });
});
