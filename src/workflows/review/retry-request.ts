import { refusalCard } from '../../core/cards/answers.ts';
import type { Card } from '../../core/cards/card.ts';
import { isNonEmpty } from '../../core/ids.ts';
import type { Actor } from '../../core/inputs.ts';
import { toRetry } from '../../core/request/everyone.ts';
import type { Request } from '../../core/request/request.ts';
import { isSurelySamePerson } from '../../core/request/review.ts';
import { noteClickRefusal, refuse, unlessSilent } from '../commands/refuse.ts';
import { requestLogoff } from '../commands/request-logoff.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { standpointOf } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/**
 * Tries again for those who were still listed: a new request of the same requester, under the rules in force now. One
 * request is tried again once; the new one can be tried again in its turn.
 */
export async function retry(
  request: Request,
  who: Actor,
  world: World,
  reconciler: Reconciler,
): Promise<Card | undefined> {
  const { origin, reason } = request;
  const ask = { via: 'button', who, channel: origin.channel, text: `retry of request ${request.id}` } as const;
  const requester = await unlessSilent('slack', () => standpointOf(who, world), world);
  if (typeof requester === 'string') return refuse(ask, requester, [], world);
  if (requester.standing !== 'member') return refuse({ ...ask, requester }, 'not_a_member', [], world);
  if (!isSurelySamePerson(request.requester, requester.person)) {
    const attempt = { who, via: 'button', action: 'retry', by: requester } as const;
    await noteClickRefusal(request, attempt, 'not_yours_to_retry', world);
    return refusalCard('not_yours_to_retry', request);
  }
  const people = toRetry(request).map((id) => ({ kind: 'id', id }) as const);
  if (!isNonEmpty(people)) return refusalCard('not_now', request);
  const command = { kind: 'logoff', who: people, ...(reason === undefined ? {} : { reason }) } as const;
  const once = { ...ask, requester, key: `retry of ${request.id}` };
  return await requestLogoff(command, once, requester, world, reconciler, request);
}
