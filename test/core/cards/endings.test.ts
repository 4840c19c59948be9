import { expect, it } from 'vitest';
import { describeStatus, summariseOutcomes } from '../../../src/core/cards/ending.ts';
import { requestId } from '../../../src/core/ids.ts';
import type { Held, Outcome, Request, Sighting } from '../../../src/core/request/request.ts';
import { aid, alice, everyState, inState, NOON, open, TWO, target } from '../made-up.ts';
import { drawnParts } from './drawn.ts';

const records = everyState({ targets: [target(101), target(102)] });
const held: Held = { by: alice.person, since: NOON, reason: 'month end' };
const line = (request: Request) => drawnParts([{ kind: 'paragraph', text: describeStatus(request) }]);
const told = (shown: Readonly<Record<string, Request>>) =>
  Object.entries(shown)
    .map(([name, request]) => `${name}: ${line(request)}`)
    .join('\n');

/** As many results of each kind. */
function ended(counts: Partial<Record<Outcome['kind'], number>>, callCode?: string): Request {
  const results = Object.entries(counts).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, at) => ({ id: aid(100 + at), outcome: outcomeOf(kind) })),
  );
  return { ...inState(records.done, 'done'), results, ...(callCode === undefined ? {} : { callCode }) };
}
const KINDS: Readonly<Record<string, Outcome>> = {
  gone: { kind: 'gone' },
  back: { kind: 'back' },
  listed: { kind: 'listed' },
  was_not_on: { kind: 'was_not_on' },
  not_checked: { kind: 'not_checked' },
};
const outcomeOf = (kind: string): Outcome => KINDS[kind] ?? { kind: 'see', request: requestId(9) };

it('what came out, counted', () =>
  expect(
    told({
      one: ended({ gone: 1 }),
      two: ended({ gone: 2 }),
      'one is back': ended({ back: 1 }),
      'all are back': ended({ back: 2 }),
      'some are back': ended({ gone: 2, back: 1 }),
      'several are back': ended({ gone: 1, back: 3 }),
      'all kinds': ended({ gone: 1, listed: 1, was_not_on: 2, see: 1, not_checked: 2 }),
      'many listed': ended({ listed: 3 }),
      nothing: ended({}),
      'without an answer, but all are gone': ended({ gone: 1 }, 'timeout'),
      'without an answer': ended({ gone: 1, listed: 1 }, 'timeout'),
      'without an answer, not checked': ended({ not_checked: 1 }, 'timeout'),
      'without an answer, as many listed as not checked': ended({ listed: 1, not_checked: 1 }, 'timeout'),
      unknown: records.unknown,
      'nothing to say': { ...inState(records.unknown, 'unknown'), results: [] },
    }),
  ).toMatchInlineSnapshot(`
    "one: 1 person logged off
    two: 2 people logged off
    one is back: 1 person logged off (has logged on again since)
    all are back: 2 people logged off (all have logged on again since)
    some are back: 3 people logged off (1 of them has logged on again since)
    several are back: 4 people logged off (3 of them have logged on again since)
    all kinds: 1 person logged off, 1 person still listed as logged on (not logged off, or already back), 2 people were not logged on, 1 person handled by another request, 2 people could not be checked
    many listed: 3 people still listed as logged on (not logged off, or already back)
    nothing: nobody to log off
    without an answer, but all are gone: 1 person logged off
    without an answer: SuperOffice gave no clear answer. 1 person logged off, 1 person still listed as logged on (not logged off, or already back)
    without an answer, not checked: SuperOffice gave no clear answer. 1 person could not be checked
    without an answer, as many listed as not checked: SuperOffice gave no clear answer. 1 person still listed as logged on (not logged off, or already back), 1 person could not be checked
    unknown: the outcome is not fully known. 2 people could not be checked
    nothing to say: the outcome is not fully known. nothing could be checked"
  `));

it('nothing is counted where nothing is known', () => {
  expect(summariseOutcomes(records.approved)).toBeUndefined();
  expect(summariseOutcomes(ended({ gone: 1 }))).toBe('1 person logged off');
});

it('while it goes on', () => {
  const asked = inState(records.awaiting_approval, 'awaiting_approval');
  const dispatching = inState(records['dispatching again'], 'dispatching');
  const verifying = inState(records.verifying, 'verifying');
  const seen = (...list: Sighting['seen'][]) => ({
    ...verifying,
    sightings: list.map((how, at) => ({ id: aid(101 + at), seen: how })),
  });
  const { request } = open({ rules: TWO, targets: [target(101)] });
  expect(
    told({
      confirmation: records.awaiting_confirmation,
      approval: asked,
      'two approvals': request,
      agreement: { ...asked, demand: { ...asked.demand, consent: alice.person.slack } },
      approved: records.approved,
      'approved, not told': { ...inState(records.approved, 'approved'), lastCode: 'timeout' },
      'approved, held': { ...inState(records.approved, 'approved'), held },
      warning: records.warning,
      'warning, not told': { ...inState(records.warning, 'warning'), lastCode: 'who_is_on_unread' },
      'warning, held': { ...inState(records.warning, 'warning'), held },
      asking: records.dispatching,
      'trying again': dispatching,
      'no session': { ...dispatching, lastCode: 'session' },
      'no logon': { ...dispatching, lastCode: 'backing_off' },
      'Slack away': { ...dispatching, lastCode: 'slack' },
      'groups away': { ...dispatching, lastCode: 'groups_unread' },
      'trying again, held': { ...dispatching, held },
      looking: verifying,
      'looking after no clear answer': { ...verifying, call: 'unknown' },
      'one is gone': seen('gone', 'listed'),
      'all are gone': seen('gone', 'gone'),
      'all are gone or back': seen('gone', 'back'),
      'nobody is gone': seen('listed', 'not_yet'),
    }),
  ).toMatchInlineSnapshot(`
    "confirmation: waiting for @bob to confirm
    approval: waiting for approval
    two approvals: waiting for approval (0 of 2)
    agreement: waiting for approval, or for the person concerned to agree
    approved: approved, starting; dropped if SuperOffice has not accepted it by 12:11
    approved, not told: approved, but SuperOffice does not answer; trying again until 12:11
    approved, held: paused by @alice since 12:00 (month end); dropped unless resumed by 12:11
    warning: people are being warned; log-off at 12:03
    warning, not told: people were warned, but SuperOffice does not tell who is logged on; trying again until 12:11
    warning, held: paused by @alice since 12:00 (month end); dropped unless resumed by 12:11
    asking: asking SuperOffice to log off 2 people
    trying again: SuperOffice does not answer; trying again until 12:11
    no session: SuperOffice ends the bot's session at once; trying again until 12:11
    no logon: the bot cannot log on to SuperOffice; trying again until 12:11
    Slack away: Slack does not answer; trying again until 12:11
    groups away: Slack does not tell who is in a user group; trying again until 12:11
    trying again, held: paused by @alice since 12:00 (month end); dropped unless resumed by 12:11
    looking: SuperOffice took the call; looking who is gone (0 of 2 so far)
    looking after no clear answer: no clear answer from SuperOffice; looking who is gone (0 of 2 so far)
    one is gone: SuperOffice took the call; looking who is gone (1 of 2 so far)
    all are gone: 2 people logged off
    all are gone or back: 2 people logged off (1 of them has logged on again since)
    nobody is gone: SuperOffice took the call; looking who is gone (0 of 2 so far)"
  `);
});

it('how it ended without a call', () => {
  const expired = inState(records.expired, 'expired');
  const cancelled = inState(records.cancelled, 'cancelled');
  const some = { ...expired, approvals: [{ by: alice.person, at: NOON }], demand: { ...expired.demand, approvals: 2 } };
  expect(
    told({
      'nobody answered': expired,
      'too few answered': some,
      'nobody confirmed': { ...expired, was: 'confirmation' },
      'nobody was there to do it': { ...expired, was: 'dispatch' },
      'SuperOffice was away': { ...expired, was: 'dispatch', lastCode: 'timeout' },
      'it was paused': { ...expired, was: 'dispatch', held },
      failed: records.failed,
      aborted: records.aborted,
      denied: records.denied,
      cancelled,
      stopped: { ...cancelled, stopped: true, role: 'requester' },
      'stopped by an approver': { ...cancelled, by: alice.person, stopped: true, role: 'approver' },
      'stopped by one concerned': { ...cancelled, by: alice.person, stopped: true, role: 'target' },
    }),
  ).toMatchInlineSnapshot(`
    "nobody answered: Nobody answered by 12:30. Nothing was done.
    too few answered: only 1 of 2 approvals by 12:30. Nothing was done.
    nobody confirmed: not confirmed by 12:30. Nothing was done.
    nobody was there to do it: not carried out by 12:30, so it was dropped. Nothing was done.
    SuperOffice was away: dropped at 12:30: SuperOffice does not answer. Nothing was done.
    it was paused: paused by @alice since 12:00 (month end) and not resumed in time. Nothing was done.
    failed: failed, nobody was logged off. SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator.
    aborted: not carried out, nobody was logged off. The record of this request does not agree with its audit trail, so nothing was sent. Tell your CRM administrator.
    denied: denied by @alice at 12:02. Nothing was done.
    cancelled: cancelled by @bob at 12:02. Nothing was done.
    stopped: stopped by @bob at 12:02. Nothing was done.
    stopped by an approver: stopped by @alice (approver) at 12:02. Nothing was done.
    stopped by one concerned: stopped by one of the people concerned at 12:02. Nothing was done."
  `);
});
