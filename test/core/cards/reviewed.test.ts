import { expect, it } from 'vitest';
import { reviewedCard } from '../../../src/core/cards/reviewed-card.ts';
import type { RequestIn } from '../../../src/core/request/request.ts';
import { aid, alice, EARLY, everyState, inState, MINUTE, NOON, ola, open, TWO, target } from '../made-up.ts';
import { gallery } from './drawn.ts';

const records = everyState({ targets: [target(101), target(103)] });
const approved = inState(records.approved, 'approved');
const warning = inState(records.warning, 'warning');
const pause = { by: ola.person, since: NOON, reason: 'month end' };
const warned = ({ demand, ...request }: RequestIn<'approved'>): RequestIn<'approved'> => ({
  ...request,
  demand: { ...demand, warn: 5 * MINUTE },
});
const one = { id: aid(101), at: EARLY, snoozes: 0 } as const;
const inWarning = (...people: NonNullable<RequestIn<'warning'>['warned']>['people']): RequestIn<'warning'> => ({
  ...warning,
  warned: { for: MINUTE, people },
});

it('who approves reads what comes of it and when, and that log-offs are paused', () =>
  expect(
    gallery({
      'at once': reviewedCard(approved, 'approve'),
      'people are warned first': reviewedCard(warned(approved), 'approve'),
      'one of two': reviewedCard(
        { ...open({ rules: TWO }).request, approvals: [{ by: alice.person, at: EARLY }] },
        'approve',
      ),
      paused: reviewedCard(warned(approved), 'approve', pause),
      'of everyone': reviewedCard(
        { ...approved, everyone: { at: NOON + 60 * MINUTE, never: [], looks: [], reminders: [] } },
        'approve',
      ),
    }),
  ).toMatchInlineSnapshot(`
    "-- at once
    You approved request 17. The log-off starts now, without warning.
    -- people are warned first
    You approved request 17. People who are logged on are warned now and logged off at about 12:06, or earlier if all are ready.
    -- one of two
    You approved request 17. It has 1 of 2 approvals.
    -- paused
    You approved request 17. All log-offs are paused by @ola since 12:00 (month end). This request goes ahead if they are resumed by 12:11.
    -- of everyone
    You approved request 17. It is announced now; everyone who is logged on is logged off at 2026-11-22T13:00."
  `));

it('who denies, cancels or stops reads that nobody was logged off', () => {
  const cancelled = inState(records.cancelled, 'cancelled');
  expect(
    gallery({
      denied: reviewedCard(records.denied, 'deny'),
      cancelled: reviewedCard(cancelled, 'cancel'),
      stopped: reviewedCard({ ...cancelled, stopped: true }, 'cancel'),
    }),
  ).toMatchInlineSnapshot(`
    "-- denied
    You denied request 17. Nobody was logged off.
    -- cancelled
    You cancelled request 17. Nobody was logged off.
    -- stopped
    You stopped request 17. Nobody was logged off."
  `);
});

it('who confirms reads whether somebody must approve now', () =>
  expect(
    gallery({
      'to be approved': reviewedCard(open().request, 'confirm'),
      'nobody has to': reviewedCard({ ...approved, approvals: [] }, 'confirm'),
      'nobody has to, people are warned': reviewedCard(warned({ ...approved, approvals: [] }), 'confirm'),
    }),
  ).toMatchInlineSnapshot(`
    "-- to be approved
    You confirmed request 17. It is now waiting for approval.
    -- nobody has to
    You confirmed request 17. The log-off starts now, without warning.
    -- nobody has to, people are warned
    You confirmed request 17. People who are logged on are warned now and logged off 5 min later, or earlier if all are ready."
  `));

it('who is to be logged off reads when that is', () =>
  expect(
    gallery({
      agreed: reviewedCard(approved, 'consent'),
      'agreed, paused': reviewedCard(approved, 'consent', pause),
      'ready, as all are': reviewedCard(inWarning({ ...one, ready: true }), 'ready'),
      'ready, others are not': reviewedCard(inWarning({ ...one, ready: true }, { ...one, id: aid(103) }), 'ready'),
      'ready, paused': reviewedCard(inWarning({ ...one, ready: true }), 'ready', pause),
      'more time': reviewedCard(warning, 'snooze'),
      'more time, paused': reviewedCard(warning, 'snooze', pause),
      'more time, decided meanwhile': reviewedCard(records.denied, 'snooze'),
    }),
  ).toMatchInlineSnapshot(`
    "-- agreed
    You will be logged off now.
    -- agreed, paused
    You agreed to be logged off. All log-offs are paused by @ola since 12:00 (month end). This request goes ahead if they are resumed by 12:11.
    -- ready, as all are
    You will be logged off now.
    -- ready, others are not
    You are ready. You will be logged off at 12:03, or earlier if everybody else is ready.
    -- ready, paused
    You are ready. All log-offs are paused by @ola since 12:00 (month end). This request goes ahead if they are resumed by 12:11.
    -- more time
    You now have until 12:03.
    -- more time, paused
    You now have until 12:03. All log-offs are paused by @ola since 12:00 (month end). This request goes ahead if they are resumed by 12:11.
    -- more time, decided meanwhile
    It is now: denied by @alice at 12:02. Nothing was done."
  `));

it('a pause since another day is told with its day', () => {
  const before = { ...pause, since: NOON - 24 * 60 * MINUTE };
  expect(gallery({ paused: reviewedCard(approved, 'approve', before) })).toMatchInlineSnapshot(`
    "-- paused
    You approved request 17. All log-offs are paused by @ola since 2026-11-21T12:00 (month end). This request goes ahead if they are resumed by 12:11."
  `);
});
