import type { Card, Text } from '../../core/cards/card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { ChannelId } from '../../core/ids.ts';
import type { Duration } from '../../core/time.ts';
import type { World } from '../world.ts';
import { postAmongUs } from './among-us.ts';

type Posting = Pick<World, 'directory' | 'messenger' | 'log'>;
type Announcing = Posting & Pick<World, 'auditChannel'>;

/** After these waits a line is tried again; then it is given up. */
const TRY_AGAIN_AFTER: readonly Duration[] = [5_000, 30_000, 120_000, 600_000];

/** `posted`, or may have been: it is not said twice. `failed` tells how long Slack wants to be left alone. */
export type Told = 'posted' | { readonly failed: string; readonly retryable: boolean; readonly retryAfter: Duration };

const lineOf = (words: Text): Card => ({ summary: words, parts: [{ kind: 'paragraph', text: words }] });

/** Posts one line in the audit channel, once. Without such a channel it counts as said. */
export async function tell(words: Text, world: Announcing): Promise<Told> {
  return await tellIn(world.auditChannel, lineOf(words), world);
}

async function tellIn(channel: ChannelId | undefined, card: Card, world: Posting): Promise<Told> {
  if (channel === undefined) return 'posted';
  try {
    await postAmongUs(channel, card, world);
    return 'posted';
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const { code, executed, retryable, retryAfter = 0 } = error;
    world.log('warn', 'not_announced', { channel, code, executed });
    return executed === 'maybe' ? 'posted' : { failed: code, retryable, retryAfter };
  }
}

/**
 * Posts one line in the audit channel, where there is one. It is news, no record: nobody waits for Slack's troubles, they are
 * logged, and the line is tried again a few times in the background.
 */
export async function announce(words: Text, world: Announcing & Pick<World, 'clock'>): Promise<void> {
  await attempt({ channel: world.auditChannel, card: lineOf(words) }, 0, world);
}

/** What is said, and where. What does not hold any more when it is tried again (`isNews`) is not said late. */
interface News {
  readonly channel: ChannelId | undefined;
  readonly card: Card;
  readonly isNews?: () => Promise<boolean>;
}

/** The same for a card in a channel of the bot's. */
export async function announceIn(news: News, world: Posting & Pick<World, 'clock'>): Promise<void> {
  await attempt(news, 0, world);
}

async function attempt(news: News, tried: number, world: Posting & Pick<World, 'clock'>): Promise<void> {
  const { channel, card, isNews } = news;
  if (tried > 0 && (await isNews?.()) === false) return;
  const told = await tellIn(channel, card, world);
  if (told === 'posted') return;
  const wait = TRY_AGAIN_AFTER[tried];
  if (!told.retryable || wait === undefined) {
    world.log('error', 'announcement_given_up', { channel, code: told.failed });
    return;
  }
  world.clock.after(Math.max(wait, told.retryAfter), () => {
    attempt(news, tried + 1, world).catch((error: unknown) =>
      world.log('error', 'announcement_failed', { error: error instanceof Error ? error.name : typeof error }),
    );
  });
}
