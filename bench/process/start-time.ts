import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './subject.ts';

const READY_WITHIN = 60_000;
/** How long a program that is ready is left alone before its memory is looked at. */
const IDLE = 2_500;
/** Linux counts CPU time of a process in ticks of this many milliseconds. */
const TICK_MS = 10;

interface Started {
  /** Milliseconds from starting the process to its line that says `ready`. */
  readonly wall: number;
  /** CPU milliseconds up to there. NaN where the system does not tell. */
  readonly cpu: number;
  /** Bytes of memory after a moment of idleness. NaN where the system does not tell. */
  readonly rss: number;
}

/** Starts a program as it is, with nothing else in it, and ends it again. */
export async function timeStart({ run, environment, folder, node = [] }: Program): Promise<Started> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...node, ...run], {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a program did not get ready in time')), READY_WITHIN);
    lines.on('line', (line) => {
      if (!line.includes('"msg":"ready"')) return;
      clearTimeout(timer);
      resolve();
    });
    void exited.then(() => reject(new Error('a program ended before it was ready')));
  });
  try {
    await ready;
    const wall = performance.now() - begun;
    const cpu = cpuOf(child.pid);
    await pause(IDLE);
    return { wall, cpu, rss: memoryOf(child.pid) };
  } finally {
    // Asked to end, so that it can keep what it compiled for the next start, as any program that ends.
    child.kill('SIGTERM');
    await exited;
  }
}

function proc(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function cpuOf(pid: number | undefined): number {
  // The name of the program, in brackets, may hold spaces.
  const fields = proc(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const memoryOf = (pid: number | undefined): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(proc(pid, 'status'))?.[1] ?? Number.NaN) * 1_024;
