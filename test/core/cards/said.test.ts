import { describe, expect, it } from 'vitest';
import {
  describeServer,
  leftOutCard,
  misunderstanding,
  nobodyCard,
  noSuchRequest,
  refusalCard,
  statusList,
} from '../../../src/core/cards/answers.ts';
import { explainFailure, failures } from '../../../src/core/cards/catalogue.ts';
import { helpCard } from '../../../src/core/cards/help-card.ts';
import { reviewedCard } from '../../../src/core/cards/reviewed-card.ts';
import { aid, alice, everyState, inState, NOON, ola, open, POLICY, TWO, target } from '../made-up.ts';
import { drawn, gallery } from './drawn.ts';

const records = everyState({ targets: [target(101), target(102)] });

describe('an answer', () => {
  const problem = (word: string, ...understood: string[]) => misunderstanding({ code: 'bad_word', word, understood });
  it('to what was not understood says what was, and what to type', () =>
    expect(
      gallery({
        nothing: problem('x'),
        some: problem('x', '101', 'me'),
        'as many as are repeated': problem('x', ...Array.from({ length: 20 }, (_, at) => `${at}`)),
        'one more': problem('x', ...Array.from({ length: 21 }, (_, at) => `${at}`)),
        ...Object.fromEntries(
          ['cancel', 'status', 'why', 'pause', 'resume', 'history', 'help'].map((verb) => [verb, problem('x', verb)]),
        ),
      }),
    ).toMatchInlineSnapshot(`
      "-- nothing
      I do not understand "x". Type it like this: \`/logoff jane.doe "Per Hansen" reason: locked out after a crash\`. Nothing was done.
      -- some
      I do not understand "x". Understood so far: 101, me. Type it like this: \`/logoff jane.doe "Per Hansen" reason: locked out after a crash\`. Nothing was done.
      -- as many as are repeated
      I do not understand "x". Understood so far: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19. Type it like this: \`/logoff jane.doe "Per Hansen" reason: locked out after a crash\`. Nothing was done.
      -- one more
      I do not understand "x". Understood so far: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 1 more. Type it like this: \`/logoff jane.doe "Per Hansen" reason: locked out after a crash\`. Nothing was done.
      -- cancel
      I do not understand "x". Understood so far: cancel. Type it like this: \`/logoff cancel 17\`. Nothing was done.
      -- status
      I do not understand "x". Understood so far: status. Type it like this: \`/logoff status 17\`. Nothing was done.
      -- why
      I do not understand "x". Understood so far: why. Type it like this: \`/logoff why 17\`. Nothing was done.
      -- pause
      I do not understand "x". Understood so far: pause. Type it like this: \`/logoff pause\`. Nothing was done.
      -- resume
      I do not understand "x". Understood so far: resume. Type it like this: \`/logoff resume\`. Nothing was done.
      -- history
      I do not understand "x". Understood so far: history. Type it like this: \`/logoff history\`. Nothing was done.
      -- help
      I do not understand "x". Understood so far: help. Type it like this: \`/logoff help\`. Nothing was done."
    `));

  it('to a call for help tells what somebody may do', () => {
    const [own] = POLICY.rules;
    expect(
      gallery({
        nothing: helpCard({ rules: [], isTied: true, maxTargets: 50 }),
        'own session': helpCard({ rules: own === undefined ? [] : [own], isTied: true, maxTargets: 7 }),
        'own session, not tied': helpCard({ rules: own === undefined ? [] : [own], isTied: false, maxTargets: 7 }),
        everything: helpCard({
          rules: POLICY.rules,
          isTied: true,
          maxTargets: 50,
          mayPause: true,
          maySeeWho: true,
          mayLookBack: true,
        }),
        'approve only': helpCard({ rules: [], isTied: true, maxTargets: 50, mayPause: true }),
        'look back only': helpCard({ rules: [], isTied: true, maxTargets: 50, mayLookBack: true }),
      }),
    ).toMatchInlineSnapshot(`
      "-- nothing
      No rule lets you log anybody off. Ask your CRM administrator.
      -- own session
      I log people off the SuperOffice Windows client, after a crash for example. You may:
      - log yourself off, without approval (rule "own session")
      *Commands*
      - */logoff me*: asks to log yourself off
      - */logoff* alone: opens a window to choose in
      - */logoff status* or */logoff status 17*: shows open requests, or one
      - */logoff why* or */logoff why 17*: why you were refused, or by which rule a request went
      - */logoff cancel 17*: takes your own request back, or stops an approved one, until SuperOffice is asked
      -- own session, not tied
      The rules let you log yourself off, but I do not know for certain which SuperOffice user you are. Ask your CRM administrator to add you to \`identities\`.
      -- everything
      I log people off the SuperOffice Windows client, after a crash for example. You may:
      - log yourself off, without approval (rule "own session")
      - log anybody off, after one approval by crm-leads (rule "helpdesk")
      *Commands*
      - */logoff jane.doe "Per Hansen" reason: locked out after a crash*: asks to log these people off, at most 50 in one request. They can read the reason, unless it starts with *offboarding*. A person is a login, a full name in quotes, an e-mail address, a mention, an associate id, or *group:Name* for everybody in a group
      - */logoff me*: asks to log yourself off
      - */logoff* alone: opens a window to choose in
      - */logoff who* or */logoff who Sales*: shows who is logged on now, or who of one group
      - */logoff everyone in 30m reason: upgrade*, or with *at 17:00* or *at 2026-12-01 17:00*: announces it, reminds people, and logs off everyone who is logged on at that time
      - */logoff status* or */logoff status 17*: shows open requests, or one
      - */logoff why* or */logoff why 17*: why you were refused, or by which rule a request went
      - */logoff cancel 17*: takes your own request back, or stops an approved one, until SuperOffice is asked
      - */logoff history* or */logoff history jane.doe*: past requests, about all or one person
      - */logoff pause reason: …* and */logoff resume*: pauses all log-offs, and ends the pause
      -- approve only
      I log people off the SuperOffice Windows client, after a crash for example. You may approve what others ask for.
      *Commands*
      - */logoff status* or */logoff status 17*: shows open requests, or one
      - */logoff why* or */logoff why 17*: why you were refused, or by which rule a request went
      - */logoff cancel 17*: takes your own request back, or stops an approved one, until SuperOffice is asked
      - */logoff pause reason: …* and */logoff resume*: pauses all log-offs, and ends the pause
      -- look back only
      I log people off the SuperOffice Windows client, after a crash for example. You may look at what others asked for.
      *Commands*
      - */logoff status* or */logoff status 17*: shows open requests, or one
      - */logoff why* or */logoff why 17*: why you were refused, or by which rule a request went
      - */logoff cancel 17*: takes your own request back, or stops an approved one, until SuperOffice is asked
      - */logoff history* or */logoff history jane.doe*: past requests, about all or one person"
    `);
  });

  it('to a status lists what is open', () =>
    expect(
      gallery({
        nothing: statusList([], undefined),
        'nothing, of a server': statusList([], 'SuperOffice 8.5.'),
        'nothing, paused': statusList([], undefined, { by: alice.person, since: NOON }),
        one: statusList([records.approved], 'SuperOffice 8.5.'),
        'two, paused': statusList([records.approved, records.denied], undefined, {
          by: alice.person,
          since: NOON,
          reason: 'x',
        }),
      }),
    ).toMatchInlineSnapshot(`
      "-- nothing
      There is no open request that concerns you.
      -- nothing, of a server
      There is no open request that concerns you.
      (SuperOffice 8.5.)
      -- nothing, paused
      summary: There is no open request that concerns you.
      All log-offs are paused by @alice since 2026-11-22T12:00.
      There is no open request that concerns you.
      -- one
      One open request:
      - Request 17: approved, starting; dropped if SuperOffice has not accepted it by 12:11 (Person 101 and 1 more, asked by @bob)
      (SuperOffice 8.5.)
      -- two, paused
      summary: 2 open requests:
      All log-offs are paused by @alice since 2026-11-22T12:00 (x).
      2 open requests:
      - Request 17: approved, starting; dropped if SuperOffice has not accepted it by 12:11 (Person 101 and 1 more, asked by @bob)
      - Request 17: denied by @alice at 12:02. Nothing was done. (Person 101 and 1 more, asked by @bob)"
    `));

  it('tells of the server what is known', () => {
    const facts = { version: '8.5', services: 86, windowsClient: 'yes', missingRights: [] } as const;
    expect(
      [
        describeServer(undefined),
        describeServer(facts),
        describeServer({ services: 86, windowsClient: 'unknown', missingRights: [] }),
        describeServer({ ...facts, windowsClient: 'no' }),
        describeServer({ ...facts, missingRights: ['admin-users', 'x'] }),
      ].join('\n'),
    ).toMatchInlineSnapshot(`
      "SuperOffice does not answer at the moment.
      SuperOffice 8.5, web services 86.
      SuperOffice, version not known, web services 86.
      SuperOffice 8.5, web services 86. It has no Windows client to log off from.
      SuperOffice 8.5, web services 86. The bot's user lacks the right admin-users: SuperOffice may refuse to log anybody off. The bot's user lacks the right x: something may be refused."
    `);
  });

  it('to a press says what came of it', () => {
    const cancelled = inState(records.cancelled, 'cancelled');
    const two = {
      ...inState(records.done, 'done'),
      approvals: [alice, ola].map(({ person: by }) => ({ by, at: NOON })),
    };
    expect(
      gallery({
        approved: reviewedCard(records.approved, 'approve'),
        stopped: reviewedCard({ ...cancelled, stopped: true }, 'cancel'),
        cancelled: reviewedCard(cancelled, 'cancel'),
        'not an approver': refusalCard('not_an_approver', records.awaiting_approval),
        'decided by two': refusalCard('already_decided', two),
        'decided, a full stop already': refusalCard('already_decided', records.denied),
        'ended by nobody': refusalCard('already_decided', records.expired),
        unknown: noSuchRequest(7),
        'some left out': leftOutCard({ ...records.approved, leftOut: [{ id: aid(9), code: 'unknown_id' }] }),
        'nobody left': nobodyCard([{ id: aid(9), code: 'unknown_id' }]),
      }),
    ).toMatchInlineSnapshot(`
      "-- approved
      You approved request 17. The log-off starts now, without warning.
      -- stopped
      You stopped request 17. Nobody was logged off.
      -- cancelled
      You cancelled request 17. Nobody was logged off.
      -- not an approver
      Request 17: You are not among the approvers of this request, so nothing changed. Leave it to them.
      -- decided by two
      Request 17 is already finished: 2 people logged off. Approved by @alice at 12:00, @ola at 12:00. Nothing changed.
      -- decided, a full stop already
      Request 17 is already finished: denied by @alice at 12:02. Nothing was done. Nothing changed.
      -- ended by nobody
      Request 17 is already finished: Nobody answered by 12:30. Nothing was done. Nothing changed.
      -- unknown
      There is no request 7 that you can see. \`/logoff status\` lists those that you can.
      -- some left out
      Request 17 was made for Person 101 and 1 other. Left out:
      - id 9: nobody you may log off has this id
      -- nobody left
      None of these people can be logged off. Nothing was done.
      *Left out*
      - id 9: nobody you may log off has this id"
    `);
  });

  it('knows each code, and has words for those that nobody thought of', () => {
    expect(explainFailure('never heard of')).toEqual(failures['netserver']);
    expect(explainFailure('toString')).toEqual(failures['netserver']);
    expect(explainFailure('backing_off')).toEqual(failures['credentials']);
  });
});

it('two approvals stand in the status of a request', () =>
  expect(drawn(statusList([open({ rules: TWO }).request], undefined))).toContain('(0 of 2)'));
