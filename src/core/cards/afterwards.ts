import { never } from '../errors.ts';
import type { AssociateId } from '../ids.ts';
import { toRetry } from '../request/everyone.ts';
import { isRequester } from '../request/place.ts';
import type { Request } from '../request/request.ts';
import { resultsSoFar } from '../request/results.ts';
import { type Card, type Part, person, type Text, text, time } from './card.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { leftPart } from './everyone.ts';
import { LISTED_ON_CARD, targetLines } from './people.ts';
import type { View } from './request-cards.ts';
import { retryButton } from './retry-button.ts';

/** What somebody who was warned or sent reads afterwards: what became of it for them. */
export const toldCard = (request: Request, id: AssociateId): Card => asCard(request, whatBecame(request, id));

/** What the one who asked reads at the end, where it is not said to them anyway: for each person, and for themselves. */
export function outcomeCard(request: Request): Card {
  const own = request.targets.find((target) => isRequester(request, target));
  const reached = own !== undefined && resultsSoFar(request).some(({ id }) => id === own.id);
  if (own !== undefined && reached && request.targets.length === 1) {
    return asCard(request, whatBecame(request, own.id));
  }
  const note: Text =
    request.status === 'denied' && request.note !== undefined ? [text(` Reason: ${request.note}`)] : [];
  const words: Text = [...describeStatus(request), ...note];
  const { parts, summary } = asCard(request, words);
  const lines = targetLines(request);
  const more: readonly Text[] =
    lines.length > LISTED_ON_CARD ? [[text(`and ${lines.length - LISTED_ON_CARD} more`)]] : [];
  const list: Part = { kind: 'list', items: [...lines.slice(0, LISTED_ON_CARD), ...more] };
  return { summary, parts: [...parts, list, ...leftPart(request), ...retryParts(request)] };
}

/** The line where it was typed has the button of what was asked for by name. */
const retryParts = (request: Request): readonly Part[] =>
  request.everyone === undefined || toRetry(request).length === 0
    ? []
    : [{ kind: 'buttons', buttons: [retryButton(request)] }];

/** Reminds the approvers once, below the card. */
export function reminderCard(request: Request, approvers: View['approvers']): Card {
  if (request.status !== 'awaiting_approval') return asCard(request, [text('waits for an approval no longer.')]);
  const asked = approvers.flatMap((who, index): Text => [text(index === 0 ? '. Asked again: ' : ', '), person(who)]);
  const until: Text = [text('still waits for approval until '), time(request.expiresAt)];
  return asCard(request, [...until, ...asked, text('. The card above has the buttons.')]);
}

function asCard(request: Request, words: Text): Card {
  const summary: Text = [...requestLabel(request), ...words];
  return { summary, parts: [{ kind: 'paragraph', text: summary }] };
}

function whatBecame(request: Request, id: AssociateId): Text {
  const outcome = resultsSoFar(request).find((result) => result.id === id)?.outcome;
  if (outcome === undefined) return notCarriedOut(request);
  switch (outcome.kind) {
    case 'gone':
    case 'back':
      return [
        text('You were logged off'),
        ...atCall(request),
        ...byWhom(request),
        text(request.everyone === undefined ? '. You can log on again.' : `, as everyone was. ${WAIT}`),
      ];
    case 'listed':
      return [
        text('SuperOffice was asked to log you off'),
        ...atCall(request),
        ...byWhom(request),
        text(', and still lists you as logged on: not logged off, or already back. '),
        text(request.everyone === undefined ? 'There is nothing for you to do.' : 'Please log off if you are on.'),
      ];
    case 'not_checked':
      return [
        text('SuperOffice was asked to log you off'),
        ...atCall(request),
        ...byWhom(request),
        text('. It could not be checked whether that happened. '),
        text(request.everyone === undefined ? 'You can log on again.' : WAIT),
      ];
    case 'was_not_on':
      return [text('You were not logged on any more, so nothing was done.')];
    case 'see':
      return [text(`request ${outcome.request} logs you off instead, or has done so.`)];
    default:
      return never(outcome);
  }
}

/** Where everyone was logged off there is a reason to stay off. */
const WAIT = 'Log on again when whoever asked for it says that it is over.';

const atCall = (request: Request): Text =>
  'calledAt' in request && request.calledAt !== undefined ? [text(' at '), time(request.calledAt)] : [];

/** ", asked by Bob, approved by Alice": nothing to those who asked for it or agreed themselves. */
function byWhom({ requester, approvals, consent, targets }: Request): Text {
  const [only, ...others] = targets;
  const isOwn =
    only !== undefined &&
    others.length === 0 &&
    (only.slack?.user === requester.slack || requester.match?.associate === only.id);
  if (isOwn) return [text(', as you asked')];
  const agreed: Text = consent === undefined ? [] : [text(', as you agreed')];
  const approved = approvals.flatMap(
    ({ by }, index): Text => [text(index === 0 ? ', approved by ' : ' and '), person(by)],
  );
  return [text(', asked by '), person(requester), ...agreed, ...approved];
}

/** Why somebody who was warned was not logged off after all. */
function notCarriedOut(request: Request): Text {
  if (request.status !== 'cancelled') return [text('The log-off was not carried out. You were not logged off.')];
  const by: Text = request.role === 'target' ? [text('one of those concerned')] : [person(request.by)];
  return [
    text('The log-off was stopped by '),
    ...by,
    text(' at '),
    time(request.endedAt),
    text('. Nobody was logged off.'),
  ];
}
