import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectFile } from '../architecture/source-files.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const isInProject = (path: string): boolean => existsSync(`${ROOT}${path}`);

/** The files of a folder and those below it, from the project's root. */
export const filesIn = (folder: string): readonly string[] =>
  isInProject(folder)
    ? readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
        .sort()
    : [];

/** The pages that people read. */
export const pages: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...filesIn('docs').filter((path) => path.endsWith('.md')),
];

/** A page without its blocks and spans of code, in which nothing is a link or a heading. */
export const proseOf = (page: string): string =>
  projectFile(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '``');

/** What the heading of a section is called in a link, as GitHub makes it. */
export const anchorsOf = (page: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const text = projectFile(page).replace(/^```[\s\S]*?^```/gm, '');
  return new Set(
    Array.from(text.matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) => {
      const plain = heading
        .toLowerCase()
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-');
      const times = seen.get(plain) ?? 0;
      seen.set(plain, times + 1);
      return times === 0 ? plain : `${plain}-${times}`;
    }),
  );
};

/** The text below a heading, up to the next one of its rank or above. Throws where there is no such heading. */
export function sectionOf(page: string, heading: string): string {
  const text = projectFile(page);
  const start = new RegExp(`^(#{2,6}) ${heading}$`, 'm').exec(text);
  if (start === null) throw new Error(`${page} has no section "${heading}"`);
  const [line, marks = ''] = start;
  const rest = text.slice(start.index + line.length);
  const end = rest.search(new RegExp(`^#{1,${marks.length}} `, 'm'));
  return end === -1 ? rest : rest.slice(0, end);
}

/** The rows of all tables in a text, without heads and rulers, as cells. */
export function rowsOf(section: string): readonly (readonly string[])[] {
  const lines = section.split('\n');
  const isRuler = (line: string | undefined) => /^\|( ?-+ ?\|)+$/.test(line ?? '');
  return lines
    .filter((line, at) => line.startsWith('| ') && !isRuler(line) && !isRuler(lines[at + 1]))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The words in code type of each row's first cell. */
export const namedIn = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap(([first = '']) => Array.from(first.matchAll(/`([^`]+)`/g), ([, name = '']) => name));
