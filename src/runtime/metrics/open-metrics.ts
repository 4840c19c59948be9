import type { Ended } from '../../core/measure.ts';
import type { Rule } from '../../core/policy/policy.ts';
import type { Outcome, Status } from '../../core/request/request.ts';
import { LOG_CODES } from '../../log/log-codes.ts';
import type { RequestStore } from '../../workflows/ports.ts';
import { countRecords } from './count-records.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { serveMetrics } from './metrics-server.ts';
import { type StateSources, showState } from './show-state.ts';

type Level = 'debug' | 'info' | 'warn' | 'error';

export interface Metrics {
  /** Takes note of a call that has ended. */
  slackEnded(call: Ended): void;
  netserverEnded(call: Ended): void;
  /** Takes note of a line of the log. */
  logged(level: Level, code: string): void;
  /** The records, with a count of what is written into them. */
  counted<R extends Pick<RequestStore, 'open' | 'save' | 'note'>>(requests: R): R;
  /** Answers on 127.0.0.1 from now on; gives the port. Rejects where it is taken. */
  serve(port: number, sources: StateSources): Promise<number>;
  close(): Promise<void>;
}

/** Loads what is needed to measure. Nothing of it is loaded where nobody wants metrics. */
export async function openMetrics(rules: readonly Rule[]): Promise<Metrics> {
  const prom = await import('prom-client');
  const instruments = createInstruments(prom);
  startAtZero(instruments, rules);
  let server: Awaited<ReturnType<typeof serveMetrics>> | undefined;
  return {
    slackEnded({ call, took, code }) {
      instruments.slackCalls.observe({ call }, took / 1_000);
      if (code !== 'ok') instruments.slackErrors.inc({ call, code });
    },
    netserverEnded({ call, took, code }) {
      instruments.netserverCalls.observe({ call }, took / 1_000);
      if (code !== 'ok') instruments.netserverErrors.inc({ call, code });
    },
    logged(level, code) {
      if (level === 'warn' || level === 'error') instruments.logLines.inc({ level, code });
    },
    counted: (requests) => countRecords(requests, instruments),
    async serve(port, sources) {
      const { registry } = instruments;
      server = await serveMetrics(port, registry.contentType, async () => {
        await showState(sources, instruments);
        return await registry.metrics();
      });
      return server.port;
    },
    async close() {
      await server?.close();
    },
  };
}

/** Shows what can be expected from the start on, so that the first of a kind is an increase. */
function startAtZero({ decisions, dispatches, endings, people, logLines }: Instruments, rules: readonly Rule[]): void {
  for (const { name } of rules)
    for (const effect of ['allow', 'needs_approval']) decisions.inc({ rule: name, effect }, 0);
  decisions.inc({ rule: '', effect: 'deny' }, 0);
  for (const outcome of ['accepted', 'unknown', 'not_made', 'failed']) dispatches.inc({ outcome }, 0);
  for (const ending of ENDINGS) endings.inc({ ending }, 0);
  for (const outcome of OUTCOMES) people.inc({ outcome }, 0);
  for (const level of ['warn', 'error'] as const) for (const code of LOG_CODES[level]) logLines.inc({ level, code }, 0);
}

const ENDINGS: readonly Status[] = ['done', 'unknown', 'failed', 'denied', 'cancelled', 'expired', 'aborted'];
const OUTCOMES: readonly Outcome['kind'][] = ['gone', 'back', 'listed', 'was_not_on', 'not_checked', 'see'];
