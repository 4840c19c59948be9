import type { FetchFunction } from '@slack/web-api';
import { request } from 'undici';
import type { Duration } from '../core/time.ts';

export const CALL_TIMEOUT: Duration = 10_000;
/** What a 429 without a usable Retry-After is taken for; the SDK would make a nameless error of it. */
const RETRY_AFTER_UNKNOWN = '30';

/**
 * What Slack's packages use in place of `fetch`: a time limit where none was given (Bolt's `respond` gives none), a Retry-After
 * on every 429, and no redirect is followed. It is `undici` without the streams and objects of the Fetch standard, for which
 * `fetch` spends twice as much as on the call itself (bench/README.md, "One call of Slack's"). Connections and a proxy named
 * in the environment are shared with `fetch`.
 */
export const slackFetch: FetchFunction = async (address, init = {}) => {
  const { method = 'GET', headers: sent, body, signal = AbortSignal.timeout(CALL_TIMEOUT) } = init;
  // The packages send forms as text; a file would need the standard's own objects.
  if (body !== undefined && typeof body !== 'string') throw new TypeError('only text is sent to Slack');
  const url = String(address);
  const answer = await request(url, {
    method,
    signal,
    ...(sent === undefined ? {} : { headers: sent }),
    ...(body === undefined ? {} : { body }),
  });
  const { statusCode: status } = answer;
  if (status >= 300 && status < 400) {
    await answer.body.dump();
    throw new RedirectError();
  }
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, String(value));
  if (status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? ''))
    headers.set('retry-after', RETRY_AFTER_UNKNOWN);
  const { body: content } = answer;
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: '',
    url,
    headers: { get: (name) => headers.get(name.toLowerCase()) ?? null, entries: () => headers.entries() },
    arrayBuffer: () => content.arrayBuffer(),
    json: () => content.json(),
    text: () => content.text(),
  };
};

/** Slack's methods never redirect; something in between does. */
class RedirectError extends Error {
  override readonly name = 'RedirectError';
  readonly code = 'redirected';

  constructor() {
    super('the answer was a redirect');
  }
}
