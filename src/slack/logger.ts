import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from './log.ts';
import { at, textAt } from './payload.ts';

/** How the SDK's warnings begin, and what we call them. Their texts may hold what came in, so only the code is logged. */
const KNOWN: readonly (readonly [start: string, code: string])[] = [
  ['Failed to parse and verify', 'slack_bad_signature'],
  ['Malformed request body', 'slack_malformed_body'],
  ['Request body exceeded', 'slack_body_too_large'],
  ['An incoming event was not acknowledged', 'slack_not_acknowledged'],
  ['ack() has already been called', 'slack_acknowledged_twice'],
  ['Authorization of incoming event', 'slack_not_authorized'],
  ['Could not determine the type', 'slack_unknown_payload'],
  ['http request failed', 'slack_http_failed'],
  ['Failed to retrieve a new WSS URL', 'slack_socket_refused'],
  ['Failed to send a', 'slack_socket_send_failed'],
  ['Peer did not complete the close', 'slack_socket_close_slow'],
  ['WebSocket error', 'slack_socket_error'],
  ["A pong wasn't received", 'slack_socket_silent'],
  ["A ping wasn't received", 'slack_socket_silent'],
];

const codeOf = (said: readonly unknown[]): string => {
  const [first] = said;
  const code = typeof first === 'string' ? KNOWN.find(([start]) => first.startsWith(start))?.[1] : undefined;
  return code ?? 'slack_sdk';
};

const errorCode = (said: readonly unknown[]): string | undefined => {
  const error = said.find((each) => each instanceof Error);
  return textAt(error, 'code') ?? textAt(at(error, 'cause'), 'code');
};

/** A logger for Slack's packages: warnings and errors become coded lines, texts and payloads are dropped. */
export function slackLogger(log: Log, part: string): Logger {
  const write = (level: 'warn' | 'error', said: readonly unknown[]) => {
    const error = errorCode(said);
    log(level, codeOf(said), { part, ...(error === undefined ? {} : { error }) });
  };
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said: unknown[]) => write('warn', said),
    error: (...said: unknown[]) => write('error', said),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
