import { MENTIONED_APPROVERS, type View } from '../../core/cards/request-cards.ts';
import type { SlackUserId } from '../../core/ids.ts';
import type { Request } from '../../core/request/request.ts';
import { deniedLately } from '../commands/denied-lately.ts';
import { approversOf } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/**
 * The first of them who are to be mentioned, and how many more there are. Without those whom Slack's flags keep from approving;
 * whom Slack does not tell about stays, and is judged at the click. Of a large user group only those who are mentioned are
 * looked up: Slack allows some 50 such calls a minute.
 */
async function firstAble(
  approvers: readonly SlackUserId[],
  { directory }: Pick<World, 'directory'>,
): Promise<Required<Pick<View, 'approvers' | 'moreApprovers'>>> {
  const able: View['approvers'][number][] = [];
  let looked = 0;
  while (able.length < MENTIONED_APPROVERS && looked < approvers.length) {
    const next = approvers.slice(looked, looked + MENTIONED_APPROVERS - able.length);
    looked += next.length;
    const asked = next.map(async (slack) => {
      const found = await directory.person(slack).catch(() => undefined);
      return found === undefined || found.standing === 'member' ? [{ slack, name: found?.name ?? slack }] : [];
    });
    able.push(...(await Promise.all(asked)).flat());
  }
  return { approvers: able, moreApprovers: approvers.length - looked };
}

/** Those who have not answered yet. */
function unanswered(people: readonly SlackUserId[], { approvals }: Request): readonly SlackUserId[] {
  const answered = new Set(approvals.map(({ by }) => by.slack));
  return people.filter((slack) => !answered.has(slack));
}

/** Who is mentioned in the reminder: first those whom the card did not mention. */
export async function askedAgain(request: Request, world: World): Promise<View['approvers']> {
  if (request.status !== 'awaiting_approval') return [];
  const { people } = await approversOf(request.demand.approvers, request.requester.slack, world);
  const later = [...people.slice(MENTIONED_APPROVERS), ...people.slice(0, MENTIONED_APPROVERS)];
  return (await firstAble(unanswered(later, request), world)).approvers;
}

/** What the full card shows besides the record. */
export async function viewOf(request: Request, world: World): Promise<View & { readonly others: readonly Request[] }> {
  const ids = request.targets.map(({ id }) => id);
  const others = await world.requests.openFor(ids, request.id);
  const denied = (await deniedLately(ids, request.openedAt, world)).filter(({ id }) => id < request.id);
  if (request.status !== 'awaiting_approval') return { approvers: [], others, denied };
  const { people, isUnread } = await approversOf(request.demand.approvers, request.requester.slack, world);
  const asked = await firstAble(unanswered(people, request), world);
  return { ...asked, others, denied, ...(isUnread ? { isUnread } : {}) };
}
