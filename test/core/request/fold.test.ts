import { describe, expect, it, test } from 'vitest';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import type { Fact, RequestEntry } from '../../../src/core/request/entry.ts';
import { evolve } from '../../../src/core/request/evolve.ts';
import type { Held, Request } from '../../../src/core/request/request.ts';
import { aid, alice, bob, EARLY, everyState, inState, MINUTE, NOON, open } from '../made-up.ts';

const records = everyState();
const by = alice.person;
const entry = (request: Request, fact: Fact, at = EARLY): RequestEntry => ({
  at,
  via: 'button',
  policyVersion: 'aaaaaaaaaaaa',
  request: request.id,
  version: request.version + 1,
  fact,
});
const fold = (request: Request, fact: Fact, at = EARLY): Request => evolve(request, entry(request, fact, at));
const pause: Held = { by, since: EARLY, reason: 'month end' };
const held = { kind: 'held', ...pause } as const;
const { approved, warning, dispatching } = records;
const again = records['dispatching again'];

it('nothing comes before the opening', () =>
  expect(() => evolve(undefined, entry(approved, held))).toThrow(/held of request 17 comes before it was opened/));

it('a request is opened once', () => {
  const [opened] = open().entries;
  expect(() => opened && evolve(approved, opened)).toThrow(/request 17 is opened twice/);
});

describe('what is kept from the opening to the end', () => {
  const more = { retryOf: requestId(3), afterEveryone: true, peopleAsOf: NOON - MINUTE, reminded: true } as const;
  const consent = { by, at: EARLY };
  test.each<[string, Fact]>([
    ['approved', { kind: 'approved', dispatchBy: EARLY }],
    ['denied', { kind: 'denied', by }],
    ['cancelled', { kind: 'cancelled', by }],
    ['expired', { kind: 'expired', was: 'approval', deadline: EARLY }],
    ['aborted', { kind: 'aborted', code: 'x' }],
  ])('also where it is %s', (status, fact) => {
    const { remindAt: _, ...asked } = inState(records.awaiting_approval, 'awaiting_approval');
    const after = fold({ ...asked, ...more, consent }, fact);
    expect(after).toMatchObject({ status, ...more, consent, reason: 'locked out' });
    const bare = fold(asked, fact);
    for (const key of [...Object.keys(more), 'consent', 'warned']) expect(bare).not.toHaveProperty(key);
  });
});

describe('how it ended', () => {
  const asked = records.awaiting_approval;
  it('with what was said, where something was', () => {
    expect(fold(asked, { kind: 'denied', by, note: 'month end' })).toMatchObject({ note: 'month end', endedAt: EARLY });
    expect(fold(asked, { kind: 'denied', by })).not.toHaveProperty('note');
  });
  it('as whom somebody stopped it, where that is known, and whether it was approved', () => {
    expect(fold(approved, { kind: 'cancelled', by, role: 'approver' })).toMatchObject({
      role: 'approver',
      stopped: true,
    });
    expect(fold(asked, { kind: 'cancelled', by })).not.toHaveProperty('role');
    expect(fold(asked, { kind: 'cancelled', by })).not.toHaveProperty('stopped');
  });
  it('with the pause that held it up, where one did', () => {
    const expired = { kind: 'expired', was: 'dispatch', deadline: EARLY } as const;
    expect(fold(fold(approved, held), expired)).toMatchObject({ held: pause, was: 'dispatch', deadline: EARLY });
    expect(fold(approved, expired)).not.toHaveProperty('held');
  });
  it('is not taken back while SuperOffice may be being asked', () => {
    expect(() => fold(dispatching, { kind: 'cancelled', by })).toThrow('cancelled cannot follow dispatching');
    expect(fold(again, { kind: 'cancelled', by })).toMatchObject({ status: 'cancelled', stopped: true });
  });
});

describe('what SuperOffice answered', () => {
  it('is yes, or not known and why', () => {
    const yes = fold(dispatching, { kind: 'call_accepted' });
    expect(yes).toMatchObject({ status: 'verifying', call: 'accepted', calledAt: EARLY });
    expect(yes).not.toHaveProperty('callCode');
    expect(fold(dispatching, { kind: 'call_unknown', code: 'timeout' })).toMatchObject({
      call: 'unknown',
      callCode: 'timeout',
      sightings: [101, 102, 103].map((id) => ({ id, seen: 'not_yet' })),
    });
  });
  it('is kept with the result, where it was not yes', () => {
    const verified = { kind: 'verified', ending: 'done', results: [] } as const;
    expect(fold(records.verifying, verified)).not.toHaveProperty('callCode');
    const unsure = fold(dispatching, { kind: 'call_unknown', code: 'timeout' });
    expect(fold(unsure, verified)).toMatchObject({ status: 'done', callCode: 'timeout', calledAt: EARLY });
    expect(fold(unsure, verified)).not.toHaveProperty('call');
    expect(fold(unsure, { ...verified, ending: 'unknown' })).toMatchObject({ status: 'unknown', call: 'unknown' });
  });
});

describe('a pause', () => {
  test.each([
    ['approved', approved],
    ['warning', warning],
    ['dispatching', again],
  ] as const)('holds up what is %s, and lets it go on as it was', (_name, record) => {
    const waits = fold(record, held);
    expect(waits).toEqual({ ...record, version: record.version + 1, held: pause });
    expect(fold(waits, { kind: 'released' })).toEqual({ ...record, version: record.version + 2 });
  });
  test.each(['awaiting_approval', 'verifying', 'done'] as const)('cannot hold up what is %s', (status) =>
    expect(() => fold(records[status], held)).toThrow('held cannot follow'),
  );
});

describe('what could not be looked at again', () => {
  const waits = { kind: 'recheck_waits', code: 'timeout' } as const;
  test.each([
    ['approved', approved],
    ['warning', warning],
    ['dispatching', again],
  ] as const)('is kept on what is %s, and changes nothing else', (_name, record) =>
    expect(fold(record, waits)).toEqual({ ...record, version: record.version + 1, lastCode: 'timeout' }),
  );
  it('is kept where it was given up for it, and forgotten where SuperOffice was asked', () => {
    const expired = { kind: 'expired', was: 'dispatch', deadline: EARLY } as const;
    expect(fold(fold(approved, waits), expired)).toMatchObject({ status: 'expired', lastCode: 'timeout' });
    expect(fold(approved, expired)).not.toHaveProperty('lastCode');
    const answered = { kind: 'nobody_to_send', targets: [], leftOut: [], results: [] } as const;
    expect(fold(fold(approved, waits), answered)).not.toHaveProperty('lastCode');
  });
  test.each(['awaiting_approval', 'verifying', 'done'] as const)('is nothing to what is %s', (status) =>
    expect(() => fold(records[status], waits)).toThrow('recheck_waits cannot follow'),
  );
});

describe('a warning', () => {
  const people = [{ id: aid(101), slack: slackUserId('U0ANNA') }, { id: aid(102) }];
  const { targets } = approved;
  const warned: Fact = {
    kind: 'warned',
    for: MINUTE,
    until: EARLY + MINUTE,
    dispatchBy: EARLY + 9,
    targets,
    leftOut: [],
    people,
  };

  it('begins the time of those who are named, and moves the times of all', () => {
    expect(fold(approved, warned)).toMatchObject({
      status: 'warning',
      until: EARLY + MINUTE,
      dispatchBy: EARLY + 9,
      warned: {
        for: MINUTE,
        people: [
          { id: 101, slack: 'U0ANNA', at: EARLY, snoozes: 0 },
          { id: 102, at: EARLY, snoozes: 0 },
        ],
      },
    });
    expect(fold(approved, warned)).not.toHaveProperty('held');
  });
  it('that begins anew for some says so of them alone, and leaves a pause as it is', () => {
    const first = fold(fold(approved, warned), held);
    const second = fold(first, { ...warned, for: 2 * MINUTE, people: people.slice(1) }, EARLY + 5);
    expect(second).toMatchObject({ status: 'warning', held: pause, warned: { for: 2 * MINUTE } });
    expect(second.warned?.people).toEqual([
      { id: 101, slack: 'U0ANNA', at: EARLY, snoozes: 0 },
      { id: 102, at: EARLY + 5, snoozes: 0, again: true },
    ]);
  });
  it('keeps what each person answered, and only the one who did', () => {
    const first = fold(approved, warned);
    const snoozed = fold(first, {
      kind: 'snoozed',
      id: aid(101),
      by: bob.person,
      until: EARLY + 7,
      dispatchBy: EARLY + 8,
    });
    expect(snoozed).toMatchObject({ until: EARLY + 7, dispatchBy: EARLY + 8 });
    expect(snoozed.warned?.people.map(({ snoozes }) => snoozes)).toEqual([1, 0]);
    const ready = fold(snoozed, { kind: 'ready', id: aid(102), by: bob.person, until: EARLY + 3 });
    expect(ready).toMatchObject({ until: EARLY + 3, dispatchBy: EARLY + 8 });
    expect(ready.warned?.people.map((one) => one.ready)).toEqual([undefined, true]);
    const unreached = fold(ready, { kind: 'not_warned', id: aid(101), code: 'user_gone' });
    expect(unreached).toMatchObject({ until: EARLY + 3, warned: { for: MINUTE } });
    expect(unreached.warned?.people.map((one) => one.unreached)).toEqual(['user_gone', undefined]);
  });
  test.each<[string, Fact]>([
    ['an answer', { kind: 'ready', id: aid(101), by, until: EARLY }],
    ['more time', { kind: 'snoozed', id: aid(101), by, until: EARLY, dispatchBy: EARLY }],
    ['a message that could not be delivered', { kind: 'not_warned', id: aid(101), code: 'x' }],
  ])('takes no %s once SuperOffice is asked', (_name, fact) =>
    expect(() => fold(dispatching, fact)).toThrow('cannot follow dispatching'),
  );
});

it('an attempt that surely was not made leaves everything but the claim, and says why', () => {
  const { claim: _, ...rest } = inState(dispatching, 'dispatching');
  expect(fold(dispatching, { kind: 'call_not_made', code: 'refused', retryAt: EARLY + 5 })).toEqual({
    ...rest,
    version: rest.version + 1,
    retryAt: EARLY + 5,
    lastCode: 'refused',
  });
});
