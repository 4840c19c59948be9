import { expect, it } from 'vitest';
import { requestCard, type View } from '../../../src/core/cards/request-cards.ts';
import { requestId } from '../../../src/core/ids.ts';
import type { Request } from '../../../src/core/request/request.ts';
import { aid, alice, EARLY, everyState, inState, MINUTE, NOON, ola, open, person, TWO, target } from '../made-up.ts';
import { drawn, gallery } from './drawn.ts';

const TWO_PEOPLE = [target(101), target(102, { on: 'off' })];
const records = everyState({ targets: TWO_PEOPLE });
const asked = inState(records.awaiting_approval, 'awaiting_approval');
const leads: View['approvers'] = [alice, ola].map(({ person: { slack, name } }) => ({ slack, name }));
const view = (more: Partial<View> = {}): View => ({ approvers: leads, others: [], ...more });
/** The rows of facts alone: what is told beside the list. */
const facts = (request: Request) =>
  drawn(requestCard(request, view()))
    .split('\n')
    .filter((line) => line.includes(' = '))
    .join('\n');

it('the card of a request that waits', () =>
  expect(
    gallery({
      asked: requestCard(asked, view()),
      'nobody to ask': requestCard(asked, view({ approvers: [] })),
      'user groups that Slack does not tell': requestCard(asked, view({ isUnread: true })),
      'nobody but these': requestCard(asked, view({ approvers: [], isUnread: true })),
    }),
  ).toMatchInlineSnapshot(`
    "-- asked
    summary: Request 17: approval needed. bob asks to log off Person 101 and 1 more from SuperOffice. Reason: locked out
    # Request 17: log off 2 people
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    *Reason*
    > locked out
    *To be logged off the SuperOffice Windows client (2)*
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): not logged on now
    Asking: @alice @ola
    [Approve: approve 17 primary asks "Log off 2 people?" "Person 101 (login101, id 101), Person 102 (login102, id 102) will be logged off the SuperOffice Windows client. Unsaved work may be lost." Approve | Back] [Show everyone: show_everyone 17]
    (Approving logs 2 people off immediately, without warning. Unsaved work may be lost.)
    [Deny…: deny 17]
    -- nobody to ask
    summary: Request 17: approval needed. bob asks to log off Person 101 and 1 more from SuperOffice. Reason: locked out
    # Request 17: log off 2 people
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    *Reason*
    > locked out
    *To be logged off the SuperOffice Windows client (2)*
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): not logged on now
    Nobody can approve this now: the rule names no approver other than the requester.
    [Approve: approve 17 primary asks "Log off 2 people?" "Person 101 (login101, id 101), Person 102 (login102, id 102) will be logged off the SuperOffice Windows client. Unsaved work may be lost." Approve | Back] [Show everyone: show_everyone 17]
    (Approving logs 2 people off immediately, without warning. Unsaved work may be lost.)
    [Deny…: deny 17]
    -- user groups that Slack does not tell
    summary: Request 17: approval needed. bob asks to log off Person 101 and 1 more from SuperOffice. Reason: locked out
    # Request 17: log off 2 people
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    *Reason*
    > locked out
    *To be logged off the SuperOffice Windows client (2)*
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): not logged on now
    Asking: @alice @ola
    Slack does not tell who is in a user group of the approvers, so nobody in that group is notified.
    [Approve: approve 17 primary asks "Log off 2 people?" "Person 101 (login101, id 101), Person 102 (login102, id 102) will be logged off the SuperOffice Windows client. Unsaved work may be lost." Approve | Back] [Show everyone: show_everyone 17]
    (Approving logs 2 people off immediately, without warning. Unsaved work may be lost.)
    [Deny…: deny 17]
    -- nobody but these
    summary: Request 17: approval needed. bob asks to log off Person 101 and 1 more from SuperOffice. Reason: locked out
    # Request 17: log off 2 people
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    *Reason*
    > locked out
    *To be logged off the SuperOffice Windows client (2)*
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): not logged on now
    Slack does not tell who is in a user group of the approvers, so nobody in that group is notified.
    [Approve: approve 17 primary asks "Log off 2 people?" "Person 101 (login101, id 101), Person 102 (login102, id 102) will be logged off the SuperOffice Windows client. Unsaved work may be lost." Approve | Back] [Show everyone: show_everyone 17]
    (Approving logs 2 people off immediately, without warning. Unsaved work may be lost.)
    [Deny…: deny 17]"
  `));

it('what stands on the card besides', () => {
  const { reason: _, ...silent } = asked;
  const denied = inState(records.denied, 'denied');
  const { note: __, ...bare } = denied;
  const left = (count: number) =>
    Array.from({ length: count }, (_one, at) => ({ id: aid(900 + at), code: 'unknown_id' as const }));
  const warn = { ...asked.demand, warn: 2 * MINUTE };
  expect(
    gallery({
      'no reason, some left out, denied before, others open': requestCard(
        { ...silent, demand: warn, leftOut: [...left(1), { id: aid(1), name: 'Ada', code: 'never_list' }] },
        view({ denied: [denied, bare], others: Array.from({ length: 12 }, (_one, at) => ({ id: requestId(at + 1) })) }),
      ),
    }),
  ).toMatchInlineSnapshot(`
    "-- no reason, some left out, denied before, others open
    summary: Request 17: approval needed. bob asks to log off Person 101 and 1 more from SuperOffice. No reason was given.
    # Request 17: log off 2 people
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    (No reason was given.)
    *To be logged off the SuperOffice Windows client (2)*
    - *Person 101* (login101, id 101, group 7): logged on now
    - *Person 102* (login102, id 102, group 7): not logged on now
    *Left out*
    - id 900: nobody you may log off has this id
    - Ada (id 1): protected: no rule can reach them
    - Denied before: request 17 by @alice, 2026-11-22T12:02: month end
    - Denied before: request 17 by @alice, 2026-11-22T12:02, without a reason
    (Also open for some of these people: request 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.)
    Asking: @alice @ola
    [Approve: approve 17 primary asks "Log off 2 people?" "Person 101 (login101, id 101), Person 102 (login102, id 102) will be logged off the SuperOffice Windows client. Unsaved work may be lost." Approve | Back] [Show everyone: show_everyone 17]
    (Approving warns 2 people, and logs them off after 2 min. Unsaved work may be lost.)
    [Deny…: deny 17]"
  `);
  const many = drawn(
    requestCard({ ...asked, leftOut: left(22) }, view({ denied: Array.from({ length: 5 }, () => denied) })),
  );
  expect([many.match(/Denied before/g)?.length, many.match(/id 9\d\d/g)?.length]).toEqual([3, 20]);
  expect(many).toContain('- and 2 more');
  expect(drawn(requestCard({ ...asked, leftOut: left(20) }, view()))).not.toMatch(/^- and \d+ more/m);
});

it('the facts on the card, in each state', () => {
  const cancelled = inState(records.cancelled, 'cancelled');
  const warning = inState(records.warning, 'warning');
  const people = (warning.warned?.people ?? []).map((one, at) => (at === 0 ? { ...one, ready: true as const } : one));
  const { warned: _, ...untold } = warning;
  const two = open({ rules: TWO, targets: TWO_PEOPLE }).request;
  const shown: Readonly<Record<string, Request>> = {
    ...records,
    'two have approved': { ...two, approvals: [alice, ola].map(({ person: by }) => ({ by, at: EARLY })) },
    'the one concerned may agree': {
      ...asked,
      targets: [target(101)],
      demand: { ...asked.demand, consent: alice.person.slack },
    },
    'the one concerned agreed': { ...records.approved, consent: { by: person('U0ANNA'), at: EARLY } },
    'over the budget': { ...asked, demand: { ...asked.demand, overBudget: true } },
    'no approval needed': { ...records.done, demand: { approvals: 0, approvers: [] } },
    'old names': { ...records.done, peopleAsOf: NOON - MINUTE },
    'one is ready': { ...warning, warned: { for: MINUTE, people } },
    'nobody is known to be warned': untold,
    'stopped by one concerned': { ...cancelled, role: 'target', stopped: true },
    'stopped by an approver': { ...cancelled, by: alice.person, role: 'approver', stopped: true },
  };
  expect(
    Object.entries(shown)
      .map(([name, record]) => `-- ${name}\n${facts(record)}`)
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "-- awaiting_confirmation
    Status = waiting for @bob to confirm
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    -- awaiting_approval
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Answer until = 12:30
    -- approved
    Status = approved, starting; dropped if SuperOffice has not accepted it by 12:11
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    -- warning
    Status = people are being warned; log-off at 12:03
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    Log-off = 12:03 (until 12:03)
    To phone = 2
    -- dispatching
    Status = asking SuperOffice to log off 2 people
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    -- dispatching again
    Status = SuperOffice does not answer; trying again until 12:11
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    -- verifying
    Status = SuperOffice took the call; looking who is gone (0 of 2 so far)
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    SuperOffice was asked = 12:02
    -- done
    Status = 2 people logged off
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    SuperOffice was asked = 12:02
    -- unknown
    Status = the outcome is not fully known. 2 people could not be checked
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    SuperOffice was asked = 12:02
    -- failed
    Status = failed, nobody was logged off. SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    -- denied
    Status = denied by @alice at 12:02. Nothing was done.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Why denied = month end
    -- cancelled
    Status = cancelled by @bob at 12:02. Nothing was done.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    -- expired
    Status = Nobody answered by 12:30. Nothing was done.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    -- aborted
    Status = not carried out, nobody was logged off. The record of this request does not agree with its audit trail, so nothing was sent. Tell your CRM administrator.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    -- two have approved
    Status = waiting for approval (2 of 2)
    Asked by = @bob, 2026-11-22T12:00
    Rule = two
    Approvals = 2 of 2: @alice at 12:02, @ola at 12:02
    Answer until = 12:30
    -- the one concerned may agree
    Status = waiting for approval, or for the person concerned to agree
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1, or @Person 101 agrees
    Answer until = 12:30
    -- the one concerned agreed
    Status = approved, starting; dropped if SuperOffice has not accepted it by 12:11
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01; @anna agreed at 12:02
    -- over the budget
    Status = waiting for approval
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Why approval = the requester asked for more people than the rule allows without approval in this time
    Answer until = 12:30
    -- no approval needed
    Status = 2 people logged off
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    SuperOffice was asked = 12:02
    -- old names
    Status = 2 people logged off
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    SuperOffice was asked = 12:02
    Names as of = 2026-11-22T11:59 (SuperOffice could not be read again)
    -- one is ready
    Status = people are being warned; log-off at 12:03
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    Log-off = 12:03 (until 12:03)
    Ready = 1 of 1
    To phone = 1
    -- nobody is known to be warned
    Status = people are being warned; log-off at 12:03
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 1 of 1: @alice at 12:01
    Log-off = 12:03 (until 12:03)
    -- stopped by one concerned
    Status = stopped by one of the people concerned at 12:02. Nothing was done.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1
    Stopped by = @bob
    -- stopped by an approver
    Status = stopped by @alice (approver) at 12:02. Nothing was done.
    Asked by = @bob, 2026-11-22T12:00
    Rule = helpdesk
    Approvals = 0 of 1"
  `);
});
