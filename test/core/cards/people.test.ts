import { describe, expect, it, test } from 'vitest';
import {
  candidateLine,
  leftOutPart,
  nameOf,
  nameTargets,
  targetLines,
  targetsPart,
} from '../../../src/core/cards/people.ts';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import type { NamedBy, Target } from '../../../src/core/people.ts';
import type { Outcome, Request, RequestIn, Warned } from '../../../src/core/request/request.ts';
import { aid, EARLY, everyState, inState, MINUTE, target } from '../made-up.ts';
import { drawnParts } from './drawn.ts';

const records = everyState({ targets: [target(101), target(102)] });
const user = slackUserId('U0ANNA');
const line = (who: Target, isToldOn = false) => drawnParts([{ kind: 'list', items: [candidateLine(who, isToldOn)] }]);
const list = (request: Request) => drawnParts([{ kind: 'list', items: targetLines(request) }]);

describe('somebody', () => {
  it('is described by what is known of them', () =>
    expect(
      [
        line(target(101)),
        line(target(101), true),
        line(target(101, { on: 'off' }), true),
        line(target(101, { on: 'unknown' }), true),
        line(target(101, { login: '' })),
        line(target(101, { group: 'Sales' })),
        line(target(101, { group: '' })),
        line(target(101, { retired: true })),
        line(target(101, { slack: { user, how: 'map' } })),
        line(target(101, { slack: { user, how: 'email' } })),
        line(target(101, { fullName: '  ', login: ' x ' })),
        ...(['id', 'login', 'name', 'email', 'me', 'mention', 'group'] satisfies NamedBy[]).map((namedBy) =>
          line(target(101, { namedBy })),
        ),
        line(target(101, { namedBy: 'me' }), true),
      ].join('\n'),
    ).toMatchInlineSnapshot(`
      "- *Person 101* (login101, id 101, group 7)
      - *Person 101* (login101, id 101, group 7): logged on now
      - *Person 101* (login101, id 101, group 7): not logged on now
      - *Person 101* (login101, id 101, group 7): not known whether logged on
      - *Person 101* (id 101, group 7)
      - *Person 101* (login101, id 101, Sales)
      - *Person 101* (login101, id 101)
      - *Person 101* (login101, id 101, group 7) (retired user)
      - *Person 101* (login101, id 101, group 7), @Person 101
      - *Person 101* (login101, id 101, group 7), @Person 101 (known only by e-mail)
      - *x* ( x , id 101, group 7)
      - *Person 101* (login101, id 101, group 7)
      - *Person 101* (login101, id 101, group 7), found by login
      - *Person 101* (login101, id 101, group 7), found by full name
      - *Person 101* (login101, id 101, group 7), found by e-mail address
      - *Person 101* (login101, id 101, group 7), named as "me"
      - *Person 101* (login101, id 101, group 7), found by mention
      - *Person 101* (login101, id 101, group 7), found by group
      - *Person 101* (login101, id 101, group 7), named as "me": logged on now"
    `));

  test.each<[readonly Pick<Target, 'fullName' | 'login'>[], string]>([
    [[], 'nobody'],
    [[{ fullName: ' Jane ', login: 'j' }], 'Jane'],
    [[{ fullName: ' ', login: ' j ' }], 'j'],
    [[{ fullName: '', login: ' ' }], 'somebody without a name'],
    [[target(1), target(2)], 'Person 1 and 1 more'],
    [[target(1), target(2), target(3)], 'Person 1 and 2 more'],
  ])('%j are %s in short', (who, expected) => {
    expect(nameTargets(who)).toBe(expected);
    if (who.length === 1 && who[0] !== undefined) expect(nameOf(who[0])).toBe(expected);
  });
});

describe('each person of a request', () => {
  const KINDS: readonly Outcome[] = [
    { kind: 'gone' },
    { kind: 'back' },
    { kind: 'listed' },
    { kind: 'was_not_on' },
    { kind: 'not_checked' },
    { kind: 'see', request: requestId(9) },
  ];
  const done = (reason: string): RequestIn<'done'> => {
    const [first, ...rest] = KINDS.map((_, at) => target(101 + at));
    return {
      ...inState(records.done, 'done'),
      reason,
      targets: [first ?? target(101), ...rest],
      results: KINDS.map((outcome, at) => ({ id: aid(101 + at), outcome })),
    };
  };
  it('has what came out', () =>
    expect(list(done('locked out'))).toMatchInlineSnapshot(`
    "- *Person 101* (login101, id 101, group 7): logged off
    - *Person 102* (login102, id 102, group 7): logged off, and has logged on again since
    - *Person 103* (login103, id 103, group 7): still listed as logged on: not logged off, or already back (SuperOffice cannot tell which)
    - *Person 104* (login104, id 104, group 7): was not logged on, so nothing was sent
    - *Person 105* (login105, id 105, group 7): could not be checked
    - *Person 106* (login106, id 106, group 7): handled by request 9"
  `));
  it('who leaves can be deleted once they surely are not logged on', () =>
    expect(
      list(done('offboarding'))
        .split('\n')
        .filter((one) => one.includes('deleted'))
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "- *Person 101* (login101, id 101, group 7): logged off; the SuperOffice user can now be deleted
      - *Person 104* (login104, id 104, group 7): was not logged on, so nothing was sent; the SuperOffice user can now be deleted"
    `));
  it('of what ended otherwise says that nothing was done', () =>
    expect(list(records.denied)).toMatchInlineSnapshot(`
    "- *Person 101* (login101, id 101, group 7): nothing was done
    - *Person 102* (login102, id 102, group 7): nothing was done"
  `));

  it('who is warned says what they answered, or that somebody must phone them', () => {
    const warning = inState(everyState({ targets: [target(101)] }).warning, 'warning');
    const say = (one: Partial<Warned>) =>
      list({ ...warning, warned: { for: MINUTE, people: [{ id: aid(101), at: EARLY, snoozes: 0, ...one }] } });
    expect(
      [
        say({}),
        say({ slack: user }),
        say({ slack: user, unreached: 'user_gone' }),
        say({ slack: user, ready: true, snoozes: 1 }),
        say({ slack: user, snoozes: 1 }),
        say({ slack: user, snoozes: 2 }),
        say({ id: aid(999) }),
      ].join('\n'),
    ).toMatchInlineSnapshot(`
      "- *Person 101* (login101, id 101, group 7): could not be warned: phone them
      - *Person 101* (login101, id 101, group 7): warned, no answer yet
      - *Person 101* (login101, id 101, group 7): could not be warned: phone them
      - *Person 101* (login101, id 101, group 7): warned, ready
      - *Person 101* (login101, id 101, group 7): warned, asked for more time
      - *Person 101* (login101, id 101, group 7): warned, asked for more time 2 times
      - *Person 101* (login101, id 101, group 7): logged on now"
    `);
    const { warned: _, ...untold } = warning;
    expect(list(untold)).toBe('- *Person 101* (login101, id 101, group 7): logged on now');
    const stopped = inState(records.cancelled, 'cancelled');
    const people = [{ id: aid(101), at: EARLY, snoozes: 0 }];
    expect(list({ ...stopped, warned: { for: MINUTE, people } })).not.toContain('phone');
  });
});

it('who is left out stands there with the reason, as many as fit', () => {
  const left = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: aid(1 + at), code: 'never_list' as const }));
  expect(leftOutPart([])).toEqual([]);
  expect(
    drawnParts(
      leftOutPart([
        { id: aid(1), code: 'unknown_id' },
        { id: aid(2), name: '', code: 'not_internal' },
        { id: aid(3), name: 'Bot', code: 'bot_itself' },
        { id: aid(4), name: 'Ada', code: 'never_list' },
        { id: aid(5), name: 'Kim', code: 'gone_meanwhile' },
      ]),
    ),
  ).toMatchInlineSnapshot(`
    "*Left out*
    - id 1: nobody you may log off has this id
    - id 2: not an internal user: cannot use the Windows client
    - Bot (id 3): this is the bot's own account
    - Ada (id 4): protected: no rule can reach them
    - Kim (id 5): no longer in SuperOffice"
  `);
  expect(drawnParts(leftOutPart(left(20))).split('\n')).toHaveLength(21);
  expect(
    drawnParts(leftOutPart(left(23)))
      .split('\n')
      .slice(-2),
  ).toEqual(['- id 20: protected: no rule can reach them', '- and 3 more']);
});

describe('former employees', () => {
  const shown = (retired: readonly boolean[], status: 'awaiting_approval' | 'done') => {
    const [first, ...more] = retired.map((one, at) => target(101 + at, { retired: one }));
    if (first === undefined) throw new Error('has at least one');
    return drawnParts(targetsPart({ ...records[status], targets: [first, ...more] }));
  };
  test.each<[readonly boolean[], string]>([
    [[true], 'This user is retired in SuperOffice.'],
    [[true, false], '1 of them is retired in SuperOffice.'],
    [[true, true], '2 of them are retired in SuperOffice.'],
  ])('are counted below the list (%j), until it is over', (retired, words) => {
    expect(shown(retired, 'awaiting_approval')).toContain(words);
    expect(shown(retired, 'done')).not.toContain('SuperOffice.');
  });
  it('are not spoken of where there are none', () =>
    expect(shown([false, false], 'awaiting_approval')).not.toContain('retired'));
});
