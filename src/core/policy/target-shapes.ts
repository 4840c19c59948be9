import { associateId } from '../ids.ts';
import { sameName } from '../names.ts';
import { isNever } from './never.ts';
import { type PlainTarget, plainTarget } from './plain-facts.ts';
import type { Policy } from './policy.ts';
import { listed } from './words.ts';

/** Some people to be logged off, who stand for all lists that two policies treat alike. */
export interface Shape {
  /** What kind of people these are: "of Sales", "themselves"; empty where no rule names a group. */
  readonly whom: string;
  /** Who is among them although one of the policies protects them. */
  readonly besides?: string;
  readonly targets: readonly PlainTarget[];
  /** Not these: whoever is on then. */
  readonly everyone?: true;
}

/** A group that no rule names. */
const OTHER_GROUPS = 'of other groups';
const FIRST_ID = 1_900_000_000;
/** Pairs of groups are looked at while there are at most this many. */
const PAIRED = 6;

/** Lists of every length at which something may change, of each group, of mixed groups, and of everybody on a `never` list. */
export function shapesOf(policies: readonly Policy[]): readonly Shape[] {
  const rules = policies.flatMap((policy) => policy.rules.map(({ targets }) => targets));
  const keyed = rules.flatMap((targets) => (typeof targets === 'string' ? [] : [targets]));
  const bounds = policies.flatMap((policy) =>
    policy.rules.flatMap((rule) => [rule.confirm_above, rule.budget?.people]),
  );
  const lengths = [
    ...bounds.flatMap((bound) => (bound === undefined ? [] : [bound, bound + 1])),
    ...keyed.flatMap(({ at_most }) => (at_most === undefined ? [] : [at_most, at_most + 1])),
    ...policies.flatMap(({ max_targets }) => [max_targets, max_targets + 1]),
  ];
  const counts = [...new Set([1, 2, ...lengths])].filter((count) => count > 0).sort((left, right) => left - right);
  const lists = keyed.flatMap(({ groups }) => (groups === undefined ? [] : [groups]));
  const groups = [...new Map(lists.flat().map((group) => [sameName(group), group])).values()];
  const pairs =
    groups.length > PAIRED ? [] : groups.flatMap((one, at) => groups.slice(at + 1).map((two) => [one, two]));
  const mixes = [...pairs, ...lists.filter(({ length }) => length > 1)];
  const sized = (whom: string, mix: readonly (string | undefined)[]) =>
    counts
      .filter((count) => count >= mix.length)
      .map((count): Shape => ({ whom, targets: Array.from({ length: count }, (_, at) => somebody(at, mix)) }));
  const plain = [
    ...sized(groups.length === 0 ? '' : OTHER_GROUPS, [undefined]),
    ...groups.flatMap((group) => sized(`of ${group}`, [group])),
    ...[...new Map(mixes.map((mix) => [mix.join('\n'), mix])).values()].flatMap((mix) =>
      sized(`of ${listed(mix)} mixed`, mix),
    ),
  ];
  return [...plain, ...protectedByOne(policies).flatMap((entries) => plain.map((shape) => withOne(shape, entries)))];
}

/** For each policy the entries of its `never` list that another one does not protect. What all protect is the same for all. */
function protectedByOne(policies: readonly Policy[]): readonly (readonly [NeverEntry, ...NeverEntry[]])[] {
  return policies.flatMap((policy) => {
    const [first, ...rest] = policy.never.filter((entry, at) =>
      policies.some((other) => !isNever(other, plainTarget(entry, at, undefined))),
    );
    return first === undefined ? [] : [[first, ...rest] as const];
  });
}

type NeverEntry = Policy['never'][number];

/** The same list with somebody in it whom one policy protects. */
function withOne({ whom, targets }: Shape, entries: readonly [NeverEntry, ...NeverEntry[]]): Shape {
  const [{ group } = { group: undefined }, ...rest] = targets;
  const name = entries.length === 1 ? `${entries[0]}` : `one of ${listed(entries.map(String))}`;
  return { whom, besides: name, targets: [plainTarget(entries[0], 0, group), ...rest] };
}

/** Somebody on no list, of one group after the other. */
function somebody(at: number, mix: readonly (string | undefined)[]): PlainTarget {
  const group = mix[at % mix.length];
  const plain = { id: associateId(FIRST_ID + at), login: '', type: 'internal' } as const;
  return group === undefined ? plain : { ...plain, group };
}
