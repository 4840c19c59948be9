import { randomBytes } from 'node:crypto';
import type { Message } from './workspace.ts';

/** A response URL lives 30 minutes and takes 5 posts. */
const RESPONSE_URL_LIVES_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  /** The message that was clicked; undefined for a slash command. */
  readonly source: string | undefined;
  readonly issued: number;
  used: number;
  /** The last message made through it that everybody sees: `replace_original` of a slash command means this one. */
  made: Message | undefined;
}

export interface ResponseUrls {
  /** A new path for the person and place. */
  issue(of: Pick<ResponseUrl, 'user' | 'channel' | 'source'>): string;
  /** The one behind a path, or Slack's reason why it does not work any more. */
  look(path: string): ResponseUrl | 'unknown_url' | 'expired_url' | 'used_url';
}

/** Response URLs that wear out on the given clock. */
export function createResponseUrls(team: string, now: () => number): ResponseUrls {
  const known = new Map<string, ResponseUrl>();
  let n = 0;
  return {
    issue(of) {
      n += 1;
      const kind = of.source === undefined ? 'commands' : 'actions';
      const path = `/${kind}/${team}/${n}/${randomBytes(12).toString('base64url')}`;
      known.set(path, { ...of, issued: now(), used: 0, made: undefined });
      return path;
    },
    look(path) {
      const url = known.get(path);
      if (url === undefined) return 'unknown_url';
      if (now() - url.issued > RESPONSE_URL_LIVES_MS) return 'expired_url';
      return url.used >= RESPONSE_URL_USES ? 'used_url' : url;
    },
  };
}
