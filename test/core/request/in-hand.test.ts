import { describe, expect, it } from 'vitest';
import { inHand, leftTo } from '../../../src/core/request/in-hand.ts';
import type { Request, RequestIn } from '../../../src/core/request/request.ts';
import { aid, EARLY, everyState, ids, inState, NOON } from '../made-up.ts';

const records = everyState();
const verifying: RequestIn<'verifying'> = {
  ...inState(records.verifying, 'verifying'),
  sightings: [
    { id: aid(101), seen: 'not_yet' },
    { id: aid(102), seen: 'listed' },
    { id: aid(103), seen: 'gone', goneAt: EARLY },
    { id: aid(104), seen: 'back', goneAt: EARLY },
  ],
};
const done: Request = {
  ...inState(records.done, 'done'),
  results: (['gone', 'back', 'listed', 'was_not_on'] as const).map((kind, at) => ({
    id: aid(101 + at),
    outcome: { kind },
  })),
};

describe('a request has people in hand', () => {
  it('from its claim until each is seen gone', () => {
    expect(inHand(records.dispatching)).toEqual(ids(101, 102, 103));
    expect(inHand(verifying)).toEqual(ids(101, 102));
  });
  it.each(Object.entries(records).filter(([status]) => status !== 'dispatching' && status !== 'verifying'))(
    'and none while it is %s',
    (_, request) => expect(inHand(request)).toEqual([]),
  );
});

describe('a request leaves to another one', () => {
  const before = { openedAt: NOON };
  it('whom that one has in hand, and whom it logged off since', () => {
    expect(leftTo(verifying, before)).toEqual(ids(101, 102, 103, 104));
    expect(leftTo(done, before)).toEqual(ids(101, 102));
    expect(leftTo({ ...done, status: 'unknown', call: 'accepted', calledAt: EARLY }, before)).toEqual(ids(101, 102));
    expect(leftTo(records.dispatching, before)).toEqual(ids(101, 102, 103));
    expect(leftTo(records.cancelled, before)).toEqual([]);
  });
  it('of a call at the very moment it was opened too, and of an earlier one nobody who is gone', () => {
    expect(leftTo(done, { openedAt: EARLY })).toEqual(ids(101, 102));
    expect(leftTo(done, { openedAt: EARLY + 1 })).toEqual([]);
    expect(leftTo(verifying, { openedAt: EARLY + 1 })).toEqual(ids(101, 102));
  });
  it('only those in hand where everyone is meant: who is back is meant again', () => {
    const everyone = { ...before, everyone: { at: EARLY, never: [], looks: [], reminders: [] } };
    expect(leftTo(verifying, everyone)).toEqual(ids(101, 102));
    expect(leftTo(done, everyone)).toEqual([]);
  });
});
