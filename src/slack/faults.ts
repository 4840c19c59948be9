import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { SlackError, type SlackErrorCode } from './errors.ts';
import { at, textAt } from './payload.ts';

/** Slack's words for what we tell apart; all others are `refused`. */
const CODES: Readonly<Record<string, SlackErrorCode>> = {
  not_in_channel: 'not_in_channel',
  channel_not_found: 'channel_not_found',
  is_archived: 'is_archived',
  channel_is_archived: 'is_archived',
  message_not_found: 'message_not_found',
  cant_update_message: 'message_not_found',
  not_found: 'view_gone',
  no_such_view: 'view_gone',
  view_not_found: 'view_gone',
  expired_trigger_id: 'trigger_expired',
  trigger_exchanged: 'trigger_expired',
  trigger_expired: 'trigger_expired',
  invalid_trigger_id: 'trigger_expired',
  exchanged_trigger_id: 'trigger_expired',
  user_not_found: 'user_gone',
  users_not_found: 'user_gone',
  user_not_visible: 'user_gone',
  user_disabled: 'user_gone',
  user_is_bot: 'user_gone',
  cannot_dm_bot: 'user_gone',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  invalid_auth: 'invalid_auth',
  not_authed: 'invalid_auth',
  account_inactive: 'invalid_auth',
  token_revoked: 'invalid_auth',
  token_expired: 'invalid_auth',
  missing_scope: 'missing_scope',
  no_text: 'invalid_message',
  invalid_blocks: 'invalid_message',
  invalid_blocks_format: 'invalid_message',
  msg_too_long: 'invalid_message',
  msg_blocks_too_long: 'invalid_message',
  messages_tab_disabled: 'messages_tab_disabled',
  used_url: 'used_url',
  expired_url: 'expired_url',
  internal_error: 'unavailable',
  fatal_error: 'unavailable',
  service_unavailable: 'unavailable',
  request_timeout: 'unavailable',
  team_added_to_org: 'unavailable',
};

/** The connection was never there, so nothing can have been done. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

/** Whether the call would have changed something in Slack that a repeat would change once more. */
export type Effect = 'once' | 'repeatable';

/** A word as Slack and systems give codes; texts (a proxy's page, say) are not let through. */
export const codeWord = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z][a-z0-9_]{1,60}$/i.test(value) ? value : undefined;

/** An error out of Slack's own word; of a missing scope, which one. */
export function refusalError(word: string | undefined, method: string, effect: Effect, needed?: string): SlackError {
  if (word === undefined) return new SlackError({ code: 'bad_response', method, executed: uncertain(effect) });
  const code = (Object.hasOwn(CODES, word) ? CODES[word] : undefined) ?? 'refused';
  const scope = code === 'missing_scope' && SCOPES.test(needed ?? '') ? needed : undefined;
  const executed = code === 'unavailable' ? uncertain(effect) : 'no';
  return new SlackError({ code, method, detail: scope ?? word, executed });
}

const SCOPES = /^[a-z][a-z.:,_]{1,100}$/;

/** An error out of a status that is neither success nor a limit. */
export function statusError(status: number, method: string, effect: Effect): SlackError {
  const detail = `http_${status}`;
  if (status >= 500) return new SlackError({ code: 'unavailable', method, detail, executed: uncertain(effect) });
  return new SlackError({ code: 'refused', method, detail, executed: 'no' });
}

/** An error out of a connection that failed. */
export function networkError(error: unknown, method: string, effect: Effect): SlackError {
  if (at(error, 'name') === 'TimeoutError' || at(error, 'name') === 'AbortError') {
    return new SlackError({ code: 'timeout', method, executed: uncertain(effect) });
  }
  const word = codeWord(at(error, 'cause', 'code')) ?? codeWord(at(error, 'code'));
  const unsent = word !== undefined && (NEVER_SENT.has(word) || TLS.test(word));
  const detail = word === undefined ? {} : { detail: word };
  return new SlackError({ code: 'network', method, ...detail, executed: unsent ? 'no' : uncertain(effect) });
}

/** Whatever a Web API call threw, as ours. */
export function callError(error: unknown, method: string, effect: Effect): SlackError {
  if (error instanceof SlackError) return error;
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter, method);
  if (error instanceof WebAPIHTTPError) return statusError(error.statusCode, method, effect);
  if (error instanceof WebAPIPlatformError)
    return refusalError(codeWord(textAt(error, 'data', 'error')), method, effect, textAt(error, 'data', 'needed'));
  if (error instanceof WebAPIRequestError) return networkError(error.original, method, effect);
  return networkError(error, method, effect);
}

export const rateLimited = (seconds: number, method: string): SlackError =>
  new SlackError({ code: 'rate_limited', method, executed: 'no', retryAfter: Math.max(1, seconds) * 1_000 });

const uncertain = (effect: Effect): 'no' | 'maybe' => (effect === 'once' ? 'maybe' : 'no');
