import type { Ended } from '../core/measure.ts';
import type { Duration } from '../core/time.ts';
import type { Clock, Log } from '../workflows/ports.ts';

/** After so long without a call, whoever asks for the state has NetServer looked at again. */
const LOOK_AFTER: Duration = 30_000;

/** NetServer answered as a server does that works; what it refused is told elsewhere. */
const FINE: ReadonlySet<string> = new Set([
  'ok',
  'session',
  'not_allowed',
  'bad_input',
  'exception',
  'too_large',
  'cannot_send_in_time',
]);
/** It works, and does not let the bot in. */
const NOT_LET_IN: ReadonlySet<string> = new Set([
  'credentials',
  'not_allowed',
  'bad_input',
  'exception',
  'unexpected_answer',
]);

export interface NetServerState {
  /** Takes note of a call that has ended. */
  ended(call: Ended): void;
  /** `answering`, `untried`, or the code of what is wrong. Asking makes no call that anybody waits for. */
  now(): string;
}

interface Watching {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** The call that logs on; all others but `look`'s need a logon. */
  readonly logOn: string;
  /** A call that needs no logon. */
  readonly look: { readonly call: string; ask(): Promise<unknown> };
  readonly log: Log;
}

export const isAnswering = (state: string): boolean => state === 'answering' || state === 'untried';

/** Knows from the calls that are made anyway how NetServer is doing, and logs when that changes. */
export function watchNetServer({ clock, logOn, look, log }: Watching): NetServerState {
  let connection = 'untried';
  let logon: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let looking = false;

  const state = (): string => (connection === 'answering' ? (logon ?? connection) : connection);

  function ended({ call, code }: Ended): void {
    const before = state();
    last = clock.monotonic();
    const letIn = call === logOn ? code === 'ok' : call !== look.call && FINE.has(code) && code !== 'session';
    if (letIn) logon = undefined;
    if (call === logOn && NOT_LET_IN.has(code)) {
      connection = 'answering';
      logon = code;
    } else connection = FINE.has(code) ? 'answering' : code;
    const now = state();
    if (now === before || (before === 'untried' && now === 'answering')) return;
    log(isAnswering(now) ? 'info' : 'warn', 'netserver_state', { netserver: now });
  }

  return {
    ended,
    now() {
      if (!looking && clock.monotonic() - last >= LOOK_AFTER) {
        looking = true;
        // What comes of it is told to `ended`.
        look.ask().then(
          () => {
            looking = false;
          },
          () => {
            looking = false;
          },
        );
      }
      return state();
    },
  };
}
