import fs from 'node:fs';
import { Session } from 'node:inspector/promises';
import { type CpuProfile, sharesOf } from '../measure/profile.ts';
import { watchStalls } from './stalls.ts';

// Loaded into a process before its program, which knows nothing of it: answers how much the process has used so far.
// It imports nothing that the program might, so that it makes no start faster or slower than a few milliseconds.

/** How often the program had the disk say that all is written. */
let syncs = 0;
const { fdatasync } = fs;
fs.fdatasync = Object.assign((...given: Parameters<typeof fdatasync>) => {
  syncs += 1;
  fdatasync(...given);
}, fdatasync);

let stopStalls = () => ({ cpu: 0, wall: 0 });
let session: Session | undefined;

const handlers: Readonly<Record<string, () => unknown>> = {
  usage() {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, rss: process.memoryUsage.rss() };
  },
  async memory() {
    // Twice, since what finalizers let go of is only free after the next round.
    for (let round = 0; round < 3; round += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, used: heapUsed + external };
  },
  stalls() {
    stopStalls = watchStalls();
  },
  longest: () => stopStalls(),
  async profile() {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
  },
  async shares() {
    if (session === undefined) return {};
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    session = undefined;
    const seen: CpuProfile = profile;
    return sharesOf(seen);
  },
  syncs: () => syncs,
  wsdls: () => Reflect.get(globalThis, 'parsedWsdls') ?? 0,
};

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('ask' in message) || !('n' in message)) return;
  const { ask, n } = message;
  const handler = typeof ask === 'string' && Object.hasOwn(handlers, ask) ? handlers[ask] : undefined;
  if (handler === undefined) return;
  new Promise((resolve) => resolve(handler())).then(
    (gave) => process.send?.({ n, gave }),
    (error: unknown) => process.send?.({ n, failed: String(error) }),
  );
});
// The channel must not keep a program alive that wants to end.
process.channel?.unref();
