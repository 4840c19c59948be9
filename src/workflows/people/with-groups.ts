import type { Associate } from '../../core/people.ts';
import type { World } from '../world.ts';
import { peopleOrNothing } from './standpoint.ts';

/**
 * Adds the names of the primary groups, and what people log on with where their own record does not say it. Where these
 * cannot be read and a rule or a name on the `never` list depends on them, that is an EdgeError: it can then not be evaluated.
 */
export async function withGroups(
  associates: readonly Associate[],
  world: Pick<World, 'people' | 'policy' | 'log'>,
): Promise<readonly Associate[]> {
  const { rules, never } = world.policy;
  const unnamed = new Set(associates.filter(({ userName }) => userName === undefined).map(({ id }) => id));
  const needed =
    rules.some(({ targets }) => typeof targets === 'object' && targets.groups !== undefined) ||
    (unnamed.size > 0 && never.some((entry) => typeof entry === 'string'));
  const people = needed ? await world.people.read() : await peopleOrNothing(world);
  const groups = new Map(people?.groups.map(({ id, name }) => [id, name]));
  const found = unnamed.size === 0 ? [] : (people?.index.all.filter(({ id }) => unnamed.has(id)) ?? []);
  const names = new Map(found.map(({ id, userName }) => [id, userName]));
  return associates.map((associate) => {
    const group = groups.get(associate.groupId);
    const userName = associate.userName ?? names.get(associate.id);
    return {
      ...associate,
      ...(userName === undefined ? {} : { userName }),
      ...(group === undefined ? {} : { group }),
    };
  });
}
