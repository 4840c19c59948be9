import {
  type ChannelId,
  channelIdSchema,
  type RequestId,
  requestIdSchema,
  type SlackUserId,
  slackUserIdSchema,
} from '../core/ids.ts';
import type { Actor, MessageRef } from '../core/inputs.ts';

/** What stands at this path of something that came from outside; nothing where the path breaks off. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !(key in here)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** The same, where it is a text that says something. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

const parseUser = (value: unknown): SlackUserId | undefined => slackUserIdSchema.safeParse(value).data;
export const parseChannel = (value: unknown): ChannelId | undefined => channelIdSchema.safeParse(value).data;

/** A request's id as a button carries it: digits without a leading zero, and nothing else. */
export function parseRequest(value: unknown): RequestId | undefined {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && /^[1-9]\d{0,14}$/.test(digits)
    ? requestIdSchema.safeParse(Number(digits)).data
    : undefined;
}

/**
 * Who pressed or submitted, with the workspace that person belongs to. In a channel shared with another company the
 * payload's own team is ours while the person's is theirs, so the person's comes first.
 */
export function actorOf(body: unknown): Actor | undefined {
  const slack = parseUser(at(body, 'user', 'id'));
  const team = textAt(body, 'user', 'team_id') ?? textAt(body, 'team', 'id');
  return slack === undefined || team === undefined ? undefined : { slack, team };
}

/** The message that holds the pressed button; nothing where the button is in a modal. */
export function messageOf(body: unknown): MessageRef | undefined {
  const channel = parseChannel(at(body, 'container', 'channel_id') ?? at(body, 'channel', 'id'));
  const ts = textAt(body, 'container', 'message_ts') ?? textAt(body, 'message', 'ts');
  return channel === undefined || ts === undefined ? undefined : { channel, ts };
}

/** A modal's private metadata as we write it; nothing where it is not ours. */
export function metadataOf(view: unknown): { request: RequestId; kind: string; page: number } | undefined {
  const written = textAt(view, 'private_metadata');
  if (written === undefined) return undefined;
  const read = parseJson(written);
  const request = at(read, 'request');
  const [kind, page] = [textAt(read, 'kind'), at(read, 'page')];
  const id = typeof request === 'number' ? parseRequest(request) : undefined;
  if (id === undefined || kind === undefined || kind !== at(view, 'callback_id')) return undefined;
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 0) return undefined;
  return { request: id, kind, page };
}

/** JSON, or nothing where it is none. */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
