import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Duration } from '../core/time.ts';
import { parseDatabaseUrl } from '../store/database-url.ts';
import type { Clock, Log } from '../workflows/ports.ts';

/** How often a running bot looks whether it is asked to stop. */
const LOOK_EVERY: Duration = 1_000;
/** Only who runs the bot may read which run it is; what a stop must name. Windows goes by the rights of the folder. */
const PRIVATE = 0o600;

const runSchema = z.object({ pid: z.int().min(1), run: z.string().min(1) });
export type Run = z.infer<typeof runSchema>;

/** The two files by which a running bot is found and asked to stop. */
export interface RunPlace {
  /** Written by the bot while it runs. */
  readonly running: string;
  /** Written by whoever wants it to stop. */
  readonly stop: string;
}

/** Beside the database file, where only the bot's user may write; in `data` where there is none, told apart by the port. */
export function runPlace(databaseUrl: string, port: number): RunPlace | undefined {
  const address = parseDatabaseUrl(databaseUrl);
  if (address.engine === 'sqlite' && address.path === undefined) return undefined;
  const base = address.engine === 'sqlite' ? resolve(address.path) : resolve('data', `logoff-${port}`);
  return { running: `${base}.running`, stop: `${base}.stop` };
}

/** Which run the file tells of; nothing where there is none, or it cannot be read. */
export function readRun(path: string): Run | undefined {
  const text = readOrNothing(path);
  if (text === undefined) return undefined;
  try {
    return runSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writePrivately(path: string, text: string): void {
  // A file that is there keeps its rights, and may be a link to somewhere else.
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: PRIVATE, flag: 'wx' });
}

export interface RunFile {
  /** Resolves once this run is asked to stop. */
  readonly asked: Promise<void>;
  /** The last thing that a process does: it is not running any more. */
  close(): void;
}

/** Says that this process runs, and looks for the wish that it stop. Where nothing can be written, signals are left. */
export function openRunFile(place: RunPlace, run: Run, clock: Pick<Clock, 'after'>, log: Log): RunFile {
  const asked = Promise.withResolvers<void>();
  let cancel = () => {};
  try {
    mkdirSync(dirname(place.running), { recursive: true, mode: 0o700 });
    writePrivately(place.running, JSON.stringify(run));
    // Of an earlier run that ended otherwise.
    rmSync(place.stop, { force: true });
  } catch (error) {
    log('info', 'stop_command_unavailable', { code: codeOf(error), path: place.running });
    return { asked: asked.promise, close: () => {} };
  }
  const look = (): void => {
    if (readOrNothing(place.stop)?.trim() === run.run) asked.resolve();
    else cancel = clock.after(LOOK_EVERY, look);
  };
  look();
  return {
    asked: asked.promise,
    close() {
      cancel();
      if (readRun(place.running)?.run !== run.run) return;
      try {
        rmSync(place.stop, { force: true });
        rmSync(place.running, { force: true });
      } catch (error) {
        log('warn', 'run_file_left', { code: codeOf(error), path: place.running });
      }
    },
  };
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'surprise';
};
