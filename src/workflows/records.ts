import { EdgeError } from '../core/errors.ts';
import type { RequestId } from '../core/ids.ts';
import type { Via } from '../core/request/entry.ts';
import { newPlaces } from '../core/request/place.ts';
import type { Request } from '../core/request/request.ts';
import { dueAt, type Event, type Transition, transition } from '../core/request/transition.ts';
import type { Guard } from './rule-ports.ts';
import type { World } from './world.ts';

type Records = Pick<World, 'requests' | 'clock' | 'policy' | 'verify'>;

/** Losing this many races in a row means that something is wrong, not that many people clicked. */
const ATTEMPTS = 100;

/**
 * Brings an event to a record: reads it, asks `transition`, writes with compare-and-swap. Who loses the race reads the
 * newer record and asks again, so that only `transition` refuses. Gives nothing where there is no such request.
 */
export async function apply(id: RequestId, event: Event, via: Via, world: Records): Promise<Transition | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await world.requests.read(id);
    if (before === undefined) return undefined;
    const result = await applyTo(before, event, via, world);
    if (result !== undefined) return result;
  }
  throw new EdgeError(`request ${id} changed too often to be written`, {
    code: 'contended',
    retryable: true,
    executed: 'no',
  });
}

/**
 * Brings an event to exactly this record. Gives nothing, and writes nothing, where it has changed meanwhile or the guard
 * does not hold.
 */
export async function applyTo(
  before: Request,
  event: Event,
  via: Via,
  world: Records,
  guard?: Guard,
): Promise<Transition | undefined> {
  const { policy, verify } = world;
  const result = transition(before, event, { now: world.clock.now(), via, policy, verify });
  if (!result.ok) return result;
  const { request, entries } = result;
  const places = newPlaces(before, request);
  const saved = await world.requests.save(before.version, request, entries, dueAt(request), guard, places);
  return saved ? result : undefined;
}

/**
 * Why this process neither decides nor dispatches at this moment, as a code of the catalogue; nothing where it does: its
 * clock cannot be gone by, or other rules than its own are in force.
 */
export async function whyIdle({
  clockIsOff,
  policies,
  policy,
}: Pick<World, 'clockIsOff' | 'policies' | 'policy'>): Promise<'clock_off' | 'policy_replaced' | undefined> {
  if (clockIsOff?.() === true) return 'clock_off';
  return (await policies.active()) === policy.version ? undefined : 'policy_replaced';
}

/** Whether this process decides and dispatches at this moment. */
export const isInForce = async (world: Parameters<typeof whyIdle>[0]): Promise<boolean> =>
  (await whyIdle(world)) === undefined;
