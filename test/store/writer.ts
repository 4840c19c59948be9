import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const SCRIPT = fileURLToPath(new URL('writer-process.ts', import.meta.url));

/**
 * A real process with the store open. `write` opens and ends requests for ever and prints each that was acknowledged as
 * "<id> <version>"; `hold` only keeps it open. Resolves when it has printed its first line.
 * The end of the test ends it.
 */
export async function startWriter(url: string, task: 'write' | 'hold') {
  const child = spawn(process.execPath, [SCRIPT, url, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const printed: string[] = [];
  let wake = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    printed.push(line);
    wake();
  });
  void exited.then(() => wake());

  const until = async (enough: () => boolean) => {
    while (!enough() && child.exitCode === null && child.signalCode === null) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);

  await until(() => printed.length > 0);
  return {
    first: printed[0],
    lines: (count: number) => until(() => printed.length > count),
    /** What it said after its first line. */
    seen: () => printed.slice(1),
    kill,
  };
}
