import { describe, expect, it } from 'vitest';
import { transition } from '../../../src/core/request/transition.ts';
import { dispatch, EARLY, everyState, LEASE, MINUTE, moment, NOON } from '../made-up.ts';

const RECORDS = everyState();
const LATE = NOON + 120 * MINUTE;
const notMade = { kind: 'call_not_made', holder: 'p1', code: 'refused', retryAt: EARLY + 5_000 } as const;

describe('the lease', () => {
  const { dispatching } = RECORDS;
  const lapse = (now: number, alone?: string) =>
    transition(dispatching, { kind: 'lapse', ...(alone === undefined ? {} : { alone }) }, moment(now));

  it('ends exactly when it says, and then nobody knows whether the call arrived', () => {
    expect(lapse(EARLY + LEASE - 1).ok).toBe(false);
    expect(lapse(EARLY + LEASE).request).toMatchObject({
      status: 'verifying',
      call: 'unknown',
      callCode: 'lease_ran_out',
    });
  });

  it('of another process is dead at once where only one process can run', () => {
    expect(lapse(EARLY, 'p1').ok).toBe(false);
    expect(lapse(EARLY, 'p2').request).toMatchObject({
      status: 'verifying',
      call: 'unknown',
      callCode: 'lease_ran_out',
    });
  });

  it('that ran out is not taken back by its holder', () => {
    const { request } = lapse(EARLY + LEASE);
    for (const kind of ['call_accepted', 'call_unknown'] as const) {
      expect(transition(request, { kind, holder: 'p1', code: 'x' }, moment(LATE)).ok).toBe(false);
    }
    expect(transition(request, { ...notMade, final: false }, moment(LATE)).ok).toBe(false);
    expect(transition(request, dispatch(request), moment(EARLY + LEASE)).ok).toBe(false);
  });
});

describe('a call that surely was not executed', () => {
  const again = RECORDS['dispatching again'];
  it('leaves no claim, and may be tried again at its time, not before', () => {
    expect(again).toMatchObject({ status: 'dispatching', attempts: 1, lastCode: 'refused', retryAt: EARLY });
    expect('claim' in again).toBe(false);
    expect(transition(again, dispatch(again), moment(EARLY - 1))).toMatchObject({ ok: false, refusal: 'not_now' });
    const retried = transition(again, dispatch(again, {}, 'p2'), moment(EARLY));
    expect(retried.request).toMatchObject({ attempts: 2, claim: { holder: 'p2', at: EARLY, until: EARLY + LEASE } });
  });

  it('is given up at dispatch_by, with the last code', () => {
    const end = NOON + 11 * MINUTE;
    expect(transition(again, { kind: 'lapse' }, moment(end - 1)).ok).toBe(false);
    expect(transition(again, { kind: 'lapse' }, moment(end)).request).toMatchObject({
      status: 'failed',
      code: 'refused',
    });
    expect(transition(again, dispatch(again), moment(end)).request).toMatchObject({
      status: 'failed',
      code: 'refused',
    });
  });
});
