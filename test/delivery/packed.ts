import { type ExecFileException, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

/** Runs a program to its end with exactly this environment. */
export function run(
  file: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Ended> {
  return new Promise((resolve) => {
    const done = (failure: ExecFileException | null, out: string, error: string) =>
      resolve({ code: failure === null ? 0 : failure.code, out, error });
    execFile(file, words, { ...options, env: { ...options.env }, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 }, done);
  });
}

export interface Installed {
  /** What is in the file that `npm pack` wrote, from its root. */
  readonly packed: readonly string[];
  /** An empty folder in which it was installed. */
  readonly folder: string;
  /** The installed package. */
  readonly home: string;
  /** A folder with nothing in it but `node`, the one that the project brings. */
  readonly onlyNode: string;
  /** Runs the installed command as a shell would, with nothing else in PATH than that Node. */
  command(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  remove(): void;
}

async function succeed(what: string, ended: Promise<Ended>): Promise<string> {
  const { code, out, error } = await ended;
  if (code !== 0) throw new Error(`${what} ended with ${code}:\n${out}\n${error}`);
  return out;
}

/** Packs the project and installs what came of it without a network and without anything that npm remembers. */
export async function packAndInstall(): Promise<Installed> {
  const scratch = mkdtempSync(join(tmpdir(), 'logoff-packed-'));
  const [folder, onlyNode, cache] = ['installed', 'bin', 'cache'].map((name) => join(scratch, name));
  if (folder === undefined || onlyNode === undefined || cache === undefined) throw new Error('three names');
  for (const path of [folder, onlyNode, cache]) mkdirSync(path);
  symlinkSync(process.execPath, join(onlyNode, 'node'));
  const path = `${ROOT}node_modules/.bin:${process.env['PATH'] ?? ''}`;
  const env = { PATH: path, HOME: scratch, npm_config_cache: cache, npm_config_offline: 'true' };
  await succeed('npm pack', run('npm', ['pack', '--pack-destination', scratch], { cwd: ROOT, env }));
  const file = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? 'superoffice-logoff-….tgz';
  const listed = await succeed('tar', run('tar', ['tzf', join(scratch, file)], { cwd: scratch, env }));
  await succeed('npm install', run('npm', ['install', '--no-audit', '--no-fund', `../${file}`], { cwd: folder, env }));
  return {
    packed: listed
      .trim()
      .split('\n')
      .map((line) => line.replace(/^package\//, '')),
    folder,
    home: join(folder, 'node_modules/superoffice-logoff'),
    onlyNode,
    command: (words, more = {}) =>
      run(join(folder, 'node_modules/.bin/superoffice-logoff'), words, {
        cwd: folder,
        env: { PATH: onlyNode, ...more },
      }),
    remove: () => rmSync(scratch, { recursive: true }),
  };
}
