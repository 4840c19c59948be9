import { describe, expect, it } from 'vitest';
import {
  HISTORY_COUNTED,
  type HistoryPage,
  historyCard,
  nothingToSeeCard,
  untiedHistoryCard,
  whoseHistoryCard,
} from '../../../src/core/cards/history.ts';
import { alreadyPausedCard, notPausedCard, pausedCard, resumedCard } from '../../../src/core/cards/pause-cards.ts';
import { policyCard } from '../../../src/core/cards/policy-card.ts';
import { whyCard, whyRequestCard } from '../../../src/core/cards/why-cards.ts';
import { requestId } from '../../../src/core/ids.ts';
import type { Change } from '../../../src/core/policy/diff-words.ts';
import { listed } from '../directory.ts';
import { aid, alice, everyState, NOON, open, TWO } from '../made-up.ts';
import { drawn, gallery } from './drawn.ts';

const records = everyState();
const JANE = { id: aid(101), name: 'Jane Doe' };

describe('past requests', () => {
  const page = (more: Partial<HistoryPage> = {}): HistoryPage => ({
    requests: [records.done, records.denied],
    total: 2,
    hasOlder: false,
    ...more,
  });

  it('are counted, listed with what came out, and go on with a button', () =>
    expect(
      gallery({
        'of all': historyCard(undefined, page()),
        'of one': historyCard(JANE, page()),
        'of a number': historyCard({ id: aid(101) }, page({ requests: [records.done], total: 1 })),
        newest: historyCard(undefined, page({ total: 9, hasOlder: true })),
        older: historyCard(JANE, page({ total: 9, hasOlder: true, before: requestId(30) })),
        'uncounted many': historyCard(undefined, page({ total: HISTORY_COUNTED, hasOlder: true })),
        'just countable': historyCard(undefined, page({ total: HISTORY_COUNTED - 1 })),
      }),
    ).toMatchInlineSnapshot(`
      "-- of all
      2 requests:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): 3 people logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done.
      -- of one
      2 requests about Jane Doe (id 101):
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done.
      -- of a number
      One request about id 101:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): logged off
      -- newest
      9 requests, here the newest 2:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): 3 people logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done.
      [Older: /logoff history before 17]
      -- older
      9 requests about Jane Doe (id 101), here older 2:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done.
      [Older: /logoff history 101 before 17]
      -- uncounted many
      10000 or more requests, here the newest 2:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): 3 people logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done.
      [Older: /logoff history before 17]
      -- just countable
      9999 requests, here the newest 2:
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): 3 people logged off
      - Request 17: 2026-11-22T12:00 by @bob (Person 101 and 2 more): denied by @alice at 12:02. Nothing was done."
    `));

  it('may be none', () =>
    expect(
      gallery({
        'of anybody': historyCard(undefined, page({ requests: [], total: 0 })),
        'of one': historyCard(JANE, page({ requests: [], total: 0 })),
        older: historyCard(undefined, page({ requests: [], total: 3, before: requestId(2) })),
        'none that can be read, but older ones': historyCard(
          undefined,
          page({ requests: [], total: 3, hasOlder: true }),
        ),
      }),
    ).toMatchInlineSnapshot(`
      "-- of anybody
      There is no request on record.
      -- of one
      There is no request about Jane Doe (id 101) on record.
      -- older
      There is no older request on record.
      -- none that can be read, but older ones
      3 requests, here the newest 0:
      "
    `));

  it('of whom is asked where that is not certain', () => {
    const people = Array.from({ length: 12 }, (_, at) => listed(at + 1, `Ola ${at}`));
    expect(
      gallery({
        nobody: whoseHistoryCard('ola', 'near', []),
        near: whoseHistoryCard('ola', 'near', people.slice(0, 1)),
        several: whoseHistoryCard('Ola', 'several', people.slice(0, 2)),
        untied: untiedHistoryCard(),
        'not to be seen': nothingToSeeCard(),
      }),
    ).toMatchInlineSnapshot(`
      "-- nobody
      Nobody is called "ola". Type a login, a full name or an associate id.
      -- near
      Nobody is called exactly "ola". Whose history do you mean?
      - *Ola 0* (id 1, Sales)
      [Ola 0 (1): /logoff history 1]
      -- several
      Several people are called "Ola". Whose history do you mean?
      - *Ola 0* (id 1, Sales)
      - *Ola 1* (id 2, Sales)
      [Ola 0 (1): /logoff history 1] [Ola 1 (2): /logoff history 2]
      -- untied
      I do not know which SuperOffice user that is. Type the login or the associate id.
      -- not to be seen
      There is nothing here that you can see. Ask your CRM administrator whether you should."
    `);
    expect(drawn(whoseHistoryCard('ola', 'near', people)).match(/history/g)).toHaveLength(11);
  });
});

describe('why', () => {
  const here = { line: 'log anybody off', isHere: true };
  const elsewhere = { line: 'log two off', isHere: false };
  const refused = { at: NOON, typed: '101 102', why: 'No rule.', underOthers: false, ways: ['by "a" if x'] };
  it('says which rules are for somebody, and why they were refused last', () =>
    expect(
      gallery({
        nothing: whyCard([], undefined),
        here: whyCard([here], undefined),
        elsewhere: whyCard([elsewhere], undefined),
        both: whyCard([here, elsewhere], refused),
        'other rules then': whyCard([here], { ...refused, underOthers: true, ways: [] }),
      }),
    ).toMatchInlineSnapshot(`
      "-- nothing
      No rule lets you log anybody off in this channel.
      -- here
      In this channel you may, by the first of these that fits:
      - log anybody off
      -- elsewhere
      No rule lets you log anybody off in this channel.
      In other channels also:
      - log two off
      -- both
      In this channel you may, by the first of these that fits:
      - log anybody off
      In other channels also:
      - log two off
      *Your last refused command*, at 12:00:
      > /logoff 101 102
      No rule.
      Under the current rules it would pass:
      - by "a" if x
      -- other rules then
      In this channel you may, by the first of these that fits:
      - log anybody off
      *Your last refused command*, at 12:00:
      > /logoff 101 102
      No rule. Other rules were in force then."
    `));
  it('says by which rule a request went, and what the rules of now say', () => {
    const { request } = open({ rules: TWO });
    expect(
      gallery({
        'the same rules': whyRequestCard(request, undefined),
        'other rules': whyRequestCard(records.done, 'No: no more.'),
      }),
    ).toMatchInlineSnapshot(`
      "-- the same rules
      summary: Request 17: taken by the rule "two". It is now: waiting for approval (0 of 2)
      Request 17: 
      Rule = two: the first that fitted who asked, whom, and where
      Asked for = with 2 approvals by crm-leads
      Status = waiting for approval (0 of 2)
      Rules = aaaaaaaaaaaa, still in force
      -- other rules
      summary: Request 17: taken by the rule "helpdesk". It is now: 3 people logged off
      Request 17: 
      Rule = helpdesk: the first that fitted who asked, whom, and where
      Asked for = with 1 approval by crm-leads
      Status = 3 people logged off
      Rules = aaaaaaaaaaaa
      Asked now = No: no more."
    `);
  });
});

describe('other rules in force', () => {
  const change = (kind: Change['kind'], say: string): Change => ({ kind, say });
  it('are told with what they change, a kind at a time', () => {
    const many = Array.from({ length: 17 }, (_, at) => change('settings', `change ${at + 1}`));
    const changes = [change('settings', 'never: with 7'), change('from no to yes', 'U0BOB for 6: no -> yes')];
    expect(
      gallery({
        unreadable: policyCard('aaa', 'bbb', undefined),
        'the same': policyCard('aaa', 'bbb', { changes: [], isComplete: true }),
        some: policyCard('aaa', 'bbb', { changes, isComplete: true }),
        'not all': policyCard('aaa', 'bbb', { changes: changes.slice(0, 1), isComplete: false }),
        many: policyCard('aaa', 'bbb', { changes: many, isComplete: true }),
        'just as many as fit': policyCard('aaa', 'bbb', { changes: many.slice(0, 15), isComplete: true }),
      }),
    ).toMatchInlineSnapshot(`
      "-- unreadable
      The rules bbb are in force now, in place of aaa. What they change is not known: the old ones were not kept in a form that can be read.
      -- the same
      The rules bbb are in force now, in place of aaa. They say the same; something else in the settings changed.
      -- some
      The rules bbb are in force now, in place of aaa. 
      *From no to yes*
      - U0BOB for 6: no -> yes
      *Settings*
      - never: with 7
      -- not all
      The rules bbb are in force now, in place of aaa. 
      *Settings*
      - never: with 7
      (These rules are too large to compare every case: there may be more.)
      -- many
      The rules bbb are in force now, in place of aaa. 
      *Settings*
      - change 1
      - change 2
      - change 3
      - change 4
      - change 5
      - change 6
      - change 7
      - change 8
      - change 9
      - change 10
      - change 11
      - change 12
      - change 13
      - change 14
      - change 15
      - and 2 more: see "policy diff" on the command line
      -- just as many as fit
      The rules bbb are in force now, in place of aaa. 
      *Settings*
      - change 1
      - change 2
      - change 3
      - change 4
      - change 5
      - change 6
      - change 7
      - change 8
      - change 9
      - change 10
      - change 11
      - change 12
      - change 13
      - change 14
      - change 15"
    `);
  });
});

it('a pause is told with who, since when and why', () => {
  const pause = { by: alice.person, since: NOON };
  expect(
    gallery({
      paused: pausedCard({ ...pause, reason: 'month end' }),
      'without a reason': pausedCard(pause),
      already: alreadyPausedCard(pause),
      resumed: resumedCard(alice.person),
      not: notPausedCard,
    }),
  ).toMatchInlineSnapshot(`
    "-- paused
    Nobody is logged off for now: all log-offs are paused by @alice since 12:00 (month end). Requests can still be made and approved; they wait, and their time runs on. \`/logoff resume\` ends the pause.
    -- without a reason
    Nobody is logged off for now: all log-offs are paused by @alice since 12:00. Requests can still be made and approved; they wait, and their time runs on. \`/logoff resume\` ends the pause.
    -- already
    All log-offs are already paused by @alice since 2026-11-22T12:00. \`/logoff resume\` ends the pause. Nothing changed.
    -- resumed
    @alice ended the pause: requests that are approved and still in time are carried out now.
    -- not
    Log-offs are not paused. Nothing changed."
  `);
});
