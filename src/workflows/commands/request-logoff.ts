import { askedAlreadyCard, leftOutCard, nobodyCard, sameRequestCard, say } from '../../core/cards/answers.ts';
import { type Card, text } from '../../core/cards/card.ts';
import { deniedBeforeCard } from '../../core/cards/denied-before.ts';
import { requestLabel } from '../../core/cards/ending.ts';
import { joinedWords } from '../../core/cards/hints.ts';
import type { LogoffCommand } from '../../core/command.ts';
import type { RequestId } from '../../core/ids.ts';
import type { Ask } from '../../core/inputs.ts';
import type { Standpoint, Target } from '../../core/people.ts';
import { type Draft, type Opening, openRequest } from '../../core/request/open.ts';
import { placesOf } from '../../core/request/place.ts';
import type { Request } from '../../core/request/request.ts';
import { dueAt } from '../../core/request/transition.ts';
import { spentOf, toCount } from '../dispatch/read-budget.ts';
import type { Reconciler } from '../dispatch/reconcile.ts';
import { slackPeopleOf } from '../people/slack-people.ts';
import type { FirstDrawing } from '../ports.ts';
import { consenterOf } from '../review/consent.ts';
import type { World } from '../world.ts';
import { deniedUnread } from './denied-lately.ts';
import { noteRefusal, refusalWords, refuse } from './refuse.ts';
import { type Weighed, weigh } from './weigh-request.ts';

type Ready = Extract<Weighed, { kind: 'ready' }>;

/**
 * Weighs a command and opens the request. Gives a private answer where there is something to say besides the line in the
 * channel.
 */
export async function requestLogoff(
  command: LogoffCommand,
  input: Ask,
  requester: Standpoint,
  world: World,
  reconciler: Reconciler,
  again?: Request,
): Promise<Card | undefined> {
  const more = isAfterEveryone(again) ? { afterEveryone: true as const } : {};
  const weighed = await weigh(command, requester, input.channel, world, 'to do', more);
  if (weighed.kind !== 'ready') return await turnDown(weighed, input, world);
  const opened = await openWeighed(weighed, input, requester, world, reconciler, again?.id);
  if ('card' in opened) return opened.card;
  const { request, fresh } = opened;
  if (fresh) return await answerTo(request, requester, world, weighed.resolved.joined);
  // Slack may deliver a command again, of which nobody knows; who presses again is told.
  return input.via === 'button' ? askedAlreadyCard(request) : undefined;
}

/**
 * What there is to say privately of a new request, which the line in the channel does not say: earlier denials that nobody else
 * would read, who is left out, and that plain words were taken together.
 */
export async function answerTo(
  request: Request,
  { person }: Standpoint,
  world: World,
  joined: readonly string[] = [],
): Promise<Card | undefined> {
  const denied = await deniedUnread(request.targets, request.demand, person, world);
  const left = request.leftOut.length > 0 ? leftOutCard(request) : undefined;
  const card = denied.length > 0 ? deniedBeforeCard(request, denied) : left;
  if (joined.length === 0) return card;
  const words = text(joinedWords(joined));
  if (card === undefined) return say(...requestLabel(request), words);
  return { ...card, parts: [...card.parts, { kind: 'note', text: [words] }] };
}

/** Whoever is left after everyone is asked for by name, however many they are; so they are where that is tried again. */
const isAfterEveryone = (again: Request | undefined): boolean =>
  again?.everyone !== undefined || again?.afterEveryone === true;

/** Why a command comes to nothing, in words; what the rules or the outside refused is kept in the audit. */
export async function turnDown(weighed: Exclude<Weighed, Ready>, input: Ask, world: World): Promise<Card> {
  if (weighed.kind === 'ask') {
    if (weighed.code !== undefined) await noteRefusal(input, weighed.code, [], world);
    return weighed.card;
  }
  if (weighed.kind === 'refused') {
    const { rule, code, ids, more } = weighed;
    return await refuse({ ...input, rule }, code, ids, world, refusalWords(code, world, more));
  }
  const { leftOut, ids } = weighed;
  await noteRefusal({ ...input, leftOut }, 'nobody', ids, world);
  return nobodyCard(leftOut);
}

/** Opens the request for what was weighed, once for each key, and starts its work. */
export async function openWeighed(
  weighed: Ready,
  input: Ask,
  requester: Standpoint,
  world: World,
  reconciler: Reconciler,
  retryOf?: RequestId,
): Promise<{ readonly request: Request; readonly fresh: boolean } | { readonly card: Card }> {
  const { policy } = world;
  const now = world.clock.now();
  const same = retryOf === undefined ? await sameAsked(weighed, requester, world) : undefined;
  const drafted = await draftOf(weighed, input, requester, world);
  const draft = retryOf === undefined ? drafted : { ...drafted, retryOf };
  const { replyUrl: url } = input;
  const line: FirstDrawing = {
    place: 'line',
    ...(url === undefined ? {} : { replyUrl: { url, uses: 0, givenAt: now } }),
  };
  const make = (id: RequestId, asked: readonly number[]) => {
    // Not before: the very same command, delivered again, is answered with its own request.
    if (same !== undefined) throw new AskedAlready(same);
    const opening = openRequest({ ...draft, spent: spentOf(asked, policy) }, now, policy);
    if (!opening.ok) throw new NotOpened(opening.denied);
    const made = opening.make(id);
    const others = placesOf(made.request).filter((place) => place !== 'line');
    return { ...made, dueAt: dueAt(made.request), drawings: [line, ...others.map((place) => ({ place }))] };
  };
  try {
    const opened = await world.requests.open(input.key, make, toCount(requester.person, now, policy));
    reconciler.wake(opened.request.id, input.via);
    return opened;
  } catch (error) {
    if (error instanceof AskedAlready) return { card: sameRequestCard(error.request) };
    if (!(error instanceof NotOpened)) throw error;
    const { code, say, rule } = error.denied;
    const ids = weighed.targets.map(({ id }) => id);
    return { card: await refuse({ ...input, rule }, code, ids, world, say) };
  }
}

/** Leaves the transaction in which the budget is counted: there is no request then, and no number is used up. */
class NotOpened extends Error {
  override readonly name = 'NotOpened';
  readonly denied: Extract<Opening, { ok: false }>['denied'];

  constructor(denied: Extract<Opening, { ok: false }>['denied']) {
    super(denied.code);
    this.denied = denied;
  }
}

/** Leaves it for the same reason: what was asked for before is still to be done. */
class AskedAlready extends Error {
  override readonly name = 'AskedAlready';
  readonly request: Request;

  constructor(request: Request) {
    super(`request ${request.id}`);
    this.request = request;
  }
}

/**
 * An open request of the same person for exactly the same people that was not carried out yet: a second one would only ask
 * the approvers twice. Where everyone is meant each one has its own time.
 */
async function sameAsked(
  { targets, everyone }: Ready,
  { person }: Standpoint,
  { requests }: World,
): Promise<Request | undefined> {
  if (everyone !== undefined) return undefined;
  const wanted = new Set(targets.map(({ id }) => id));
  const open = await requests.openFor([...wanted]);
  return open.find(
    (request) =>
      request.requester.slack === person.slack &&
      request.everyone === undefined &&
      request.status !== 'verifying' &&
      request.targets.length === wanted.size &&
      request.targets.every(({ id }) => wanted.has(id)),
  );
}

async function draftOf(
  { targets, leftOut, place, everyone, afterEveryone, resolved: { reason, staleSince } }: Ready,
  input: Ask,
  requester: Standpoint,
  world: World,
): Promise<Draft> {
  const slack = await slackPeopleOf(targets, world);
  const known = targets.map((target): Target => {
    const who = slack.get(target.id);
    return who === undefined ? target : { ...target, slack: who };
  });
  const origin = { via: input.via, channel: input.channel, text: input.text.slice(0, 8_000) };
  const asOf = staleSince === undefined ? {} : { peopleAsOf: staleSince };
  const consenter = everyone === undefined ? await consenterOf(known, world) : undefined;
  const agree = consenter === undefined ? {} : { consenter };
  return {
    requester,
    origin,
    targets: known,
    leftOut,
    place,
    ...agree,
    ...(everyone === undefined ? {} : { everyone }),
    ...(afterEveryone === undefined ? {} : { afterEveryone }),
    ...(reason === undefined ? {} : { reason }),
    ...asOf,
  };
}
