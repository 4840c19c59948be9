import type { Shape } from './target-shapes.ts';
import { listed } from './words.ts';

/**
 * Lists of people in words: "1 to 5 people of Sales". `all` are the lists that were looked at, to tell where a run of
 * lengths ends.
 */
export function describeShapes(shapes: readonly Shape[], all: readonly Shape[]): string {
  const parts = [...Map.groupBy(shapes, ({ besides }) => besides)].map(([besides, found]) => ({
    besides,
    words: wordsFor(
      found,
      all.filter((shape) => shape.besides === besides),
    ),
  }));
  return [...Map.groupBy(parts, ({ words }) => words)]
    .map(([words, same]) => {
      const names = same.flatMap(({ besides }) => besides ?? []);
      if (names.length === 0) return words;
      return `${words}, ${same.length > names.length ? 'also ' : ''}with ${listed(names)} among them`;
    })
    .join('; ');
}

function wordsFor(found: readonly Shape[], all: readonly Shape[]): string {
  const named = [OWN, EVERYONE].filter((name) => found.some(({ whom }) => whom === name));
  const others = found.filter(({ whom }) => whom !== OWN && whom !== EVERYONE);
  return listed([...named, ...(others.length === 0 ? [] : [otherWords(others, all)])]);
}

/** What stands for the person who asks. */
export const OWN = 'themselves';
/** Whoever is on then. */
export const EVERYONE = 'everyone';

function otherWords(found: readonly Shape[], all: readonly Shape[]): string {
  const lengths = [...new Set(all.map(lengthOf))].sort((left, right) => left - right);
  const kindsAt = (shapes: readonly Shape[], length: number) =>
    shapes.filter((shape) => lengthOf(shape) === length).length;
  const isWhole = lengths.every((length) => [0, kindsAt(all, length)].includes(kindsAt(found, length)));
  if (isWhole) return counted(runsOf(lengths, new Set(found.map(lengthOf))));
  const kinds = [...Map.groupBy(found, ({ whom }) => whom)].map(([whom, same]) => {
    const looked = all.filter((shape) => shape.whom === whom).map(lengthOf);
    return { whom, words: counted(runsOf(looked, new Set(same.map(lengthOf)))) };
  });
  return [...Map.groupBy(kinds, ({ words }) => words)]
    .map(([words, same]) => `${words} ${same.map(({ whom }) => whom).join(' or ')}`)
    .join(', ');
}

const lengthOf = ({ targets }: Shape): number => targets.length;
const counted = (runs: string): string => (runs === '1' ? '1 person' : `${runs} people`);

/** "1 to 5": each run of lengths that were looked at one after the other. */
function runsOf(looked: readonly number[], changed: ReadonlySet<number>): string {
  const runs: { readonly from: number; to: number }[] = [];
  let isOpen = false;
  for (const length of looked) {
    const last = runs.at(-1);
    if (!changed.has(length)) isOpen = false;
    else if (isOpen && last !== undefined) last.to = length;
    else {
      runs.push({ from: length, to: length });
      isOpen = true;
    }
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)).join(' or ');
}
