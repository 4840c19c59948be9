import { pino } from 'pino';
import { coverSecrets } from './log/cover-secrets.ts';

export interface LogSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** What is covered wherever it turns up: the last net, not the first. */
  readonly secrets: readonly { reveal(): string }[];
  /** Takes each finished line; standard output where absent. */
  readonly write?: (line: string) => void;
}

/** What each line holds already; a field of such a name gets an underscore. */
const OWN = new Set(['level', 'time', 'pid', 'msg']);

/** Writes a line of JSON for each call: level, time, `msg` (a code or a short sentence) and the fields. Never throws. */
export function createLog({ level, secrets, write }: LogSettings) {
  // Synchronous: the last lines before an exit are the ones that matter.
  const output = write === undefined ? pino.destination({ dest: 1, sync: true }) : { write };
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
  const cover = coverSecrets(secrets.map((secret) => secret.reveal()));
  return (at: LogSettings['level'], code: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    if (!logger.isLevelEnabled(at)) return;
    const covered = cover(fields);
    const readable = Object.entries(typeof covered === 'object' && covered !== null ? covered : { fields: covered });
    const named = readable.map(([name, value]) => [OWN.has(name) ? `${name}_` : name, value]);
    logger[at](Object.fromEntries(named), String(cover(code)));
  };
}
