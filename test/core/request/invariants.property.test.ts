import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Request } from '../../../src/core/request/request.ts';
import { transition } from '../../../src/core/request/transition.ts';
import { EARLY, everyState, follow, moment, open, person, standing, TWO } from '../made-up.ts';
import { invariants } from './all-invariants.ts';
import { wrongWith } from './check-stories.ts';
import { stories } from './stories.ts';

/** How many stories each sentence is held against. A run for each of some thousand mutants takes fewer. */
const STORIES = Number(process.env['STORIES'] ?? 600);

describe('in every story', () => {
  test.each(Object.entries(invariants))('%s', (_name, invariant) => {
    expect(wrongWith(stories, transition, invariant, STORIES)).toBeUndefined();
  });

  it('nothing throws, whatever comes in whatever state', () => {
    const records = Object.values(everyState());
    fc.assert(
      fc.property(stories, fc.constantFrom(...records), (story, record) => {
        for (const one of story.steps) {
          const event = one.act(record, story.rosters[0] ?? [], EARLY);
          const result = transition(record, event, moment(EARLY + one.wait));
          expect(result.ok || result.request === record).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('two approvers at the same moment', () => {
  it('both count, whoever wins the race for the record', () => {
    const leads = ['U0ALICE', 'U0OLA', 'U0EVE', 'U0KIM'].map((slack) => standing(person(slack), ['crm-leads']));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(leads, { minLength: 2, maxLength: 2 }),
        fc.nat(5_000),
        fc.nat(5_000),
        (two, a, b) => {
          const [one, other] = two;
          if (one === undefined || other === undefined) return;
          const { request } = open({ rules: TWO });
          const order = [one, other].map(
            (by, index) => [EARLY + (index === 0 ? a : b), { kind: 'approve', by }] as const,
          );
          const forwards = follow(request, order, TWO);
          const backwards = follow(request, [...order].reverse(), TWO);
          expect([forwards.status, backwards.status]).toEqual(['approved', 'approved']);
          const names = (record: Request) => record.approvals.map(({ by }) => by.slack).sort();
          expect(names(forwards)).toEqual(names(backwards));
          expect(names(forwards)).toHaveLength(2);
        },
      ),
    );
  });
});
