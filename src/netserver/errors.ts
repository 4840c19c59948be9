import { EdgeError } from '../core/errors.ts';

/** Everything that can go wrong at this edge: a sentence for the operator, and whether a later try may do better. */
const KINDS = {
  session: { text: 'NetServer ended the session, and again after a new logon', retryable: true },
  credentials: { text: 'NetServer refused the user name or password of the bot', retryable: false },
  backing_off: { text: 'Not tried: NetServer refused the logon a short while ago', retryable: false },
  away: { text: 'Not tried: NetServer gave no sign of life in the calls before', retryable: true },
  not_allowed: { text: 'NetServer does not allow this to the user of the bot', retryable: false },
  bad_input: { text: 'The call was refused for what was in it', retryable: false },
  exception: { text: 'NetServer answered with an exception', retryable: false },
  refused_connection: { text: 'NetServer could not be reached', retryable: true },
  dns: { text: 'The host name of NetServer could not be resolved', retryable: true },
  tls: { text: 'No trusted TLS connection to NetServer could be made', retryable: true },
  timeout: { text: 'NetServer did not answer in time', retryable: true },
  reset: { text: 'The connection to NetServer broke off', retryable: true },
  unavailable: { text: 'NetServer is not available at the moment', retryable: true },
  redirect: { text: 'NetServer answered with a redirect, which is never followed', retryable: false },
  windows_auth: { text: 'The web server asks for Windows authentication in front of NetServer', retryable: false },
  wrong_path: { text: 'The web server does not know or does not allow this NetServer address', retryable: false },
  fault: { text: 'NetServer answered with a SOAP fault', retryable: false },
  not_soap: { text: 'What came back was not a SOAP 1.1 answer', retryable: true },
  too_large: { text: 'The answer of NetServer was larger than allowed', retryable: false },
  no_verdict: { text: 'The answer of NetServer did not say whether the call succeeded', retryable: true },
  unexpected_answer: { text: 'NetServer reported success with an answer that could not be read', retryable: false },
  cannot_send_in_time: { text: 'Not sent: the time set aside for the call no longer sufficed', retryable: true },
} as const satisfies Record<string, { text: string; retryable: boolean }>;

export type NetServerCode = keyof typeof KINDS;

export interface NetServerErrorFacts {
  /** `no` only where the operation surely was not executed. */
  readonly executed: 'no' | 'maybe';
  /** What the vendor says to people, already cut and free of secrets. Never used to decide. */
  readonly detail?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly retryable?: boolean;
  /** Milliseconds until another try may reach NetServer at all. */
  readonly retryAfter?: number | undefined;
  /** Only another error of this class, or what `cleanCause` leaves of a foreign one. */
  readonly cause?: NetServerError | CleanCause | undefined;
}

/** The one error of the NetServer edge. Holds no ticket, password, token or envelope. */
export class NetServerError extends EdgeError {
  override readonly name: string = 'NetServerError';
  declare readonly code: NetServerCode;
  declare readonly detail?: string;
  declare readonly httpStatus?: number;

  constructor(code: NetServerCode, facts: NetServerErrorFacts) {
    super(KINDS[code].text, {
      code,
      retryable: facts.retryable ?? KINDS[code].retryable,
      executed: facts.executed,
      cause: facts.cause,
      ...(facts.retryAfter === undefined ? {} : { retryAfter: facts.retryAfter }),
    });
    if (facts.detail !== undefined) this.detail = facts.detail;
    if (facts.httpStatus !== undefined) this.httpStatus = facts.httpStatus;
  }
}

/** The same error, said of an operation that was never reached because the step before it failed. */
export function asNotExecuted(error: NetServerError): NetServerError {
  if (error.executed === 'no') return error;
  const { detail, httpStatus, retryable, cause } = error;
  const kept = cause instanceof NetServerError || isCleanCause(cause) ? cause : undefined;
  return new NetServerError(error.code, { executed: 'no', detail, httpStatus, retryable, cause: kept });
}

export interface CleanCause {
  readonly name: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
}

function isCleanCause(cause: unknown): cause is CleanCause {
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && !(cause instanceof Error);
}

/** What may be kept of a foreign error: errors of the SOAP and HTTP packages can carry the whole request. */
export function cleanCause(error: unknown): CleanCause {
  const text = (key: 'code' | 'syscall') => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' && /^[A-Za-z0-9_]{1,60}$/.test(value) ? value : undefined;
  };
  return { name: error instanceof Error ? error.name : typeof error, code: text('code'), syscall: text('syscall') };
}
