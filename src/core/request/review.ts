import type { AssociateId } from '../ids.ts';
import type { Person, Standpoint } from '../people.ts';
import type { Policy } from '../policy/policy.ts';
import { isUnread } from '../policy/powers.ts';
import type { Instant } from '../time.ts';
import type { Fact } from './entry.ts';
import type { Request, Role } from './request.ts';

/** Why an event changed nothing. Each has a sentence in the catalogue. */
export type RefusalCode =
  | 'not_a_member'
  | 'own_request'
  | 'perhaps_own_request'
  | 'not_an_approver'
  | 'groups_unread'
  | 'target_for_others'
  | 'already_approved_by_you'
  | 'already_decided'
  | 'expired'
  | 'not_yours_to_cancel'
  | 'not_yours_to_confirm'
  | 'not_yours_to_retry'
  | 'not_yours_to_stop'
  | 'not_the_one_warned'
  | 'already_ready'
  | 'snooze_used'
  | 'snooze_not_needed'
  | 'fixed_time'
  | 'channel_shared'
  | 'consent_not_asked'
  | 'not_the_one_concerned'
  | 'too_late_to_cancel'
  | 'not_now';

interface ReviewMoment {
  readonly now: Instant;
  readonly policy: Policy;
}

/** Whether two Slack people may be one: the same Slack id, or perhaps the same associate however. Good for refusing. */
export const isSamePerson = (a: Person, b: Person): boolean =>
  a.slack === b.slack || perhaps(a).some((associate) => perhaps(b).includes(associate));

/** Every associate that this person is or may be. */
const perhaps = ({ match, maybe = [] }: Person): readonly AssociateId[] =>
  match === undefined ? maybe : [match.associate, ...maybe];

/** Whether two Slack people are surely one: only such a match gives rights, since others can edit an e-mail address. */
export const isSurelySamePerson = (a: Person, b: Person): boolean =>
  a.slack === b.slack ||
  (a.match?.permits === true && b.match?.permits === true && a.match.associate === b.match.associate);

/** Who surely asked, or may have: an e-mail address alone refuses as well, but nobody is told that they asked by that. */
function ownRequest({ requester }: Request, { person }: Standpoint): RefusalCode | undefined {
  if (!isSamePerson(requester, person)) return undefined;
  return isSurelySamePerson(requester, person) ? 'own_request' : 'perhaps_own_request';
}

/** Why this person may not decide on this request, if so. The requester never may, on any path. */
export function reviewRefusal(request: Request, by: Standpoint): RefusalCode | undefined {
  if (by.standing !== 'member') return 'not_a_member';
  const own = ownRequest(request, by);
  if (own !== undefined) return own;
  if (!request.demand.approvers.some((name) => by.groups.includes(name))) {
    return isUnread(by, request.demand.approvers) ? 'groups_unread' : 'not_an_approver';
  }
  if (isTargetAmongOthers(request, by.person)) return 'target_for_others';
  return undefined;
}

/**
 * Who is to be logged off together with others decides about those no more than a requester does. Where everyone is meant
 * nobody was chosen, and whoever could approve is on as well.
 */
export const isTargetAmongOthers = (request: Request, person: Person): boolean =>
  request.everyone === undefined &&
  request.targets.length > 1 &&
  request.targets.some(({ id }) => perhaps(person).includes(id));

function notAwaiting(request: Request, now: Instant): RefusalCode | undefined {
  if (request.status === 'awaiting_confirmation') return 'not_now';
  if (request.status !== 'awaiting_approval') return 'already_decided';
  return now >= request.expiresAt ? 'expired' : undefined;
}

/**
 * Whether an approval counts: of a full member, who may approve under one of these names, did not ask for it and is not among
 * several who are to be logged off. Who somebody was matched to when they approved counts as well: it may not be known now,
 * and it can only refuse.
 */
export function isCounting(
  request: Request,
  by: Person,
  now: Standpoint,
  { names, requesters }: { readonly names: readonly string[]; readonly requesters: readonly Person[] },
): boolean {
  if (now.standing !== 'member' || !names.some((name) => now.groups.includes(name))) return false;
  const approver = [now.person, by];
  return !overlap(approver, requesters) && !approver.some((person) => isTargetAmongOthers(request, person));
}

/** Whether somebody of the one list may be somebody of the other. */
export const overlap = (some: readonly Person[], others: readonly Person[]): boolean =>
  some.some((one) => others.some((other) => isSamePerson(one, other)));

/** Approvals that do not count any more, of those approvers of whom it is known where they stand now. */
function lapsed(request: Request, earlier: readonly Standpoint[]): readonly Person[] {
  const names = request.demand.approvers;
  return request.approvals.flatMap(({ by }) => {
    const now = earlier.find(({ person }) => person.slack === by.slack);
    if (now === undefined || isUnread(now, names)) return [];
    return isCounting(request, by, now, { names, requesters: [request.requester] }) ? [] : [by];
  });
}

/** `earlier` are those who approved before, as they stand now; somebody missing there counts until right before the call. */
export function approve(
  request: Request,
  by: Standpoint,
  earlier: readonly Standpoint[],
  { now, policy }: ReviewMoment,
): readonly Fact[] | RefusalCode {
  const refusal = reviewRefusal(request, by) ?? notAwaiting(request, now);
  if (refusal !== undefined) return refusal;
  if (request.approvals.some((approval) => isSamePerson(approval.by, by.person))) return 'already_approved_by_you';
  const given: Fact = { kind: 'approval_given', by: by.person };
  const gone = lapsed(request, earlier).map((person): Fact => ({ kind: 'approval_lapsed', by: person }));
  const complete = request.approvals.length - gone.length + 1 >= request.demand.approvals;
  const approved: Fact = { kind: 'approved', dispatchBy: dispatchBy(request, now, policy) };
  return complete ? [...gone, given, approved] : [...gone, given];
}

/** The one person to be logged off agrees, which replaces the approvals; surely that person, and not who asked. */
export function consent(
  request: Request,
  by: Standpoint,
  { now, policy }: ReviewMoment,
): readonly Fact[] | RefusalCode {
  if (by.standing !== 'member') return 'not_a_member';
  const own = ownRequest(request, by);
  if (own !== undefined) return own;
  if (!isSurelyTheTarget(request, by.person)) return 'not_the_one_concerned';
  if (request.demand.consent === undefined) return 'consent_not_asked';
  const refusal = notAwaiting(request, now);
  if (refusal !== undefined) return refusal;
  return [
    { kind: 'consent_given', by: by.person },
    { kind: 'approved', dispatchBy: dispatchBy(request, now, policy) },
  ];
}

/** Until when SuperOffice must have taken it; where it is to happen later, the time for that begins then. */
export const dispatchBy = (
  { everyone }: { readonly everyone?: { readonly at: Instant } | undefined },
  now: Instant,
  { dispatch_within }: Pick<Policy, 'dispatch_within'>,
): Instant => Math.max(now, everyone?.at ?? now) + dispatch_within;

/** Until when it can be confirmed or approved: not after the time at which everyone is to be logged off. */
export const answerBy = (
  { everyone }: { readonly everyone?: { readonly at: Instant } | undefined },
  now: Instant,
  { approval_expires_after }: Pick<Policy, 'approval_expires_after'>,
): Instant => Math.min(now + approval_expires_after, everyone?.at ?? Number.POSITIVE_INFINITY);

/** Whether this person is the only one to be logged off, by a match that may give rights. */
export const isSurelyTheTarget = ({ targets }: Pick<Request, 'targets'>, { match }: Person): boolean =>
  targets.length === 1 && match?.permits === true && match.associate === targets[0]?.id;

/** The requester looked at the list and wants it; now the approvers are asked, where any are needed. */
export function confirm(
  request: Request,
  by: Standpoint,
  { now, policy }: ReviewMoment,
): readonly Fact[] | RefusalCode {
  if (by.standing !== 'member') return 'not_a_member';
  if (!isSurelySamePerson(request.requester, by.person)) return 'not_yours_to_confirm';
  if (request.status !== 'awaiting_confirmation') return 'already_decided';
  if (now >= request.expiresAt) return 'expired';
  const confirmed: Fact = { kind: 'confirmed', expiresAt: answerBy(request, now, policy) };
  if (request.demand.approvals > 0) return [confirmed];
  return [confirmed, { kind: 'approved', dispatchBy: dispatchBy(request, now, policy) }];
}

export function deny(
  request: Request,
  by: Standpoint,
  note: string | undefined,
  { now }: ReviewMoment,
): readonly Fact[] | RefusalCode {
  const refusal = reviewRefusal(request, by) ?? notAwaiting(request, now);
  if (refusal !== undefined) return refusal;
  return [{ kind: 'denied', by: by.person, ...(note === undefined ? {} : { note }) }];
}

/**
 * Takes a request back, or stops one that is approved: who asked, its approvers, and where the rule says so those who are
 * to be logged off. Before it is approved that is for who asked alone: others approve or deny.
 */
export function cancel(request: Request, by: Standpoint, { now }: ReviewMoment): readonly Fact[] | RefusalCode {
  if (by.standing !== 'member') return 'not_a_member';
  const role = roleOf(request, by);
  if (role !== 'requester' && isUndecided(request)) return 'not_yours_to_cancel';
  if (role === undefined) return isUnread(by, request.demand.approvers) ? 'groups_unread' : 'not_yours_to_stop';
  if (request.status === 'verifying' || (request.status === 'dispatching' && request.claim !== undefined)) {
    return 'too_late_to_cancel';
  }
  if ('endedAt' in request) return 'already_decided';
  const until = 'expiresAt' in request ? request.expiresAt : request.dispatchBy;
  return now >= until ? 'expired' : [{ kind: 'cancelled', by: by.person, role }];
}

const isUndecided = ({ status }: Request): boolean =>
  status === 'awaiting_confirmation' || status === 'awaiting_approval';

/** As whom somebody may stop a request. To stop is to refuse: who is also among the people concerned may as an approver. */
function roleOf({ requester, demand, targets }: Request, { person, groups }: Standpoint): Role | undefined {
  if (isSurelySamePerson(requester, person)) return 'requester';
  if (demand.approvers.some((name) => groups.includes(name))) return 'approver';
  const { match } = person;
  const isTarget = match?.permits === true && targets.some(({ id }) => id === match.associate);
  return demand.targetsMayStop === true && isTarget ? 'target' : undefined;
}

/** Whether it is approved and can still be stopped. */
export const isStoppable = (request: Request): boolean =>
  request.status === 'approved' ||
  request.status === 'warning' ||
  (request.status === 'dispatching' && request.claim === undefined);
