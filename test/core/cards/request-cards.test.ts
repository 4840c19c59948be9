import { describe, expect, it, test } from 'vitest';
import { lineCard } from '../../../src/core/cards/line-card.ts';
import { pointerCard } from '../../../src/core/cards/pointer-card.ts';
import { requestCard, type View } from '../../../src/core/cards/request-cards.ts';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import { isOpen, type Request } from '../../../src/core/request/request.ts';
import { transition } from '../../../src/core/request/transition.ts';
import {
  aid,
  alice,
  dispatch,
  EARLY,
  everyState,
  follow,
  ids,
  MINUTE,
  moment,
  NOON,
  open,
  TWO,
  target,
} from '../made-up.ts';
import { actions, buttonRows, lines, peopleIn, words } from './texts.ts';

const nobody: View = { approvers: [], others: [] };
const asking = (count: number): View => ({
  approvers: Array.from({ length: count }, (_, index) => ({
    slack: slackUserId(`U0LEAD${index}`),
    name: `lead ${index}`,
  })),
  others: [],
});
const RECORDS = Object.entries(everyState());
const outOf = (record: Request) => words(lineCard(record).summary);

describe('in every state', () => {
  test.each(RECORDS)('%s: the card and the line are whole', (_state, record) => {
    for (const card of [requestCard(record, asking(3)), lineCard(record), pointerCard(record)]) {
      const all = [words(card.summary), ...lines(card.parts)];
      expect(words(card.summary)).toMatch(/^Request 17: ./);
      for (const line of all) expect(line).not.toMatch(/undefined|NaN|\[object|Invalid|^\s*$/);
    }
    expect(lines(requestCard(record, nobody).parts)).toEqual(
      expect.arrayContaining([
        'Request 17: log off 3 people',
        'Rule: helpdesk',
        'locked out',
        `Asked by: [U0BOB], [${new Date(NOON).toISOString()}]`,
      ]),
    );
  });

  test.each(RECORDS)(
    '%s: Approve and Deny are there only while somebody can press them, and never side by side',
    (state, record) => {
      const waiting = record.status === 'awaiting_approval';
      const stoppable = ['approved', 'warning', 'dispatching again'].includes(state) ? [['cancel']] : [];
      const expected = waiting ? [['approve', 'show_everyone'], ['deny']] : stoppable;
      expect(actions(requestCard(record, asking(3)))).toEqual(expected);
      if (!isOpen(record)) expect(actions(lineCard(record))).toEqual([]);
      expect(actions(pointerCard(record))).toEqual([]);
    },
  );

  test.each(RECORDS)('%s: every button carries the number of the request and nothing else', (_state, record) => {
    for (const card of [requestCard(record, asking(3)), lineCard(record)]) {
      for (const button of buttonRows(card).flat()) {
        expect(button.request).toBe(17);
        expect(
          Object.keys(button).every((key) => ['action', 'label', 'request', 'style', 'confirm'].includes(key)),
        ).toBe(true);
      }
    }
  });

  test.each(RECORDS)(
    '%s: the line where it was typed names nobody to be logged off, and does not repeat the reason',
    (_state, record) => {
      expect(lines(lineCard(record).parts).join()).not.toMatch(/Person|login10|locked out/);
    },
  );

  test.each(RECORDS.filter(([, record]) => !isOpen(record)))(
    '%s: says for each person what happened',
    (_state, record) => {
      const told = lines(requestCard(record, nobody).parts);
      expect(told).toContain('What happened to each person (3)');
      const each = told.filter((line) => line.startsWith('Person '));
      expect(each).toHaveLength(3);
      const expected = { done: 'logged off', unknown: 'could not be checked' };
      const words =
        record.status === 'done' || record.status === 'unknown' ? expected[record.status] : 'nothing was done';
      for (const line of each) expect(line.endsWith(`: ${words}`)).toBe(true);
    },
  );
});

describe('what came out', () => {
  const { verifying, dispatching, awaiting_approval } = everyState();
  const looked = (...on: readonly number[]) => ({ kind: 'looked', on: new Set(on.map(aid)) }) as const;

  test.each<[string, string]>([
    ['awaiting_approval', 'waiting for approval'],
    [
      'approved',
      `approved, starting; dropped if SuperOffice has not accepted it by [${new Date(NOON + 11 * MINUTE).toISOString()}]`,
    ],
    ['dispatching', 'asking SuperOffice to log off 3 people'],
    [
      'dispatching again',
      `SuperOffice does not answer; trying again until [${new Date(NOON + 11 * MINUTE).toISOString()}]`,
    ],
    ['verifying', 'SuperOffice took the call; looking who is gone (0 of 3 so far)'],
    ['done', '3 people logged off'],
    ['unknown', 'the outcome is not fully known. 3 people could not be checked'],
    ['denied', `denied by [U0ALICE] at [${new Date(EARLY).toISOString()}]. Nothing was done. Reason: month end`],
    ['cancelled', `cancelled by [U0BOB] at [${new Date(EARLY).toISOString()}]. Nothing was done.`],
    ['expired', `Nobody answered by [${new Date(NOON + 30 * MINUTE).toISOString()}]. Nothing was done.`],
  ])('%s: %s', (state, expected) => {
    const record = RECORDS.find(([name]) => name === state)?.[1];
    expect(record && outOf(record)).toBe(`Request 17: ${expected}`);
  });

  it('who approved one of two before it expired is not called nobody', () => {
    const once = follow(open({ rules: TWO }).request, [[EARLY, { kind: 'approve', by: alice }]], TWO);
    const ended = follow(once, [[NOON + 30 * MINUTE, { kind: 'lapse' }]], TWO);
    expect(outOf(ended)).toBe(
      `Request 17: only 1 of 2 approvals by [${new Date(NOON + 30 * MINUTE).toISOString()}]. Nothing was done.`,
    );
  });

  it('one person is one person', () => {
    const { request } = open({ targets: [target(102)] });
    const sent = follow(request, [
      [EARLY, dispatch(request)],
      [EARLY, { kind: 'call_accepted', holder: 'p1' }],
      [EARLY, looked()],
      [EARLY + MINUTE, looked()],
    ]);
    expect(outOf(sent)).toBe('Request 17: 1 person logged off');
  });

  it('tells each person apart: logged off, back, still listed, not on, left to another request', () => {
    const five = [101, 102, 103, 104, 105];
    const { request } = open({ targets: five.map((id) => target(id)) });
    const approved = follow(request, [[EARLY, { kind: 'approve', by: alice }]]);
    const sent = dispatch(approved, {
      on: new Set(ids(101, 102, 103, 105)),
      busy: [{ id: aid(105), request: requestId(12) }],
    });
    const ended = follow(approved, [
      [EARLY, sent],
      [EARLY, { kind: 'call_accepted', holder: 'p1' }],
      [EARLY + 1, looked(103)],
      [EARLY + 2, looked(102, 103)],
      [EARLY + MINUTE, looked(102, 103)],
    ]);
    expect(lines(requestCard(ended, nobody).parts).filter((line) => line.startsWith('Person '))).toEqual([
      'Person 101 (login101, id 101, group 7): logged off',
      'Person 102 (login102, id 102, group 7): logged off, and has logged on again since',
      'Person 103 (login103, id 103, group 7): still listed as logged on: not logged off, or already back (SuperOffice cannot tell which)',
      'Person 104 (login104, id 104, group 7): was not logged on, so nothing was sent',
      'Person 105 (login105, id 105, group 7): handled by request 12',
    ]);
    expect(outOf(ended)).toBe(
      'Request 17: 2 people logged off (1 of them has logged on again since), 1 person still listed as logged on (not logged off, or already back), 1 person was not logged on, 1 person handled by another request',
    );
  });

  it('an interrupted call says so, and never says failed', () => {
    const lost = transition(dispatching, { kind: 'lapse' }, moment(NOON + 60 * MINUTE)).request;
    expect(outOf(lost)).toContain('no clear answer from SuperOffice');
    const ended = transition(lost, { kind: 'looked', on: 'refused' }, moment(NOON + 61 * MINUTE)).request;
    expect(outOf(ended)).toContain('The bot was interrupted while it asked SuperOffice');
    expect(outOf(ended)).not.toContain('failed');
  });

  it('"logged off" is not said before it was seen', () => {
    for (const record of [awaiting_approval, dispatching, verifying]) {
      expect(lines(requestCard(record, nobody).parts).filter((line) => /\): logged off/.test(line))).toEqual([]);
    }
  });

  it('who approved, and when, stands on the card to the end', () => {
    for (const status of ['dispatching', 'verifying', 'done', 'unknown', 'failed', 'aborted'] as const) {
      expect(lines(requestCard(everyState()[status], nobody).parts)).toContain(
        `Approvals: 1 of 1: [U0ALICE] at [${new Date(NOON + MINUTE).toISOString()}]`,
      );
    }
  });
});

describe('everybody who is to be logged off', () => {
  const slack = { user: slackUserId('U0JANE'), how: 'map' } as const;
  const jane = { fullName: 'Jane Doe', login: 'jane.doe', group: 'Sales' } as const;
  const line = (more: Parameters<typeof target>[1]) =>
    lines(requestCard(open({ targets: [target(102, { ...jane, ...more })] }).request, nobody).parts).find((it) =>
      it.startsWith('Jane Doe '),
    );
  test.each<[Parameters<typeof target>[1], string]>([
    [{}, 'Jane Doe (jane.doe, id 102, Sales): logged on now'],
    [{ namedBy: 'id' }, 'Jane Doe (jane.doe, id 102, Sales): logged on now'],
    [{ namedBy: 'login' }, 'Jane Doe (jane.doe, id 102, Sales), found by login: logged on now'],
    [{ namedBy: 'name' }, 'Jane Doe (jane.doe, id 102, Sales), found by full name: logged on now'],
    [{ namedBy: 'email' }, 'Jane Doe (jane.doe, id 102, Sales), found by e-mail address: logged on now'],
    [{ namedBy: 'group' }, 'Jane Doe (jane.doe, id 102, Sales), found by group: logged on now'],
    [{ namedBy: 'me', slack }, 'Jane Doe (jane.doe, id 102, Sales), [U0JANE], named as "me": logged on now'],
    [{ namedBy: 'mention', slack }, 'Jane Doe (jane.doe, id 102, Sales), [U0JANE], found by mention: logged on now'],
    [
      { slack: { ...slack, how: 'email' }, retired: true, on: 'off' },
      'Jane Doe (jane.doe, id 102, Sales) (retired user), [U0JANE] (known only by e-mail): not logged on now',
    ],
  ])('%j', (more, expected) => expect(line(more)).toBe(expected));

  it('is named with the login in the dialog too', () => {
    const { request } = open({ targets: [target(102, jane), target(103, { fullName: 'Bo', login: '' })] });
    const approve = buttonRows(requestCard(request, nobody)).flat()[0];
    expect(approve?.confirm?.text).toContain('Jane Doe (jane.doe, id 102), Bo (id 103) will be logged off');
  });
});

it('a card made with names that are not fresh says of when they are', () => {
  const { request } = open();
  const asOf = requestCard({ ...request, peopleAsOf: NOON - MINUTE }, nobody);
  expect(lines(asOf.parts)).toContain(
    `Names as of: [${new Date(NOON - MINUTE).toISOString()}] (SuperOffice could not be read again)`,
  );
  expect(lines(requestCard(request, nobody).parts).join()).not.toContain('Names as of');
});

describe('while it asks for approval', () => {
  const { awaiting_approval } = everyState();
  const mentioned = (record: Request, view: View) =>
    peopleIn(requestCard(record, view)).filter((slack) => slack.startsWith('U0LEAD'));

  test.each([0, 1, 10, 11, 500])('of %d approvers at most ten are mentioned', (count) => {
    expect(mentioned(awaiting_approval, asking(count))).toHaveLength(Math.min(count, 10));
    expect(
      lines(requestCard(awaiting_approval, asking(count)).parts).some((line) =>
        line.endsWith(`and ${count - 10} more`),
      ),
    ).toBe(count > 10);
  });
  test.each(RECORDS.filter(([state]) => state !== 'awaiting_approval'))(
    '%s mentions no approvers',
    (_state, record) => {
      expect(mentioned(record, asking(3))).toEqual([]);
    },
  );
  it('says so where nobody can approve', () =>
    expect(lines(requestCard(awaiting_approval, nobody).parts)).toContain(
      'Nobody can approve this now: the rule names no approver other than the requester.',
    ));
  it('the text that phones show says who, whom and why', () =>
    expect(words(requestCard(awaiting_approval, asking(2)).summary)).toBe(
      'Request 17: approval needed. bob asks to log off Person 101 and 2 more from SuperOffice. Reason: locked out',
    ));
  it('names who was left out, and other requests for the same people', () => {
    const { request } = open({
      leftOut: [
        { id: aid(1), name: 'Root', code: 'never_list' },
        { id: aid(9), code: 'unknown_id' },
      ],
    });
    const told = lines(
      requestCard(request, { approvers: [], others: [{ id: requestId(12) }, { id: requestId(13) }] }).parts,
    );
    expect(told).toEqual(
      expect.arrayContaining([
        'Root (id 1): protected: no rule can reach them',
        'id 9: nobody you may log off has this id',
        'Also open for some of these people: request 12, 13.',
      ]),
    );
  });
  it('only the line has a Cancel button', () => expect(actions(lineCard(awaiting_approval))).toEqual([['cancel']]));
});
