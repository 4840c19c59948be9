import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { z } from 'zod';

/** The version of the program, such as "0.1.0": of the project's folder, or of the package that it was installed from. */
export function programVersion(): string {
  const file = findPackageJSON(import.meta.url);
  if (file === undefined) throw new Error('The program has no package.json beside it.');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
