import { groupChoices, personChoice } from '../../core/cards/compose.ts';
import type { Choice, FormValues } from '../../core/cards/modal.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Standpoint } from '../../core/people.ts';
import { mayLearnOf, reachableGroups } from '../people/reach.ts';
import { peopleOrNothing } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/**
 * The same choices under the names that SuperOffice has for them: what comes back from Slack is an id and words that went
 * through somebody's screen. Whom the requester may not reach stays an id.
 */
export async function relabelled(values: FormValues, requester: Standpoint, world: World): Promise<FormValues> {
  const { people: chosen, group, ...rest } = values;
  const people = await peopleOrNothing(world);
  if (people === undefined) return values;
  const may = mayLearnOf(requester, world);
  const ids = new Set<number>(chosen.map(({ id }) => id));
  const known = new Map(
    people.index.all.filter((person) => ids.has(person.id) && may(person)).map((who) => [who.id, who]),
  );
  const named = chosen.map(({ id }): Choice<AssociateId> => {
    const person = known.get(id);
    return person === undefined ? { id, label: `id ${id}` } : personChoice(person);
  });
  if (group === undefined) return { ...rest, people: named };
  const found = groupChoices(reachableGroups(people, may)).find(({ id }) => id === group.id);
  return { ...rest, people: named, group: found ?? { id: group.id, label: `group ${group.id}` } };
}
