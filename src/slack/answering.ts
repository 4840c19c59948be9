import type { Card } from '../core/cards/card.ts';
import type { Answer } from '../core/inputs.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import type { SlackMessenger } from './messenger.ts';
import { actorOf, textAt } from './payload.ts';
import { renderAnswerView, renderCard } from './render.ts';
import type { ResponseUrls } from './response-url.ts';

/** Ways to tell one person something privately. */
export interface Answering {
  /** Below the channel's messages, "only visible to you". */
  byUrl(url: string): Answer;
  /** In place of the window that is open; as a direct message where the person closed it meanwhile. */
  inWindow(body: unknown): Answer;
  /** The way that fits what came in; nothing where there is none. */
  forPayload(body: unknown): Answer | undefined;
}

export function slackAnswering(
  slack: SlackCaller,
  urls: ResponseUrls,
  messenger: Pick<SlackMessenger, 'direct'>,
  timeZone: string,
): Answering {
  const byUrl =
    (url: string): Answer =>
    (card) =>
      urls.post(url, renderCard(card, timeZone), { responseType: 'ephemeral', replace: false });

  const inWindow =
    (body: unknown): Answer =>
    async (card) => {
      const view_id = textAt(body, 'view', 'id');
      try {
        await slack.repeatable('views.update', { view_id, view: renderAnswerView(card, timeZone) });
      } catch (error) {
        await directly(body, card, error);
      }
    };

  async function directly(body: unknown, card: Card, reason: unknown): Promise<void> {
    const person = actorOf(body)?.slack;
    const isGone = reason instanceof SlackError && reason.code === 'view_gone';
    if (!isGone || person === undefined) throw reason;
    await messenger.direct(person, card);
  }

  return {
    byUrl,
    inWindow,
    forPayload(body) {
      const url = textAt(body, 'response_url');
      if (url !== undefined) return byUrl(url);
      return textAt(body, 'view', 'id') === undefined ? undefined : inWindow(body);
    },
  };
}
