import { type AssociateId, isNonEmpty, type RequestId } from '../ids.ts';
import type { Associate, LeftOut, Person, Standpoint, Target } from '../people.ts';
import { type ChannelPlace, type Decision, type Demand, decide, reasonProblem, type Spent } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import { isUnread } from '../policy/powers.ts';
import type { Duration, Instant } from '../time.ts';
import type { Fact } from './entry.ts';
import { announcement, joining, nextLook, sparedBy, stillOn, whyNot } from './everyone.ts';
import type { Request, RequestIn, Result, Waiting } from './request.ts';
import { isCounting, isSurelyTheTarget, overlap, type RefusalCode } from './review.ts';
import { countdown, isUnwarned, neverTold } from './warning.ts';

/** Everything the re-check right before the call looks at, read afresh by the edges. */
export interface DispatchFacts {
  readonly requester: Standpoint;
  /** Those who approved, as they stand now; somebody missing here does not count. */
  readonly approvers: readonly Standpoint[];
  /** Who agreed to be logged off, as they stand now. */
  readonly consenter?: Standpoint;
  /** What kind of channel it was typed in is now. */
  readonly place?: ChannelPlace;
  /** For how many people the requester had asked before this request, within each of the times that budgets name. */
  readonly spent?: Spent;
  readonly associates: readonly Associate[];
  /** Who is on now; `undefined` where NetServer refuses to tell: then all are sent and nobody can be checked. */
  readonly on: ReadonlySet<AssociateId> | undefined;
  /** The bot's own account. */
  readonly self: AssociateId;
  /** Whose warning is out in Slack. */
  readonly told: ReadonlySet<AssociateId>;
  /** Where everyone is meant: who those are in Slack who are on and were not told. */
  readonly slack?: ReadonlyMap<AssociateId, NonNullable<Target['slack']>>;
  /** Who is left to another request (`leftTo`). */
  readonly busy: readonly { readonly id: AssociateId; readonly request: RequestId }[];
}

interface DispatchEvent {
  readonly holder: string;
  readonly lease: Duration;
  readonly facts: DispatchFacts;
}

/**
 * Judges an approved request by the rules and people of this moment and says who is sent. Fewer people than asked for
 * is fine and is said; a rule, a requester or an approval that no longer holds ends it as `aborted`. Where Slack does not
 * tell who is in a user group that this depends on, it is refused as `groups_unread`, to be tried again.
 */
export function planDispatch(
  request: Request,
  { holder, lease, facts }: DispatchEvent,
  { now, policy }: { readonly now: Instant; readonly policy: Policy },
): readonly Fact[] | RefusalCode {
  if (!isDue(request, now)) return 'not_now';
  const again = request.status === 'dispatching';
  if (now >= request.dispatchBy)
    return [
      again
        ? { kind: 'failed', code: tooLate(request) }
        : { kind: 'expired', was: 'dispatch', deadline: request.dispatchBy },
    ];
  const abort = (code: string): readonly Fact[] => [again ? { kind: 'failed', code } : { kind: 'aborted', code }];

  // Nobody knows who everyone is.
  if (request.everyone !== undefined && facts.on === undefined) return abort('everyone_unknown');
  const known = stillThere(request, facts, policy);
  if (request.everyone === undefined && !isNonEmpty(known.targets)) return abort('nobody_left');
  const decision = decideAgain(request, known.targets, facts, policy);
  const missed = decision.effect === 'deny' ? decision.code : missedDemand(request, facts, decision.demand);
  if (missed === 'groups_unread') return missed;
  if (decision.effect === 'deny') return abort(decision.code);
  if (missed !== undefined) return abort(missed);
  const needed = warningTime(request, decision.demand);
  if (request.status === 'dispatching') {
    if (isUnwarned(request, needed, now)) return abort('not_warned');
  } else if (request.everyone !== undefined || !areLeft(known.targets, facts)) {
    const warning =
      announcement(request, known, facts, { needed, now, policy }) ??
      countdown(request, known.targets, facts.told, needed, now);
    if (warning !== undefined) {
      const dispatchBy = request.dispatchBy + Math.max(0, warning.until - Math.max(now, plannedFor(request) ?? now));
      return [{ kind: 'warned', for: needed, ...known, ...warning, dispatchBy, people: warning.people.map(toWarn) }];
    }
  }
  const { targets, leftOut } = again ? known : joining(known, request, facts, needed, policy);

  const notSent = targets.flatMap((target): readonly Result[] => {
    const other = facts.busy.find(({ id }) => id === target.id);
    if (other !== undefined) return [{ id: target.id, outcome: { kind: 'see', request: other.request } }];
    const isNewcomer = needed > 0 && again && !isKnown(request, target.id);
    return target.on === 'off' || isNewcomer ? [{ id: target.id, outcome: { kind: 'was_not_on' } }] : [];
  });
  const sent = targets.map(({ id }) => id).filter((id) => !notSent.some((result) => result.id === id));
  const untold = request.status === 'warning' ? neverTold(request, facts.told) : [];
  const rule = decision.rule === request.rule ? {} : { rule: decision.rule };
  if (!isNonEmpty(sent)) {
    const { on = new Set(), associates } = facts;
    const still = stillOn({ targets, leftOut }, [], on, associates, now, sparedBy(request, policy));
    const left = request.everyone === undefined ? {} : { left: still };
    return [...untold, { kind: 'nobody_to_send', targets, leftOut, results: notSent, ...left, ...rule }];
  }
  const attempt = again ? request.attempts + 1 : 1;
  const claim = { holder, at: now, until: now + lease };
  return [...untold, { kind: 'dispatch_claimed', claim, attempt, targets, leftOut, sent, notSent, ...rule }];
}

/** Nobody need be warned where all of them are left to other requests. */
const areLeft = (targets: readonly Target[], { busy }: DispatchFacts): boolean =>
  targets.every((target) => busy.some(({ id }) => id === target.id));

/** When it is to happen by what people were told so far. */
const plannedFor = (request: Waiting): Instant | undefined =>
  request.status === 'warning' ? request.until : request.everyone?.at;

const toWarn = ({ id, slack }: Target) => (slack === undefined ? { id } : { id, slack: slack.user });

/** The rules of now on what is known now. Who agreed is told to them only where that still stands. */
function decideAgain(request: Request, targets: readonly Target[], facts: DispatchFacts, policy: Policy): Decision {
  const { requester, place, spent } = facts;
  const consenter = consenterOf(request, targets, facts);
  return decide(policy, {
    requester,
    channel: request.origin.channel,
    targets,
    ...(request.everyone === undefined ? {} : { everyone: true }),
    ...(request.afterEveryone === undefined ? {} : { afterEveryone: true }),
    ...(place === undefined ? {} : { place }),
    ...(spent === undefined ? {} : { spent }),
    ...(consenter === undefined ? {} : { consenter }),
  });
}

/** Who agreed to be logged off, where they are still a full member, surely the one target, and not who asked. */
function consenterOf({ consent, requester }: Request, targets: readonly Target[], facts: DispatchFacts) {
  const now = facts.consenter;
  if (consent === undefined || now?.person.slack !== consent.by.slack || now.standing !== 'member') return undefined;
  if (!isNonEmpty(targets) || !isSurelyTheTarget({ targets }, now.person)) return undefined;
  return overlap([now.person, consent.by], [requester, facts.requester.person]) ? undefined : consent.by.slack;
}

/** What the rule asks for now, or asked for then, and does not have. What became looser counts as it was. */
function missedDemand(request: Request, facts: DispatchFacts, demand: Demand): string | undefined {
  const problem = reasonProblem(demand.reason, request.reason);
  if (problem !== undefined) return problem.code;
  if (demand.confirm === true && request.demand.confirm !== true) return 'not_confirmed';
  const agreed = demand.consent !== undefined && demand.consent === request.consent?.by.slack;
  // An approval that a used-up budget asked for is nobody's to replace.
  if (agreed && request.demand.overBudget !== true) return undefined;
  const needed = Math.max(request.demand.approvals, demand.approvals);
  const accepted = demand.approvals > 0 ? demand.approvers : request.demand.approvers;
  if (countApprovals(request, facts, accepted) >= needed) return undefined;
  return facts.approvers.some((one) => isUnread(one, accepted)) ? 'groups_unread' : 'approvals_no_longer_count';
}

/** Whether somebody was sent before or warned: whoever logged on since was not. */
const isKnown = ({ sent, warned }: RequestIn<'dispatching'>, id: AssociateId): boolean =>
  sent.includes(id) || warned?.people.some((one) => one.id === id) === true;

/** How long people must have been warned: as the rule says now or said then, whichever is longer. Who agreed knows. */
function warningTime({ demand: then, consent }: Request, now: Demand): Duration {
  if (consent !== undefined && now.consent === consent.by.slack) return 0;
  return Math.max(then.warn ?? 0, now.warn ?? 0);
}

/** Why something that may be tried again was not done in time. */
export const tooLate = ({ held, lastCode }: Pick<RequestIn<'dispatching'>, 'held' | 'lastCode'>): string =>
  held === undefined ? (lastCode ?? 'not_in_time') : 'paused';

/** Whether something is to be done for an approved request at this moment: a look at who is on, or the call. */
export function isDue(request: Request, now: Instant): request is Waiting {
  if (request.status === 'approved') return true;
  if (request.status === 'warning') return now >= (nextLook(request) ?? request.until);
  return request.status === 'dispatching' && request.claim === undefined && now >= (request.retryAt ?? 0);
}

function stillThere(
  request: Request,
  facts: DispatchFacts,
  policy: Policy,
): { readonly targets: readonly Target[]; readonly leftOut: readonly LeftOut[] } {
  const spared = sparedBy(request, policy);
  const leftOut: LeftOut[] = [...request.leftOut];
  const targets: Target[] = [];
  for (const target of request.targets) {
    const now = facts.associates.find(({ id }) => id === target.id);
    const name = now?.fullName ?? target.fullName;
    const code = now === undefined ? 'gone_meanwhile' : whyNot(now, facts.self, spared);
    if (code !== undefined) leftOut.push({ id: target.id, name, code });
    else if (now !== undefined) targets.push(asOfNow(target, now, facts.on));
  }
  return { targets, leftOut };
}

/** A group name is that of the group they were in: whoever moved has only what was read now. */
function asOfNow({ group, ...target }: Target, now: Associate, on: DispatchFacts['on']): Target {
  return {
    ...target,
    ...(group === undefined || now.groupId !== target.groupId ? {} : { group }),
    ...now,
    on: on === undefined ? 'unknown' : on.has(target.id) ? 'on' : 'off',
  };
}

/** Approvals of different people that count. */
function countApprovals(request: Request, facts: DispatchFacts, names: readonly string[]): number {
  const counted: (readonly Person[])[] = [];
  const requesters = [facts.requester.person, request.requester];
  for (const { by } of request.approvals) {
    const now = facts.approvers.find(({ person }) => person.slack === by.slack);
    if (now === undefined || !isCounting(request, by, now, { names, requesters })) continue;
    const approver = [now.person, by];
    if (counted.some((other) => overlap(approver, other))) continue;
    counted.push(approver);
  }
  return counted.length;
}
