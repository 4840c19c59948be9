import { never } from '../errors.ts';
import type { Held, Request, RequestIn } from '../request/request.ts';
import { countOutcomes, resultsSoFar } from '../request/results.ts';
import type { Instant } from '../time.ts';
import { dated, person, type Text, text, time } from './card.ts';
import { explainFailure, isAboutCredentials } from './catalogue.ts';
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
      ? `${countPeople(counts.was_not_on)} ${request.everyone === undefined ? 'not logged on before' : 'not on any more before'}`
      : undefined,
    counts.see > 0 ? `${countPeople(counts.see)} left to another request` : undefined,
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
      return [text('waiting for the confirmation of '), person(request.requester)];
    case 'awaiting_approval': {
      const { approvals } = request.demand;
      const waiting = text(
        `waiting for approval${approvals > 1 ? ` (${request.approvals.length} of ${approvals})` : ''}`,
      );
      if (request.everyone !== undefined)
        return [waiting, text(' to log everyone off at '), dated(request.everyone.at)];
      return request.demand.consent === undefined ? [waiting] : [waiting, text(', or for the one concerned to agree')];
    }
    case 'approved':
      if (request.held !== undefined) return describeHeld(request.held, request.dispatchBy);
      if (request.lastCode !== undefined)
        return [text('approved, but '), ...describeWait(request.lastCode, request.dispatchBy)];
      return request.everyone !== undefined
        ? [text('approved, about to be announced; everyone is logged off at '), dated(request.everyone.at)]
        : [text('approved, about to start; given up if SuperOffice cannot take it by '), time(request.dispatchBy)];
    case 'warning':
      if (request.held !== undefined) return describeHeld(request.held, request.dispatchBy);
      if (request.lastCode !== undefined)
        return [
          ...(request.everyone === undefined
            ? [text('people were warned, but ')]
            : [text('announced for '), dated(request.until), text(', but ')]),
          ...describeWait(request.lastCode, request.dispatchBy),
        ];
      return request.everyone !== undefined
        ? [text('announced; everyone who is on is logged off at '), dated(request.until)]
        : [text('people are being warned; log-off at '), time(request.until)];
    case 'dispatching':
      if (request.held !== undefined) return describeHeld(request.held, request.dispatchBy);
      return request.claim === undefined
        ? describeWait(request.lastCode, request.dispatchBy)
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
      return [text('denied by '), person(request.by), text(' at '), time(request.endedAt), text('. Nothing was done.')];
    case 'cancelled':
      return [
        text(request.stopped === true ? 'stopped by ' : 'cancelled by '),
        ...whoStopped(request),
        text(' at '),
        time(request.endedAt),
        text('. Nothing was done.'),
      ];
    case 'expired':
      return describeExpired(request);
    case 'aborted':
      return [text(`not carried out, nobody was logged off. ${explainFailure(request.code).say}`)];
    default:
      return never(request);
  }
}

/** Where everyone was meant: how many are on all the same. */
function whoIsLeft({ everyone, left }: RequestIn<'done'> | RequestIn<'unknown'>): string {
  if (everyone === undefined) return '';
  if (left === undefined) return '. It could not be read who is left: look before you upgrade.';
  if (left.people.length === 0) return '. 0 left: safe to upgrade.';
  return `. ${left.people.length} left on the Windows client: not safe to upgrade yet.`;
}

/** Those concerned are not named here: everybody can read the line where it was typed. */
const whoStopped = ({ role, by }: RequestIn<'cancelled'>): Text =>
  role === 'target' ? [text('one of those concerned')] : [person(by), text(role === 'approver' ? ' (approver)' : '')];

/** "paused by @Ola since 14:00 (month end); given up at 14:10 unless it goes on". */
const describeHeld = (held: Held, dispatchBy: Instant): Text => [
  ...describePause(held),
  text('; given up unless it goes on by '),
  time(dispatchBy),
];

/** "paused by @Ola since 14:00 (month end)". */
export const describePause = ({ by, since, reason }: Held): Text => [
  text('paused by '),
  person(by),
  text(' since '),
  time(since),
  ...(reason === undefined ? [] : [text(` (${reason})`)]),
];

const describeWait = (code: string | undefined, dispatchBy: Instant): Text => [
  text(`${waitingFor(code)}; trying again until `),
  time(dispatchBy),
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
  return request.callCode === undefined || listed + not_checked === 0 ? '' : `${explainFailure(request.callCode).say} `;
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
        ? [text('Nobody answered by '), time(request.deadline), text('. Nothing was done.')]
        : [
            text(`only ${request.approvals.length} of ${request.demand.approvals} approvals by `),
            time(request.deadline),
            text('. Nothing was done.'),
          ];
    case 'confirmation':
      return [text('not confirmed by '), time(request.deadline), text('. Nothing was done.')];
    case 'dispatch':
      if (request.held !== undefined)
        return [...describePause(request.held), text(' until it was too late. Nothing was done.')];
      if (request.lastCode !== undefined)
        return [
          text('given up at '),
          time(request.deadline),
          text(`: ${waitingFor(request.lastCode)}. Nothing was done.`),
        ];
      return [text('not carried out by '), time(request.deadline), text(', so it was given up. Nothing was done.')];
    default:
      return never(request.was);
  }
}

/** "Request 17: ", how every line about a request starts. */
export const requestLabel = (request: Pick<Request, 'id'>): Text => [text(`Request ${request.id}: `)];
