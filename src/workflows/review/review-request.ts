import { noSuchRequest, refusalCard, say } from '../../core/cards/answers.ts';
import { type ButtonAction, type Card, text } from '../../core/cards/card.ts';
import { explainFailure } from '../../core/cards/catalogue.ts';
import type { Modal } from '../../core/cards/modal.ts';
import { denyModal, peopleModal } from '../../core/cards/modals.ts';
import { pointerCard } from '../../core/cards/pointer-card.ts';
import { isConfirmedInDialog } from '../../core/cards/request-cards.ts';
import { reviewedCard, type Verb } from '../../core/cards/reviewed-card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { ChannelId, RequestId } from '../../core/ids.ts';
import type { Actor, Answer, Click, ReviewHandlers, SubmittedKind } from '../../core/inputs.ts';
import type { Standpoint } from '../../core/people.ts';
import type { Held, Request } from '../../core/request/request.ts';
import { isSurelySamePerson, type RefusalCode, reviewRefusal } from '../../core/request/review.ts';
import type { Event } from '../../core/request/transition.ts';
import { deniedUnread } from '../commands/denied-lately.ts';
import { noteClickRefusal } from '../commands/refuse.ts';
import { maySee, maySeePeople } from '../commands/show-status.ts';
import { takeCommand } from '../commands/take-command.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { peopleAtHand, standpointOf, withMatch } from '../people/standpoint.ts';
import { apply, whyIdle } from '../records.ts';
import type { Shown } from '../window/fill-window.ts';
import type { World } from '../world.ts';
import { isOpening, type Opening, openAndFillReview } from './open-review.ts';
import { retry } from './retry-request.ts';

/** Who did it, and whether with a button or by submitting a window. */
interface Pressed {
  readonly who: Actor;
  readonly via: 'button' | 'modal';
}

const MAYBE_RECORDED =
  'The records of the bot did not answer, so it is not known whether your answer was recorded. Look at the card.';

/** What happens when somebody presses a button, submits a modal or turns its pages. Every click gets an answer. */
export function reviewHandlers(world: World, reconciler: Reconciler): ReviewHandlers {
  const answered = async (answer: Answer, work: () => Promise<Card | undefined>): Promise<void> => {
    const card = await work().catch((error: unknown) => troubleCard(error, world));
    if (card !== undefined) await answer(card);
  };
  return {
    run: ({ answer, command, ...press }) =>
      takeCommand({ ...press, via: 'button', text: command }, answer, world, reconciler),
    click: (click) => answered(click.answer, () => press(click, world, reconciler)),
    submit: ({ who, kind, request, note, answer }) =>
      answered(answer, () => judgeSubmitted(kind, request, who, note, world, reconciler)),
    page: async (who, id, kind, page) => {
      const request = await world.requests.read(id);
      const standpoint = await standpointOf(who, world);
      if (request === undefined || !maySeePeople(request, standpoint, world)) return undefined;
      return peopleModal(request, page, kind);
    },
  };
}

/** What to say where the records or Slack did not answer; throws everything else. */
function troubleCard(error: unknown, { log }: World): Card {
  if (!(error instanceof EdgeError)) throw error;
  const { code, executed } = error;
  log('error', 'click_failed', { code, executed });
  if (code !== 'slack' && executed === 'maybe') return say(text(MAYBE_RECORDED));
  return say(text(code === 'slack' ? `${explainFailure('slack').say} Nothing changed.` : explainFailure('store').say));
}

/**
 * Who somebody is as far as that can be told without waiting for SuperOffice: a window stands open in front of them. What is
 * submitted in it is judged by all that can be known.
 */
const glance = (who: Actor, world: World): Promise<Standpoint> =>
  askSlack(standpointOf(who, world, peopleAtHand), world);

/** Marks what Slack threw, so that the answer names Slack: everything else that a click needs is the store. */
async function askSlack<T>(what: Promise<T>, { log }: World): Promise<T> {
  try {
    return await what;
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const { code, retryable, executed } = error;
    log('warn', 'lookup_failed', { side: 'slack', code });
    throw new EdgeError('Slack did not answer', { code: 'slack', retryable, executed, cause: error });
  }
}

async function press(click: Click, world: World, reconciler: Reconciler): Promise<Card | undefined> {
  const request = await world.requests.read(click.request);
  if (request === undefined) return noSuchRequest(click.request);
  const copy = await retireCopy(click, request, world);
  if (copy !== undefined) return copy;
  const { who, action } = click;
  const isAtOnce = action === 'approve' && isConfirmedInDialog(request);
  if (!isAtOnce && isOpening(action)) {
    const look = () =>
      contentsFor(action, click, request, world).catch((error: unknown) => ({ card: troubleCard(error, world) }));
    return await openAndFillReview(request, click, look, world);
  }
  const elsewhere = await notInShared(click, request, world);
  if (elsewhere !== undefined) return elsewhere;
  if (action === 'retry') return await retry(request, who, world, reconciler);
  return await judge(action, click.request, { who, via: 'button' }, undefined, world, reconciler);
}

/** The refusal of a press on a message in a channel that is shared with others by now; it may be stopped there all the same. */
async function notInShared({ who, message, action }: Click, request: Request, world: World): Promise<Card | undefined> {
  if (message === undefined || action === 'cancel' || !(await isShared(message.channel, world))) return undefined;
  await noteClickRefusal(request, { who, via: 'button', action }, 'channel_shared', world);
  return refusalCard('channel_shared', request);
}

/** What belongs in the window behind a button; whoever may not use it reads why instead. */
async function contentsFor(opening: Opening, click: Click, request: Request, world: World): Promise<Shown<Modal>> {
  const elsewhere = await notInShared(click, request, world);
  if (elsewhere !== undefined) return { card: elsewhere };
  const by = await glance(click.who, world);
  const attempt = { who: click.who, via: 'button', by } as const;
  if (opening === 'show_everyone') {
    if (maySee(request, by, world)) return { form: peopleModal(request, 0, 'people') };
    await noteClickRefusal(request, { ...attempt, action: opening }, 'not_yours_to_see', world);
    return { card: noSuchRequest(click.request) };
  }
  const code = opening === 'confirm' ? whyNotConfirm(request, by) : whyNotDecide(request, by);
  if (code !== undefined) return { card: await refuse(code, request, { ...attempt, action: opening }, world) };
  if (opening === 'deny') return { form: denyModal(request) };
  const denied = opening === 'confirm' ? await deniedUnread(request.targets, request.demand, by.person, world) : [];
  return { form: peopleModal(request, 0, opening, denied) };
}

const whyNotDecide = (request: Request, by: Standpoint): RefusalCode | undefined =>
  reviewRefusal(request, by) ?? (request.status === 'awaiting_approval' ? undefined : 'already_decided');

/** The requester is shown the whole list; the button below it confirms. */
function whyNotConfirm(request: Request, by: Standpoint): RefusalCode | undefined {
  if (by.standing !== 'member') return 'not_a_member';
  if (!isSurelySamePerson(request.requester, by.person)) return 'not_yours_to_confirm';
  return request.status === 'awaiting_confirmation' ? undefined : 'already_decided';
}

/** A window was opened from a message; the channel of that message may have become shared meanwhile. */
async function judgeSubmitted(
  kind: SubmittedKind,
  id: RequestId,
  who: Actor,
  note: string | undefined,
  world: World,
  reconciler: Reconciler,
): Promise<Card> {
  const request = await world.requests.read(id);
  if (request === undefined) return noSuchRequest(id);
  const place = kind === 'confirm' ? 'line' : 'card';
  const channel = (await world.drawings.read(id, place))?.channel;
  if (channel !== undefined && (await isShared(channel, world))) {
    await noteClickRefusal({ id }, { who, via: 'modal', action: kind }, 'channel_shared', world);
    return refusalCard('channel_shared', request);
  }
  return await judge(kind, id, { who, via: 'modal' }, note, world, reconciler);
}

/** Whether a channel is shared with others by now. One that Slack does not show is as private as it was. */
const isShared = async (channel: ChannelId, world: World): Promise<boolean> =>
  (await askSlack(world.directory.channelPlace(channel), world)) === 'shared';

/** Where somebody stands who decides; who agrees for themselves may have no part in the rules. */
async function deciderOf(verb: Verb, who: Actor, world: World): Promise<Standpoint> {
  const by = await standpointOf(who, world);
  const forThemselves = verb === 'consent' || verb === 'ready' || verb === 'snooze';
  return forThemselves ? await withMatch(by, world) : by;
}

async function judge(
  verb: Verb,
  id: RequestId,
  { who, via }: Pressed,
  note: string | undefined,
  world: World,
  reconciler: Reconciler,
): Promise<Card> {
  const idle = await whyIdle(world);
  if (idle !== undefined) {
    await noteClickRefusal({ id }, { who, via, action: verb }, idle, world);
    return say(text(explainFailure(idle).say));
  }
  const by = await askSlack(deciderOf(verb, who, world), world);
  const earlier = verb === 'approve' ? await earlierApprovers(id, world) : [];
  const result = await apply(id, eventOf(verb, by, note, earlier), via, world);
  if (result === undefined) return noSuchRequest(id);
  reconciler.wake(id, via);
  if (result.ok) return reviewedCard(result.request, verb, await pauseOf(world));
  return await refuse(result.refusal, result.request, { who, via, action: verb, by }, world);
}

/** Whether all log-offs are paused, as far as the records tell: the click is on record already, whatever they answer now. */
async function pauseOf({ pauses, log }: World): Promise<Held | undefined> {
  return await pauses.current().catch((error: unknown) => {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'pause_unread', { code: error.code });
    return undefined;
  });
}

/**
 * Those who approved before, as they stand now: whoever left must not be found out only when nobody can approve any more.
 * Whom Slack does not tell about is missing; it is asked again right before the call.
 */
async function earlierApprovers(id: RequestId, world: World): Promise<readonly Standpoint[]> {
  const request = await world.requests.read(id);
  const found = (request?.approvals ?? []).map(({ by }) =>
    standpointOf(by.slack, world).catch((error: unknown) => {
      if (!(error instanceof EdgeError)) throw error;
      return undefined;
    }),
  );
  return (await Promise.all(found)).filter((standpoint) => standpoint !== undefined);
}

function eventOf(verb: Verb, by: Standpoint, note: string | undefined, earlier: readonly Standpoint[]): Event {
  if (verb === 'approve') return { kind: 'approve', by, earlier };
  if (verb !== 'deny') return { kind: verb, by };
  const words = note?.replace(/\s+/gu, ' ').trim();
  return { kind: 'deny', by, ...(words === undefined || words === '' ? {} : { note: words }) };
}

async function refuse(
  code: RefusalCode,
  request: Request,
  attempt: Pressed & { readonly action: Verb; readonly by: Standpoint },
  world: World,
): Promise<Card> {
  await noteClickRefusal(request, attempt, code, world);
  return refusalCard(code, request, attempt.action);
}

/** The buttons of the card in the approvals channel; the others are elsewhere. */
const ON_CARD: ReadonlySet<ButtonAction> = new Set(['approve', 'deny', 'show_everyone']);

/** A card posted twice in a crash: the copy that is not on record becomes a pointer at its first click. */
async function retireCopy(click: Click, request: Request, world: World): Promise<Card | undefined> {
  if (click.message === undefined || !ON_CARD.has(click.action)) return undefined;
  const drawing = await world.drawings.read(request.id, 'card');
  if (drawing?.ts === undefined || drawing.ts === click.message.ts) return undefined;
  await askSlack(world.messenger.update(click.message, pointerCard(request)), world);
  return say(text(`This copy of the card of request ${request.id} is out of date. Use the newer one in this channel.`));
}
