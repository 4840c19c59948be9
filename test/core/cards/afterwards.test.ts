import { expect, it } from 'vitest';
import { outcomeCard, reminderCard, toldCard } from '../../../src/core/cards/afterwards.ts';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import type { Target } from '../../../src/core/people.ts';
import type { Outcome, Request, RequestIn } from '../../../src/core/request/request.ts';
import { aid, alice, bob, EARLY, everyState, inState, ola, open, person, standing, target } from '../made-up.ts';
import { gallery } from './drawn.ts';

const inSlack = (id: number, user: string): Target => target(id, { slack: { user: slackUserId(user), how: 'map' } });
const records = everyState({ targets: [inSlack(101, 'U0ANNA'), target(103)] });
const ANNA = aid(101);

/** What came out for Anna, with the call that was made. */
function came(kind: Outcome['kind'], more: Partial<RequestIn<'done'>> = {}): Request {
  const outcome: Outcome = kind === 'see' ? { kind, request: requestId(9) } : { kind };
  const { calledAt: _, ...done } = inState(records.done, 'done');
  return { ...done, results: [{ id: ANNA, outcome }], ...more };
}
const called = { calledAt: EARLY };
const told = (request: Request) => toldCard(request, ANNA);

it('somebody who was sent reads what became of it for them', () =>
  expect(
    gallery({
      gone: told(came('gone', called)),
      back: told(came('back', called)),
      listed: told(came('listed', called)),
      'not checked': told(came('not_checked', called)),
      'was not on': told(came('was_not_on')),
      'another request': told(came('see')),
      'no call on record': told(came('gone')),
    }),
  ).toMatchInlineSnapshot(`
    "-- gone
    You were logged off the SuperOffice Windows client at 12:02. @bob asked for it and @alice approved it. Reason: locked out. You can log on again. (Request 17)
    -- back
    You were logged off the SuperOffice Windows client at 12:02. @bob asked for it and @alice approved it. Reason: locked out. You can log on again. (Request 17)
    -- listed
    @bob asked for you to be logged off the SuperOffice Windows client at 12:02 and @alice approved it. Reason: locked out. SuperOffice still lists you as logged on, so you may not have been logged off, or you may already be back. You need not do anything. (Request 17)
    -- not checked
    @bob asked for you to be logged off the SuperOffice Windows client at 12:02 and @alice approved it. Reason: locked out. Whether that happened could not be checked. You can log on again. (Request 17)
    -- was not on
    You were no longer logged on to the SuperOffice Windows client, so nothing was done. (Request 17)
    -- another request
    Your log-off is handled by request 9. (Request 17)
    -- no call on record
    You were logged off the SuperOffice Windows client. @bob asked for it and @alice approved it. Reason: locked out. You can log on again. (Request 17)"
  `));

it('by whom it was asked and approved stands there, unless it was they themselves', () => {
  const approvals = [alice, ola].map(({ person: by }) => ({ by, at: EARLY }));
  const alone = { ...called, targets: [inSlack(101, 'U0ANNA')] as const };
  expect(
    gallery({
      'two approved': told(came('gone', { ...called, approvals })),
      'nobody had to': told(came('gone', { ...called, approvals: [] })),
      agreed: told(came('gone', { ...called, approvals: [], consent: { by: person('U0ANNA'), at: EARLY } })),
      'their own account asked': told(came('gone', { ...alone, requester: person('U0ANNA') })),
      'their associate asked': toldCard(
        came('gone', { ...alone, targets: [target(102)], results: [{ id: aid(102), outcome: { kind: 'gone' } }] }),
        aid(102),
      ),
      'they asked for others too': told(came('gone', { ...called, requester: person('U0ANNA') })),
      'nobody knows who asked': told(came('gone', { ...alone, requester: person('U0X') })),
    }),
  ).toMatchInlineSnapshot(`
    "-- two approved
    You were logged off the SuperOffice Windows client at 12:02. @bob asked for it, and @alice and @ola approved it. Reason: locked out. You can log on again. (Request 17)
    -- nobody had to
    You were logged off the SuperOffice Windows client at 12:02. @bob asked for it. Reason: locked out. You can log on again. (Request 17)
    -- agreed
    You were logged off the SuperOffice Windows client at 12:02. @bob asked for it and you agreed. Reason: locked out. You can log on again. (Request 17)
    -- their own account asked
    You were logged off the SuperOffice Windows client at 12:02, as you asked. You can log on again. (Request 17)
    -- their associate asked
    You were logged off the SuperOffice Windows client at 12:02, as you asked. You can log on again. (Request 17)
    -- they asked for others too
    You were logged off the SuperOffice Windows client at 12:02, as you asked. You can log on again. (Request 17)
    -- nobody knows who asked
    You were logged off the SuperOffice Windows client at 12:02. @x asked for it and @alice approved it. Reason: locked out. You can log on again. (Request 17)"
  `);
});

it('somebody who was warned of what did not come reads why', () => {
  const cancelled = inState(records.cancelled, 'cancelled');
  expect(
    gallery({
      expired: told(records.expired),
      failed: told(records.failed),
      aborted: told(records.aborted),
      stopped: told({ ...cancelled, by: alice.person }),
      'stopped by one concerned': told({ ...cancelled, by: alice.person, role: 'target' }),
    }),
  ).toMatchInlineSnapshot(`
    "-- expired
    You were not logged off: the log-off that you were warned of was not carried out. (Request 17)
    -- failed
    You were not logged off: the log-off that you were warned of was not carried out. (Request 17)
    -- aborted
    You were not logged off: the log-off that you were warned of was not carried out. (Request 17)
    -- stopped
    You were not logged off: the log-off was stopped by @alice at 12:02. Nobody was logged off. (Request 17)
    -- stopped by one concerned
    You were not logged off: the log-off was stopped by one of the people concerned at 12:02. Nobody was logged off. (Request 17)"
  `);
});

it('who asked reads what came out, for each person', () => {
  const { note: _, ...silent } = inState(records.denied, 'denied');
  const many = Array.from({ length: 22 }, (_, at) => target(200 + at));
  const [first, ...rest] = many;
  expect(
    gallery({
      done: outcomeCard(records.done),
      denied: outcomeCard(records.denied),
      'denied without a reason': outcomeCard(silent),
      'of many': outcomeCard({ ...records.failed, targets: [first ?? target(1), ...rest] }),
      'of themselves alone': outcomeCard(
        came('gone', {
          ...called,
          targets: [target(102)],
          results: [{ id: aid(102), outcome: { kind: 'gone' } }],
        }),
      ),
      'of themselves alone, not reached': outcomeCard({ ...records.expired, targets: [target(102)] }),
      'of themselves and others': outcomeCard(
        came('gone', {
          ...called,
          targets: [target(102), target(103)],
          results: [{ id: aid(102), outcome: { kind: 'gone' } }],
        }),
      ),
    }),
  ).toMatchInlineSnapshot(`
    "-- done
    Request 17: 2 people logged off
    - *Person 101* (login101, id 101, group 7), @Person 101: logged off
    - *Person 103* (login103, id 103, group 7): logged off
    -- denied
    Request 17: denied by @alice at 12:02. Nothing was done. Reason: month end
    - *Person 101* (login101, id 101, group 7), @Person 101: nothing was done
    - *Person 103* (login103, id 103, group 7): nothing was done
    -- denied without a reason
    Request 17: denied by @alice at 12:02. Nothing was done.
    - *Person 101* (login101, id 101, group 7), @Person 101: nothing was done
    - *Person 103* (login103, id 103, group 7): nothing was done
    -- of many
    Request 17: failed, nobody was logged off. SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.
    - *Person 200* (login200, id 200, group 7): nothing was done
    - *Person 201* (login201, id 201, group 7): nothing was done
    - *Person 202* (login202, id 202, group 7): nothing was done
    - *Person 203* (login203, id 203, group 7): nothing was done
    - *Person 204* (login204, id 204, group 7): nothing was done
    - *Person 205* (login205, id 205, group 7): nothing was done
    - *Person 206* (login206, id 206, group 7): nothing was done
    - *Person 207* (login207, id 207, group 7): nothing was done
    - *Person 208* (login208, id 208, group 7): nothing was done
    - *Person 209* (login209, id 209, group 7): nothing was done
    - *Person 210* (login210, id 210, group 7): nothing was done
    - *Person 211* (login211, id 211, group 7): nothing was done
    - *Person 212* (login212, id 212, group 7): nothing was done
    - *Person 213* (login213, id 213, group 7): nothing was done
    - *Person 214* (login214, id 214, group 7): nothing was done
    - *Person 215* (login215, id 215, group 7): nothing was done
    - *Person 216* (login216, id 216, group 7): nothing was done
    - *Person 217* (login217, id 217, group 7): nothing was done
    - *Person 218* (login218, id 218, group 7): nothing was done
    - *Person 219* (login219, id 219, group 7): nothing was done
    - and 2 more
    -- of themselves alone
    You were logged off the SuperOffice Windows client at 12:02, as you asked. You can log on again. (Request 17)
    -- of themselves alone, not reached
    Request 17: Nobody answered by 12:30. Nothing was done.
    - *Person 102* (login102, id 102, group 7): nothing was done
    -- of themselves and others
    You were logged off the SuperOffice Windows client at 12:02, as you asked. You can log on again. (Request 17)
    Request 17: 1 person logged off
    - *Person 102* (login102, id 102, group 7): logged off
    - *Person 103* (login103, id 103, group 7): nothing was done"
  `);
});

it('the approvers are reminded while they can still answer', () => {
  const { request } = open({ requester: bob });
  const asked = [alice, ola, standing(person('U0EVE'))].map(({ person: { slack, name } }) => ({ slack, name }));
  expect(
    gallery({
      three: reminderCard(request, asked),
      one: reminderCard(request, asked.slice(0, 1)),
      nobody: reminderCard(request, []),
      'decided meanwhile': reminderCard(records.approved, asked),
    }),
  ).toMatchInlineSnapshot(`
    "-- three
    Request 17: still waiting for approval until 12:30. Asked again: @alice, @ola, @eve. The card above has the buttons.
    -- one
    Request 17: still waiting for approval until 12:30. Asked again: @alice. The card above has the buttons.
    -- nobody
    Request 17: still waiting for approval until 12:30. The card above has the buttons.
    -- decided meanwhile
    Request 17: no longer waiting for approval."
  `);
});
