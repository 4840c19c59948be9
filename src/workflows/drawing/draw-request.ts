import { EdgeError } from '../../core/errors.ts';
import type { RequestId } from '../../core/ids.ts';
import { type Place, placesOf } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import type { Duration } from '../../core/time.ts';
import type { Drawing } from '../ports.ts';
import type { World } from '../world.ts';
import { putWhereItIs } from './put-place.ts';
import { cannotWarn } from './put-warning.ts';
import { tellNotShown } from './tell-not-shown.ts';

/** A drawer that says nothing for this long is taken for dead. */
const CLAIM: Duration = 60_000;
/** So many messages of one request are sent at the same time: Slack limits what comes in a burst. */
const AT_ONCE = 10;
const MAX_BACKOFF: Duration = 300_000;
/** An ended request whose drawing failed this often in a row (over an hour) is left as it is. */
const GIVE_UP_AFTER = 20;

/** What stands in Slack although the records did not take it: it is recorded at the next try, not posted once more. */
export type Unrecorded = Map<string, Drawing>;

/**
 * Brings every place that shows a request in line with its record. Slack's troubles are kept for later, never thrown.
 * `cardAnew`: what the card shows besides the record has changed.
 */
export async function draw(
  id: RequestId,
  world: World,
  unrecorded: Unrecorded = new Map(),
  cardAnew = false,
): Promise<void> {
  const request = await world.requests.read(id);
  if (request === undefined) return;
  const places = placesOf(request);
  // Whether the outcome is told depends on where the line stands.
  const last = places.filter((place) => place === 'outcome');
  const others = places.filter((place) => place !== 'outcome');
  for (const some of [others, last]) {
    // All must have come to an end before this request is drawn again: the claim does not keep a process from itself.
    for (let at = 0; at < some.length; at += AT_ONCE) {
      const now = some.slice(at, at + AT_ONCE);
      const ends = await Promise.allSettled(
        now.map((place) => drawPlace(request, place, world, unrecorded, cardAnew && place === 'card')),
      );
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    }
  }
}

async function drawPlace(
  seen: Request,
  place: Place,
  world: World,
  unrecorded: Unrecorded,
  anew: boolean,
): Promise<void> {
  const { clock, drawings, holder } = world;
  const { id } = seen;
  const key = `${id} ${place}`;
  const drawn = await drawings.read(id, place);
  // Nothing new to show: a look costs less than a claim, which is a write.
  if (drawn !== undefined && drawn.version >= seen.version && !anew) return;
  const now = clock.now();
  if ((drawn?.retryAt ?? 0) > now) return;
  let drawing = await drawings.claim(id, place, holder, now, now + CLAIM, {});
  while (drawing !== undefined) {
    const request = await world.requests.read(id);
    if (request === undefined || (drawing.retryAt ?? 0) > clock.now()) {
      await drawings.save(drawing, holder, true);
      return;
    }
    let next: Drawing = drawing;
    if (drawing.version < request.version || (anew && drawing.ts !== undefined)) {
      const left = unrecorded.get(key);
      const isThere = left !== undefined && left.version > drawing.version;
      next = isThere ? left : await putOrPostpone(drawing, request, world);
      unrecorded.set(key, next);
    }
    const kept = await drawings.save(next, holder, true);
    unrecorded.delete(key);
    if (!kept || next.retryAt !== undefined) return;
    const newest = await world.requests.read(id);
    if (newest === undefined || newest.version <= next.version) return;
    drawing = await drawings.claim(id, place, holder, clock.now(), clock.now() + CLAIM, {});
  }
}

const backOff = (failures: number, told: Duration = 0): Duration =>
  Math.max(told, Math.min(MAX_BACKOFF, 1_000 * 2 ** Math.min(failures, 10)));

/** Slack takes about one post a second in a channel: who must wait comes again spread out, not all at once and ever later. */
const inTurn = (id: RequestId, told: Duration = 1_000): Duration => told + 1_100 * (id % 20);

async function putOrPostpone(drawing: Drawing, request: Request, world: World): Promise<Drawing> {
  const { clock, log } = world;
  let tried = drawing;
  const keep = (used: Drawing) => {
    tried = used;
  };
  try {
    const { retryAt: _, ...put } = await putWhereItIs(drawing, request, world, keep);
    return { ...put, version: request.version, failures: 0 };
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const limited = error.code === 'rate_limited';
    const failures = limited ? drawing.failures : drawing.failures + 1;
    // What Slack shows now is not known.
    const { retryAt: _, shown: __, ...kept } = tried;
    const given = failures >= GIVE_UP_AFTER || (isDirect(drawing.place) && !error.retryable);
    if (given && 'endedAt' in request) {
      log('error', 'drawing_given_up', { request: request.id, place: drawing.place, code: error.code });
      return { ...kept, version: request.version, failures };
    }
    const backoff = limited ? inTurn(request.id, error.retryAfter) : backOff(failures, error.retryAfter);
    if (await cannotWarn(drawing, request, error, backoff, world)) {
      return { ...kept, version: request.version, failures };
    }
    if (drawing.place === 'card' && failures === 1) await tellNotShown(request, error, world);
    log('warn', 'drawing_postponed', { request: request.id, place: drawing.place, code: error.code, failures });
    return { ...kept, failures, retryAt: clock.now() + backoff };
  }
}

/** A message to one person: where Slack says that it cannot be had, it never can. */
const isDirect = (place: Place): boolean => place === 'outcome' || place === 'phone' || place.startsWith('told:');
