import { describe, expect, it, test } from 'vitest';
import type { Sighting } from '../../../src/core/request/request.ts';
import { countOutcomes, resultsSoFar } from '../../../src/core/request/results.ts';
import { isSettled, lookAgain } from '../../../src/core/request/sightings.ts';
import { aid, EARLY, everyState, follow, ids, inState, MINUTE, VERIFY } from '../made-up.ts';

const seen = (how: Sighting['seen'], goneAt?: number): Sighting => ({
  id: aid(101),
  seen: how,
  ...(goneAt === undefined ? {} : { goneAt }),
});
const ON = new Set(ids(101));
const OFF = new Set(ids(999));

describe('a new look', () => {
  test.each<[Sighting['seen'], boolean, Sighting['seen']]>([
    ['not_yet', true, 'listed'],
    ['not_yet', false, 'gone'],
    ['listed', true, 'listed'],
    ['listed', false, 'gone'],
    ['gone', true, 'back'],
    ['gone', false, 'gone'],
    ['back', true, 'back'],
    ['back', false, 'back'],
  ])('%s, on: %s, makes %s', (before, on, after) => {
    expect(lookAgain([seen(before)], on ? ON : OFF, EARLY)).toMatchObject([{ id: 101, seen: after }]);
  });

  it('keeps when somebody was first seen gone', () => {
    const gone = lookAgain([seen('listed')], OFF, EARLY);
    expect(lookAgain(lookAgain(gone, OFF, EARLY + 1), ON, EARLY + 2)).toEqual([seen('back', EARLY)]);
  });

  it('that began before somebody was seen gone does not bring them back', () => {
    const gone = lookAgain([seen('not_yet')], OFF, EARLY);
    expect(lookAgain(gone, ON, EARLY - 1)).toEqual(gone);
    expect(lookAgain(gone, ON, EARLY)).toEqual(gone);
    expect(lookAgain(gone, ON, EARLY + 1)).toEqual([seen('back', EARLY)]);
    const { verifying } = everyState();
    const late = follow(verifying, [
      [EARLY + 10, { kind: 'looked', on: new Set(), askedAt: EARLY + 5 }],
      [EARLY + MINUTE, { kind: 'looked', on: new Set(ids(101, 102, 103)), askedAt: EARLY + 4 }],
    ]);
    expect(late).toMatchObject({ status: 'done', results: [{ outcome: { kind: 'gone' } }, {}, {}] });
  });
});

describe('nothing more is to be learnt', () => {
  test.each<[string, readonly Sighting['seen'][], number, boolean]>([
    ['somebody listed, before the time for going', ['listed'], VERIFY.for - 1, false],
    ['somebody listed, at the time for going', ['listed'], VERIFY.for, true],
    ['somebody not looked at, before', ['not_yet'], VERIFY.for - 1, false],
    ['somebody not looked at, after', ['not_yet'], VERIFY.for, true],
    ['somebody gone, while they may log on again', ['gone'], VERIFY.watch - 1, false],
    ['somebody gone, after that', ['gone'], VERIFY.watch, true],
    ['somebody back', ['back'], 0, true],
    ['somebody back, another gone', ['back', 'gone'], VERIFY.for, false],
    ['one listed holds up those who are back', ['listed', 'back'], VERIFY.for - 1, false],
    ['one listed is looked at as long as others are watched', ['listed', 'gone'], VERIFY.for, false],
  ])('%s', (_name, who, after, expected) =>
    expect(
      isSettled(
        who.map((how) => seen(how)),
        EARLY,
        EARLY + after,
        VERIFY,
      ),
    ).toBe(expected),
  );
});

describe('outcomes', () => {
  const { verifying } = everyState();
  const on = (...numbers: readonly number[]) => ({ kind: 'looked', on: new Set(numbers.map(aid)) }) as const;

  it('one of each kind: gone, back, listed', () => {
    const ended = follow(verifying, [
      [EARLY + 1, on(101, 102, 103)],
      [EARLY + 2_000, on(103)],
      [EARLY + 4_000, on(102, 103)],
      [EARLY + VERIFY.watch, on(102, 103)],
    ]);
    const { results, calledAt } = inState(ended, 'done');
    expect(calledAt).toBe(EARLY);
    expect(results.map(({ id, outcome }) => [id, outcome.kind])).toEqual([
      [101, 'gone'],
      [102, 'back'],
      [103, 'listed'],
    ]);
    expect(countOutcomes(results)).toEqual({
      gone: 1,
      back: 1,
      listed: 1,
      was_not_on: 0,
      not_checked: 0,
      see: 0,
      loggedOff: 2,
    });
  });

  it('a look that shows nothing new changes nothing', () => {
    const once = follow(verifying, [[EARLY + 1, on(101, 102, 103)]]);
    expect(() => follow(once, [[EARLY + 2_000, on(101, 102, 103)]])).toThrow('not_now');
  });

  it('nobody is said to be logged off before they were seen gone', () => {
    expect(resultsSoFar(verifying)).toEqual([]);
    for (const [state, record] of Object.entries(everyState())) {
      const { loggedOff } = countOutcomes(resultsSoFar(record));
      expect([state, loggedOff]).toEqual([state, state === 'done' ? 3 : 0]);
    }
  });
});
