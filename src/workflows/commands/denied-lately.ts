import { DENIED_ON_CARD } from '../../core/cards/denied-before.ts';
import { EdgeError } from '../../core/errors.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Person, Target } from '../../core/people.ts';
import type { RequestIn } from '../../core/request/request.ts';
import type { Duration, Instant } from '../../core/time.ts';
import type { World } from '../world.ts';

/** How long a denial is shown on new requests for the same people. */
const DENIAL_SHOWN: Duration = 24 * 60 * 60_000;

export type Denied = readonly RequestIn<'denied'>[];

/** Requests for some of these people that were denied in the day before `at`, the newest first. */
export async function deniedLately(
  ids: readonly AssociateId[],
  at: Instant,
  { requests }: Pick<World, 'requests'>,
): Promise<Denied> {
  const found = await requests.deniedFor(ids, at - DENIAL_SHOWN, at, DENIED_ON_CARD);
  return found.filter((request) => request.status === 'denied');
}

/**
 * The same for who asks, where nobody else reads of it: without approvals there is no card. Nothing where they ask for
 * themselves alone, or where the records do not answer: it keeps nobody from being logged off.
 */
export async function deniedUnread(
  targets: readonly Pick<Target, 'id'>[],
  { approvals }: { readonly approvals: number },
  { match }: Person,
  world: World,
): Promise<Denied> {
  if (approvals > 0 || targets.every(({ id }) => id === match?.associate)) return [];
  const ids = targets.map(({ id }) => id);
  try {
    return await deniedLately(ids, world.clock.now(), world);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    return [];
  }
}
