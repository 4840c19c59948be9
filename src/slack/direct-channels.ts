import type { ChannelId, SlackUserId } from '../core/ids.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { at, parseChannel } from './payload.ts';

/** So many are remembered; everybody who is ever written to in a large company. */
const REMEMBERED = 10_000;

/** The channels in which the bot speaks to one person each. */
export interface DirectChannels {
  /** Does something in the person's channel. Throws a SlackError where there is none, or what was done threw one. */
  use<T>(person: SlackUserId, act: (channel: ChannelId) => Promise<T>): Promise<T>;
}

/**
 * Slack never changes the id of such a channel, so it is asked for once: that halves the calls for a direct message. Where
 * Slack does not know the channel any more, it is forgotten, and the error is as without a memory.
 */
export function directChannels(slack: SlackCaller): DirectChannels {
  const known = new Map<SlackUserId, ChannelId>();

  async function open(person: SlackUserId): Promise<ChannelId> {
    const method = 'conversations.open';
    const channel = parseChannel(at(await slack.repeatable(method, { users: person }), 'channel', 'id'));
    if (channel === undefined) throw new SlackError({ code: 'bad_response', method, executed: 'no' });
    if (known.size >= REMEMBERED) known.clear();
    known.set(person, channel);
    return channel;
  }

  return {
    async use(person, act) {
      const channel = known.get(person) ?? (await open(person));
      try {
        return await act(channel);
      } catch (error) {
        if (error instanceof SlackError && error.executed === 'no' && !error.retryable) known.delete(person);
        throw error;
      }
    },
  };
}
