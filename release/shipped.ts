import { readFileSync } from 'node:fs';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});

const entrySchema = z.looseObject({
  version: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
});

const lockSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  packages: z.record(z.string(), entrySchema),
});

type Entry = z.output<typeof entrySchema>;
export type Lock = z.output<typeof lockSchema>;

export const readLock = (): Lock =>
  lockSchema.parse(JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')));

/**
 * The places in node_modules of all packages that the program runs with: the dependencies, their dependencies, and so on, as
 * `npm pack` bundles them. `--omit dev` of npm's own tools would leave out what a development tool needs as well (zod, yaml);
 * peers are types only and do not ship.
 */
export function shippedPlaces({ packages }: Pick<Lock, 'packages'>): readonly string[] {
  const found = new Set<string>();
  const open: string[] = [''];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    const entry: Entry | undefined = packages[from];
    if (entry === undefined) continue;
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const place = placeOf(name, from, packages);
      if (place === undefined && entry.optionalDependencies[name] !== undefined) continue;
      if (place === undefined)
        throw new Error(`package-lock.json has no ${name}, which ${from || 'the program'} needs`);
      if (!found.has(place)) open.push(place);
      found.add(place);
    }
  }
  return [...found].sort();
}

/** Where Node finds a package that is asked for from there: in the nearest node_modules above it. */
function placeOf(name: string, from: string, packages: Lock['packages']): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder}${folder === '' ? '' : '/'}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') return undefined;
  }
}
