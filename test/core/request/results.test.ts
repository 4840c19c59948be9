import { describe, expect, it, test } from 'vitest';
import { requestId } from '../../../src/core/ids.ts';
import type { Outcome, Request, Result, Sighting } from '../../../src/core/request/request.ts';
import {
  countOutcomes,
  isConfidential,
  isOffboarding,
  resultsSoFar,
  stillListed,
} from '../../../src/core/request/results.ts';
import { aid, everyState, inState } from '../made-up.ts';

const records = everyState();
const result = (id: number, kind: Exclude<Outcome['kind'], 'see'>): Result => ({ id: aid(id), outcome: { kind } });
const see: Result = { id: aid(104), outcome: { kind: 'see', request: requestId(9) } };

describe('what is known of each person by now', () => {
  const seen = (...list: readonly (readonly [number, Sighting['seen']])[]): Request => ({
    ...inState(records.verifying, 'verifying'),
    sightings: list.map(([id, how]) => ({ id: aid(id), seen: how })),
    notSent: [see],
  });
  it('while it is looked who is gone: what was seen, and who was not sent; not who was not looked at yet', () =>
    expect(resultsSoFar(seen([101, 'gone'], [102, 'not_yet'], [103, 'listed']))).toEqual([
      result(101, 'gone'),
      result(103, 'listed'),
      see,
    ]));
  it('while SuperOffice is asked: who was not sent', () =>
    expect(resultsSoFar({ ...inState(records.dispatching, 'dispatching'), notSent: [see] })).toEqual([see]));
  it('at the end: everybody', () => {
    const results = [result(101, 'gone'), see];
    expect(resultsSoFar({ ...inState(records.done, 'done'), results })).toEqual(results);
    expect(resultsSoFar({ ...inState(records.unknown, 'unknown'), results })).toEqual(results);
  });
  test.each([
    'awaiting_approval',
    'approved',
    'warning',
    'failed',
    'denied',
    'cancelled',
    'expired',
    'aborted',
  ] as const)('in %s: nothing', (status) => expect(resultsSoFar(records[status])).toEqual([]));
});

describe('who was still listed', () => {
  const results = [result(101, 'listed'), result(102, 'gone'), result(103, 'listed'), see];
  it('is known once it has ended', () => {
    expect(stillListed({ ...inState(records.done, 'done'), results })).toEqual([101, 103]);
    expect(stillListed({ ...inState(records.unknown, 'unknown'), results })).toEqual([101, 103]);
  });
  test.each(['verifying', 'dispatching', 'failed', 'expired'] as const)('and not in %s', (status) =>
    expect(stillListed(records[status])).toEqual([]),
  );
});

it('everybody is counted under what came out, and who is back was logged off as well', () =>
  expect(
    countOutcomes([
      result(1, 'gone'),
      result(2, 'gone'),
      result(3, 'back'),
      result(4, 'listed'),
      result(5, 'was_not_on'),
      see,
    ]),
  ).toEqual({ gone: 2, back: 1, listed: 1, was_not_on: 1, not_checked: 0, see: 1, loggedOff: 3 }));

test.each<[string | undefined, boolean]>([
  ['offboarding', true],
  ['Offboarding of Kim', true],
  ['  offboarding', true],
  [' \n OFFBOARDING', true],
  ['HR-12 offboarding, dismissed on Friday', true],
  ['#123: Off-boarding', true],
  ['off boarding', true],
  ['no offboarding', false],
  ['crashed', false],
  ['', false],
  [undefined, false],
])('the reason %j says that somebody leaves: %s', (reason, expected) =>
  expect(isOffboarding(reason === undefined ? {} : { reason })).toBe(expected),
);

test.each<[string | undefined, boolean]>([
  ['HR-12 offboarding, dismissed on Friday', true],
  ['Ticket HR-12, please: off-boarding', true],
  ['Kim leaves (OFF BOARDING)', true],
  ['no offboarding', true],
  ['offboardings in May', true],
  ['preoffboarding', false],
  ['the board is off', false],
  ['', false],
  [undefined, false],
])('the reason %j is for those who decide alone: %s', (reason, expected) =>
  expect(isConfidential(reason === undefined ? {} : { reason })).toBe(expected),
);
