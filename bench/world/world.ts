import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { askProcess } from '../process/talk.ts';
import type { Step } from './recipe.ts';
import type { Reply, Shift, Work } from './work.ts';

const file = fileURLToPath(new URL('world-process.ts', import.meta.url));

const address = z.object({ url: z.string() });
const workspace = z.object({ slack: z.int(), apiUrl: z.string() });
const worked = z.object({ done: z.int(), wall: z.number(), times: z.array(z.number()) });
const waited = z.object({ times: z.array(z.number()), late: z.int() });
const looked = z.object({ times: z.array(z.number()), found: z.int() });
const steps = z.array(
  z.discriminatedUnion('to', [
    z.object({ to: z.literal('netserver'), service: z.string(), operation: z.string(), body: z.string() }),
    z.object({ to: z.literal('slack'), method: z.string(), body: z.string() }),
  ]),
);

/** One Slack workspace, as its number and its address. */
export type Workspace = z.infer<typeof workspace>;

/** The local Slack and NetServer, in a process of their own. */
export interface BenchWorld {
  readonly netserverUrl: string;
  slack(): Promise<Workspace>;
  /** Delivers over HTTP from now on. */
  useRequestUrl(slack: Workspace, url: string): Promise<void>;
  work(slack: Workspace, shift: Shift): Promise<z.infer<typeof worked>>;
  record(slack: Workspace, work: Work, reply: Reply): Promise<readonly Step[]>;
  burst(slack: Workspace, count: number): Promise<z.infer<typeof waited>>;
  picker(slack: Workspace, queries: number): Promise<z.infer<typeof looked>>;
  /** NetServer answers log-off calls with 80 KB that are no SOAP, until `calm`. */
  junk(shape: 'less-than' | 'html'): Promise<void>;
  /** NetServer answers nothing, until `calm`. */
  hang(): Promise<void>;
  calm(): Promise<void>;
  counts(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly users?: number;
  /** `many`: people with all kinds of names and with addresses, as a picker has to cope with. */
  readonly kind?: 'plain' | 'many';
}

/** Opens a SuperOffice; workspaces are added one by one. */
export async function openWorld({ users = 220, kind = 'plain' }: WorldOptions = {}): Promise<BenchWorld> {
  const child = fork(file, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const exited = once(child, 'exit');
  await once(child, 'message');
  const ask = askProcess(child);
  const { url } = address.parse(await ask('open', { users, kind }));
  return {
    netserverUrl: url,
    slack: async () => workspace.parse(await ask('slack')),
    useRequestUrl: async ({ slack }, to) => void (await ask('requestUrl', { slack, url: to })),
    work: async ({ slack }, shift) => worked.parse(await ask('work', { slack, ...shift })),
    record: async ({ slack }, work, reply) => steps.parse(await ask('record', { slack, work, reply })),
    burst: async ({ slack }, count) => waited.parse(await ask('burst', { slack, count })),
    picker: async ({ slack }, queries) => looked.parse(await ask('picker', { slack, queries })),
    junk: async (shape) => void (await ask('junk', { shape })),
    hang: async () => void (await ask('hang')),
    calm: async () => void (await ask('calm')),
    counts: async () => z.record(z.string(), z.number()).parse(await ask('counts')),
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
