import type { IncomingMessage } from 'node:http';
import type { Instant } from '../core/time.ts';
import { parseJson } from './payload.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** A window with everything filled in is 250 kB. */
const MOST_BYTES = 1024 * 1024;
const ENDLESS_BYTES = 16 * MOST_BYTES;
/** Bolt refuses what is older; what is newer it takes, so that a signed request could be kept for later. */
const MOST_AHEAD = 5 * 60_000;

/** Why a request is turned away before Bolt sees it. */
export interface TurnedAway {
  readonly status: 400 | 401 | 413 | 415;
  readonly code: 'slack_timestamp_ahead' | 'slack_body_too_large' | 'slack_malformed_body';
}

/**
 * Reads a request's body and looks at what Bolt does not: a stamp from the future, and a body that is no form and no JSON
 * object, over which Bolt falls outside of everything that could catch it. The signature is left to Bolt, which finds the
 * body read already. Nothing where it may go on; rejects where the connection breaks off.
 */
export async function gate(request: IncomingMessage, now: Instant): Promise<TurnedAway | undefined> {
  const stamp = Number(request.headers['x-slack-request-timestamp']);
  if (Number.isFinite(stamp) && stamp * 1_000 > now + MOST_AHEAD) return { status: 401, code: 'slack_timestamp_ahead' };
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== FORM && type !== JSON_TYPE) return { status: 415, code: 'slack_malformed_body' };
  const rawBody = await readBody(request);
  if (rawBody === undefined) return { status: 413, code: 'slack_body_too_large' };
  if (!isReadable(type, rawBody.toString())) return { status: 400, code: 'slack_malformed_body' };
  // Bolt takes the form type only without a charset behind it.
  request.headers['content-type'] = type;
  Object.assign(request, { rawBody });
  return undefined;
}

/** A form, with an object in its `payload` if there is one; or a JSON object. */
function isReadable(type: typeof FORM | typeof JSON_TYPE, text: string): boolean {
  const payloads = type === FORM ? new URLSearchParams(text).getAll('payload') : [text];
  return payloads.every((payload) => {
    const read = parseJson(payload);
    return typeof read === 'object' && read !== null && !Array.isArray(read);
  });
}

/** Reads to the end also what is too large, so that the answer arrives; but not without end. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST_BYTES) chunks.push(bytes);
    else chunks.length = 0;
    if (size > ENDLESS_BYTES) throw new Error('sends without end');
  }
  return size > MOST_BYTES ? undefined : Buffer.concat(chunks, size);
}
