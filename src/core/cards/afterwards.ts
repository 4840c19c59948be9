import { never } from '../errors.ts';
import type { AssociateId } from '../ids.ts';
import { toRetry } from '../request/everyone.ts';
import { isRequester } from '../request/place.ts';
import type { Request } from '../request/request.ts';
import { resultsSoFar } from '../request/results.ts';
import { type Card, type Part, person, type Text, text, timeIn } from './card.ts';
import { describeStatus, numbered, requestLabel } from './ending.ts';
import { leftPart } from './everyone.ts';
import { LISTED_ON_CARD, targetLines } from './people.ts';
import { whyWords } from './reason-part.ts';
import type { View } from './request-cards.ts';
import { retryButton } from './retry-button.ts';

/** What somebody who was warned or sent reads afterwards: what became of it for them. */
export const toldCard = (request: Request, id: AssociateId): Card => asCard(numbered(request, whatBecame(request, id)));

/** What the one who asked reads at the end, where it is not said to them anyway: for each person, and for themselves. */
export function outcomeCard(request: Request): Card {
  const own = request.targets.find((target) => isRequester(request, target));
  const reached = own !== undefined && resultsSoFar(request).some(({ id }) => id === own.id);
  if (own !== undefined && reached && request.targets.length === 1) {
    return toldCard(request, own.id);
  }
  const note: Text =
    request.status === 'denied' && request.note !== undefined ? [text(` Reason: ${request.note}`)] : [];
  const { parts, summary } = asCard([...requestLabel(request), ...describeStatus(request), ...note]);
  const first = own !== undefined && reached ? toldCard(request, own.id) : undefined;
  const lines = targetLines(request);
  const more: readonly Text[] =
    lines.length > LISTED_ON_CARD ? [[text(`and ${lines.length - LISTED_ON_CARD} more`)]] : [];
  const list: Part = { kind: 'list', items: [...lines.slice(0, LISTED_ON_CARD), ...more] };
  const all = [...(first?.parts ?? []), ...parts, list, ...leftPart(request), ...retryParts(request)];
  return { summary: first?.summary ?? summary, parts: all };
}

/** The line where it was typed has the button of what was asked for by name. */
const retryParts = (request: Request): readonly Part[] =>
  request.everyone === undefined || toRetry(request).length === 0
    ? []
    : [{ kind: 'buttons', buttons: [retryButton(request)] }];

/** Reminds the approvers once, below the card. */
export function reminderCard(request: Request, approvers: View['approvers']): Card {
  if (request.status !== 'awaiting_approval') {
    return asCard([...requestLabel(request), text('no longer waiting for approval.')]);
  }
  const asked = approvers.flatMap((who, index): Text => [text(index === 0 ? '. Asked again: ' : ', '), person(who)]);
  const until: Text = [text('still waiting for approval until '), timeIn(request, request.expiresAt)];
  return asCard([...requestLabel(request), ...until, ...asked, text('. The card above has the buttons.')]);
}

const asCard = (summary: Text): Card => ({ summary, parts: [{ kind: 'paragraph', text: summary }] });

function whatBecame(request: Request, id: AssociateId): Text {
  const outcome = resultsSoFar(request).find((result) => result.id === id)?.outcome;
  if (outcome === undefined) return notCarriedOut(request);
  const isOwn = request.targets.some((target) => target.id === id && isRequester(request, target));
  const isEveryone = request.everyone !== undefined;
  switch (outcome.kind) {
    case 'gone':
    case 'back':
      return [
        text(`You were logged off ${CLIENT}`),
        ...atCall(request),
        ...(isEveryone ? [text(', as everyone was')] : []),
        ...(isOwn ? [text(', as you asked.')] : [text('. '), ...whoAsked(request, ' asked for it')]),
        text(isEveryone ? ` ${WAIT}` : ' You can log on again.'),
      ];
    case 'listed':
      return [
        ...(isOwn ? ownWish(request) : whoAsked(request, ` asked for you to be logged off ${CLIENT}`, atCall(request))),
        text(
          ' SuperOffice still lists you as logged on, so you may not have been logged off, or you may already be back. ',
        ),
        text(whatIfListed(isEveryone, isOwn)),
      ];
    case 'not_checked':
      return [
        ...(isOwn ? ownWish(request) : whoAsked(request, ` asked for you to be logged off ${CLIENT}`, atCall(request))),
        text(' Whether that happened could not be checked. '),
        text(isEveryone ? WAIT : 'You can log on again.'),
      ];
    case 'was_not_on':
      return [text(`You were no longer logged on to ${CLIENT}, so nothing was done.`)];
    case 'see':
      return [text(`Your log-off is handled by request ${outcome.request}.`)];
    default:
      return never(outcome);
  }
}

const CLIENT = 'the SuperOffice Windows client';
/** Where everyone was logged off there is a reason to stay off. */
const WAIT = 'Log on again when the person who asked for it says that it is over.';

function whatIfListed(isEveryone: boolean, isOwn: boolean): string {
  if (isEveryone) return 'Please log off if you are still logged on.';
  return isOwn ? 'Try again if you still cannot log on.' : 'You need not do anything.';
}

const atCall = (request: Request): Text =>
  'calledAt' in request && request.calledAt !== undefined ? [text(' at '), timeIn(request, request.calledAt)] : [];

const ownWish = (request: Request): Text => [
  text(`You asked to be logged off ${CLIENT}`),
  ...atCall(request),
  text('.'),
];

/** "@Bob asked for it and @Alice approved it. Reason: locked out." */
function whoAsked(request: Request, what: string, when: Text = []): Text {
  const { requester, approvals, consent } = request;
  const [first, ...others] = approvals;
  const more = others.flatMap(({ by }): Text => [text(' and '), person(by)]);
  const approved: Text =
    first === undefined
      ? []
      : [text(others.length > 0 ? ', and ' : ' and '), person(first.by), ...more, text(' approved it')];
  const agreed: Text = consent === undefined ? approved : [text(' and you agreed')];
  return [person(requester), text(what), ...when, ...agreed, text('.'), ...whyWords(request)];
}

/** Why somebody who was warned was not logged off after all. */
function notCarriedOut(request: Request): Text {
  if (request.status !== 'cancelled') {
    return [text('You were not logged off: the log-off that you were warned of was not carried out.')];
  }
  const by: Text = request.role === 'target' ? [text('one of the people concerned')] : [person(request.by)];
  return [
    text('You were not logged off: the log-off was stopped by '),
    ...by,
    text(' at '),
    timeIn(request, request.endedAt),
    text('. Nobody was logged off.'),
  ];
}
