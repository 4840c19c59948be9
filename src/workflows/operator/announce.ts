import type { Text } from '../../core/cards/card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { Duration } from '../../core/time.ts';
import type { World } from '../world.ts';

type Announcing = Pick<World, 'auditChannel' | 'messenger' | 'log'>;

/** After these waits a line is tried again; then it is given up. */
const TRY_AGAIN_AFTER: readonly Duration[] = [5_000, 30_000, 120_000, 600_000];

/** `posted`, or may have been: it is not said twice. `failed` tells how long Slack wants to be left alone. */
export type Told = 'posted' | { readonly failed: string; readonly retryable: boolean; readonly retryAfter: Duration };

/** Posts one line in the audit channel, once. Without such a channel it counts as said. */
export async function tell(words: Text, { auditChannel, messenger, log }: Announcing): Promise<Told> {
  if (auditChannel === undefined) return 'posted';
  try {
    await messenger.post(auditChannel, { summary: words, parts: [{ kind: 'paragraph', text: words }] });
    return 'posted';
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const { code, executed, retryable, retryAfter = 0 } = error;
    log('warn', 'not_announced', { channel: auditChannel, code, executed });
    return executed === 'maybe' ? 'posted' : { failed: code, retryable, retryAfter };
  }
}

/**
 * Posts one line in the audit channel, where there is one. It is news, no record: nobody waits for Slack's troubles, they are
 * logged, and the line is tried again a few times in the background.
 */
export async function announce(words: Text, world: Announcing & Pick<World, 'clock'>): Promise<void> {
  await attempt(words, 0, world);
}

async function attempt(words: Text, tried: number, world: Announcing & Pick<World, 'clock'>): Promise<void> {
  const told = await tell(words, world);
  if (told === 'posted') return;
  const wait = TRY_AGAIN_AFTER[tried];
  if (!told.retryable || wait === undefined) {
    world.log('error', 'announcement_given_up', { channel: world.auditChannel, code: told.failed });
    return;
  }
  world.clock.after(Math.max(wait, told.retryAfter), () => {
    attempt(words, tried + 1, world).catch((error: unknown) =>
      world.log('error', 'announcement_failed', { error: error instanceof Error ? error.name : typeof error }),
    );
  });
}
