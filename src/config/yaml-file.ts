import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Path, Problem } from './problem.ts';
import { yamlSentence } from './yaml-sentences.ts';

/** Line and column in the file, both from 1. */
export interface Place {
  readonly line: number;
  readonly col: number;
}

export interface YamlFile {
  /** The plain data; nothing where the text is no YAML. */
  readonly value: unknown;
  /** What is wrong with the text itself, at its place. */
  readonly broken: readonly { readonly place: Place; readonly message: string }[];
  /** What is readable but must not stand: keys given twice, numbers that are not what they seem. */
  readonly problems: readonly Problem[];
  /** Where a value (or its key) stands; for what is missing, the thing that should hold it. */
  locate(path: Path, onKey?: boolean): Place;
}

/** A few are enough: what follows the first mistake is mostly its consequence. */
const MAX_BROKEN = 3;
/** Anchors are a convenience; more repetitions than this are an accident or an attack. */
const MAX_ALIASES = 100;
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

type Node = ParsedNode | null | undefined;

/** Reads YAML 1.2 (JSON is YAML too): keys stay text, tags and merge keys are not used. Never throws. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), col: Math.max(col, 1) };
  };
  const unreadable = (broken: YamlFile['broken']): YamlFile => ({
    value: undefined,
    broken,
    problems: [],
    locate: () => place(0),
  });
  try {
    // The package compares every key with every other; keys given twice are found by `oddities` instead.
    const document = parseDocument<ParsedNode>(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      logLevel: 'error',
    });
    const mistakes: readonly YAMLError[] = [...document.errors, ...document.warnings];
    if (mistakes.length > 0) {
      return unreadable(
        mistakes.slice(0, MAX_BROKEN).map(({ code, pos }) => ({ place: place(pos[0]), message: yamlSentence(code) })),
      );
    }
    let aliases = 0;
    const problems = oddities(document.contents, [], (node) => {
      // Each look-up walks the whole file.
      if (++aliases > MAX_ALIASES) throw new ReferenceError('too many aliases');
      return isAlias(node) ? node.resolve(document) : node;
    });
    const lost = problems.filter(({ message }) => message === NO_ANCHOR);
    if (lost.length > 0) return unreadable(lost.map(({ path, message }) => ({ place: locate(path), message })));
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), broken: [], problems, locate };

    function locate(path: Path, onKey = false): Place {
      return place(offsetOf(document.contents, path, onKey));
    }
  } catch (error) {
    // The package is recursive, and counts aliases only while it makes the data.
    const why =
      error instanceof ReferenceError
        ? 'repeats itself too often through & and *: write the values out'
        : 'is nested too deeply';
    return unreadable([{ place: place(0), message: why }]);
  }
}

const NO_ANCHOR = 'a value that starts with * has a meaning of its own in YAML: put it in quotes';

/** Finds keys given twice, the key that JavaScript treats as something else, lost aliases and odd numbers. */
function oddities(node: Node, path: Path, resolve: (node: ParsedNode) => unknown): Problem[] {
  if (isAlias(node)) return resolve(node) === undefined ? [{ path, message: NO_ANCHOR }] : [];
  if (isSeq(node)) return node.items.flatMap((item, index) => oddities(item, [...path, index], resolve));
  if (isMap(node)) {
    const seen = new Set<string>();
    return node.items.flatMap(({ key, value }) => {
      const name = keyOf(key);
      const at = [...path, name];
      const message = name === '__proto__' ? 'is not a key that can be used here' : 'is given twice: keep one of them';
      const own: Problem[] = name === '__proto__' || seen.has(name) ? [{ path: at, message, onKey: true }] : [];
      seen.add(name);
      return [...own, ...oddities(value, at, resolve)];
    });
  }
  if (isScalar(node) && typeof node.value === 'number' && !PLAIN_NUMBER.test(node.source ?? '')) {
    // 007, 1e3 and 0x1F are numbers in YAML; as a login name on the `never` list that would protect somebody else.
    return [{ path, message: 'is read as a number: write it in plain digits, or put it in quotes if it is a name' }];
  }
  return [];
}

const keyOf = (key: Node): string => (isScalar(key) ? String(key.value) : '');

type MapNode = Extract<ParsedNode, { readonly items: readonly { readonly key: unknown }[] }>;
const pairsByKey = new WeakMap<MapNode, ReadonlyMap<string, MapNode['items'][number]>>();

/**
 * A map's entries by key, made once: a file may hold tens of thousands. The last one of a key given twice is the one to
 * look at.
 */
function pairsOf(map: MapNode) {
  const known = pairsByKey.get(map);
  if (known !== undefined) return known;
  const pairs = new Map(map.items.map((pair) => [keyOf(pair.key), pair]));
  pairsByKey.set(map, pairs);
  return pairs;
}

/** Where the thing at the end of the path begins; the deepest thing on the way where it is not there. */
function offsetOf(root: Node, path: Path, onKey: boolean): number {
  let node: Node = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(part));
      if (pair === undefined) return offset;
      node = pair.value;
      const showValue = index === path.length - 1 && !onKey;
      const onOneLine =
        node !== null && (!isCollection(node) || node.flow === true) && !(isScalar(node) && node.source === '');
      offset = (showValue && onOneLine ? node?.range?.[0] : pair.key?.range?.[0]) ?? offset;
    } else if (isSeq(node)) {
      const item: Node = typeof part === 'number' ? node.items[part] : undefined;
      if (item === undefined) return offset;
      node = item;
      offset = item?.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}
