import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import { type Measure, unmeasured } from '../core/measure.ts';
import { callError, type Effect } from './faults.ts';
import { CALL_TIMEOUT, slackFetch } from './fetch.ts';
import type { Log } from './log.ts';
import { slackLogger } from './logger.ts';

export interface ClientSettings {
  readonly apiUrl?: string;
  readonly log: Log;
  /** Takes note of each call, its repeats included. */
  readonly measure?: Measure;
  /** Hears what Slack's clock says with each answer. */
  readonly onDate?: (date: string) => void;
}

/**
 * A new option object each time: the SDK writes tokens, retry settings and loggers into the one it is given, so that
 * two clients that share one would use each other's.
 */
export function clientOptions(settings: ClientSettings, retries: number): WebClientOptions {
  return {
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
    timeout: CALL_TIMEOUT,
    retryConfig: { retries, minTimeout: 300 },
    // The caller schedules; the SDK would hold back every other call as well.
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: settings.onDate === undefined ? slackFetch : listening(settings.onDate),
    logger: slackLogger(settings.log, 'web-api'),
  };
}

const listening =
  (onDate: (date: string) => void): FetchFunction =>
  async (url, init) => {
    const response = await slackFetch(url, init);
    const date = response.headers.get('date');
    if (date !== null) onDate(date);
    return response;
  };

type Arguments = Readonly<Record<string, unknown>>;

/** Calls a Web API method; gives the answer, throws a SlackError. */
export interface SlackCaller {
  /** For what may be repeated without harm: reads, updates. Repeated twice when the connection fails. */
  repeatable(method: string, args: Arguments): Promise<unknown>;
  /** For what must not happen twice: posts, windows. Never repeated. */
  once(method: string, args: Arguments): Promise<unknown>;
}

/** Two clients for one bot token, one that repeats and one that does not. */
export function slackCaller(botToken: string, settings: ClientSettings): SlackCaller {
  const clients: Readonly<Record<Effect, WebClient>> = {
    repeatable: new WebClient(botToken, clientOptions(settings, 2)),
    once: new WebClient(botToken, clientOptions(settings, 0)),
  };
  const { measure = unmeasured } = settings;
  const call = (effect: Effect, method: string, args: Arguments): Promise<unknown> =>
    measure(method, async () => {
      try {
        return await clients[effect].apiCall(method, { ...args });
      } catch (error) {
        throw callError(error, method, effect);
      }
    });
  return {
    repeatable: (method, args) => call('repeatable', method, args),
    once: (method, args) => call('once', method, args),
  };
}
