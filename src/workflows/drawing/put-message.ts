import { createHash } from 'node:crypto';
import type { Card } from '../../core/cards/card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { MessageRef } from '../../core/inputs.ts';
import type { Drawing } from '../ports.ts';
import type { World } from '../world.ts';

/** Slack's codes for "the bot cannot speak here" and "this response_url is used up". */
const AWAY: ReadonlySet<string> = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'message_not_found',
  'restricted_action',
  'used_url',
  'expired_url',
]);

/** Nothing where Slack says that the bot cannot speak there. */
export async function unlessAway<T>(attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof EdgeError && AWAY.has(error.code)) return undefined;
    throw error;
  }
}

/** The same for cards that say the same. */
export const signOf = (card: Card): string => createHash('sha256').update(JSON.stringify(card)).digest('base64url');

/**
 * Brings the message of a place in line with a card: changes it where it shows another one, posts it where it is not there,
 * and leaves it gone where `post` is absent.
 */
export async function put(
  drawing: Drawing,
  card: Card,
  { messenger }: Pick<World, 'messenger'>,
  post: (() => Promise<MessageRef>) | undefined,
): Promise<Drawing> {
  const { channel, ts } = drawing;
  const shown = signOf(card);
  if (channel !== undefined && ts !== undefined) {
    if (drawing.shown === shown) return drawing;
    const changed = await unlessAway(() => messenger.update({ channel, ts }, card).then(() => true));
    if (changed === true) return { ...drawing, shown };
  }
  return post === undefined ? drawing : { ...drawing, ...(await post()), shown };
}
