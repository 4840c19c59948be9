import type { ChildProcess } from 'node:child_process';
import { z } from 'zod';

const question = z.object({ ask: z.string(), n: z.int(), with: z.unknown() });
const reply = z.object({ n: z.int(), gave: z.unknown().optional(), failed: z.string().optional() });

/** Asks a process of the benchmark something and gives what it answers. */
export type Ask = (what: string, args?: unknown) => Promise<unknown>;

/** Questions to a child process; several may be under way. */
export function askProcess(child: ChildProcess): Ask {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', (message: unknown) => {
    const { data } = reply.safeParse(message);
    if (data === undefined) return;
    const asked = waiting.get(data.n);
    waiting.delete(data.n);
    if (data.failed === undefined) asked?.resolve(data.gave);
    else asked?.reject(new Error(data.failed));
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`a process of the benchmark ended with ${code}`));
  });
  return (ask, args = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ ask, n: last, with: args }, (error) => void (error && reject(error)));
    });
}

/** What a child process can be asked; questions that it does not know are left to others who listen. */
export function answer(handlers: Readonly<Record<string, (args: unknown) => unknown>>): void {
  process.on('message', (message: unknown) => {
    const { data } = question.safeParse(message);
    const handler = data === undefined ? undefined : handlers[data.ask];
    if (data === undefined || handler === undefined) return;
    const { n } = data;
    new Promise((resolve) => resolve(handler(data.with))).then(
      (gave) => process.send?.({ n, gave }),
      (error: unknown) =>
        process.send?.({ n, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
