import type { Card } from '../core/cards/card.ts';
import type { ChannelId, SlackUserId } from '../core/ids.ts';
import type { MessageRef } from '../core/inputs.ts';
import type { SlackCaller } from './client.ts';
import { directChannels } from './direct-channels.ts';
import { SlackError } from './errors.ts';
import { at, parseChannel, textAt } from './payload.ts';
import { renderCard } from './render.ts';
import type { ResponseUrls } from './response-url.ts';

/** What Slack can be told. All throw a SlackError; `executed: maybe` means that a message may be there after all. */
export interface SlackMessenger {
  /** In the thread below a message where its `ts` is given. */
  post(channel: ChannelId, card: Card, thread?: string): Promise<MessageRef>;
  update(ref: MessageRef, card: Card): Promise<void>;
  /** Posts or replaces through a response_url, seen by all in the channel. */
  reply(url: string, card: Card, replace: boolean): Promise<void>;
  direct(person: SlackUserId, card: Card): Promise<MessageRef>;
}

/** Draws cards within Slack's limits and sends them. A post is never repeated, an update may be. */
export function slackMessenger(slack: SlackCaller, urls: ResponseUrls, timeZone: string): SlackMessenger {
  const channels = directChannels(slack);

  async function post(channel: ChannelId, card: Card, thread?: string): Promise<MessageRef> {
    const method = 'chat.postMessage';
    const message = { ...renderCard(card, timeZone), unfurl_links: false, unfurl_media: false };
    const below = thread === undefined ? {} : { thread_ts: thread };
    const answer = await slack.once(method, { channel, ...message, ...below });
    const ts = textAt(answer, 'ts');
    if (ts === undefined) throw new SlackError({ code: 'bad_response', method, executed: 'maybe' });
    return { channel: parseChannel(at(answer, 'channel')) ?? channel, ts };
  }

  return {
    post,
    async update({ channel, ts }, card) {
      await slack.repeatable('chat.update', { channel, ts, ...renderCard(card, timeZone) });
    },
    async reply(url, card, replace) {
      await urls.post(url, renderCard(card, timeZone), { responseType: 'in_channel', replace });
    },
    direct: (person, card) => channels.use(person, (channel) => post(channel, card)),
  };
}
