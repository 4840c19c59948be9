import { type ChannelId, slackUserId } from '../ids.ts';
import { budgetTimes, type Facts } from './decide.ts';
import { type Persona, personasOf, personaUnder } from './personas.ts';
import { ANY_CHANNEL, plainTarget } from './plain-facts.ts';
import type { Policy } from './policy.ts';
import { EVERYONE, OWN } from './shape-words.ts';
import { type Shape, shapesOf } from './target-shapes.ts';

/** Who asks for whom and where: what stays the same when two policies are asked. */
export interface Situation {
  readonly persona: Persona;
  readonly shape: Shape;
  readonly channel: ChannelId;
  /** What is out of the ordinary: every budget is used up, or the one person could agree themselves. */
  readonly but?: 'budget used up' | 'consent possible';
}

/** Everything that two policies are asked about. */
export interface Space {
  readonly shapes: readonly Shape[];
  readonly channels: readonly ChannelId[];
  readonly situations: () => Generator<Situation>;
}

/** More than anybody asks for. */
const SPENT = Number.MAX_SAFE_INTEGER / 2;
const CONSENTER = slackUserId('U00');

/**
 * Makes the questions out of the policies' own people, lengths, groups and channels, so that nothing they tell apart is
 * left out.
 */
export function spaceOf(policies: readonly Policy[]): Space {
  const rules = policies.flatMap((policy) => policy.rules);
  const shapes = shapesOf(policies);
  const channels = [...new Set([ANY_CHANNEL, ...rules.flatMap((rule) => rule.channels ?? [])])];
  const hasBudget = rules.some(({ budget }) => budget !== undefined);
  const hasConsent = rules.some(({ consent }) => consent);
  const everyone: Shape = { whom: EVERYONE, targets: [], everyone: true };
  function* situations(): Generator<Situation> {
    const personas = personasOf(policies);
    for (const channel of channels) {
      for (const persona of personas) {
        for (const shape of [...ownShapes(persona, policies), everyone, ...shapes]) {
          yield { persona, shape, channel };
          if (hasBudget) yield { persona, shape, channel, but: 'budget used up' };
          if (hasConsent && shape.targets.length === 1) yield { persona, shape, channel, but: 'consent possible' };
        }
      }
    }
  }
  return { shapes, channels, situations };
}

/** The persona themselves, as each of the policies knows them, in no group and in each that is named. */
function ownShapes(persona: Persona, policies: readonly Policy[]): readonly Shape[] {
  const associates = new Set(policies.flatMap((policy) => personaUnder(persona, policy).person.match?.associate ?? []));
  const groups = new Set(
    policies.flatMap(({ rules }) =>
      rules.flatMap(({ targets }) => (typeof targets === 'string' ? [] : (targets.groups ?? []))),
    ),
  );
  return [...associates].flatMap((id) =>
    [undefined, ...groups].map((group): Shape => ({ whom: OWN, targets: [plainTarget(id, 0, group)] })),
  );
}

/** What a policy is told of a situation. */
export const factsUnder = ({ persona, shape, channel, but }: Situation, policy: Policy): Facts => ({
  requester: personaUnder(persona, policy),
  channel,
  targets: shape.targets,
  ...(shape.everyone === undefined ? {} : { everyone: true }),
  ...(but === 'budget used up' ? { spent: new Map(budgetTimes(policy).map((per) => [per, SPENT])) } : {}),
  ...(but === 'consent possible' ? { consenter: CONSENTER } : {}),
});
