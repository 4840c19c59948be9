import type { Associate } from '../../core/people.ts';
import type { World } from '../world.ts';
import { peopleOrNothing } from './standpoint.ts';

/**
 * Adds the names of the primary groups. Where they cannot be read and a rule depends on them, that is an EdgeError: such a
 * rule can then not be evaluated.
 */
export async function withGroups(
  associates: readonly Associate[],
  world: Pick<World, 'people' | 'policy' | 'log'>,
): Promise<readonly Associate[]> {
  const needed = world.policy.rules.some(({ targets }) => typeof targets === 'object' && targets.groups !== undefined);
  const people = needed ? await world.people.read() : await peopleOrNothing(world);
  const names = new Map(people?.groups.map(({ id, name }) => [id, name]));
  return associates.map((associate) => {
    const group = names.get(associate.groupId);
    return group === undefined ? associate : { ...associate, group };
  });
}
