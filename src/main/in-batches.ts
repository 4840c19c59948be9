/** How many are asked about at once: Slack's methods for one person allow some hundred a minute. */
const AT_ONCE = 8;

/** Asks about each, some at a time; throws what the first that fails throws. */
export async function inBatches<A, B>(items: readonly A[], ask: (item: A) => Promise<B>): Promise<readonly B[]> {
  const found: B[] = [];
  const waiting = [...items];
  for (let next = waiting.splice(0, AT_ONCE); next.length > 0; next = waiting.splice(0, AT_ONCE))
    found.push(...(await Promise.all(next.map(ask))));
  return found;
}
