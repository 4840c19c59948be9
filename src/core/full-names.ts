import type { Reference } from './command.ts';
import { calledExactly, findPerson, type MayLearn, type PeopleIndex } from './find-people.ts';
import { isNonEmpty, type NonEmpty } from './ids.ts';
import { sameName } from './names.ts';

type Name = Extract<Reference, { kind: 'name' }>;

export interface Joined {
  readonly who: NonEmpty<Reference>;
  /** What was taken as one full name, as typed. */
  readonly names: readonly string[];
}

/** More words than this are nobody's full name. */
const LONGEST = 6;

/**
 * Takes plain words with only spaces between them together: where they are somebody's full name exactly, or all of them
 * come near one, and none of them alone is what anybody is called. Only people whom the asker may learn of count.
 */
export function joinNames(who: NonEmpty<Reference>, index: PeopleIndex, may: MayLearn): Joined {
  const joined: Reference[] = [];
  const names: string[] = [];
  for (const run of runsOf(who)) {
    if (run.length === 1) {
      joined.push(...run);
      continue;
    }
    const { taken, found } = joinRun(run, index, may);
    joined.push(...taken);
    names.push(...found);
  }
  return { who: isNonEmpty(joined) ? distinct(joined) : who, names };
}

/** The same without those who are named once more. */
export function distinct([first, ...rest]: NonEmpty<Reference>): NonEmpty<Reference> {
  const keyOf = (one: Reference) => (one.kind === 'name' ? sameName(one.name) : one);
  const seen = new Set([keyOf(first)]);
  const others = rest.filter((one) => {
    const key = keyOf(one);
    return !seen.has(key) && seen.add(key);
  });
  return [first, ...others];
}

/** Everybody who is named, plain words that stand together in one list. */
function runsOf(who: readonly Reference[]): readonly (readonly [Reference, ...Name[]])[] {
  const runs: [Reference, ...Name[]][] = [];
  for (const one of who) {
    const last = runs.at(-1);
    if (one.kind === 'name' && one.follows === true && last !== undefined) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

function joinRun(run: readonly Reference[], index: PeopleIndex, may: MayLearn) {
  const words = run.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  const isAlone = words.map((word) => calledExactly(index, word, may).length > 0);
  const taken: Reference[] = [];
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    const longest = Math.min(LONGEST, words.length - at);
    const lengths = Array.from({ length: Math.max(0, longest - 1) }, (_, less) => longest - less);
    const length = lengths.find(
      (many) =>
        !isAlone.slice(at, at + many).includes(true) &&
        calledExactly(index, words.slice(at, at + many).join(' '), may).length > 0,
    );
    const name = words.slice(at, at + (length ?? 1)).join(' ');
    if (length !== undefined) found.push(name);
    taken.push({ kind: 'name', name });
    at += length ?? 1;
  }
  if (found.length > 0 || isAlone.includes(true) || words.length > LONGEST) return { taken, found };
  const whole = words.join(' ');
  const near = findPerson(index, whole, may);
  const isNear = near.kind === 'choose' && near.people.length > 0;
  return { taken: isNear ? [{ kind: 'name', name: whole } as const] : taken, found };
}

/** The words that stand right beside this plain word, with it, where there are any: they may be meant as one name. */
export function besides(who: readonly Reference[], word: string): string | undefined {
  const run = runsOf(who).find((each) => each.some((one) => one.kind === 'name' && one.name === word)) ?? [];
  const words = run.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
  return words.length > 1 && words.length <= LONGEST ? words.join(' ') : undefined;
}

/** How many people are named at least, however plain words are taken together; the same words again are the same people. */
export function fewestNamed(who: readonly Reference[]): number {
  const names = new Map<string, number>();
  let others = 0;
  for (const run of runsOf(who)) {
    const words = new Set(run.flatMap((one) => (one.kind === 'name' ? [sameName(one.name)] : [])));
    if (words.size === 0) others += 1;
    else names.set([...words].join(' '), Math.ceil(words.size / LONGEST));
  }
  return [...names.values()].reduce((sum, fewest) => sum + fewest, others);
}
