import { lineCard } from '../../core/cards/line-card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { Request } from '../../core/request/request.ts';
import type { Duration } from '../../core/time.ts';
import type { Drawing } from '../ports.ts';
import type { World } from '../world.ts';
import { put, signOf, unlessAway } from './put-message.ts';

/** Slack's limits for a response_url: five uses within thirty minutes; one use and one minute are kept in hand. */
const REPLY_USES = 4;
const REPLY_LIFE: Duration = 29 * 60_000;

/**
 * In the channel where it was typed; else through the command's response_url; else to the requester directly. `keep` is
 * told of a use of the response_url that may have counted although it failed.
 */
export async function putLine(
  drawing: Drawing,
  request: Request,
  world: World,
  keep: (used: Drawing) => void,
): Promise<Drawing> {
  const card = lineCard(request);
  const { messenger, clock } = world;
  const { replyUrl } = drawing;
  const usable = replyUrl !== undefined && replyUrl.uses < REPLY_USES && clock.now() < replyUrl.givenAt + REPLY_LIFE;
  if (drawing.ts !== undefined) {
    return await put(drawing, card, world, () => messenger.direct(request.requester.slack, card));
  }
  const replied = (replyUrl?.uses ?? 0) > 0;
  const shown = signOf(card);
  if (replied && (drawing.shown === shown || isPassing(request))) return drawing;
  if (!replied) {
    const ref = await unlessAway(() => messenger.post(request.origin.channel, card));
    if (ref !== undefined) return { ...drawing, ...ref, shown };
  }
  if (usable) {
    const used = { ...drawing, replyUrl: { ...replyUrl, uses: replyUrl.uses + 1 } };
    const reply = () =>
      messenger.reply(replyUrl.url, card, replied).catch((error: unknown) => {
        if (error instanceof EdgeError && error.executed === 'maybe') keep(used);
        throw error;
      });
    if (await unlessAway(() => reply().then(() => true))) return { ...used, shown };
  }
  return { ...drawing, ...(await messenger.direct(request.requester.slack, card)), shown };
}

/** States that last a moment only: not worth one of the few uses of a response_url. */
function isPassing(request: Request): boolean {
  if (request.status === 'approved' || request.status === 'dispatching') return true;
  return (
    request.status === 'verifying' && request.sightings.some(({ seen }) => seen === 'not_yet' || seen === 'listed')
  );
}
