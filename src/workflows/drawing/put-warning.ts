import { warningCard } from '../../core/cards/warning-cards.ts';
import type { EdgeError } from '../../core/errors.ts';
import { type AssociateId, associateId } from '../../core/ids.ts';
import { whoAt } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import { isLate, leavesTooLittle } from '../../core/request/warning.ts';
import type { Duration } from '../../core/time.ts';
import type { Drawing } from '../ports.ts';
import { apply } from '../records.ts';
import type { World } from '../world.ts';
import { put } from './put-message.ts';

const whom = ({ place }: Drawing): AssociateId => associateId(whoAt(place) ?? 0);

/**
 * Warns one person. A message that goes out late (after a stop of the process, say) gives them their whole time from then on;
 * none goes out once it is over.
 */
export async function putWarning(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const id = whom(drawing);
  // Nothing can be pressed on what everyone was told; what became of it is said to those whom it concerned.
  if (drawing.ts !== undefined && request.everyone !== undefined && request.status !== 'warning') return drawing;
  if (drawing.ts !== undefined)
    return await put(drawing, warningCard(request, id, world.clock.now()), world, undefined);
  const late = isWaiting(request, id) && isLate(request, id, world.clock.now());
  const moved = late ? await apply(request.id, { kind: 'warn_late', id }, 'timer', world) : undefined;
  const now = moved?.request ?? request;
  const slack = isWaiting(now, id)?.slack;
  if (slack === undefined) return drawing;
  const card = warningCard(now, id, world.clock.now());
  return await put(drawing, card, world, () => world.messenger.direct(slack, card));
}

/** Somebody whose message still may go out. */
function isWaiting(request: Request, id: AssociateId) {
  if (request.status !== 'warning') return undefined;
  return request.warned?.people.find((one) => one.id === id && one.unreached === undefined);
}

/**
 * Whether to give up warning somebody, which the record then says: Slack does not know them, or would take it only when
 * much of their time is over.
 */
export async function cannotWarn(
  drawing: Drawing,
  request: Request,
  { code, retryable }: EdgeError,
  backoff: Duration,
  world: World,
): Promise<boolean> {
  if (!drawing.place.startsWith('warn:') || drawing.ts !== undefined) return false;
  const id = whom(drawing);
  if (retryable && !leavesTooLittle(request, id, world.clock.now() + backoff)) return false;
  world.log('warn', 'not_warned', { request: request.id, code });
  await apply(request.id, { kind: 'not_warned', id, code }, 'timer', world);
  return true;
}
