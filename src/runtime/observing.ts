import { type Measure, measuring } from '../core/measure.ts';
import type { Rule } from '../core/policy/policy.ts';
import { LOG_ON } from '../netserver/log-on.ts';
import { SYSTEM_INFO } from '../netserver/system-info.ts';
import type { Clock, Log, RequestStore } from '../workflows/ports.ts';
import type { StateSources } from './metrics/show-state.ts';
import { type NetServerState, watchNetServer } from './netserver-state.ts';

/** What the process knows of itself while it runs: how NetServer is doing, and metrics where they are wanted. */
export interface Observing {
  /** The log, with a count of its warnings and errors. */
  readonly log: Log;
  readonly measureSlack: Measure;
  readonly measureNetServer: Measure;
  readonly netserver: NetServerState;
  counted<R extends Pick<RequestStore, 'open' | 'save' | 'note'>>(requests: R): R;
  /** Serves the metrics from now on, where a port is set for them. Rejects where it is taken. */
  serve(sources: StateSources): Promise<void>;
  close(): Promise<void>;
}

export interface ObservedFor {
  readonly metricsPort: number | undefined;
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  readonly log: Log;
  /** Asks NetServer for something that needs no logon. */
  readonly look: () => Promise<unknown>;
}

/** Prepares to observe. Without a port for metrics nothing that makes them is even loaded. */
export async function openObserving({ metricsPort, rules, clock, log, look }: ObservedFor): Promise<Observing> {
  const wanted = metricsPort === undefined ? undefined : await import('./metrics/open-metrics.ts');
  const metrics = await wanted?.openMetrics(rules);
  const netserver = watchNetServer({ clock, logOn: LOG_ON, look: { call: SYSTEM_INFO, ask: look }, log });
  const told = metrics === undefined ? [] : [metrics];
  return {
    log: (level, code, fields) => {
      log(level, code, fields);
      metrics?.logged(level, code);
    },
    measureSlack: measuring(clock.monotonic, ...told.map(({ slackEnded }) => slackEnded)),
    measureNetServer: measuring(clock.monotonic, netserver.ended, ...told.map(({ netserverEnded }) => netserverEnded)),
    netserver,
    counted: (requests) => metrics?.counted(requests) ?? requests,
    async serve(sources) {
      if (metrics === undefined || metricsPort === undefined) return;
      log('info', 'metrics_served', { port: await metrics.serve(metricsPort, sources) });
    },
    close: async () => await metrics?.close(),
  };
}
