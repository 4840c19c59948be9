import { NetServerError } from './errors.ts';

/** What is known of an answer before its body is read. */
export interface AnswerHead {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentLength: number | undefined;
}

const XML = /^text\/xml\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;
const OPENING = /^(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:[A-Za-z_][\w.-]{0,60}:)?Envelope[\s>]/;
const CLOSING = /<\/(?:[A-Za-z_][\w.-]{0,60}:)?Envelope\s{0,100}>\s{0,100}$/;

/**
 * Says what is wrong with an answer by its status, type and announced size, if anything. A text/xml answer passes with
 * any status, since NetServer's own verdict inside it counts more; a redirect never does.
 */
export function checkHead(head: AnswerHead, mostBytes: number): NetServerError | undefined {
  const { status, contentType, contentLength } = head;
  if (status >= 300 && status < 400) return new NetServerError('redirect', { executed: 'maybe', httpStatus: status });
  // An answer without a body often has no type either.
  if (contentType === undefined) return withoutSoap(status, true);
  if (!XML.test(contentType)) return withoutSoap(status, contentLength === 0);
  if (contentLength !== undefined && contentLength > mostBytes) return tooLarge(status);
  return undefined;
}

export const tooLarge = (status: number) => new NetServerError('too_large', { executed: 'maybe', httpStatus: status });

/** Names what an answer without SOAP in it means, by its HTTP status. */
export function withoutSoap(status: number, empty: boolean): NetServerError {
  // RFC 9110: a 401 says that the request was not applied for want of credentials, so nothing was executed.
  if (status === 401) return new NetServerError('windows_auth', { executed: 'no', httpStatus: status });
  const facts = { executed: 'maybe', httpStatus: status } as const;
  if (status === 408 || status === 429 || status >= 500) return new NetServerError('unavailable', facts);
  if (status >= 400) return new NetServerError('wrong_path', facts);
  return new NetServerError(empty ? 'no_verdict' : 'not_soap', facts);
}

/**
 * Takes the bytes of an answer and hands out its text, fit for the XML parser of the SOAP package; refuses what does
 * not begin and end as an envelope, and every document type or second XML declaration (the package would parse what
 * stands behind one inside CDATA).
 */
export function soapText(status: number, bytes: Buffer): string {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text === '') throw withoutSoap(status, true);
  const whole = OPENING.test(text.slice(0, 1000)) && CLOSING.test(text.slice(-300));
  if (!whole || text.includes('<!DOCTYPE') || text.indexOf('<?xml', 1) !== -1) throw withoutSoap(status, false);
  return text;
}
