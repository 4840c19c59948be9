import type { Card } from '../../core/cards/card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { ChannelId } from '../../core/ids.ts';
import type { MessageRef } from '../../core/inputs.ts';
import type { World } from '../world.ts';

type Looking = Pick<World, 'directory' | 'log'>;

/**
 * Whether a channel is shared with others by now. Slack is asked at most once a minute for each. Throws an EdgeError where it
 * does not answer: what names people waits until it is known who reads along.
 */
export async function isSharedNow(channel: ChannelId, { directory, log }: Looking): Promise<boolean> {
  if ((await directory.channelPlace(channel)) !== 'shared') return false;
  log('error', 'channel_is_shared', {
    channel,
    hint: 'nothing is posted or changed there: name a channel of your own',
  });
  return true;
}

/** Resolves where only our own people read a channel. Throws an EdgeError `channel_shared` where others do as well. */
export async function onlyAmongUs(channel: ChannelId, world: Looking): Promise<void> {
  if (!(await isSharedNow(channel, world))) return;
  throw new EdgeError('the channel is shared', { code: 'channel_shared', retryable: false, executed: 'no' });
}

/** Posts what may name people in the approvals or the audit channel. Throws an EdgeError, of a shared channel as well. */
export async function postAmongUs(
  channel: ChannelId,
  card: Card,
  world: Looking & Pick<World, 'messenger'>,
  thread?: string,
): Promise<MessageRef> {
  await onlyAmongUs(channel, world);
  return await world.messenger.post(channel, card, thread);
}
