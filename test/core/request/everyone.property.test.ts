import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { transition } from '../../../src/core/request/transition.ts';
import { invariants as others } from './all-invariants.ts';
import { force, wrongWith } from './check-stories.ts';
import { everyoneInvariants } from './everyone-invariants.ts';
import type { Invariant } from './invariants.ts';
import { everyoneStories, tell } from './stories.ts';

describe('in every story about everyone', () => {
  test.each(Object.entries(everyoneInvariants))('%s', (_name, invariant) => {
    expect(wrongWith(everyoneStories, transition, invariant, 200)).toBeUndefined();
  });

  it('all else holds that holds of people who are named', () => {
    const all: Invariant = (told) => {
      const broken = Object.entries(others).find(([, invariant]) => invariant(told) !== undefined);
      return broken === undefined ? undefined : `${broken[0]}: ${broken[1](told)}`;
    };
    expect(wrongWith(everyoneStories, transition, all, 500)).toBeUndefined();
  });

  it('all that can come of it comes of some', () => {
    const told = fc
      .sample(everyoneStories, { numRuns: 2_000, seed: 20261122 })
      .flatMap((story) => tell(story, transition) ?? []);
    const records = told.flatMap(({ happenings }) => happenings.map(({ after }) => after));
    const has = (holds: (record: (typeof records)[number]) => boolean) => records.some(holds);
    expect([...new Set(records.map(({ status }) => status))]).toEqual(
      expect.arrayContaining([
        'warning',
        'dispatching',
        'verifying',
        'done',
        'unknown',
        'cancelled',
        'expired',
        'aborted',
      ]),
    );
    for (const minutes of [10, 2] as const) {
      expect(has(({ everyone }) => everyone?.reminders.includes(minutes) === true)).toBe(true);
    }
    expect(has(({ targets, everyone }) => everyone !== undefined && targets.length === 0)).toBe(true);
    expect(has((record) => record.status === 'done' && record.left?.people.length === 0)).toBe(true);
    expect(
      has((record) => record.status === 'done' && record.left?.people.some(({ why }) => why === 'not_sent') === true),
    ).toBe(true);
    expect(
      has((record) => record.status === 'done' && record.left?.people.some(({ why }) => why === 'back') === true),
    ).toBe(true);
  });
});

/** Transition functions with one fault each, and the sentence that it breaks. */
const faulty: readonly (readonly [string, keyof typeof everyoneInvariants, typeof transition])[] = [
  [
    'sends everyone at the first opportunity',
    'nobody is sent before the time that was asked for',
    (request, event, at) => {
      if (event.kind !== 'dispatch' || request.everyone === undefined) return transition(request, event, at);
      return transition({ ...request, everyone: { ...request.everyone, at: 0 } }, event, at);
    },
  ],
  [
    'forgets who had to be told',
    'whoever is on and had their time is sent, and nobody who was not told',
    (request, event, at) => {
      if (event.kind !== 'dispatch' || request.status !== 'warning') return transition(request, event, at);
      const rules = at.policy.rules.map((rule) => ({ ...rule, warn: 0 }));
      const { warn: _, ...demand } = request.demand;
      return transition({ ...request, demand }, event, { ...at, policy: { ...at.policy, rules } });
    },
  ],
  [
    'says of an old look that it is safe',
    'who is left is who was on at the last look; where that is not known, nothing is said',
    (request, event, at) => {
      if (event.kind !== 'looked' || event.on !== 'unread') return transition(request, event, at);
      return transition(request, { ...event, on: new Set() }, at);
    },
  ],
  [
    'lets anybody among them go first',
    'nobody among everyone moves it',
    (request, event, at) => {
      const one = event.kind === 'ready' ? request.warned?.people[0] : undefined;
      if (event.kind !== 'ready' || one === undefined || request.status !== 'warning')
        return transition(request, event, at);
      return force(request, [{ kind: 'ready', id: one.id, by: event.by.person, until: at.now }], at);
    },
  ],
];

/** Always the same stories, so that the answer does not vary. */
const SEED = 3;

describe('a transition function with a fault is caught that', () => {
  test.each(faulty)('%s', (_name, sentence, step) => {
    const invariant = everyoneInvariants[sentence];
    if (invariant === undefined) throw new Error(`no such sentence: ${sentence}`);
    expect(wrongWith(everyoneStories, step, invariant, 8_000, SEED)).toMatch(/Property failed/);
  });
});
