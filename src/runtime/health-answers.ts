import type { Health } from '../slack/health.ts';
import type { LineState } from '../slack/line.ts';
import { isAnswering } from './netserver-state.ts';
import { isReady, type Parts } from './readiness.ts';

/** Each part in a word. */
export interface AllParts extends Parts {
  readonly slack: LineState;
  /** Each connection to Slack; one that works is enough. */
  readonly slack_connections: readonly LineState[];
  readonly netserver: string;
}

/** Which parts are as they should be. */
export const goodParts = (
  parts: AllParts,
): Readonly<Record<Exclude<keyof AllParts, 'slack_connections'>, boolean>> => ({
  slack: parts.slack === 'connected',
  database: parts.database === 'writable',
  policy: parts.policy === 'active',
  clock: parts.clock !== 'moved',
  netserver: isAnswering(parts.netserver),
});

/**
 * What /healthz and /readyz say. A process is alive where it answers, and ready where it can take commands and clicks;
 * without NetServer it can, so that is `degraded` and no reason to take it out of service.
 */
export function healthAnswers(look: () => Promise<AllParts>): Health {
  return async (path) => {
    if (path === '/healthz') return { ok: true, body: { alive: true } };
    const parts = await look();
    const ok = parts.slack === 'connected' && isReady(parts);
    const state = !ok ? 'not_ready' : isAnswering(parts.netserver) ? 'ready' : 'degraded';
    const { slack, slack_connections, database, policy, clock, netserver } = parts;
    return { ok, body: { state, slack, slack_connections, database, policy, clock, netserver } };
  };
}
