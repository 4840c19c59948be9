import { text } from '../../core/cards/card.ts';
import { EdgeError } from '../../core/errors.ts';
import type { AssociateId } from '../../core/ids.ts';
import type { DispatchFacts } from '../../core/request/dispatch-plan.ts';
import type { Via } from '../../core/request/entry.ts';
import { leftTo } from '../../core/request/in-hand.ts';
import type { Request, RequestIn } from '../../core/request/request.ts';
import { type Event, heldOf } from '../../core/request/transition.ts';
import type { Duration } from '../../core/time.ts';
import { announce } from '../operator/announce.ts';
import { readWhoIsOn } from '../people/read-who-is-on.ts';
import { standpointOf, withMatch } from '../people/standpoint.ts';
import { withGroups } from '../people/with-groups.ts';
import { apply, applyTo, isInForce } from '../records.ts';
import type { World } from '../world.ts';
import { compareWithAudit } from './compare-with-audit.ts';
import { readSpent } from './read-budget.ts';
import { everyoneOf, slackOfNewcomers } from './who-everyone-is.ts';

/** The lease outlives the longest possible call by this much. */
const LEASE_SLACK: Duration = 30_000;
/** How soon the outcome of a call is written again where the database did not take it. */
const NOTE_AGAIN: Duration = 1_000;
/** How soon something is tried again that surely did not happen. */
export const RETRY_AFTER: Duration = 5_000;

/**
 * Takes an approved request to NetServer: re-checks everything, commits `dispatching` with a lease, sends one call, and
 * notes what is known of it. Gives `wait` where the re-check could not be answered and must be tried again later.
 */
export async function dispatch(request: Request, via: Via, world: World): Promise<'moved' | 'wait'> {
  if (!(await isInForce(world))) return 'wait';
  const pause = await world.pauses.current();
  if (pause !== undefined) {
    await applyTo(request, { kind: 'hold', pause }, via, world);
    return 'wait';
  }
  if (heldOf(request) !== undefined) {
    await applyTo(request, { kind: 'release' }, via, world);
    return 'moved';
  }
  const audit = await compareWithAudit(request, world);
  if (audit === 'changed') return 'moved';
  if (audit !== 'agrees') {
    world.log('error', 'record_differs', { request: request.id, ...audit });
    const words = `Request ${request.id} does not agree with its audit trail, so nothing was sent. Somebody or something changed the database outside the bot.`;
    void announce([text(words)], world);
    await apply(request.id, { kind: 'abort', code: 'record_differs' }, via, world);
    return 'moved';
  }
  const facts = await gatherFacts(request, world);
  if (typeof facts === 'string') return await waits(request, facts, via, world);
  if (world.clockIsOff?.() === true) return 'wait';
  const claimedAt = world.clock.monotonic();
  const lease = world.callLimit + LEASE_SLACK;
  const claim: Event = { kind: 'dispatch', holder: world.holder, lease, facts };
  // On the very record that was replayed and looked at: whoever changed it meanwhile sends us round again.
  // That these rules are in force, nothing is paused and no other request is at these people is looked at once more where it
  // is written; where somebody was taken meanwhile, the next look leaves them to that request.
  const guard = { policyVersion: world.policy.version, unlessPaused: true, unlessTaken: true } as const;
  const claimed = await applyTo(request, claim, via, world, guard);
  if (claimed?.ok === false && claimed.refusal === 'groups_unread') {
    world.log('warn', 'recheck_waits', { request: request.id, code: claimed.refusal });
    return await waits(request, claimed.refusal, via, world);
  }
  if (claimed?.ok !== true || claimed.request.status !== 'dispatching') return 'moved';
  const { request: claimedRequest } = claimed;
  const { dispatchBy } = claimedRequest;
  // A machine that slept shows in its wall clock only: the growing one stands still meanwhile. And only the growing one shows
  // how long it was where the wall clock was put back.
  const mayLeave = () =>
    world.clockIsOff?.() !== true &&
    world.clock.monotonic() - claimedAt + world.callLimit <= lease &&
    world.clock.now() + world.callLimit <= (claimedRequest.claim?.until ?? 0) &&
    world.clock.now() < dispatchBy;
  const outcome = await send(claimedRequest, mayLeave, world);
  await note(claimedRequest, outcome, via, claimedAt + lease, world);
  return 'moved';
}

/** Notes on the record why it waits, so that whoever reads it need not guess. */
async function waits(request: Request, code: string, via: Via, world: World): Promise<'wait'> {
  await applyTo(request, { kind: 'recheck_waits', code }, via, world);
  return 'wait';
}

/** Keeps what is known of the call, as long as the lease is ours; afterwards whoever comes next says "unknown". */
async function note(request: Request, outcome: Event, via: Via, until: number, world: World): Promise<void> {
  for (;;) {
    try {
      await apply(request.id, outcome, via, world);
      return;
    } catch (error) {
      if (!(error instanceof EdgeError) || world.clock.monotonic() + NOTE_AGAIN >= until) throw error;
      world.log('error', 'outcome_not_noted', { request: request.id, code: error.code });
      await new Promise<void>((resolve) => void world.clock.after(NOTE_AGAIN, resolve));
    }
  }
}

/** Sends the one call and says what is known of it. Never throws: what is not surely undone is unknown. */
async function send(request: RequestIn<'dispatching'>, mayLeave: () => boolean, world: World): Promise<Event> {
  const { holder, clock, log } = world;
  try {
    await world.netserver.logOff(request.sent, mayLeave);
    return { kind: 'call_accepted', holder };
  } catch (error) {
    if (!(error instanceof EdgeError)) {
      log('error', 'dispatch_surprise', {
        request: request.id,
        error: error instanceof Error ? error.name : typeof error,
      });
      return { kind: 'call_unknown', holder, code: 'surprise' };
    }
    const { code, executed, retryable } = error;
    log('warn', 'dispatch_problem', { request: request.id, code, executed, retryable });
    if (executed === 'maybe') return { kind: 'call_unknown', holder, code };
    const retryAt = clock.now() + Math.max(RETRY_AFTER, error.retryAfter ?? 0);
    return { kind: 'call_not_made', holder, code, final: !retryable, retryAt };
  }
}

/** What is known right before the call, or the code of what could not be told. */
async function gatherFacts(request: Request, world: World): Promise<DispatchFacts | string> {
  try {
    const { consent, origin } = request;
    await whoIsWho(request, world);
    const before = request.everyone === undefined ? undefined : await readWhoIsOn(world);
    const ids = everyoneOf(request, before);
    const [requester, approvers, associates, on, others, self, place, spent, told, consenter] = await Promise.all([
      standpointOf(request.requester.slack, world),
      Promise.all(request.approvals.map(({ by }) => standpointOf(by.slack, world))),
      world.netserver.findAssociates(ids).then((found) => withGroups(found, world)),
      before ?? readWhoIsOn(world),
      world.requests.besides(request, ids),
      world.netserver.self(),
      world.directory.channelPlace(origin.channel),
      readSpent(request.requester, request.openedAt, request.id, world),
      warningsOut(request, world),
      consent === undefined
        ? undefined
        : standpointOf(consent.by.slack, world).then((agreeing) => withMatch(agreeing, world)),
    ]);
    if (on === 'unread') return 'who_is_on_unread';
    const listed = on === 'refused' ? undefined : on;
    const agreed = consenter === undefined ? {} : { consenter };
    const slack = await slackOfNewcomers(request, associates, world);
    const known = { requester, approvers, ...agreed, place, spent, told, associates, slack };
    return {
      ...known,
      on: listed,
      busy: others.flatMap((other) => leftTo(other, request).map((id) => ({ id, request: other.id }))),
      self: self.associateId,
    };
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    world.log('warn', 'recheck_waits', { request: request.id, code: error.code });
    return error.name === 'SlackError' ? 'slack' : error.code;
  }
}

/**
 * That nobody approved their own request under a second account can only be told where SuperOffice's people can be read:
 * an outage is waited for. A server that never tells them leaves the `identities` of the settings.
 */
async function whoIsWho({ approvals, requester }: Request, { people, policy }: World): Promise<void> {
  const concerned = approvals.length === 0 ? [] : [requester, ...approvals.map(({ by }) => by)];
  if (concerned.every(({ slack }) => policy.identities[slack] !== undefined)) return;
  try {
    await people.read();
  } catch (error) {
    if (!(error instanceof EdgeError) || error.retryable) throw error;
  }
}

/** Whose warning stands in Slack by now. */
async function warningsOut(
  { id, warned }: Request,
  { drawings }: Pick<World, 'drawings'>,
): Promise<ReadonlySet<AssociateId>> {
  const people = (warned?.people ?? []).filter(({ slack }) => slack !== undefined);
  const drawn = await Promise.all(people.map((one) => drawings.read(id, `warn:${one.id}`)));
  return new Set(people.filter((_, index) => drawn[index]?.ts !== undefined).map((one) => one.id));
}
