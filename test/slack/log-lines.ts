import type { Log } from '../../src/slack/log.ts';

export interface LogLine {
  readonly level: string;
  readonly code: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that is kept. */
export function logLines(): { readonly lines: LogLine[]; readonly log: Log } {
  const lines: LogLine[] = [];
  return { lines, log: (level, code, fields = {}) => void lines.push({ level, code, fields }) };
}
