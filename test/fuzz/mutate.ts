import fc from 'fast-check';
import { anyValue } from './nasty.ts';

type Path = readonly (string | number)[];

const DELETED = Symbol('deleted');

function pathsOf(value: unknown, here: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [here];
  const below = Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...here, key]));
  return here.length === 0 ? below : [here, ...below];
}

/** The same with something else at a path, or nothing there. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((item: unknown, at) => (String(at) === String(key) ? changed(item, rest, to) : item));
    return list.filter((item) => item !== DELETED);
  }
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => [
    name,
    name === String(key) ? changed(part, rest, to) : part,
  ]);
  return Object.fromEntries(entries.filter(([, part]) => part !== DELETED));
}

/** A value like this one in which some things are missing, of another kind, or say something else. */
export function mutated(original: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(original);
  const change = fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.constant(DELETED), anyValue));
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<unknown>((value, [path, to]) => changed(value, path, to), original));
}
