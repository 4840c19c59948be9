import { cleanCause, type NetServerCode, NetServerError } from './errors.ts';

/** What is known about a failed exchange besides the error itself. */
export interface FailedExchange {
  /** False: there was no connection for the request yet, so not one byte of it left. */
  readonly connected: boolean;
  readonly encrypted: boolean;
}

const UNREACHABLE = /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/;

/**
 * Turns an error of the HTTP package into ours. Decides on codes and on whether a connection stood, never on message
 * text.
 */
export function networkFault(error: unknown, facts: FailedExchange): NetServerError {
  const cause = cleanCause(error);
  const code = cause.code ?? '';
  if (!facts.connected) return new NetServerError(unconnected(code, facts.encrypted), { executed: 'no', cause });
  if (cause.name === 'HTTPParserError') return new NetServerError('not_soap', { executed: 'maybe', cause });
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return new NetServerError('too_large', { executed: 'maybe', cause });
  return new NetServerError('reset', { executed: 'maybe', cause });
}

function unconnected(code: string, encrypted: boolean): NetServerCode {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') return 'dns';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') return 'unavailable';
  if (UNREACHABLE.test(code)) return 'refused_connection';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return 'reset';
  return encrypted ? 'tls' : 'refused_connection';
}
