import type { Card } from '../core/cards/card.ts';
import { type SlackUserId, slackUserIdSchema } from '../core/ids.ts';
import type { Answer } from '../core/inputs.ts';
import type { Duration } from '../core/time.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import type { Log } from './log.ts';
import type { SlackMessenger } from './messenger.ts';
import { actorOf, textAt } from './payload.ts';
import { renderAnswerView, renderCard } from './render.ts';
import type { ResponseUrls } from './response-url.ts';

/** Where Slack asks to wait for longer than this, the answer goes another way at once. */
const LONGEST_WAIT: Duration = 5_000;

/**
 * Ways to tell one person something privately. What is told was done already, so no answer throws for Slack's troubles: it is
 * tried once more or goes out as a direct message, and one that reached nobody is in the log.
 */
export interface Answering {
  /** Below the channel's messages, "only visible to you"; as a direct message to this person where Slack does not take it. */
  byUrl(url: string, person?: SlackUserId): Answer;
  /** In place of the window that is open; as a direct message where the person closed it meanwhile. */
  inWindow(body: unknown): Answer;
  /** The way that fits what came in; nothing where there is none. */
  forPayload(body: unknown): Answer | undefined;
}

interface Means {
  readonly slack: SlackCaller;
  readonly urls: ResponseUrls;
  readonly messenger: Pick<SlackMessenger, 'direct'>;
  readonly timeZone: string;
  readonly log: Log;
  /** Calls back once after a delay. */
  after(delay: Duration, run: () => void): () => void;
}

export function slackAnswering({ slack, urls, messenger, timeZone, log, after }: Means): Answering {
  /** Gives what Slack said no with; throws everything else. */
  async function troubleOf(attempt: () => Promise<unknown>): Promise<SlackError | undefined> {
    try {
      await attempt();
      return undefined;
    } catch (error) {
      if (error instanceof SlackError) return error;
      throw error;
    }
  }

  async function deliver(attempt: () => Promise<unknown>, person: SlackUserId | undefined, card: Card): Promise<void> {
    let trouble = await troubleOf(attempt);
    const { code, retryAfter = 0 } = trouble ?? {};
    if (code === 'rate_limited' && retryAfter <= LONGEST_WAIT) {
      await new Promise<void>((resolve) => void after(retryAfter, resolve));
      trouble = await troubleOf(attempt);
    }
    if (trouble === undefined) return;
    const last = person === undefined ? trouble : await troubleOf(() => messenger.direct(person, card));
    if (last === undefined) return;
    log('warn', 'answer_lost', { method: trouble.method, code: trouble.code, direct: last.code });
  }

  const byUrl =
    (url: string, person?: SlackUserId): Answer =>
    (card) => {
      const rendered = renderCard(card, timeZone);
      return deliver(() => urls.post(url, rendered, { responseType: 'ephemeral', replace: false }), person, card);
    };

  const inWindow =
    (body: unknown): Answer =>
    (card) => {
      const update = { view_id: textAt(body, 'view', 'id'), view: renderAnswerView(card, timeZone) };
      return deliver(() => slack.repeatable('views.update', update), actorOf(body)?.slack, card);
    };

  return {
    byUrl,
    inWindow,
    forPayload(body) {
      const url = textAt(body, 'response_url');
      if (url !== undefined) return byUrl(url, personOf(body));
      return textAt(body, 'view', 'id') === undefined ? undefined : inWindow(body);
    },
  };
}

/** Who pressed, or typed a command, which names the person in another place. */
const personOf = (body: unknown): SlackUserId | undefined =>
  actorOf(body)?.slack ?? slackUserIdSchema.safeParse(textAt(body, 'user_id')).data;
