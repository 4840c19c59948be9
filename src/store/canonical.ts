/**
 * One text for one value: JSON without spaces, keys in order, absent where undefined. The audit's hashes are over this
 * text, so it must never come out differently. Throws TypeError for what JSON does not know.
 */
export function canonical(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_, inner: unknown) =>
    isPlain(inner) ? sorted(inner) : inner,
  );
  if (text === undefined) throw new TypeError('there is nothing to write');
  return text;
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sorted(value: object): unknown {
  // A key of digits would jump the order in an object; none of ours is one, and an array of pairs would be another format.
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
