import fc from 'fast-check';
import type { Fact } from '../../../src/core/request/entry.ts';
import { evolve } from '../../../src/core/request/evolve.ts';
import type { Request } from '../../../src/core/request/request.ts';
import type { Moment, Transition, transition } from '../../../src/core/request/transition.ts';
import type { Invariant } from './invariants.ts';
import { type Story, tell } from './stories.ts';

/** What a transition function gets wrong by this measure, over many stories; nothing where it holds in all. */
export function wrongWith(
  stories: fc.Arbitrary<Story>,
  step: typeof transition,
  invariant: Invariant,
  numRuns: number,
  seed?: number,
): string | undefined {
  const property = fc.property(stories, (story) => {
    const told = tell(story, step);
    const wrong = told === undefined ? undefined : invariant(told);
    if (wrong !== undefined) throw new Error(wrong);
  });
  const result = fc.check(property, seed === undefined ? { numRuns } : { numRuns, seed });
  return result.failed ? fc.defaultReportMessage(result) : undefined;
}

/** Writes facts that the rules did not give, as a wrong transition would. */
export function force(request: Request, facts: readonly Fact[], { now, via, policy }: Moment): Transition {
  const entries = facts.map((fact) => ({
    at: now,
    via,
    policyVersion: policy.version,
    request: request.id,
    version: request.version + 1,
    fact,
  }));
  return { ok: true, request: entries.reduce<Request>(evolve, request), entries };
}
