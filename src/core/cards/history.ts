import { writeHistory } from '../command.ts';
import type { DirectoryPerson } from '../directory.ts';
import type { AssociateId, RequestId } from '../ids.ts';
import type { Request } from '../request/request.ts';
import { resultsSoFar } from '../request/results.ts';
import { say } from './answers.ts';
import { type Card, type CommandButton, type Part, person, type Text, text } from './card.ts';
import { explainFailure } from './catalogue.ts';
import { CHOICES, describePerson } from './chooser.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { describeOutcome, nameAll, nameOf } from './people.ts';

/** How many requests one answer lists. */
export const HISTORY_ON_PAGE = 20;
/** Up to this many are counted. */
export const HISTORY_COUNTED = 10_000;

/** Whose history it is: the number, and the name where it is known. */
export interface Whose {
  readonly id: AssociateId;
  readonly name?: string;
}

export interface HistoryPage {
  readonly requests: readonly Request[];
  readonly total: number;
  readonly hasOlder: boolean;
  /** Requests from this one on were on pages before. */
  readonly before?: RequestId;
}

/** `/logoff history`: requests with what came out, newest first, and a button for older ones. */
export function historyCard(whose: Whose | undefined, { requests, total, hasOlder, before }: HistoryPage): Card {
  const about = whose === undefined ? '' : ` about ${nameWhose(whose)}`;
  if (requests.length === 0 && !hasOlder) {
    return say(text(`There is no ${before === undefined ? '' : 'older '}request${about} on record.`));
  }
  const all = total >= HISTORY_COUNTED ? `${HISTORY_COUNTED} or more` : `${total}`;
  const count = total === 1 ? `One request${about}` : `${all} requests${about}`;
  const which =
    requests.length >= total ? '' : `, here ${before === undefined ? 'the newest' : 'older'} ${requests.length}`;
  const summary: Text = [text(`${count}${which}:`)];
  const oldest = requests.at(-1);
  const older: readonly Part[] =
    hasOlder && oldest !== undefined ? [{ kind: 'buttons', buttons: [olderButton(whose, oldest.id)] }] : [];
  const items = requests.map((request) => lineOf(request, whose));
  return { summary, parts: [{ kind: 'paragraph', text: summary }, { kind: 'list', items }, ...older] };
}

const nameWhose = ({ id, name }: Whose): string => (name === undefined ? `id ${id}` : `${name} (id ${id})`);

function olderButton(whose: Whose | undefined, before: RequestId): CommandButton {
  const who = whose === undefined ? {} : { person: { kind: 'id', id: whose.id } as const };
  return { action: 'run', label: 'Older', command: writeHistory({ ...who, before }) };
}

function lineOf(request: Request, whose: Whose | undefined): Text {
  const result = resultsSoFar(request).find(({ id }) => id === whose?.id);
  const outcome: Text = result === undefined ? describeStatus(request) : [text(describeOutcome(result))];
  return [
    ...requestLabel(request),
    { kind: 'time', at: request.openedAt, dated: true },
    text(' by '),
    person(request.requester),
    text(` (${nameAll(request)}): `),
    ...outcome,
  ];
}

/** Offers people where it is not certain whose history is meant. */
export function whoseHistoryCard(typed: string, why: 'several' | 'near', people: readonly DirectoryPerson[]): Card {
  if (people.length === 0)
    return say(text(`Nobody is called "${typed}". Type a login, a full name or an associate id.`));
  const shown = people.slice(0, CHOICES);
  const summary: Text = [
    text(why === 'several' ? `Several people are called "${typed}".` : `Nobody is called exactly "${typed}".`),
    text(' Whose history do you mean?'),
  ];
  const buttons = shown.map(
    (choice): CommandButton => ({
      action: 'run',
      label: `${nameOf(choice)} (${choice.id})`,
      command: writeHistory({ person: { kind: 'id', id: choice.id } }),
    }),
  );
  return {
    summary,
    parts: [
      { kind: 'paragraph', text: summary },
      { kind: 'list', items: shown.map(describePerson) },
      { kind: 'buttons', buttons },
    ],
  };
}

/** It is not known whose history somebody in Slack has. */
export const untiedHistoryCard = (): Card =>
  say(text('I do not know which SuperOffice user that is. Type the login or the associate id.'));

/** For everybody whom the settings do not let look back: the same whoever is asked for. */
export const nothingToSeeCard = (): Card => say(text(explainFailure('may_not_see_history').say));
