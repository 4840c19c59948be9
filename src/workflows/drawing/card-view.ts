import type { View } from '../../core/cards/request-cards.ts';
import type { SlackUserId } from '../../core/ids.ts';
import type { Request } from '../../core/request/request.ts';
import { deniedLately } from '../commands/denied-lately.ts';
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

/** What the full card shows besides the record. */
export async function viewOf(request: Request, world: World): Promise<View & { readonly others: readonly Request[] }> {
  const ids = request.targets.map(({ id }) => id);
  const others = await world.requests.openFor(ids, request.id);
  const denied = (await deniedLately(ids, request.openedAt, world)).filter(({ id }) => id < request.id);
  if (request.status !== 'awaiting_approval') return { approvers: [], others, denied };
  const { people, isUnread } = await approversOf(request.demand.approvers, request.requester.slack, world);
  return { approvers: await ableOnes(people, world), others, denied, ...(isUnread ? { isUnread } : {}) };
}
