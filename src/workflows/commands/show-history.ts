import type { Card } from '../../core/cards/card.ts';
import {
  HISTORY_COUNTED,
  HISTORY_ON_PAGE,
  historyCard,
  nothingToSeeCard,
  untiedHistoryCard,
  type Whose,
  whoseHistoryCard,
} from '../../core/cards/history.ts';
import type { HistoryCommand } from '../../core/command.ts';
import { findPerson } from '../../core/find-people.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { Ask } from '../../core/inputs.ts';
import type { Standpoint } from '../../core/people.ts';
import { isUnread, mayLookBack } from '../../core/policy/powers.ts';
import { matchTo, peopleOrNothing } from '../people/standpoint.ts';
import { whyIdle } from '../records.ts';
import type { World } from '../world.ts';
import { noteRefusal, refuse, unlessSilent } from './refuse.ts';

/**
 * `/logoff history`: past requests about one person or all, for those whom the settings let look back. Others learn
 * nothing, not even whether there is such a person, and the attempt is kept.
 */
export async function showHistory(
  { person, before }: HistoryCommand,
  ask: Ask,
  reader: Standpoint,
  world: World,
): Promise<Card> {
  if (!mayLookBack(world.policy, reader)) {
    if (isUnread(reader, world.policy.may_see.history)) return refuse(ask, 'groups_unread', [], world);
    await noteRefusal(ask, 'may_not_see_history', [], world);
    return nothingToSeeCard();
  }
  // An older process may have looser rules about who may look.
  const idle = await whyIdle(world);
  if (idle !== undefined) return refuse(ask, idle, [], world);
  const whose = person === undefined ? {} : await unlessSilent('netserver', () => find(person, reader, world), world);
  if (typeof whose === 'string') return refuse(ask, whose, [], world);
  if (whose.code !== undefined) return refuse(ask, whose.code, [], world);
  if (whose.card !== undefined) return whose.card;
  const past = await world.requests.past(whose.who?.id, before, HISTORY_ON_PAGE, HISTORY_COUNTED);
  return historyCard(whose.who, { ...past, ...(before === undefined ? {} : { before }) });
}

interface Found {
  readonly who?: Whose;
  /** It is not certain who is meant. */
  readonly card?: Card;
  /** It could not be found out. */
  readonly code?: string;
}

/**
 * Whose history is meant. Everybody can be named: who may look at all requests may learn of the people in them, whatever the
 * rules about logging them off say. Nobody gets a right by it, so a match by e-mail will do.
 */
async function find(person: NonNullable<HistoryCommand['person']>, reader: Standpoint, world: World): Promise<Found> {
  switch (person.kind) {
    case 'id':
      return { who: await named(person.id, world) };
    case 'me': {
      const { match } = reader.person;
      return match === undefined ? { card: untiedHistoryCard() } : { who: await named(match.associate, world) };
    }
    case 'mention': {
      const found = await unlessSilent('slack', () => world.directory.person(person.slack), world);
      if (typeof found === 'string') return { code: found };
      const match = await matchTo(found, world);
      return match === undefined ? { card: untiedHistoryCard() } : { who: await named(match.associate, world) };
    }
    case 'name': {
      const { index } = await world.people.read();
      const finding = findPerson(index, person.name, () => true);
      if (finding.kind === 'choose') return { card: whoseHistoryCard(person.name, finding.why, finding.people) };
      return { who: { id: finding.person.id, name: finding.person.fullName } };
    }
  }
}

/** Somebody who left SuperOffice, or while SuperOffice is away, is a number: the records answer all the same. */
async function named(id: AssociateId, world: World): Promise<Whose> {
  const people = await peopleOrNothing(world);
  const name = people?.index.all.find((candidate) => candidate.id === id)?.fullName.trim();
  return name === undefined || name === '' ? { id } : { id, name };
}
