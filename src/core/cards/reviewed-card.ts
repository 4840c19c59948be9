import { never } from '../errors.ts';
import type { Held, Request } from '../request/request.ts';
import { describeDuration } from '../time.ts';
import { say } from './answers.ts';
import { type Card, dated, type Text, text, timeIn } from './card.ts';
import { describePause, describeStatus } from './ending.ts';

/** What somebody can do to a request with a button, a window or a command. */
export type Verb = 'approve' | 'deny' | 'cancel' | 'confirm' | 'consent' | 'ready' | 'snooze';

/** What a click did, and what comes next. `pause`: all log-offs are paused at this moment. */
export function reviewedCard(request: Request, verb: Verb, pause?: Held): Card {
  switch (verb) {
    case 'approve':
      return say(text(`You approved request ${request.id}. `), ...whatComes(request, pause));
    case 'deny':
      return say(text(`You denied request ${request.id}. Nobody was logged off.`));
    case 'cancel': {
      const stopped = request.status === 'cancelled' && request.stopped === true;
      return say(text(`You ${stopped ? 'stopped' : 'cancelled'} request ${request.id}. Nobody was logged off.`));
    }
    case 'confirm':
      return say(text(`You confirmed request ${request.id}. `), ...whatComes(request, pause));
    case 'consent':
      return pause === undefined
        ? say(text('You will be logged off now.'))
        : say(text('You agreed to be logged off. '), ...whilePaused(request, pause));
    case 'ready':
      return readyCard(request, pause);
    case 'snooze':
      return request.status === 'warning'
        ? say(text('You now have until '), timeIn(request, request.until), text('.'), ...alsoPaused(request, pause))
        : say(...now(request));
    default:
      return never(verb);
  }
}

function readyCard(request: Request, pause: Held | undefined): Card {
  if (pause !== undefined) return say(text('You are ready. '), ...whilePaused(request, pause));
  const isAll = request.warned?.people.every(({ ready }) => ready === true) === true;
  if (request.status !== 'warning' || isAll) return say(text('You will be logged off now.'));
  return say(
    text('You are ready. You will be logged off at '),
    timeIn(request, request.until),
    text(', or earlier if everybody else is ready.'),
  );
}

/** What follows a yes. */
function whatComes(request: Request, pause: Held | undefined): Text {
  if (request.status === 'awaiting_approval') {
    const { approvals, demand } = request;
    return approvals.length === 0
      ? [text('It is now waiting for approval.')]
      : [text(`It has ${approvals.length} of ${demand.approvals} approvals.`)];
  }
  if (request.status !== 'approved') return now(request);
  if (pause !== undefined) return whilePaused(request, pause);
  const { everyone, demand, approvals } = request;
  if (everyone !== undefined) {
    const at = dated(everyone.at);
    return [text('It is announced now; everyone who is logged on is logged off at '), at, text('.')];
  }
  if (demand.warn === undefined) return [text('The log-off starts now, without warning.')];
  const last = approvals.at(-1)?.at;
  const then: Text =
    last === undefined
      ? [text(` ${describeDuration(demand.warn)} later`)]
      : [text(' at about '), timeIn(request, last + demand.warn)];
  return [
    text('People who are logged on are warned now and logged off'),
    ...then,
    text(', or earlier if all are ready.'),
  ];
}

function whilePaused(request: Request, pause: Held): Text {
  const by: Text = 'dispatchBy' in request ? [text(' by '), timeIn(request, request.dispatchBy)] : [];
  const what = text('. This request goes ahead if they are resumed');
  return [text('All log-offs are '), ...describePause(pause, request), what, ...by, text('.')];
}

const alsoPaused = (request: Request, pause: Held | undefined): Text =>
  pause === undefined ? [] : [text(' '), ...whilePaused(request, pause)];

const now = (request: Request): Text => [text('It is now: '), ...describeStatus(request)];
