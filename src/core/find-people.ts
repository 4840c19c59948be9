import type { DirectoryGroup, DirectoryPerson } from './directory.ts';
import { isSlip, roughName, sameName } from './names.ts';
import type { Instant } from './time.ts';

/** How somebody was found; stands on the card beside the person. */
export type FoundBy = 'login' | 'name' | 'email';

export type Finding =
  | { readonly kind: 'exact'; readonly person: DirectoryPerson; readonly by: FoundBy }
  /** Several people of that name, or nobody exactly: the one who asked must choose. Empty: nobody comes near. */
  | { readonly kind: 'choose'; readonly why: 'several' | 'near'; readonly people: readonly DirectoryPerson[] };

/** How many near misses are offered. */
export const OFFERED = 20;

interface Indexed {
  readonly person: DirectoryPerson;
  /** Rough forms: login, what they log on with, address, and each word of the full name. */
  readonly words: readonly string[];
  readonly rough: string;
}

/** Says of each person whether the asker may learn of them. Whoever may not be learnt of is not there. */
export type MayLearn = (person: DirectoryPerson) => boolean;

/** Everybody by name, made once for each reading of the directory. */
export interface PeopleIndex {
  readonly all: readonly DirectoryPerson[];
  readonly byLogin: ReadonlyMap<string, readonly DirectoryPerson[]>;
  readonly byName: ReadonlyMap<string, readonly DirectoryPerson[]>;
  readonly byEmail: ReadonlyMap<string, readonly DirectoryPerson[]>;
  /** In the order of names, whatever their accents. */
  readonly rough: readonly Indexed[];
}

/** Everybody and every group in SuperOffice, as read at one moment, ready to be searched. */
export interface PeopleAtHand {
  readonly index: PeopleIndex;
  readonly groups: readonly DirectoryGroup[];
  readonly readAt: Instant;
  /** It is past its time, and no newer reading could be had. */
  readonly stale: boolean;
}

/** Makes the index at once. Empty names, logins and addresses find nobody. */
export function indexPeople(all: readonly DirectoryPerson[]): PeopleIndex {
  const steps = indexingPeople(all);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** So many people are gone through in one step: about 5 ms. */
const STEP = 500;

/**
 * Makes the same index in steps, for who has other things to do in between: 10,000 people at once would keep everybody
 * waiting for a tenth of a second.
 */
export function* indexingPeople(all: readonly DirectoryPerson[]): Generator<undefined, PeopleIndex> {
  const byLogin: Groups = new Map();
  const byName: Groups = new Map();
  const byEmail: Groups = new Map();
  const rough: Indexed[] = [];
  for (let at = 0; at < all.length; at += STEP) {
    for (const person of all.slice(at, at + STEP)) {
      for (const login of new Set([sameName(person.login), sameName(person.userName)])) put(byLogin, login, person);
      put(byName, sameName(person.fullName), person);
      put(byEmail, sameName(person.email), person);
      rough.push(indexed(person));
    }
    yield;
  }
  rough.sort((a, b) => (a.rough < b.rough ? -1 : a.rough > b.rough ? 1 : a.person.id - b.person.id));
  return { all, byLogin, byName, byEmail, rough };
}

type Groups = Map<string, DirectoryPerson[]>;

function put(groups: Groups, key: string, person: DirectoryPerson): void {
  if (key === '') return;
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [person]);
  else known.push(person);
}

function indexed(person: DirectoryPerson): Indexed {
  const rough = roughName(person.fullName);
  const { login, userName, email } = person;
  const words = [...[login, userName, email].map(roughName), ...rough.split(' ')];
  return { person, rough, words: [...new Set(words)].filter((word) => word !== '') };
}

/** Everybody whose login, full name or e-mail address this is exactly. */
export function calledExactly(index: PeopleIndex, typed: string, may: MayLearn): readonly DirectoryPerson[] {
  const key = sameName(typed);
  return [index.byLogin, index.byName, index.byEmail].flatMap((table) => table.get(key)?.filter(may) ?? []);
}

/**
 * Finds who is meant by a typed name. Only an exact login, full name or e-mail address of exactly one person is taken;
 * everything else is offered. Never matches by a part of a name.
 */
export function findPerson(index: PeopleIndex, typed: string, may: MayLearn): Finding {
  const key = sameName(typed);
  const tables = [
    { by: 'login', found: index.byLogin.get(key)?.filter(may) ?? [] },
    { by: 'name', found: index.byName.get(key)?.filter(may) ?? [] },
    { by: 'email', found: index.byEmail.get(key)?.filter(may) ?? [] },
  ] as const;
  const people = [...new Set(tables.flatMap(({ found }) => found))];
  const [first, second] = people;
  if (first !== undefined && second === undefined) {
    const by = tables.find(({ found }) => found.length > 0)?.by ?? 'login';
    return { kind: 'exact', person: first, by };
  }
  if (first !== undefined) return { kind: 'choose', why: 'several', people: people.slice(0, OFFERED) };
  return { kind: 'choose', why: 'near', people: nearMisses(index, typed, may) };
}

/** People whose login or name is a slip away, begins so, or is the same without accents; the nearest first. */
function nearMisses(index: PeopleIndex, typed: string, may: MayLearn): readonly DirectoryPerson[] {
  const rough = roughName(typed);
  if (rough.length < 2) return [];
  const scored = index.rough.flatMap((one) => {
    const score = distance(one, rough);
    return score === undefined || !may(one.person) ? [] : [{ person: one.person, score }];
  });
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, OFFERED)
    .map(({ person }) => person);
}

/** How near somebody comes to a rough name: 0 but for accents and the order of words, 1 begins so, then by slips. */
function distance({ words, rough: full }: Indexed, rough: string): number | undefined {
  if (full === rough || words.includes(rough)) return 0;
  if (rough.includes(' ') && rough.split(' ').every((word) => words.includes(word))) return 0;
  if (full.startsWith(rough) || words.some((word) => word.startsWith(rough))) return 1;
  const slips = rough.length >= 7 ? 2 : rough.length >= 3 ? 1 : 0;
  const slipsIn = (limit: number) => isSlip(full, rough, limit) || words.some((word) => isSlip(word, rough, limit));
  if (!slipsIn(slips)) return undefined;
  return slips > 1 && !slipsIn(1) ? 3 : 2;
}

/**
 * For typing ahead: people with a word that begins with each word typed, in the order of names; `total` counts all of
 * them. Nothing typed is everybody.
 */
export function suggestPeople(
  index: PeopleIndex,
  typed: string,
  limit: number,
  may: MayLearn,
): { readonly people: readonly DirectoryPerson[]; readonly total: number } {
  const begins = beginsWith(typed);
  const found = index.rough.filter((one) => begins(one) && may(one.person));
  return { people: found.slice(0, limit).map(({ person }) => person), total: found.length };
}

function beginsWith(typed: string): (one: Indexed) => boolean {
  const [exact, rough] = [sameName(typed), roughName(typed)];
  if (exact === '') return () => true;
  const same = ({ fullName, login, email }: DirectoryPerson) =>
    [fullName, login, email].some((name) => sameName(name).startsWith(exact));
  // Signs alone leave nothing of a rough name: those who are called so begin with the signs themselves.
  if (rough === '') return ({ person }) => same(person);
  // An id is only written out where it can be meant: this is done for everybody, at each letter that is typed.
  const wanted = rough.split(' ').map((start) => ({ start, isNumber: /^\d+$/.test(start) }));
  return ({ words, person }) =>
    wanted.every(
      ({ start, isNumber }) =>
        words.some((word) => word.startsWith(start)) || (isNumber && String(person.id).startsWith(start)),
    ) ||
    words.some((word) => word.startsWith(rough)) ||
    (exact.includes('@') && same(person));
}
