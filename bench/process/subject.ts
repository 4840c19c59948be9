import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { askProcess } from './talk.ts';

const probe = fileURLToPath(new URL('probe.ts', import.meta.url));
const READY_WITHIN = 60_000;

const usage = z.object({ cpu: z.number(), rss: z.number() });
const memory = z.object({ rss: z.number(), used: z.number() });
const longest = z.object({ cpu: z.number(), wall: z.number() });
const shares = z.record(z.string(), z.number());
const readyLine = z.object({ msg: z.literal('ready'), port: z.number().optional() });

/** A process that is measured: the bot or one of its peers. */
export interface Subject {
  /** Where it listens; 0 where it does not. */
  readonly port: number;
  /** Milliseconds from starting the process to its line that says `ready`, and its CPU time up to then. */
  readonly started: { readonly wall: number; readonly cpu: number };
  /** CPU milliseconds of all its threads so far, and its memory in bytes. */
  usage(): Promise<{ readonly cpu: number; readonly rss: number }>;
  /** Its memory in bytes after garbage was collected: all of it, and what is in use. */
  memory(): Promise<z.infer<typeof memory>>;
  /** The longest stall of the event loop, in milliseconds, while `work` runs. */
  stallDuring(work: () => Promise<unknown>): Promise<z.infer<typeof longest>>;
  /** Where its CPU time goes while `work` runs. */
  profileDuring(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>>;
  /** How often it had the disk say that all is written. */
  syncs(): Promise<number>;
  /** How many WSDL texts it has parsed, where it was started with the hook that counts them. */
  parsedWsdls(): Promise<number>;
  stop(): Promise<void>;
}

export interface Program {
  /** The file to run and its arguments, with what Node is to be told before them. */
  readonly run: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly node?: readonly string[];
}

/** Starts a program with the probe in it and waits until it says on a line of JSON that it is ready. */
export async function startSubject({ run, environment, folder, node = [] }: Program): Promise<Subject> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, ...node, ...run], {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = once(child, 'exit');
  const { port = 0 } = await untilReady(child);
  child.stderr?.pipe(process.stderr);
  const wall = performance.now() - begun;
  const ask = askProcess(child);
  const read = async () => {
    const { cpu, rss } = usage.parse(await ask('usage'));
    return { cpu: cpu / 1_000, rss };
  };
  const started = { wall, cpu: (await read()).cpu };
  return {
    port,
    started,
    usage: read,
    memory: async () => memory.parse(await ask('memory')),
    async stallDuring(work) {
      await ask('stalls');
      await work();
      return longest.parse(await ask('longest'));
    },
    async profileDuring(work) {
      await ask('profile');
      await work();
      return shares.parse(await ask('shares'));
    },
    syncs: async () => z.number().parse(await ask('syncs')),
    parsedWsdls: async () => z.number().parse(await ask('wsdls')),
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function untilReady(child: ChildProcess): Promise<z.infer<typeof readyLine>> {
  return new Promise((resolve, reject) => {
    const heard: string[] = [];
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`a process that is to be measured ${why}:\n${heard.slice(-20).join('\n')}`));
    };
    const timer = setTimeout(() => fail('did not get ready in time'), READY_WITHIN);
    const ended = () => fail('ended before it was ready');
    child.once('exit', ended);
    const hear = (line: string) => {
      if (heard.length < 1_000) heard.push(line);
      const { data } = readyLine.safeParse(line.startsWith('{') ? JSON.parse(line) : undefined);
      if (data === undefined) return;
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(data);
    };
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', hear);
  });
}
