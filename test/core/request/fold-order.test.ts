import { describe, expect, it, test } from 'vitest';
import type { Fact } from '../../../src/core/request/entry.ts';
import { factSchema } from '../../../src/core/request/entry.ts';
import { evolve } from '../../../src/core/request/evolve.ts';
import type { Status } from '../../../src/core/request/request.ts';
import { aid, alice, EARLY, everyState, inState, MINUTE } from '../made-up.ts';

const records = everyState();
const by = alice.person;
const { targets } = records.approved;
const [sent] = targets;
if (sent === undefined) throw new Error('nobody is named');
const claim = { holder: 'p1', at: EARLY, until: EARLY + MINUTE };
const people = { targets, leftOut: [] };

/** Every fact but the opening, and the states in which it can be entered. In any other the audit would be corrupt. */
const ORDER: readonly (readonly [Fact, readonly Status[]])[] = [
  [{ kind: 'confirmed', expiresAt: EARLY }, ['awaiting_confirmation']],
  [{ kind: 'approval_given', by }, ['awaiting_approval']],
  [{ kind: 'approval_lapsed', by }, ['awaiting_approval']],
  [{ kind: 'consent_given', by }, ['awaiting_approval']],
  [{ kind: 'approved', dispatchBy: EARLY }, ['awaiting_approval']],
  [{ kind: 'denied', by }, ['awaiting_approval']],
  [{ kind: 'reminded' }, ['awaiting_approval']],
  [{ kind: 'cancelled', by }, ['awaiting_confirmation', 'awaiting_approval', 'approved', 'warning']],
  [{ kind: 'warned', for: 1, until: EARLY, dispatchBy: EARLY, ...people, people: [] }, ['approved', 'warning']],
  [{ kind: 'not_warned', id: aid(101), code: 'x' }, ['warning']],
  [{ kind: 'ready', id: aid(101), by, until: EARLY }, ['warning']],
  [{ kind: 'snoozed', id: aid(101), by, until: EARLY, dispatchBy: EARLY }, ['warning']],
  [
    { kind: 'expired', was: 'approval', deadline: EARLY },
    ['awaiting_confirmation', 'awaiting_approval', 'approved', 'warning'],
  ],
  [{ kind: 'aborted', code: 'x' }, ['awaiting_approval', 'approved', 'warning']],
  [{ kind: 'held', by, since: EARLY }, ['approved', 'warning', 'dispatching']],
  [{ kind: 'released' }, ['approved', 'warning', 'dispatching']],
  [{ kind: 'recheck_waits', code: 'x' }, ['approved', 'warning', 'dispatching']],
  [
    { kind: 'dispatch_claimed', claim, attempt: 1, ...people, sent: [sent.id], notSent: [] },
    ['approved', 'warning', 'dispatching'],
  ],
  [{ kind: 'nobody_to_send', ...people, results: [] }, ['approved', 'warning', 'dispatching']],
  [{ kind: 'call_not_made', code: 'x', retryAt: EARLY }, ['dispatching']],
  [{ kind: 'call_accepted' }, ['dispatching']],
  [{ kind: 'call_unknown', code: 'x' }, ['dispatching']],
  [{ kind: 'failed', code: 'x' }, ['dispatching']],
  [{ kind: 'seen', sightings: [] }, ['verifying']],
  [{ kind: 'verified', ending: 'done', results: [] }, ['verifying']],
];

const statuses = Object.values(records).map(({ status }) => status);

it('says of every fact that there is when it can be entered', () => {
  const known = factSchema.options.map(({ shape }) => shape.kind.value);
  expect(['opened', ...ORDER.map(([{ kind }]) => kind)].toSorted()).toEqual([...known].toSorted());
});

describe.each(ORDER.map(([fact, allowed]) => ({ kind: fact.kind, fact, allowed })))('$kind', ({ fact, allowed }) => {
  test.each([...new Set(statuses)])('on what is %s', (status) => {
    const record = inState(records[status], status);
    const fold = () =>
      evolve(record, {
        at: EARLY,
        via: 'timer',
        policyVersion: 'aaaaaaaaaaaa',
        request: record.id,
        version: record.version + 1,
        fact,
      });
    if (allowed.includes(status)) expect(fold()).toMatchObject({ version: record.version + 1 });
    else expect(fold).toThrow(`entry ${fact.kind} cannot follow ${status}`);
  });
});
