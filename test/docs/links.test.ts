import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectFile } from '../architecture/source-files.ts';
import { anchorsOf, isInProject, pages, proseOf, ROOT, sectionOf } from './pages.ts';

const OUTSIDE = /^(https?|mailto):/;

/** What a page links to, pictures and the attributes of plain HTML included. */
const linksOf = (page: string): readonly string[] =>
  [/\]\(([^)\s]+)\)/g, /\b(?:src|srcset|href)="([^"]+)"/g].flatMap((pattern) =>
    Array.from(proseOf(page).matchAll(pattern), ([, target = '']) => target),
  );

/** The links of a page that lead nowhere. */
function broken(page: string): readonly string[] {
  return linksOf(page).filter((link) => {
    if (OUTSIDE.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : posix.join(posix.dirname(page), path);
    if (!isInProject(target)) return true;
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
}

describe('the pages', () => {
  it.each(pages)('%s: every link leads somewhere', (page) => {
    expect(broken(page)).toEqual([]);
  });

  it('all ship, with everything that they link to', () => {
    const { files } = z.object({ files: z.array(z.string()) }).parse(JSON.parse(projectFile('package.json')));
    const ships = (path: string) =>
      ['README.md', 'LICENSE', 'package.json'].includes(path) ||
      files.some((file) => path === file || `${path}/` === file || (file.endsWith('/') && path.startsWith(file)));
    const wrong = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !OUTSIDE.test(link) && !link.startsWith('#'))
        .map((link) => posix.join(posix.dirname(page), link.split('#')[0] ?? ''))
        .filter((target) => !ships(target))
        .map((target) => `${page}: ${target}`),
    );
    expect(wrong).toEqual([]);
    expect(pages.filter((page) => !ships(page))).toEqual([]);
  });

  it('are looked through for links', () => {
    expect(pages.length).toBeGreaterThan(18);
    expect(linksOf('README.md').length).toBeGreaterThan(15);
    expect([...anchorsOf('docs/operate.md')]).toEqual(expect.arrayContaining(['backup-and-restore', 'log-lines']));
  });

  it('name only files that there are', () => {
    const wrong = pages
      // What was, may be gone.
      .filter((page) => page !== 'CHANGELOG.md')
      .flatMap((page) =>
        Array.from(projectFile(page).matchAll(/`((?:src|test|docs|deploy|release|commands|bench)\/[\w./-]+\w)`/g))
          .filter(([, path = '']) => !isInProject(path))
          .map(([, path]) => `${page}: ${path}`),
      );
    expect(wrong).toEqual([]);
  });

  it('all can be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const link of linksOf(page)) {
        const [path = ''] = link.split('#');
        const target = posix.join(posix.dirname(page), path);
        if (!OUTSIDE.test(link) && pages.includes(target)) reached.add(target);
      }
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('name only npm scripts that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(projectFile('package.json')));
    /** Without `run`: what npm itself does or knows. */
    const own = new Set(['ci', 'install', 'pack', 'run', 'sbom', 'start', 'stop', 'test', 'update']);
    const wrong = pages.flatMap((page) =>
      Array.from(projectFile(page).matchAll(/(?<=`|^ *|&& )npm (run )?([a-z][a-z0-9:]*)/gm))
        .filter(([, isRun, name = '']) => (isRun === undefined ? !own.has(name) : scripts[name] === undefined))
        .map(([words]) => `${page}: ${words}`),
    );
    expect(wrong).toEqual([]);
    expect(projectFile('README.md')).toMatch(/npm run demo/);
  });

  const help = execFileSync(process.execPath, ['src/main.ts', 'help'], { cwd: ROOT, encoding: 'utf8' });
  const known = new Set(Array.from(help.matchAll(/^ {2}superoffice-logoff (\w+)/gm), ([, word = '']) => word));

  it('name only commands that the program has', () => {
    const named = pages.flatMap((page) =>
      Array.from(projectFile(page).matchAll(/(?<![\w/-])superoffice-logoff ([a-z]+)/g), ([, word = '']) => ({
        page,
        word,
      })),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ word }) => !known.has(word))).toEqual([]);
  });
});

describe('the page about installing', () => {
  const page = 'docs/install.md';
  const steps = Array.from(projectFile(page).matchAll(/^## (\d+)\. .+$/gm), ([, number]) => Number(number));

  it('needs at most ten steps, in a row', () => {
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, at) => at + 1));
    expect(steps.length).toBeLessThanOrEqual(10);
  });

  it('speaks of what was not tried as such', () => {
    expect(sectionOf(page, 'Windows')).toContain('Not verified on Windows');
    expect(sectionOf(page, 'Containers')).toContain('The image was not built');
    expect(sectionOf(page, 'Linux with systemd')).toMatch(/was\s+not run under systemd/);
  });
});
