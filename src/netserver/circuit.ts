import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Duration } from '../core/time.ts';
import { type NetServerCode, NetServerError } from './errors.ts';
import type { Log } from './session.ts';
import type { SoapAnswer, SoapCall, SoapClients } from './soap-clients.ts';
import { systemInfoCall } from './system-info.ts';

/** So many calls one after the other without a sign of life, and no other one is made. A command makes three. */
const SILENT_CALLS = 3;
/** How often a server that is away is asked whether it is back. */
const ASK_EVERY: Duration = 5_000;

/** No sign of life from NetServer itself. What comes back quickly and says what is wrong is none of these. */
const SILENCE: ReadonlySet<NetServerCode> = new Set([
  'refused_connection',
  'dns',
  'tls',
  'timeout',
  'reset',
  'unavailable',
]);
/** The call was not made for a reason of ours, which says nothing of the server. */
const OURS: ReadonlySet<NetServerCode> = new Set(['cannot_send_in_time', 'bad_input']);

const hasCode = (error: unknown, codes: ReadonlySet<NetServerCode>): error is NetServerError =>
  error instanceof NetServerError && codes.has(error.code);

/** A 500 without SOAP comes from one of the services, and the others may well be in order. */
const isSilence = (error: unknown): error is NetServerError => hasCode(error, SILENCE) && error.httpStatus !== 500;

type Outcome = { readonly answer: SoapAnswer } | { readonly error: unknown };

export interface Circuit {
  call: SoapClients['call'];
  /** Whether NetServer gave no sign of life lately, so that nothing is asked of it. */
  isAway(): boolean;
  /** Asks no more. */
  end(): void;
}

interface Watch {
  /** Calls back once after a delay; gives a function that prevents it. */
  after(delay: Duration, run: () => void): () => void;
  readonly log: Log;
}

/**
 * Keeps a dead server from holding anything up: after three calls without a sign of life the others are refused at once
 * (`away`, surely not executed). Whether it is back is found out by a call that harms nobody and that nobody waits for,
 * so it is never a log-off that tries.
 */
export function breakCircuit(clients: SoapClients, { after, log }: Watch): Circuit {
  const policy = circuitBreaker(handleWhen(isSilence), {
    breaker: new ConsecutiveBreaker(SILENT_CALLS),
    // The library looks at the wall clock, which anybody can set; when it is asked again is up to `ask` alone.
    halfOpenAfter: Number.NEGATIVE_INFINITY,
  });
  let last: NetServerError | undefined;
  let cancel = () => {};
  let ended = false;
  const isAway = () => policy.state !== CircuitState.Closed;

  /** An answer that says no is a sign of life as good as one that says yes. */
  async function attempt(call: SoapCall): Promise<Outcome> {
    try {
      return { answer: await clients.call(call) };
    } catch (error) {
      if (isSilence(error)) last = error;
      if (isSilence(error) || hasCode(error, OURS)) throw error;
      return { error };
    }
  }

  function askSoon(): void {
    if (!ended) cancel = after(ASK_EVERY, () => void ask());
  }

  async function ask(): Promise<void> {
    await policy.execute(() => attempt(systemInfoCall())).catch(() => undefined);
    if (isAway()) askSoon();
    else log('info', 'netserver_back', {});
  }

  let known: 'there' | 'away' = 'there';
  policy.onStateChange(() => {
    if (known === 'there' && isAway()) {
      log('error', 'netserver_silent', { reason: last?.code, calls: SILENT_CALLS });
      askSoon();
    }
    known = isAway() ? 'away' : 'there';
  });

  return {
    async call(call) {
      if (isAway()) throw away(last);
      const outcome = await policy.execute(() => attempt(call));
      if ('error' in outcome) throw outcome.error;
      return outcome.answer;
    },
    isAway,
    end() {
      ended = true;
      cancel();
    },
  };
}

const away = (cause: NetServerError | undefined): NetServerError =>
  new NetServerError('away', { executed: 'no', retryAfter: ASK_EVERY, cause });
