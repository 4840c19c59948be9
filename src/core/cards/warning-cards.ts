import type { AssociateId } from '../ids.ts';
import type { Target } from '../people.ts';
import { isRequester } from '../request/place.ts';
import type { Request, RequestIn, Warned } from '../request/request.ts';
import type { Duration, Instant } from '../time.ts';
import { describeDuration } from '../time.ts';
import { type Button, type Card, type Part, person, type Text, text, timeIn, until } from './card.ts';
import { describePause, numbered } from './ending.ts';
import { noticeCard } from './everyone.ts';
import { whyPart } from './reason-part.ts';
import { stopButton } from './stop-button.ts';

const SAVE = 'Save your work now; unsaved work may be lost.';

/**
 * What somebody who is to be logged off reads beforehand, as it is drawn at `now`, with what they can answer; afterwards
 * nothing can be pressed.
 */
export function warningCard(request: Request, id: AssociateId, now: Instant): Card {
  const one = request.warned?.people.find((each) => each.id === id);
  const target = request.targets.find((each) => each.id === id);
  if (request.everyone !== undefined) return noticeCard(request);
  if (request.status !== 'warning' || one === undefined || target === undefined) return sentence(OVER, request);
  if (request.held !== undefined) {
    const paused: Text = [
      text('Your log-off is '),
      ...describePause(request.held, request),
      text('. It goes ahead if resumed by '),
      timeIn(request, request.dispatchBy),
      text(`. ${SAVE}`),
    ];
    return sentence(paused, request, buttonsPart(stopsOf(request, target)));
  }
  const buttons = buttonsPart([...answersOf(request, one, target), ...stopsOf(request, target)]);
  if (one.ready === true) {
    const at = timeIn(request, request.until);
    const words: Text = [text('You are ready. You will be logged off at '), at, text(' or earlier.')];
    return sentence(words, request, buttons);
  }
  const isOwn = isRequester(request, target);
  const words: Text = [
    text(`${isOwn ? 'As you asked, you' : 'You'} will be logged off the SuperOffice Windows client at `),
    timeIn(request, request.until),
    until(request.until),
    text(`. ${SAVE}`),
    ...(isOwn ? [] : [text(' Asked for by '), person(request.requester), text('.')]),
  ];
  return sentence(words, request, [
    ...whyPart(request),
    ...askedForPart(one),
    ...fromWhenPart(request, one, now),
    ...buttons,
  ]);
}

const OVER: Text = [text('This warning has ended. There is nothing more to answer here.')];

function sentence(words: Text, request: Request, more: readonly Part[] = []): Card {
  const summary: Text = numbered(request, words);
  return { summary, parts: [{ kind: 'paragraph', text: summary }, ...more] };
}

const askedForPart = ({ snoozes }: Warned): readonly Part[] =>
  snoozes === 0 ? [] : [{ kind: 'note', text: [text('You asked for more time; the new time is shown above.')] }];

const MINUTE: Duration = 60_000;

/** More time counts from the press, so a long warning leaves more than that at first: from when on asking for it is of use. */
function fromWhenPart(request: RequestIn<'warning'>, one: Warned, now: Instant): readonly Part[] {
  const { snooze } = request.demand;
  if (!mayAsk(snooze, one) || request.until - snooze.for < now + MINUTE) return [];
  const from = timeIn(request, request.until - snooze.for);
  const words: Text = [text('More time counts from when you ask for it: before '), from];
  return [{ kind: 'note', text: [...words, text(' you have more than that.')] }];
}

type Snooze = Request['demand']['snooze'];
const mayAsk = (snooze: Snooze, { snoozes }: Warned): snooze is NonNullable<Snooze> =>
  snooze !== undefined && snoozes < snooze.times;

const buttonsPart = (buttons: readonly Button[]): readonly Part[] =>
  buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];

/** To go at once takes a match that surely is this person; to ask for time, whoever got the message. */
function answersOf(request: Request, one: Warned, target: Target): readonly Button[] {
  if (one.ready === true) return [];
  const { snooze } = request.demand;
  const now: Button = {
    action: 'ready',
    label: 'Log me off now',
    request: request.id,
    style: 'primary',
    confirm: {
      title: 'Log yourself off?',
      text: 'You will be logged off the SuperOffice Windows client as soon as all who were warned are ready, unless somebody could not be reached. Save your work first: unsaved work may be lost.',
      yes: 'Log me off',
      no: 'Back',
    },
  };
  const later: readonly Button[] = mayAsk(snooze, one)
    ? [{ action: 'snooze', label: moreTime(snooze.for), request: request.id }]
    : [];
  return [...(isSure(target) ? [now] : []), ...later];
}

const stopsOf = (request: Request, target: Target): readonly Button[] =>
  request.demand.targetsMayStop === true && isSure(target) ? [stopButton(request, 'Stop the log-off')] : [];

const isSure = ({ slack }: Target): boolean => slack?.how === 'map' || slack?.trusted === true;

/** "10 more minutes", "1 more minute", "2 h more". */
function moreTime(duration: Duration): string {
  const minutes = duration / 60_000;
  if (!Number.isInteger(minutes) || minutes > 90) return `${describeDuration(duration)} more`;
  return `${minutes} more ${minutes === 1 ? 'minute' : 'minutes'}`;
}
