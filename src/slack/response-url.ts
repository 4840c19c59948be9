import { type Measure, unmeasured } from '../core/measure.ts';
import { SlackError } from './errors.ts';
import { codeWord, networkError, rateLimited, refusalError, statusError } from './faults.ts';
import { slackFetch } from './fetch.ts';
import { parseJson, textAt } from './payload.ts';
import type { RenderedCard } from './render.ts';

const METHOD = 'response_url';
/** Slack's own hosts; the addresses are kept for half an hour, so they are looked at again before they are used. */
const SLACK_HOST = /(?:^|\.)slack(?:-gov)?\.com$/;

interface ResponseUrlPost {
  readonly responseType: 'ephemeral' | 'in_channel';
  readonly replace: boolean;
}

/** Posts a card to a response_url; `post` throws a SlackError where Slack did not take it. Never repeated. */
export interface ResponseUrls {
  post(url: string, card: RenderedCard, how: ResponseUrlPost): Promise<void>;
}

/** With an `apiUrl` (a stand-in for Slack) response URLs may be on any host. */
export function responseUrls(apiUrl: string | undefined, measure: Measure = unmeasured): ResponseUrls {
  const urls: ResponseUrls = {
    async post(url, card, how) {
      if (!isAllowed(url, apiUrl))
        throw new SlackError({ code: 'refused', method: METHOD, detail: 'foreign_url', executed: 'no' });
      const body = { ...card, response_type: how.responseType, replace_original: how.replace };
      const [status, said, retryAfter] = await send(url, JSON.stringify(body));
      if (status === 429) throw rateLimited(Number(retryAfter) || 30, METHOD);
      const word = codeWord(textAt(parseJson(said), 'error')) ?? codeWord(said.trim());
      if (status >= 200 && status < 300) {
        if (textAt(parseJson(said), 'error') !== undefined) throw refusalError(word, METHOD, 'once');
        return;
      }
      if (word !== undefined && word !== 'ok' && status < 500) throw refusalError(word, METHOD, 'once');
      if (status === 404 || status === 410) throw refusalError('expired_url', METHOD, 'once');
      throw statusError(status, METHOD, 'once');
    },
  };
  return { post: (url, card, how) => measure(METHOD, () => urls.post(url, card, how)) };
}

function isAllowed(url: string, apiUrl: string | undefined): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  if (apiUrl !== undefined) return address.protocol === 'https:' || address.protocol === 'http:';
  return address.protocol === 'https:' && SLACK_HOST.test(address.hostname);
}

async function send(
  url: string,
  body: string,
): Promise<readonly [status: number, said: string, retryAfter: string | null]> {
  try {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const response = await slackFetch(url, { method: 'POST', headers, body });
    return [response.status, (await response.text()).slice(0, 1_000), response.headers.get('retry-after')];
  } catch (error) {
    throw networkError(error, METHOD, 'once');
  }
}
