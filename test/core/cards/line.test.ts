import { expect, it } from 'vitest';
import { lineCard } from '../../../src/core/cards/line-card.ts';
import { pointerCard } from '../../../src/core/cards/pointer-card.ts';
import type { RequestIn } from '../../../src/core/request/request.ts';
import { aid, everyState, inState, target } from '../made-up.ts';
import { gallery } from './drawn.ts';

const records = everyState({ targets: [target(101), target(102, { on: 'off' })] });

it('the line where it was typed, in each state', () => {
  const listed: RequestIn<'done'> = {
    ...inState(records.done, 'done'),
    results: [101, 102].map((id) => ({ id: aid(id), outcome: { kind: 'listed' } })),
  };
  const { note: _, ...bare } = inState(records.denied, 'denied');
  expect(
    gallery({
      ...Object.fromEntries(Object.entries(records).map(([name, record]) => [name, lineCard(record)])),
      'denied without a reason': lineCard(bare),
      'some are still listed': lineCard(listed),
      'a copy': pointerCard(records.approved),
    }),
  ).toMatchInlineSnapshot(`
    "-- awaiting_confirmation
    Request 17: waiting for @bob to confirm
    [Look and confirm…: confirm 17 primary] [Cancel request: cancel 17]
    -- awaiting_approval
    Request 17: waiting for approval
    [Cancel request: cancel 17]
    -- approved
    Request 17: approved, starting; dropped if SuperOffice has not accepted it by 12:11
    [Stop: cancel 17]
    -- warning
    Request 17: people are being warned; log-off at 12:03
    [Stop: cancel 17]
    -- dispatching
    Request 17: asking SuperOffice to log off 2 people
    -- dispatching again
    Request 17: SuperOffice does not answer; trying again until 12:11
    [Stop: cancel 17]
    -- verifying
    Request 17: SuperOffice took the call; looking who is gone (0 of 2 so far)
    -- done
    Request 17: 2 people logged off
    -- unknown
    Request 17: the outcome is not fully known. 2 people could not be checked
    -- failed
    Request 17: failed, nobody was logged off. SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.
    -- denied
    Request 17: denied by @alice at 12:02. Nothing was done. Reason: month end
    -- cancelled
    Request 17: cancelled by @bob at 12:02. Nothing was done.
    -- expired
    Request 17: Nobody answered by 12:30. Nothing was done.
    -- aborted
    Request 17: not carried out, nobody was logged off. The record of this request does not agree with its audit trail, so nothing was sent. Tell your CRM administrator.
    -- denied without a reason
    Request 17: denied by @alice at 12:02. Nothing was done.
    -- some are still listed
    Request 17: 2 people still listed as logged on (not logged off, or already back)
    [Try again…: retry 17 asks "Try again for 2 people?" "They are listed as logged on: not logged off, or already back at work. SuperOffice cannot tell which. Ask them first. Trying again makes a new request. Unsaved work may be lost." I asked them: log off | Back]
    -- a copy
    Request 17: this copy of the card is out of date; the newer one in this channel counts."
  `);
});
