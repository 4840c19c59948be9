import type { ChannelId } from '../ids.ts';
import { describePersonas } from './personas.ts';
import { ANY_CHANNEL } from './plain-facts.ts';
import { describeShapes } from './shape-words.ts';
import type { Situation, Space } from './situations.ts';
import { listed } from './words.ts';

/** In the order in which they are told: what is now possible comes first. */
export const CHANGE_KINDS = ['from no to yes', 'fewer approvals', 'other demands', 'stricter', 'settings'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  readonly say: string;
}

/** A situation in which two policies do not say the same. */
export interface Difference extends Situation {
  readonly kind: ChangeKind;
  /** "before -> now". */
  readonly words: string;
}

/** Puts differences into sentences, so that the same people, lists and channels stand together; sorted by kind. */
export function differencesInWords(differences: readonly Difference[], space: Space): readonly Change[] {
  const alike = gather(differences, ({ kind, words, but }) => `${kind}\n${words}\n${but ?? ''}`);
  const changes = alike.flatMap((group): readonly Change[] => {
    const [{ kind, words, but }] = group;
    return places(group, space).map(({ who, whom, where }) => {
      const when = but === undefined ? '' : `, ${but}`;
      return { kind, say: `${who} for ${whom}${where}${when}: ${words}` };
    });
  });
  return CHANGE_KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind));
}

interface Place {
  readonly who: string;
  readonly whom: string;
  readonly where: string;
}

/**
 * First the lists of each person in each channel, then the people with the same lists, then the channels with the same
 * people.
 */
function places(group: readonly Difference[], { shapes, channels }: Space): readonly Place[] {
  const personas = new Set(group.map(({ persona }) => persona));
  const ids = new Map([...personas].map((persona, index) => [persona, index]));
  const each = gather(group, ({ persona, channel }) => `${ids.get(persona)} ${channel}`).map((found) => {
    const [{ persona, channel }] = found;
    const whom = describeShapes([...new Set(found.map(({ shape }) => shape))], shapes);
    return { persona, channel, whom };
  });
  const inChannel = gather(each, ({ channel, whom }) => `${channel}\n${whom}`).map((found) => {
    const [{ channel, whom }] = found;
    return { channel, whom, who: describePersonas(found.map(({ persona }) => persona)) };
  });
  return gather(inChannel, ({ whom, who }) => `${who}\n${whom}`).map((found) => {
    const [{ whom, who }] = found;
    const where = found.map(({ channel }) => channel);
    return { who, whom, where: where.length === channels.length ? '' : ` in ${listed(where.map(describeChannel))}` };
  });
}

const describeChannel = (channel: ChannelId): string => (channel === ANY_CHANNEL ? 'other channels' : channel);

/** Puts together what has the same key, in the order of the first of each. */
function gather<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
}
