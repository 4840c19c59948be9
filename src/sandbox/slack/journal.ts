import type { Events } from './events.ts';
import type { Json } from './json.ts';

/** One call of the Web API (or of a response URL), without its token. */
export interface ApiCall {
  readonly n: number;
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  /** What was answered; undefined where the connection died or hung before an answer. */
  readonly answer: Json | undefined;
  readonly status: number;
}

/** Something that real Slack would have refused, or would have shown to the person as an error. */
interface Complaint {
  readonly at: number;
  readonly where: string;
  readonly error: string;
  readonly details: readonly string[];
}

export interface Journal {
  record(call: Omit<ApiCall, 'n' | 'at'>): void;
  complain(where: string, error: string, details?: readonly string[]): void;
  /** The calls so far, oldest first; only those of one method where it is named. */
  calls(method?: string): readonly ApiCall[];
  complaints(): readonly Complaint[];
  clear(): void;
}

const KEPT = 2_000;

/** Keeps the last 2,000 calls and complaints. */
export function createJournal(now: () => number, events: Events): Journal {
  const calls: ApiCall[] = [];
  const complaints: Complaint[] = [];
  let n = 0;
  return {
    record(entry) {
      n += 1;
      const call: ApiCall = { ...entry, n, at: now() };
      calls.push(call);
      if (calls.length > KEPT) calls.shift();
      events.emit({ type: 'call', call });
    },
    complain(where, error, details = []) {
      complaints.push({ at: now(), where, error, details });
      if (complaints.length > KEPT) complaints.shift();
    },
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    complaints: () => [...complaints],
    clear() {
      calls.length = 0;
      complaints.length = 0;
    },
  };
}
