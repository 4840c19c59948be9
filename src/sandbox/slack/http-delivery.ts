import { createHmac } from 'node:crypto';
import type { Acknowledgement, Delivery, DeliveryOptions } from './delivery.ts';
import { isJson, type Json, parseJson } from './json.ts';

/** The signature `v0=...` that Slack puts on a body sent at that second. */
export function signSlackRequest(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function formOf(delivery: Delivery): { readonly body: string; readonly contentType: string } {
  switch (delivery.kind) {
    case 'slash_commands': {
      const fields = Object.entries(delivery.payload).map(([key, value]): [string, string] => [key, String(value)]);
      return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'interactive': {
      const body = new URLSearchParams({ payload: JSON.stringify(delivery.payload) }).toString();
      return { body, contentType: 'application/x-www-form-urlencoded' };
    }
    case 'events_api':
      return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  }
}

function answerOf(text: string, contentType: string): Json {
  if (text === '') return {};
  if (!contentType.includes('json')) return { text };
  const parsed = parseJson(text);
  return isJson(parsed) ? parsed : {};
}

function signature(secret: string, timestamp: number, body: string, how: DeliveryOptions['signature']): string {
  const good = signSlackRequest(secret, timestamp, body);
  return how === 'tampered' ? `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}` : good;
}

/**
 * Posts one signed delivery to the app's request URL. No answer in time is `operation_timeout`; nobody there, or any
 * status but 200, is `dispatch_failed`. Never throws.
 */
export async function deliverOverHttp(
  to: { readonly url: string; readonly secret: string; readonly withinMs: number },
  delivery: Delivery,
  options: DeliveryOptions = {},
): Promise<Acknowledgement> {
  const { body, contentType } = formOf(delivery);
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const headers = new Headers({
    'content-type': options.contentType ?? contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(timestamp),
  });
  if (options.signature !== 'missing') {
    headers.set('x-slack-signature', signature(to.secret, timestamp, body, options.signature));
  }
  const started = performance.now();
  const spent = (): number => Math.round(performance.now() - started);
  const limit = AbortSignal.timeout(to.withinMs);
  try {
    const response = await fetch(to.url, { method: 'POST', headers, body, signal: limit, redirect: 'manual' });
    const text = await response.text();
    const { status } = response;
    if (status !== 200) return { acknowledged: false, ms: spent(), body: {}, problem: 'dispatch_failed', status };
    const answer = answerOf(text, response.headers.get('content-type') ?? '');
    return { acknowledged: true, ms: spent(), body: answer, status };
  } catch {
    const problem = limit.aborted ? 'operation_timeout' : 'dispatch_failed';
    return { acknowledged: false, ms: spent(), body: {}, problem };
  }
}
