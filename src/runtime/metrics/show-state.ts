import type { Held, Request, Status } from '../../core/request/request.ts';
import type { Duration } from '../../core/time.ts';
import { within } from '../../main/time-limit.ts';
import type { Clock } from '../../workflows/ports.ts';
import { type AllParts, goodParts } from '../health-answers.ts';
import type { Instruments } from './instruments.ts';

/** More open requests than this are no number that anybody waits for. */
const MOST_COUNTED = 1_000;

/** Who scrapes waits some seconds, and gets the rest where the records do not answer. */
const READ_WITHIN: Duration = 2_000;

const STATUSES: readonly Status[] = [
  'awaiting_confirmation',
  'awaiting_approval',
  'approved',
  'warning',
  'dispatching',
  'verifying',
];

/** Where the state of the process is read from at each scrape. */
export interface StateSources {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  parts(): Promise<AllParts>;
  listOpen(limit: number): Promise<readonly Request[]>;
  paused(): Promise<Held | undefined>;
}

/** Brings the gauges up to date. What cannot be read now is not shown at all, rather than as it was. Never throws. */
export async function showState(sources: StateSources, shown: Instruments): Promise<void> {
  await Promise.all([showParts(sources, shown), showRequests(sources, shown)]);
}

async function showParts({ parts }: StateSources, { part, slackState }: Instruments): Promise<void> {
  const all = await parts();
  for (const [name, good] of Object.entries(goodParts(all))) part.set({ part: name }, good ? 1 : 0);
  for (const state of ['starting', 'connected', 'reconnecting', 'disconnected'] as const)
    slackState.set({ state }, all.slack === state ? 1 : 0);
}

async function showRequests({ clock, listOpen, paused }: StateSources, shown: Instruments): Promise<void> {
  const { open, oldest, paused: isPaused, collectFailed } = shown;
  try {
    const read = () => Promise.all([listOpen(MOST_COUNTED), paused()]);
    const [requests, pause] = await within(READ_WITHIN, clock, read);
    const at = clock.now();
    for (const status of STATUSES) {
      const those = requests.filter((request) => request.status === status);
      const first = Math.min(at, ...those.map(({ openedAt }) => openedAt));
      open.set({ status }, those.length);
      oldest.set({ status }, (at - first) / 1_000);
    }
    isPaused.set(pause === undefined ? 0 : 1);
  } catch {
    open.reset();
    oldest.reset();
    isPaused.remove();
    collectFailed.inc();
  }
}
