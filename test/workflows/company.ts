import { associateId } from '../../src/core/ids.ts';
import type { Associate } from '../../src/core/people.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** Rules under which the helpdesk reaches Sales only. */
export const SALES_ONLY = {
  rules: [
    { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
    { name: 'sales', who: 'helpdesk', targets: { groups: ['Sales'] }, approvals: 1, approvers: 'leads' },
  ],
};

/** Somebody new in SuperOffice, logged on. */
export function hire(
  { netserver }: Pick<Surroundings, 'netserver'>,
  id: number,
  login: string,
  fullName: string,
  more: Partial<Associate> & { readonly email?: string } = {},
): void {
  const { email, ...rest } = more;
  const known = { id: associateId(id), login, fullName, groupId: 2, type: 'internal', retired: false } as const;
  netserver.people.set(id, { ...known, ...rest });
  netserver.on.add(associateId(id));
  if (email !== undefined) netserver.emails.set(id, email);
}

/** The made-up company with two more: Bjørn of Sales, Dina of Support. */
export async function company(settings: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = await makeWorld({ policy: policyOf(settings) });
  hire(world, 110, 'bjorn.a', 'Bjørn Åsen', { email: 'bjorn@example.com' });
  hire(world, 120, 'dina', 'Dina Foss', { groupId: 3, email: 'dina@example.com' });
  return world;
}

/** Who is to be logged off, each with how they were named. */
export const targetsOf = async (world: Surroundings, id = 1): Promise<readonly string[]> =>
  (await world.request(id)).targets.map((target) => `${target.id} ${target.namedBy}`);

/** Codes of the commands that were refused. */
export const refusedCodes = async (world: Surroundings): Promise<readonly string[]> =>
  (await world.audit()).flatMap((entry) =>
    'note' in entry && entry.note.kind === 'command_refused' ? [entry.note.code] : [],
  );

export const openRequests = async (world: Surroundings): Promise<number> =>
  (await world.store.requests.listOpen(100)).length;
