import { DENIED_ON_CARD } from '../../core/cards/denied-before.ts';
import type { View } from '../../core/cards/request-cards.ts';
import type { SlackUserId } from '../../core/ids.ts';
import type { Request, RequestIn } from '../../core/request/request.ts';
import type { Duration } from '../../core/time.ts';
import { approversOf } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/** Without those whom Slack's flags keep from approving; whom Slack does not tell about stays, and is judged at the click. */
async function ableOnes(
  approvers: readonly SlackUserId[],
  { directory }: Pick<World, 'directory'>,
): Promise<View['approvers']> {
  const asked = await Promise.all(
    approvers.map(async (slack) => {
      const found = await directory.person(slack).catch(() => undefined);
      return found === undefined || found.standing === 'member' ? [{ slack, name: found?.name ?? slack }] : [];
    }),
  );
  return asked.flat();
}

/** How long a denial is shown on new requests for the same people. */
const DENIAL_SHOWN: Duration = 24 * 60 * 60_000;

/** Requests for some of the same people that were denied in the day before this one was made. */
async function deniedBefore(
  { id, targets, openedAt }: Request,
  { requests }: Pick<World, 'requests'>,
): Promise<readonly RequestIn<'denied'>[]> {
  const ids = targets.map((target) => target.id);
  const found = await requests.deniedFor(ids, openedAt - DENIAL_SHOWN, openedAt, DENIED_ON_CARD);
  return found.filter((request): request is RequestIn<'denied'> => request.status === 'denied' && request.id < id);
}

/** What the full card shows besides the record. */
export async function viewOf(request: Request, world: World): Promise<View & { readonly others: readonly Request[] }> {
  const ids = request.targets.map(({ id }) => id);
  const others = await world.requests.openFor(ids, request.id);
  const denied = await deniedBefore(request, world);
  if (request.status !== 'awaiting_approval') return { approvers: [], others, denied };
  const { people, isUnread } = await approversOf(request.demand.approvers, request.requester.slack, world);
  return { approvers: await ableOnes(people, world), others, denied, ...(isUnread ? { isUnread } : {}) };
}
