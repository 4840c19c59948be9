import { type Json, objectOf, parseJson, textOf } from './json.ts';
import { checkContent } from './methods/message-content.ts';
import type { ResponseUrl } from './response-urls.ts';
import type { Message } from './workspace.ts';
import type { World } from './world.ts';

/** Why a reply was not taken, with the HTTP status that says it. */
export interface ReplyRefusal {
  readonly error: string;
  readonly status: number;
  readonly details?: readonly string[];
}

/** The message that `replace_original` and `delete_original` mean, as far as Slack lets them mean one. */
function original(world: World, url: ResponseUrl): Message | undefined {
  const ts = url.source ?? url.made?.ts;
  return ts === undefined ? undefined : world.workspace.find(url.channel, ts);
}

function remove(world: World, url: ResponseUrl): ReplyRefusal | undefined {
  const message = original(world, url);
  if (message === undefined) return { error: 'message_not_found', status: 404 };
  world.workspace.remove(message);
  return undefined;
}

/**
 * Carries out a reply to a command or click (from an acknowledgement or a response URL). Without `replace_original` it
 * is a new message, private unless it says `in_channel`. A slash command's private reply cannot be replaced: that posts
 * another one, as in Slack.
 */
export function reply(world: World, url: ResponseUrl, body: Json): ReplyRefusal | undefined {
  if (world.workspace.channel(url.channel)?.is_archived) return { error: 'channel_is_archived', status: 410 };
  if (body['delete_original'] === true) return remove(world, url);
  const content = checkContent(textOf(body['text']), body['blocks'], 'new');
  if ('ok' in content) {
    const details = objectOf(content['response_metadata'])['messages'];
    return { error: content.error, status: 400, details: Array.isArray(details) ? details.map(String) : [] };
  }
  const target = body['replace_original'] === true ? original(world, url) : undefined;
  if (target !== undefined) {
    const changed = world.workspace.change(target, content);
    if (url.made?.ts === changed.ts) url.made = changed;
    return undefined;
  }
  if (body['replace_original'] === true && url.source !== undefined) return { error: 'message_not_found', status: 404 };
  const everybody = body['response_type'] === 'in_channel';
  const visible = everybody ? {} : { visibleTo: url.user };
  const message = world.workspace.post({ channel: url.channel, user: world.app.botUserId, ...content, ...visible });
  if (everybody) url.made = message;
  return undefined;
}

export interface ResponseUrlAnswer {
  readonly status: number;
  readonly body: Json;
}

/** One POST to a response URL: counts as a use only when it was taken. */
export function postToResponseUrl(world: World, path: string, text: string): ResponseUrlAnswer {
  const no = (status: number, error: string, details: readonly string[] = []): ResponseUrlAnswer => {
    world.journal.complain('response_url', error, details);
    return { status, body: { ok: false, error } };
  };
  const url = world.responseUrls.look(path);
  if (typeof url === 'string') return no(404, url);
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null) return no(400, 'invalid_payload');
  const refusal = reply(world, url, objectOf(body));
  if (refusal !== undefined) return no(refusal.status, refusal.error, refusal.details);
  url.used += 1;
  return { status: 200, body: { ok: true } };
}
