import type { Card } from '../../core/cards/card.ts';
import { notShownCard, tooFewApproversCard } from '../../core/cards/not-shown-card.ts';
import type { View } from '../../core/cards/request-cards.ts';
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
  await tellRequester(request, card, { messenger, log });
}

/**
 * The card says that too few people can approve it, but who asked does not see that card: they are told when it was posted.
 * Where somebody may agree instead, or Slack does not tell who may approve, nothing is said.
 */
export async function tellTooFew(
  request: Request,
  { approvers, isUnread }: View,
  world: Pick<World, 'messenger' | 'log'>,
): Promise<void> {
  const { approvals, consent } = request.demand;
  if (request.status !== 'awaiting_approval' || consent !== undefined || isUnread === true) return;
  if (approvers.length + request.approvals.length >= approvals) return;
  world.log('warn', 'too_few_approvers', { request: request.id, needed: approvals, able: approvers.length });
  await tellRequester(request, tooFewApproversCard(request, approvers.length), world);
}

async function tellRequester(
  request: Request,
  card: Card,
  { messenger, log }: Pick<World, 'messenger' | 'log'>,
): Promise<void> {
  try {
    await messenger.direct(request.requester.slack, card);
  } catch (failed) {
    if (!(failed instanceof EdgeError)) throw failed;
    log('warn', 'not_told', { request: request.id, code: failed.code });
  }
}
