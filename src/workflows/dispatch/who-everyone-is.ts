import { EdgeError } from '../../core/errors.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Associate, Target } from '../../core/people.ts';
import type { Request } from '../../core/request/request.ts';
import type { readWhoIsOn } from '../people/read-who-is-on.ts';
import { namedInSettings, slackPeopleOf } from '../people/slack-people.ts';
import type { World } from '../world.ts';

type On = Awaited<ReturnType<typeof readWhoIsOn>>;

/** Whom the re-check must look up: who is in the record, and where everyone is meant, who is on now. */
export function everyoneOf({ targets }: Request, on: On | undefined): readonly AssociateId[] {
  const known = targets.map(({ id }) => id);
  return on === undefined || typeof on === 'string' ? known : [...new Set([...known, ...on])];
}

/**
 * Who those are in Slack who were not told yet, so that they can be. Once the time has come nobody is told any more before it;
 * where nobody had to be, those who join then hear of it afterwards, as far as the settings name them: the call waits for nothing.
 */
export async function slackOfNewcomers(
  request: Request,
  associates: readonly Associate[],
  world: World,
): Promise<ReadonlyMap<AssociateId, NonNullable<Target['slack']>>> {
  const isOver = request.status === 'warning' && world.clock.now() >= request.until;
  if (request.everyone === undefined || request.status === 'dispatching') return new Map();
  const told = new Set(request.warned?.people.map(({ id }) => id));
  const newcomers = associates.filter(({ id }) => !told.has(id));
  return isOver ? namedInSettings(newcomers, world) : await slackPeopleOf(newcomers, world);
}

/** Those who are on and not in the record, as far as SuperOffice tells who they are: it does not matter enough to wait for it. */
export async function othersOn(request: Request, on: On, { netserver, log }: World): Promise<readonly Associate[]> {
  if (request.everyone === undefined || typeof on === 'string') return [];
  const known = new Set([...request.targets, ...request.leftOut].map(({ id }) => id));
  const others = [...on].filter((id) => !known.has(id));
  if (others.length === 0) return [];
  try {
    return await netserver.findAssociates(others);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'others_unread', { request: request.id, code: error.code });
    return [];
  }
}
