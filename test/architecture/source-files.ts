import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the project's root, with slashes: "src/core/ids.ts". */
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** All program files under these folders of the project. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      // A peer of the benchmark has packages of its own.
      .filter((path) => !path.includes('/node_modules/'))
      .filter((path) => /\.[cm]?[jt]s$/.test(path))
      .sort()
      .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') })),
  );
}

/** A file of the project as text. */
export const projectFile = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm;
const STATEMENT = /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^\s*import\s*['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\s*\(\s*(?:['"`]([^'"`$]+)['"`])?/g;

/** What a call of import() says where its text is made while the program runs. */
export const COMPUTED = '(computed)';

/** A file without its comments. */
export const codeOf = (text: string): string => text.replace(COMMENTS, '');

/** Everything that a file imports: values, types, re-exports, import() in code and in types. */
export function importsOf(text: string): readonly string[] {
  const code = codeOf(text);
  return [STATEMENT, SIDE_EFFECT, CALL].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, name]) => name ?? COMPUTED),
  );
}

/** All files whose values a file can use, through whichever others; what it knows only as a type is not among them. */
export function valuesReachedFrom(start: string): ReadonlySet<string> {
  const files = new Map(sourceFiles('src', 'commands').map((file) => [file.path, codeOf(file.text)]));
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const code = files.get(path);
    if (code === undefined || reached.has(path)) return;
    reached.add(path);
    const values = code.replace(/^\s*(?:import|export)\s+type\b[^'"`;]*?\bfrom\s*['"][^'"]+['"]/gm, '');
    for (const name of importsOf(values)) if (name.startsWith('.')) visit(posix.join(posix.dirname(path), name));
  };
  visit(start);
  return reached;
}
