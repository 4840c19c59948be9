import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The bot as its user runs it: a process of its own. */
export interface BotProcess {
  /** Where its /healthz and /readyz are. */
  readonly port: number;
  /** Its log lines so far. */
  readonly lines: readonly string[];
  /** Asks it to stop, and resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Sends it a signal, and waits for nothing. */
  signal(name: NodeJS.Signals): void;
  /** Ends it without asking. */
  kill(): Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Tells the module that was loaded before it something; lost where there is none. */
  tell(message: object): void;
}

export interface BotProcessOptions {
  /** A module that is loaded into the process before the program, which knows nothing of it. */
  readonly preload?: string;
  /** The program's file; this project's own source where absent. */
  readonly program?: string;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const START_LIMIT = 60_000;

/** Starts the bot in `folder` with exactly this environment; rejects with its last words where it does not get ready. */
export async function startBotProcess(
  folder: string,
  environment: Readonly<Record<string, string>>,
  { preload, program = main }: BotProcessOptions = {},
): Promise<BotProcess> {
  const before = preload === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...before, program, 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: preload === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const exited = once(child, 'exit');
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const port = await readyPort(child, lines);
  return {
    port,
    lines,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
    signal: (name) => void child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    ended: exited.then(() => {}),
    // It may be gone already; then there is nobody to tell.
    tell: (message) => void (child.connected && child.send(message, () => {})),
  };
}

function readyPort(child: ChildProcess, lines: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the bot ${why}:\n${lines.slice(-10).join('\n')}`));
    };
    const timer = setTimeout(() => fail('did not get ready in time'), START_LIMIT);
    const ended = () => fail('ended before it was ready');
    child.once('exit', ended);
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const entry: unknown = JSON.parse(line);
      if (typeof entry !== 'object' || entry === null || !('msg' in entry) || entry.msg !== 'ready') return;
      if (!('port' in entry) || typeof entry.port !== 'number') return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(entry.port);
    });
  });
}
