import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { WrongUse } from './refused.ts';

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

export interface Flags {
  /** The text behind a flag; nothing where it is not given. Empty counts as not given. */
  text(name: string): string | undefined;
  /** The same, where it must be given. */
  needed(name: string): string;
  /** The texts behind a flag that may be given several times. */
  texts(name: string): readonly string[];
  isOn(name: string): boolean;
  readonly words: readonly string[];
}

/** Reads flags. Throws WrongUse for one that is not known, lacks its value, or for words where none belong. */
export function readFlags(args: readonly string[], options: ParseArgsOptionsConfig, words: readonly string[]): Flags {
  let values: Values;
  let given: readonly string[];
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    values = parsed.values;
    given = parsed.positionals;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'the flags cannot be read');
  }
  const extra = given[words.length];
  if (extra !== undefined) throw new WrongUse(`"${extra}" has no meaning here`);
  const missing = words[given.length];
  if (missing !== undefined) throw new WrongUse(`${missing} is missing`);
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return {
    text,
    needed: (name) => {
      const value = text(name);
      if (value === undefined) throw new WrongUse(`--${name} is missing`);
      return value;
    },
    texts: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    },
    isOn: (name) => values[name] === true,
    words: given,
  };
}
