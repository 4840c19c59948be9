import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Round } from '../measure/blocks.ts';
import { askProcess } from '../process/talk.ts';

const file = fileURLToPath(new URL('edge-process.ts', import.meta.url));
const measured = z.array(z.record(z.string(), z.number()));
const stalls = z.array(z.object({ cpu: z.number(), wall: z.number() }));
const sizes = z.object({ ours: z.number(), soap: z.number() });

interface Comparison {
  readonly url: string;
  readonly ids: number;
  readonly rounds: number;
  readonly blockMs: number;
  readonly seed: number;
}

/** The process in which single calls are measured. */
export interface Edge {
  /** CPU milliseconds for each call: `ours`, `by hand` and `soap`, round by round. */
  compare(comparison: Comparison): Promise<readonly Round<string>[]>;
  /** The longest stall in each of so many calls. */
  stalls(url: string, way: 'ours' | 'soap', times: number): Promise<z.infer<typeof stalls>>;
  /** Bytes on the wire for one call. */
  bytes(ids: number): Promise<z.infer<typeof sizes>>;
  close(): Promise<void>;
}

export async function openEdge(): Promise<Edge> {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  await once(child, 'message');
  const ask = askProcess(child);
  return {
    compare: async (comparison) =>
      measured.parse(await ask('compare', comparison)).map((round) => new Map(Object.entries(round))),
    stalls: async (url, way, times) => stalls.parse(await ask('stalls', { url, way, times })),
    bytes: async (ids) => sizes.parse(await ask('bytes', { ids })),
    async close() {
      child.disconnect();
      await exited;
    },
  };
}
