import { noticeCard, overCard, reminderOfEveryone } from '../../core/cards/everyone.ts';
import { associateId } from '../../core/ids.ts';
import { hearsWhatBecame, reminderOf, whoAt } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import type { Drawing } from '../ports.ts';
import type { World } from '../world.ts';
import { put, signOf, unlessAway } from './put-message.ts';

/**
 * Tells the channel where it was typed that everyone will be logged off, and in a message of its own what came out. Where the
 * bot cannot speak there, who asked is told instead of what is to come, as they have to tell the others.
 */
export async function putNotice(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const isOver = drawing.place === 'over';
  if (drawing.ts === undefined && !isOver && request.status !== 'warning') return drawing;
  const { messenger } = world;
  const card = isOver ? overCard(request) : noticeCard(request);
  const there = () => unlessAway(() => messenger.post(request.origin.channel, card));
  if (isOver && drawing.ts === undefined) return { ...drawing, ...(await there()), shown: signOf(card) };
  return await put(drawing, card, world, async () => {
    return (await there()) ?? (await messenger.direct(request.requester.slack, card));
  });
}

const MINUTE = 60_000;

/** Reminds the channel, or one person, once; what is too late to be a reminder is not sent. */
export async function putReminderOfEveryone(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const minutes = reminderOf(drawing.place);
  if (minutes === undefined) return drawing;
  if (drawing.ts !== undefined) {
    return isStale(drawing, request)
      ? await put(drawing, reminderOfEveryone(request, minutes), world, undefined)
      : drawing;
  }
  if (request.status !== 'warning') return drawing;
  if (request.held !== undefined || request.until - world.clock.now() < (minutes * MINUTE) / 2) return drawing;
  const { messenger } = world;
  const card = reminderOfEveryone(request, minutes);
  const one = request.warned?.people.find(({ id }) => id === whoAt(drawing.place));
  if (one === undefined) {
    const there = await unlessAway(() => messenger.post(request.origin.channel, card));
    return { ...drawing, ...there };
  }
  const { slack, unreached } = one;
  if (slack === undefined || unreached !== undefined) return drawing;
  return { ...drawing, ...(await messenger.direct(slack, card)) };
}

/** Whether a reminder is the last that stands there when it is over: where more is said below it, that is enough. */
function isStale({ place }: Drawing, request: Request): boolean {
  const who = whoAt(place);
  if (who === undefined) return request.status === 'verifying' || 'endedAt' in request;
  return 'endedAt' in request && !hearsWhatBecame(request, associateId(who));
}
