import type * as Prom from 'prom-client';

/** Before every metric of ours; those of the process itself keep the names that they have everywhere. */
export const PREFIX = 'superoffice_logoff_';

/** In seconds: a call to the outside takes from some milliseconds to its time limit. */
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
const VERIFICATION_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

export type Instruments = ReturnType<typeof createInstruments>;

/**
 * Everything that is measured, in a registry of its own. Every label has few values: names of rules out of the settings,
 * codes of the program, states. None names a person, a request or a channel.
 */
export function createInstruments(prom: typeof Prom) {
  const registry = new prom.Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new prom.Counter({ name: `${PREFIX}${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new prom.Gauge({ name: `${PREFIX}${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new prom.Histogram({ name: `${PREFIX}${name}`, help, buckets, labelNames, registers });
  prom.collectDefaultMetrics({ register: registry });

  return {
    registry,
    decisions: counter('decisions_total', 'Commands that the rules decided on.', 'rule', 'effect'),
    refusals: counter('refusals_total', 'Commands and clicks that were refused, by code.', 'what', 'code'),
    endings: counter('requests_ended_total', 'Requests by how they ended.', 'ending'),
    dispatches: counter('dispatches_total', 'Attempts to ask NetServer for a log-off, by what is known.', 'outcome'),
    people: counter('people_total', 'People in requests that ended, by what came out for them.', 'outcome'),
    verification: histogram(
      'verification_seconds',
      'From the call that asks for a log-off to the last look whether people are gone.',
      VERIFICATION_SECONDS,
    ),
    netserverCalls: histogram(
      'netserver_call_seconds',
      'How long NetServer took for a call, by operation.',
      CALL_SECONDS,
      'call',
    ),
    netserverErrors: counter('netserver_errors_total', 'Calls to NetServer that failed, by code.', 'call', 'code'),
    slackCalls: histogram(
      'slack_call_seconds',
      'How long Slack took for a call, with its repeats, by method.',
      CALL_SECONDS,
      'call',
    ),
    slackErrors: counter('slack_errors_total', 'Calls to Slack that failed, by code.', 'call', 'code'),
    logLines: counter('log_lines_total', 'Warnings and errors in the log, by code.', 'level', 'code'),
    open: gauge('open_requests', 'Requests that have not ended, by state; at most 1000 are counted.', 'status'),
    oldest: gauge('oldest_open_request_seconds', 'Age of the oldest request that has not ended, by state.', 'status'),
    paused: gauge('dispatch_paused', '1 while somebody has paused all log-offs.'),
    part: gauge('part_ok', '1 where this part is as it should be: slack, database, policy, clock, netserver.', 'part'),
    slackState: gauge('slack_connection', '1 for the state that the connection to Slack is in.', 'state'),
    collectFailed: counter('collect_failures_total', 'Scrapes in which the open requests could not be read.'),
  };
}
