import { EdgeError } from '../core/errors.ts';
import type { Duration } from '../core/time.ts';

/** What can be wrong with asking Slack something. */
export type SlackErrorCode =
  | 'not_in_channel'
  | 'channel_not_found'
  | 'is_archived'
  | 'message_not_found'
  | 'view_gone'
  | 'trigger_expired'
  | 'user_gone'
  | 'rate_limited'
  | 'invalid_auth'
  | 'missing_scope'
  | 'invalid_message'
  | 'messages_tab_disabled'
  | 'used_url'
  | 'expired_url'
  | 'network'
  | 'timeout'
  | 'unavailable'
  | 'bad_response'
  | 'foreign_team'
  | 'refused';

const RETRYABLE: ReadonlySet<SlackErrorCode> = new Set([
  'rate_limited',
  'network',
  'timeout',
  'unavailable',
  'bad_response',
]);

export interface SlackErrorFacts {
  readonly code: SlackErrorCode;
  /** The Web API method, or `response_url`; the address where it is about listening. */
  readonly method: string;
  readonly executed: 'no' | 'maybe';
  /** Slack's own word, or the system's (`ECONNRESET`); never a text. */
  readonly detail?: string;
  /** How long Slack asks to wait. */
  readonly retryAfter?: Duration;
}

/** What the Slack edge throws. It holds codes only: no token, no message, no answer's body. */
export class SlackError extends EdgeError {
  override readonly name = 'SlackError';
  override readonly code: SlackErrorCode;
  readonly method: string;
  readonly detail: string | undefined;

  constructor(facts: SlackErrorFacts) {
    const { code, method, executed, detail, retryAfter } = facts;
    const after = retryAfter === undefined ? {} : { retryAfter };
    super(sentence(facts), { code, executed, retryable: RETRYABLE.has(code), ...after });
    this.code = code;
    this.method = method;
    this.detail = detail;
  }
}

/** For the operator: which token is refused, where it is one. */
function sentence({ code, method, detail }: SlackErrorFacts): string {
  const more = detail === undefined || detail === code ? '' : ` (${detail})`;
  if (code !== 'invalid_auth') return `The Slack call ${method} failed: ${code}${more}`;
  const token = method === 'apps.connections.open' ? 'app token (SLACK_APP_TOKEN)' : 'bot token (SLACK_BOT_TOKEN)';
  return `Slack does not accept the ${token}: ${detail ?? code}`;
}
