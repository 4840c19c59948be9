import { z } from 'zod';
import type { AssociateId, SlackUserId } from '../ids.ts';
import type { Target } from '../people.ts';
import type { Outcome, Reminder, Request } from './request.ts';
import { resultsSoFar } from './results.ts';
import { couldNotBeWarned } from './warning.ts';

/**
 * Where a request is shown: where it was typed, in the approvals channel, to the one person who may agree; the reminder to
 * the approvers, and to one person each the warning, what became of it, and what came out for who asked; whom they must
 * phone, where there is no card to say so. Where everyone is meant, also the notice where it was typed, the reminders there and to each person, and there what came out.
 */
export const placeSchema = z.union([
  z.enum(['line', 'card', 'consent', 'reminder', 'phone', 'outcome', 'notice', 'before10', 'before2', 'over']),
  z.templateLiteral(['warn:', z.int().min(1)]),
  z.templateLiteral(['told:', z.int().min(1)]),
  z.templateLiteral(['before10:', z.int().min(1)]),
  z.templateLiteral(['before2:', z.int().min(1)]),
]);
export type Place = z.infer<typeof placeSchema>;

/** Every place where a request is shown, or was, by what became of it so far. A place never goes away again. */
export function placesOf(request: Request): readonly Place[] {
  const { demand } = request;
  const approval: readonly Place[] =
    demand.approvals === 0 ? [] : demand.consent === undefined ? ['card'] : ['card', 'consent'];
  const warned = (request.warned?.people ?? []).filter(({ slack }) => slack !== undefined);
  return [
    ...approval,
    'line',
    ...(request.reminded === true ? (['reminder'] as const) : []),
    ...(demand.approvals === 0 && request.warned?.people.some(couldNotBeWarned) === true ? (['phone'] as const) : []),
    ...noticesOf(request),
    ...warned.map(({ id }): Place => `warn:${id}`),
    ...warned.flatMap(({ id, reminded = [] }) => reminded.map((minutes): Place => `before${minutes}:${id}`)),
    ...toldIn(request).map(({ id }): Place => `told:${id}`),
    ...(tellsRequester(request) ? (['outcome'] as const) : []),
  ];
}

/** Those who hear what became of it. */
function toldIn(request: Request): readonly Target[] {
  const outcomes = new Map(resultsSoFar(request).map(({ id, outcome }) => [id, outcome.kind]));
  return request.targets.filter(({ id }) => isTold(request, id, outcomes.get(id)));
}

function noticesOf(request: Request): readonly Place[] {
  const { everyone, warned } = request;
  if (everyone === undefined || warned === undefined) return [];
  const reminders = everyone.reminders.map((minutes): Place => `before${minutes}`);
  return ['notice', ...reminders, ...('endedAt' in request ? (['over'] as const) : [])];
}

/** The places of `after` that `before` did not have. */
export function newPlaces(before: Request, after: Request): readonly Place[] {
  const had = new Set(placesOf(before));
  return placesOf(after).filter((place) => !had.has(place));
}

/** Whom of the people a place concerns. */
export function whoAt(place: Place): number | undefined {
  const id = /^(?:warn|told|before10|before2):(\d+)$/.exec(place)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** Which reminder a place is, where everyone is meant. */
export function reminderOf(place: Place): Reminder | undefined {
  if (place.startsWith('before10')) return 10;
  return place.startsWith('before2') ? 2 : undefined;
}

/** Who asked hears how it ended, unless they took it back themselves. */
export const tellsRequester = (request: Request): boolean =>
  'endedAt' in request && !(request.status === 'cancelled' && request.by.slack === request.requester.slack);

/** The person in Slack who hears what became of it; who asked hears it with the outcome. */
export function whoIsTold(request: Request, id: AssociateId): SlackUserId | undefined {
  const target = request.targets.find((each) => each.id === id);
  const user = target?.slack?.user;
  return user === undefined || target === undefined || isRequester(request, target) ? undefined : user;
}

/** Whether the record says that the bot wrote to this person, as one of those concerned, of what is to happen or happened. */
export const hasHeard = (request: Request, slack: SlackUserId): boolean =>
  request.warned?.people.some((one) => one.slack === slack && one.unreached === undefined) === true ||
  toldIn(request).some(({ id }) => whoIsTold(request, id) === slack);

/** Whether a target is who asked, as far as anybody knows: good for saying something once. */
export const isRequester = ({ requester }: Request, { id, slack }: Target): boolean =>
  slack?.user === requester.slack || requester.match?.associate === id;

/** Whether somebody gets a message that says what became of it for them, by what became of it so far. */
export const hearsWhatBecame = (request: Request, id: AssociateId): boolean =>
  isTold(request, id, resultsSoFar(request).find((result) => result.id === id)?.outcome.kind);

/** Whether there is something to tell somebody: they were sent, or were warned of what did not come. */
function isTold(request: Request, id: AssociateId, outcome: Outcome['kind'] | undefined): boolean {
  const user = whoIsTold(request, id);
  if (user === undefined) return false;
  const wasWarned = request.warned?.people.some((one) => one.id === id && one.unreached === undefined) === true;
  switch (request.status) {
    case 'verifying':
      return outcome === 'gone' || outcome === 'back';
    case 'done':
    case 'unknown':
      // Whoever logged off themselves before everyone was logged off has nothing more to hear.
      return (wasWarned && request.everyone === undefined) || (outcome !== 'was_not_on' && outcome !== 'see');
    case 'cancelled':
      return wasWarned && request.by.slack !== user;
    case 'expired':
    case 'aborted':
    case 'failed':
      return wasWarned;
    default:
      return false;
  }
}
