import type { Card } from '../../core/cards/card.ts';
import { chooserCard, nobodyCalledCard, type Offered } from '../../core/cards/chooser.ts';
import { withHints } from '../../core/cards/hints.ts';
import type { unresolved } from '../../core/cards/unresolved.ts';
import type { LogoffCommand, Reference } from '../../core/command.ts';
import type { DirectoryPerson } from '../../core/directory.ts';
import { findPerson, type MayLearn, type PeopleAtHand } from '../../core/find-people.ts';
import { besides } from '../../core/full-names.ts';
import { slackOf } from '../../core/identity.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { NamedBy, Standpoint } from '../../core/people.ts';
import { meantVerb } from '../../core/verbs.ts';
import { mayOfferTo } from '../people/reach.ts';
import type { World } from '../world.ts';

/** It is not certain who is meant: what to ask or say. `code` where nobody could be offered, for the audit. */
export interface Unresolved {
  readonly card: Card;
  readonly code?: keyof typeof unresolved;
}

/** What looking for the people of one command needs. */
export interface Search {
  /** How many people one request may name. */
  readonly most: number;
  readonly command: LogoffCommand;
  /** The same before plain words were taken together. */
  readonly typed: LogoffCommand;
  readonly requester: Standpoint;
  readonly world: World;
  readonly may: MayLearn;
  /** SuperOffice's people; read only where somebody is not named by id. */
  readonly people: () => Promise<PeopleAtHand>;
  readonly add: (id: AssociateId, by: NamedBy) => void;
}

/** Somebody by login, full name or address; a card for the one who asked where nobody or several people are called so. */
export async function lookForName(
  reference: Extract<Reference, { kind: 'name' }>,
  search: Search,
): Promise<Unresolved | undefined> {
  const { command, typed, requester, world, may, add, people } = search;
  const finding = findPerson((await people()).index, reference.name, may);
  if (finding.kind === 'exact') {
    add(finding.person.id, finding.by);
    return undefined;
  }
  const { why } = finding;
  const offered = why === 'near' ? finding.people.filter(await mayOfferTo(requester, world)) : finding.people;
  const hints =
    why === 'near' ? { verb: meantVerb(typed.who, reference.name), name: besides(typed.who, reference.name) } : {};
  if (offered.length > 0) {
    return { card: withHints(chooserCard(command, reference, reference.name, why, known(offered, search)), hints) };
  }
  const before = command.who.slice(0, command.who.indexOf(reference));
  const hasReason = command.reason !== undefined || command.quoted !== undefined;
  return { card: withHints(nobodyCalledCard(reference.name, before, hasReason), hints), code: 'nobody_called' };
}

/** With who they are in Slack, where the settings say so; for an address Slack is not asked before somebody is chosen. */
export const known = (people: readonly DirectoryPerson[], { world }: Pick<Search, 'world'>): readonly Offered[] =>
  people.map((person) => {
    const slack = slackOf(person.id, world.policy);
    return slack === undefined ? person : { ...person, slack };
  });
