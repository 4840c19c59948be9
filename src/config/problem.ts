/** The way to a place in the settings file: keys and list positions. */
export type Path = readonly (string | number)[];

/** Something wrong at a place in the settings file. `message` goes on from the path: "must be …". */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  /** Set where the key is wrong, not its value. */
  readonly onKey?: true;
}

/** "rules[0].who", `people["it desk"].users[1]`: a path as people write it. */
export function describePath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[\w-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** Something that can be looked into by key. */
export type Keyed = Readonly<Record<string, unknown>>;

export const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as something that can be looked into; nothing inside where it is something else. */
export const keyed = (value: unknown): Keyed => (isKeyed(value) ? value : {});
