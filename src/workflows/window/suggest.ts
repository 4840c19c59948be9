import { groupChoices, personChoice, SUGGESTED, suggestions } from '../../core/cards/compose.ts';
import { countPeople } from '../../core/cards/people.ts';
import { EdgeError } from '../../core/errors.ts';
import { suggestPeople } from '../../core/find-people.ts';
import type { Actor, LookedUp, Suggestions } from '../../core/inputs.ts';
import { roughName } from '../../core/names.ts';
import { reachOf } from '../../core/policy/powers.ts';
import type { Duration } from '../../core/time.ts';
import { admit, mayOfferTo, reachableGroups } from '../people/reach.ts';
import { peopleAtHand } from '../people/standpoint.ts';
import type { World } from '../world.ts';

/** Slack takes no options after 3 seconds. */
const PATIENCE: Duration = 2_500;

const NOTHING: Suggestions = { label: '', choices: [] };

/**
 * What to offer for what was typed so far: only people whom some rule lets this person reach and the bot log off, and groups with such people.
 * Nothing where that cannot be told in time.
 */
export async function suggest(who: Actor, field: LookedUp, typed: string, world: World): Promise<Suggestions> {
  let cancel = () => {};
  const late = new Promise<Suggestions>((resolve) => {
    cancel = world.clock.after(PATIENCE, () => resolve(NOTHING));
  });
  try {
    return await Promise.race([find(who, field, typed, world), late]);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    world.log('warn', 'nothing_suggested', { code: error.code });
    return NOTHING;
  } finally {
    cancel();
  }
}

async function find(who: Actor, field: LookedUp, typed: string, world: World): Promise<Suggestions> {
  const requester = await admit(who, world, peopleAtHand);
  if (typeof requester === 'string') return NOTHING;
  const reach = reachOf(world.policy, requester);
  if (reach === 'nobody' || (reach === 'self' && field === 'group')) return NOTHING;
  // What the window was opened with will do: nobody waits for a newer reading at each letter.
  const people = (await world.people.atHand()) ?? (await world.people.read());
  const may = await mayOfferTo(requester, world);
  if (field === 'people') {
    const found = suggestPeople(people.index, typed, SUGGESTED, may);
    return suggestions(found.people.map(personChoice), found.total, countPeople(found.total));
  }
  const rough = roughName(typed);
  const found = groupChoices(reachableGroups(people, may).filter(({ name }) => roughName(name).includes(rough)));
  return suggestions(found, found.length, found.length === 1 ? '1 group' : `${found.length} groups`);
}
