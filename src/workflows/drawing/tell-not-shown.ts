import { notShownCard } from '../../core/cards/not-shown-card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { Request } from '../../core/request/request.ts';
import type { World } from '../world.ts';

const NOT_THERE =
  'nobody can approve it: the bot must be in the approvals channel (/invite), and the channel must not be archived';
const SHARED =
  'nobody can approve it: the approvals channel is shared with another company or workspace; name one of your own';

/**
 * Nobody can approve what nobody sees: where the approvals channel does not take the card, the one who asked is told at its first
 * failure what to do. It is tried again by itself, and the bot never joins a channel by itself.
 */
export async function tellNotShown(request: Request, error: EdgeError, { messenger, log }: World): Promise<void> {
  const card = request.status === 'awaiting_approval' ? notShownCard(request, error.code) : undefined;
  if (card === undefined) return;
  log('error', 'card_not_shown', {
    request: request.id,
    code: error.code,
    hint: error.code === 'channel_shared' ? SHARED : NOT_THERE,
  });
  try {
    await messenger.direct(request.requester.slack, card);
  } catch (failed) {
    if (!(failed instanceof EdgeError)) throw failed;
    log('warn', 'not_told', { request: request.id, code: failed.code });
  }
}
