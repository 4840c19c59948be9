import { shuffled } from './random.ts';

/** What one block of each variant gave, measured one right after the other. */
export type Round<V extends string> = ReadonlyMap<V, number>;

/** Runs the variant for a moment and says what that cost (or how much was done) for each operation. */
export type Block = () => Promise<number>;

/**
 * Lets each variant have a short block in turn, in a new random order each round. What else the machine does then falls on
 * all variants alike, and nobody is always the one who runs behind the heaviest.
 */
export async function inTurn<V extends string>(
  variants: ReadonlyMap<V, Block>,
  rounds: number,
  random: () => number,
): Promise<readonly Round<V>[]> {
  const done: Round<V>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const results = new Map<V, number>();
    for (const [name, block] of shuffled([...variants], random)) results.set(name, await block());
    done.push(results);
  }
  return done;
}
