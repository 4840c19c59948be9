import { outcomeCard, reminderCard, toldCard } from '../../core/cards/afterwards.ts';
import { consentCard } from '../../core/cards/consent-card.ts';
import { requestCard } from '../../core/cards/request-cards.ts';
import { toPhoneCard } from '../../core/cards/to-phone.ts';
import { EdgeError } from '../../core/errors.ts';
import { associateId, type ChannelId } from '../../core/ids.ts';
import { reminderOf, whoAt, whoIsTold } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import { isSharedNow, onlyAmongUs, postAmongUs } from '../operator/among-us.ts';
import type { Drawing } from '../ports.ts';
import type { World } from '../world.ts';
import { askedAgain, viewOf } from './card-view.ts';
import { putLine } from './put-line.ts';
import { put } from './put-message.ts';
import { putNotice, putReminderOfEveryone } from './put-notice.ts';
import { putWarning } from './put-warning.ts';
import { tellTooFew } from './tell-not-shown.ts';

/**
 * Brings one place in line with the record. `keep` is told of what was used up although it failed. Throws an EdgeError where
 * Slack did not do it.
 */
export function putWhereItIs(
  drawing: Drawing,
  request: Request,
  world: World,
  keep: (used: Drawing) => void,
): Promise<Drawing> {
  switch (drawing.place) {
    case 'line':
      return putLine(drawing, request, world, keep);
    case 'card':
      return putCard(drawing, request, world);
    case 'consent':
      return putConsent(drawing, request, world);
    case 'reminder':
      return putReminder(drawing, request, world);
    case 'phone':
      return putToPhone(drawing, request, world);
    case 'outcome':
      return putOutcome(drawing, request, world);
    case 'notice':
    case 'over':
      return putNotice(drawing, request, world);
    default:
      if (reminderOf(drawing.place) !== undefined) return putReminderOfEveryone(drawing, request, world);
      return drawing.place.startsWith('warn:') ? putWarning(drawing, request, world) : putTold(drawing, request, world);
  }
}

/** Nobody is asked before the requester confirmed the list; what ended before that is not shown to anybody else. */
function isUnconfirmed(request: Request): boolean {
  if (request.demand.confirm !== true) return false;
  return (
    request.status === 'awaiting_confirmation' ||
    request.status === 'cancelled' ||
    (request.status === 'expired' && request.was === 'confirmation')
  );
}

/** The direct message to the one person who may agree; where it is too late for that, it is not sent any more. */
async function putConsent(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const { consent } = request.demand;
  if (consent === undefined || (drawing.ts === undefined && request.status !== 'awaiting_approval')) return drawing;
  const card = consentCard(request);
  return await put(drawing, card, world, () => world.messenger.direct(consent, card));
}

async function putCard(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  if (drawing.ts === undefined && isUnconfirmed(request)) return drawing;
  const channel = world.approvalsChannel;
  if (channel === undefined)
    throw new EdgeError('no approvals channel', { code: 'no_channel', retryable: false, executed: 'no' });
  const here = await whereItMayStand(drawing, channel, world);
  const view = await viewOf(request, world);
  const card = requestCard(request, view);
  return await put(here, card, world, async () => {
    const posted = await postAmongUs(channel, card, world);
    // A card that was taken away and is posted again is no news.
    if (drawing.ts === undefined) await tellTooFew(request, view, world);
    return posted;
  });
}

/**
 * The drawing of the card as it is. Where its channel is shared by now and the settings name another one, it is posted anew
 * there; where they do not, it stays as it is, and this throws an EdgeError.
 */
async function whereItMayStand(drawing: Drawing, channel: ChannelId, world: World): Promise<Drawing> {
  const { channel: stands, ts: _, shown: __, ...anew } = drawing;
  if (stands === undefined) return drawing;
  if (stands !== channel) return (await isSharedNow(stands, world)) ? anew : drawing;
  await onlyAmongUs(channel, world);
  return drawing;
}

/** Below the card: whoever is mentioned there is notified, and sees the buttons. Sent while it still waits, and once. */
async function putReminder(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const isWaiting = request.status === 'awaiting_approval';
  if (drawing.ts === undefined && !isWaiting) return drawing;
  const card = reminderCard(request, await askedAgain(request, world));
  if (drawing.channel !== undefined) await onlyAmongUs(drawing.channel, world);
  if (drawing.ts !== undefined) return await put(drawing, card, world, undefined);
  const { channel, ts } = (await world.drawings.read(request.id, 'card')) ?? {};
  // A card that could not be posted yet calls the approvers itself.
  if (channel === undefined || ts === undefined) return drawing;
  return await put(drawing, card, world, () => postAmongUs(channel, card, world, ts));
}

/** Once, to who asked: where nobody approves there is no card that names who could not be warned. */
async function putToPhone(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  if (drawing.ts === undefined && request.status !== 'warning') return drawing;
  const card = toPhoneCard(request);
  const isSent = drawing.ts !== undefined;
  return await put(
    drawing,
    card,
    world,
    isSent ? undefined : () => world.messenger.direct(request.requester.slack, card),
  );
}

/** Not where the line stands in a direct message already. */
async function putOutcome(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const line = await world.drawings.read(request.id, 'line');
  if (drawing.ts === undefined && line?.ts !== undefined && line.channel?.startsWith('D') === true) return drawing;
  const card = outcomeCard(request);
  return await put(drawing, card, world, () => world.messenger.direct(request.requester.slack, card));
}

async function putTold(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const id = associateId(whoAt(drawing.place) ?? 0);
  const user = whoIsTold(request, id);
  if (user === undefined) return drawing;
  const card = toldCard(request, id);
  return await put(drawing, card, world, () => world.messenger.direct(user, card));
}
