import { never } from '../errors.ts';
import type { Held, Request, RequestIn } from '../request/request.ts';
import { countOutcomes, resultsSoFar } from '../request/results.ts';
import { dated, person, type Text, text, timeIn } from './card.ts';
import { explainFailure, failures, isAboutCredentials } from './catalogue.ts';
import { countPeople } from './people.ts';

/** "2 people logged off, 1 person was not logged on": what came out, or nothing where nothing is known yet. */
export function summariseOutcomes(request: Request): string | undefined {
  const counts = countOutcomes(resultsSoFar(request));
  const parts = [
    counts.loggedOff > 0 ? describeLoggedOff(counts) : undefined,
    counts.listed > 0
      ? `${countPeople(counts.listed)} still listed as logged on (not logged off, or already back)`
      : undefined,
    counts.was_not_on > 0
      ? `${countPeople(counts.was_not_on)} ${counts.was_not_on === 1 ? 'was' : 'were'} ${request.everyone === undefined ? 'not' : 'no longer'} logged on`
      : undefined,
    counts.see > 0 ? `${countPeople(counts.see)} handled by another request` : undefined,
    counts.not_checked > 0 ? `${countPeople(counts.not_checked)} could not be checked` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** "2 people logged off (1 of them has logged on again since)". */
function describeLoggedOff({ loggedOff, back }: { readonly loggedOff: number; readonly back: number }): string {
  const which = loggedOff === 1 ? '' : back === loggedOff ? 'all ' : `${back} of them `;
  const again = back === 0 ? '' : ` (${which}${back === 1 ? 'has' : 'have'} logged on again since)`;
  return `${countPeople(loggedOff)} logged off${again}`;
}

/** Where a request stands, in one line of words: the same on the line where it was typed and on the card. */
export function describeStatus(request: Request): Text {
  switch (request.status) {
    case 'awaiting_confirmation':
      return [text('waiting for '), person(request.requester), text(' to confirm')];
    case 'awaiting_approval': {
      const { approvals } = request.demand;
      const waiting = text(
        `waiting for approval${approvals > 1 ? ` (${request.approvals.length} of ${approvals})` : ''}`,
      );
      if (request.everyone !== undefined)
        return [waiting, text(' to log everyone off at '), dated(request.everyone.at)];
      return request.demand.consent === undefined
        ? [waiting]
        : [waiting, text(', or for the person concerned to agree')];
    }
    case 'approved':
      if (request.held !== undefined) return describeHeld(request.held, request);
      if (request.lastCode !== undefined) return [text('approved, but '), ...describeWait(request.lastCode, request)];
      return request.everyone !== undefined
        ? [text('approved, about to be announced; everyone is logged off at '), dated(request.everyone.at)]
        : [
            text('approved, starting; dropped if SuperOffice has not accepted it by '),
            timeIn(request, request.dispatchBy),
          ];
    case 'warning':
      if (request.held !== undefined) return describeHeld(request.held, request);
      if (request.lastCode !== undefined)
        return [
          ...(request.everyone === undefined
            ? [text('people were warned, but ')]
            : [text('announced for '), dated(request.until), text(', but ')]),
          ...describeWait(request.lastCode, request),
        ];
      return request.everyone !== undefined
        ? [text('announced; everyone who is logged on is logged off at '), dated(request.until)]
        : [text('people are being warned; log-off at '), timeIn(request, request.until)];
    case 'dispatching':
      if (request.held !== undefined) return describeHeld(request.held, request);
      return request.claim === undefined
        ? describeWait(request.lastCode, request)
        : [text(`asking SuperOffice to log off ${countPeople(request.sent.length)}`)];
    case 'verifying':
      return describeVerifying(request);
    case 'done':
      return [
        text(`${describeAnswer(request)}${summariseOutcomes(request) ?? 'nobody to log off'}${whoIsLeft(request)}`),
      ];
    case 'unknown': {
      const results = summariseOutcomes(request) ?? 'nothing could be checked';
      return [text(`the outcome is not fully known. ${describeAnswer(request)}${results}${whoIsLeft(request)}`)];
    }
    case 'failed':
      return [text(`failed, nobody was logged off. ${explainFailure(request.code).say}`)];
    case 'denied':
      return [
        text('denied by '),
        person(request.by),
        text(' at '),
        timeIn(request, request.endedAt),
        text('. Nothing was done.'),
      ];
    case 'cancelled':
      return [
        text(request.stopped === true ? 'stopped by ' : 'cancelled by '),
        ...whoStopped(request),
        text(' at '),
        timeIn(request, request.endedAt),
        text('. Nothing was done.'),
      ];
    case 'expired':
      return describeExpired(request);
    case 'aborted':
      return [text(`not carried out, nobody was logged off. ${whyAborted(request.code)}`)];
    default:
      return never(request);
  }
}

/** The card is read by others than the one of whom the catalogue speaks. */
const whyAborted = (code: string): string =>
  code === 'not_a_member'
    ? 'The person who asked is no longer a full member of this workspace. Somebody who is can ask again.'
    : explainFailure(code).say;

/** Where everyone was meant: how many are on all the same. */
function whoIsLeft({ everyone, left }: RequestIn<'done'> | RequestIn<'unknown'>): string {
  if (everyone === undefined) return '';
  if (left === undefined) return '. It could not be read who is left: look before you upgrade.';
  if (left.people.length === 0) return '. 0 left: safe to upgrade.';
  return `. ${left.people.length} left on the Windows client: not safe to upgrade yet.`;
}

/** Those concerned are not named here: everybody can read the line where it was typed. */
const whoStopped = ({ role, by }: RequestIn<'cancelled'>): Text =>
  role === 'target'
    ? [text('one of the people concerned')]
    : [person(by), text(role === 'approver' ? ' (approver)' : '')];

/** "paused by @Ola since 14:00 (month end); dropped unless resumed by 14:10". */
const describeHeld = (held: Held, request: Waiting): Text => [
  ...describePause(held, request),
  text('; dropped unless resumed by '),
  timeIn(request, request.dispatchBy),
];

/** A request that is approved and must be taken to SuperOffice by a certain time. */
type Waiting = RequestIn<'approved' | 'warning' | 'dispatching'>;

/** "paused by @Ola since 14:00 (month end)", with the day where that is long before the request, or there is none. */
export const describePause = ({ by, since, reason }: Held, request?: Pick<Request, 'openedAt'>): Text => [
  text('paused by '),
  person(by),
  text(' since '),
  request === undefined ? dated(since) : timeIn(request, since),
  ...(reason === undefined ? [] : [text(` (${reason})`)]),
];

const describeWait = (code: string | undefined, request: Waiting): Text => [
  text(`${waitingFor(code)}; trying again until `),
  timeIn(request, request.dispatchBy),
];

function waitingFor(code = ''): string {
  if (isAboutCredentials(code)) return 'the bot cannot log on to SuperOffice';
  switch (code) {
    case 'slack':
      return 'Slack does not answer';
    case 'groups_unread':
      return 'Slack does not tell who is in a user group';
    case 'who_is_on_unread':
      return 'SuperOffice does not tell who is logged on';
    case 'session':
      return "SuperOffice ends the bot's session at once";
    default:
      return 'SuperOffice does not answer';
  }
}

/** What NetServer said instead of yes, where somebody is not surely gone; the results count, not the answer. */
function describeAnswer(request: RequestIn<'done'> | RequestIn<'unknown'>): string {
  const { listed, not_checked } = countOutcomes(request.results);
  if (request.callCode === undefined || listed + not_checked === 0) return '';
  if (request.callCode === 'lease_ran_out') return 'The bot was interrupted while it asked SuperOffice. ';
  // To try again is said by the button, where there is somebody to try again for.
  const said = explainFailure(request.callCode);
  return `${said === failures['netserver'] ? 'SuperOffice gave no clear answer.' : said.say} `;
}

function describeVerifying(request: Extract<Request, { status: 'verifying' }>): Text {
  const counts = countOutcomes(resultsSoFar(request));
  if (request.everyone !== undefined && request.left !== undefined) {
    return [text(`${describeLoggedOff(counts)}; ${request.left.people.length} on now, watching who logs on again`)];
  }
  if (request.sightings.every(({ seen }) => seen === 'gone' || seen === 'back')) {
    return [text(describeLoggedOff(counts))];
  }
  const asked = request.call === 'accepted' ? 'SuperOffice took the call' : 'no clear answer from SuperOffice';
  return [text(`${asked}; looking who is gone (${counts.loggedOff} of ${request.sightings.length} so far)`)];
}

function describeExpired(request: Extract<Request, { status: 'expired' }>): Text {
  switch (request.was) {
    case 'approval':
      return request.approvals.length === 0
        ? [text('Nobody answered by '), timeIn(request, request.deadline), text('. Nothing was done.')]
        : [
            text(`only ${request.approvals.length} of ${request.demand.approvals} approvals by `),
            timeIn(request, request.deadline),
            text('. Nothing was done.'),
          ];
    case 'confirmation':
      return [text('not confirmed by '), timeIn(request, request.deadline), text('. Nothing was done.')];
    case 'dispatch':
      if (request.held !== undefined)
        return [...describePause(request.held, request), text(' and not resumed in time. Nothing was done.')];
      if (request.lastCode !== undefined)
        return [
          text('dropped at '),
          timeIn(request, request.deadline),
          text(`: ${waitingFor(request.lastCode)}. Nothing was done.`),
        ];
      return [
        text('not carried out by '),
        timeIn(request, request.deadline),
        text(', so it was dropped. Nothing was done.'),
      ];
    default:
      return never(request.was);
  }
}

/** "Request 17: ", how every line about a request starts. */
export const requestLabel = (request: Pick<Request, 'id'>): Text => [text(`Request ${request.id}: `)];

/** The same behind the words, for what somebody reads about themselves. */
export const numbered = ({ id }: Pick<Request, 'id'>, words: Text): Text => [...words, text(` (Request ${id})`)];
