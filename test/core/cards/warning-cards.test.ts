import { expect, it } from 'vitest';
import { consentCard } from '../../../src/core/cards/consent-card.ts';
import { warningCard } from '../../../src/core/cards/warning-cards.ts';
import { slackUserId } from '../../../src/core/ids.ts';
import type { Target } from '../../../src/core/people.ts';
import type { RequestIn, Warned } from '../../../src/core/request/request.ts';
import { aid, alice, EARLY, everyState, inState, MINUTE, NOON, open, person, target } from '../made-up.ts';
import { gallery } from './drawn.ts';

const user = slackUserId('U0ANNA');
const mapped: Target = target(101, { slack: { user, how: 'map' } });
const trusted: Target = target(101, { slack: { user, how: 'email', trusted: true } });
const mailed: Target = target(101, { slack: { user, how: 'email' } });

/** Anna is warned, as known in this way, of a request that is changed so. */
function warned(
  one: Partial<Warned> = {},
  change: (request: RequestIn<'warning'>) => RequestIn<'warning'> = (request) => request,
  who: Target = mapped,
) {
  const request = inState(everyState({ targets: [who, target(103)] }).warning, 'warning');
  const people = [{ id: aid(101), slack: user, at: EARLY, snoozes: 0, ...one }];
  const demand = { ...request.demand, snooze: { times: 2, for: 10 * MINUTE } };
  return warningCard(change({ ...request, demand, warned: { for: MINUTE, people } }), aid(101), NOON + MINUTE);
}
type Demand = RequestIn<'warning'>['demand'];
const asks = (more: Partial<Demand>) => (request: RequestIn<'warning'>) => ({
  ...request,
  demand: { ...request.demand, ...more },
});
const mayStop = asks({ targetsMayStop: true });
const snooze = (duration: number) => warned({}, asks({ snooze: { times: 1, for: duration } }));
const noTime = ({ demand: { snooze: _, ...demand }, ...request }: RequestIn<'warning'>) => ({ ...request, demand });
const silent = ({ reason: _, ...request }: RequestIn<'warning'>) => request;

it('a warning says who, when and why, and what can be answered', () =>
  expect(
    gallery({
      first: warned(),
      'asked for time once': warned({ snoozes: 1 }),
      'asked for all the time there is': warned({ snoozes: 2 }),
      'no time to ask for': warned({}, noTime),
      'has more time than may be asked for': warned({}, (request) => ({ ...request, until: NOON + 16 * MINUTE })),
      'may stop it': warned({}, mayStop),
      ready: warned({ ready: true }, mayStop),
      'a trusted address is as sure': warned({}, mayStop, trusted),
      'an address that is not': warned({}, mayStop, mailed),
      'without a reason': warned({}, silent),
      'who asked for others too': warned({}, (request) => ({ ...request, requester: person('U0ANNA') })),
      'who leaves does not read why': warned({}, (request) => ({ ...request, reason: 'Offboarding on Friday' })),
      paused: warned({}, (request) => ({ ...mayStop(request), held: { by: alice.person, since: NOON, reason: 'x' } })),
      'paused, may not stop it': warned({}, (request) => ({ ...request, held: { by: alice.person, since: NOON } })),
    }),
  ).toMatchInlineSnapshot(`
    "-- first
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- asked for time once
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    (You asked for more time; the new time is shown above.)
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- asked for all the time there is
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    (You asked for more time; the new time is shown above.)
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back]
    -- no time to ask for
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back]
    -- has more time than may be asked for
    You will be logged off the SuperOffice Windows client at 12:16 (until 12:16). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    (More time counts from when you ask for it: before 12:06 you have more than that.)
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- may stop it
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17] [Stop the log-off: cancel 17]
    -- ready
    You are ready. You will be logged off at 12:03 or earlier. (Request 17)
    [Stop the log-off: cancel 17]
    -- a trusted address is as sure
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17] [Stop the log-off: cancel 17]
    -- an address that is not
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    *Reason*
    > locked out
    [10 more minutes: snooze 17]
    -- without a reason
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- who asked for others too
    As you asked, you will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. (Request 17)
    *Reason*
    > locked out
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- who leaves does not read why
    You will be logged off the SuperOffice Windows client at 12:03 (until 12:03). Save your work now; unsaved work may be lost. Asked for by @bob. (Request 17)
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [10 more minutes: snooze 17]
    -- paused
    Your log-off is paused by @alice since 12:00 (x). It goes ahead if resumed by 12:11. Save your work now; unsaved work may be lost. (Request 17)
    [Stop the log-off: cancel 17]
    -- paused, may not stop it
    Your log-off is paused by @alice since 12:00. It goes ahead if resumed by 12:11. Save your work now; unsaved work may be lost. (Request 17)"
  `));

it('more time is named in minutes up to an hour and a half', () =>
  expect(
    gallery({
      minute: snooze(MINUTE),
      'an hour and a half': snooze(90 * MINUTE),
      'two hours': snooze(120 * MINUTE),
      seconds: snooze(90_000),
    })
      .split('\n')
      .filter((line) => line.includes('snooze'))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "[Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [1 more minute: snooze 17]
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [90 more minutes: snooze 17]
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [2 h more: snooze 17]
    [Log me off now: ready 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost." Log me off | Back] [90 s more: snooze 17]"
  `));

it('nothing can be answered once it is over, nor by somebody who is not warned', () => {
  const records = everyState({ targets: [mapped, target(103)] });
  expect(
    gallery({
      stopped: warningCard(records.cancelled, aid(101), NOON),
      sent: warningCard(records.dispatching, aid(101), NOON),
      'somebody else': warningCard(records.warning, aid(999), NOON),
    }),
  ).toMatchInlineSnapshot(`
    "-- stopped
    This warning has ended. There is nothing more to answer here. (Request 17)
    -- sent
    This warning has ended. There is nothing more to answer here. (Request 17)
    -- somebody else
    This warning has ended. There is nothing more to answer here. (Request 17)"
  `);
});

it('the one concerned is asked whether they agree, while that counts', () => {
  const { request } = open({ targets: [mapped] });
  const { reason: _, ...unexplained } = inState(request, 'awaiting_approval');
  expect(
    gallery({
      asked: consentCard(request),
      'without a reason': consentCard(unexplained),
      decided: consentCard(everyState({ targets: [mapped] }).denied),
    }),
  ).toMatchInlineSnapshot(`
    "-- asked
    Request 17: @bob asks to log you off the SuperOffice Windows client.
    *Reason*
    > locked out
    [Log me off now: consent 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client immediately. Save your work first: unsaved work may be lost." Log me off | Back]
    (If you do nothing, the approvers decide until 12:30. Unsaved work may be lost.)
    -- without a reason
    Request 17: @bob asks to log you off the SuperOffice Windows client.
    [Log me off now: consent 17 primary asks "Log yourself off?" "You will be logged off the SuperOffice Windows client immediately. Save your work first: unsaved work may be lost." Log me off | Back]
    (If you do nothing, the approvers decide until 12:30. Unsaved work may be lost.)
    -- decided
    Request 17: @bob asks to log you off the SuperOffice Windows client.
    *Reason*
    > locked out
    It is now: denied by @alice at 12:02. Nothing was done."
  `);
});
