import { never } from '../errors.ts';
import type { Instant } from '../time.ts';
import type { Fact, RequestEntry } from './entry.ts';
import { foldEveryone } from './everyone.ts';
import { isWaiting, type Request, type RequestBase, type Status } from './request.ts';
import { foldWarned } from './warning.ts';

type Change = Exclude<Fact, { kind: 'opened' }>;

const UNSENT: readonly Status[] = ['awaiting_confirmation', 'awaiting_approval', 'approved', 'warning'];

/** In which states each fact can happen. What has ended is in none of these lists. */
const FOLLOWS: Readonly<Record<Change['kind'], readonly Status[]>> = {
  confirmed: ['awaiting_confirmation'],
  approval_given: ['awaiting_approval'],
  approval_lapsed: ['awaiting_approval'],
  consent_given: ['awaiting_approval'],
  approved: ['awaiting_approval'],
  denied: ['awaiting_approval'],
  cancelled: [...UNSENT, 'dispatching'],
  reminded: ['awaiting_approval'],
  warned: ['approved', 'warning'],
  not_warned: ['warning'],
  ready: ['warning'],
  snoozed: ['warning'],
  expired: UNSENT,
  aborted: ['awaiting_approval', 'approved', 'warning'],
  held: ['approved', 'warning', 'dispatching'],
  released: ['approved', 'warning', 'dispatching'],
  recheck_waits: ['approved', 'warning', 'dispatching'],
  dispatch_claimed: ['approved', 'warning', 'dispatching'],
  nobody_to_send: ['approved', 'warning', 'dispatching'],
  call_not_made: ['dispatching'],
  call_accepted: ['dispatching'],
  call_unknown: ['dispatching'],
  failed: ['dispatching'],
  seen: ['verifying'],
  verified: ['verifying'],
};

/** The entries of a request contradict each other: no program wrote them so. */
export class ImpossibleEntry extends Error {
  override readonly name: string = 'ImpossibleEntry';
}

/** Folds one entry into the record. Throws ImpossibleEntry where it cannot follow the record: the audit would be corrupt. */
export function evolve(request: Request | undefined, entry: RequestEntry): Request {
  const { fact, at, version } = entry;
  if (fact.kind === 'opened') {
    if (request !== undefined) throw new ImpossibleEntry(`request ${request.id} is opened twice`);
    const { kind: _, expiresAt, everyone, ...rest } = fact;
    const { request: id, policyVersion } = entry;
    const whom = everyone === undefined ? {} : { everyone: { ...everyone, looks: [], reminders: [] } };
    const base = { ...rest, ...whom, id, version, policyVersion, openedAt: at, approvals: [] };
    return fact.demand.confirm === true
      ? { ...base, status: 'awaiting_confirmation', expiresAt }
      : { ...base, status: 'awaiting_approval', expiresAt, remindAt: halfway(at, expiresAt) };
  }
  if (request === undefined)
    throw new ImpossibleEntry(`entry ${fact.kind} of request ${entry.request} comes before it was opened`);
  const consecutive = version === request.version || version === request.version + 1;
  if (entry.request !== request.id || !consecutive || !FOLLOWS[fact.kind].includes(request.status)) {
    return impossible(request, fact);
  }
  return { ...next(request, fact, at), version };
}

function next(request: Request, fact: Change, at: number): Request {
  const base = baseOf(request);
  switch (fact.kind) {
    case 'approval_given':
      return { ...request, approvals: [...request.approvals, { by: fact.by, at }] };
    case 'approval_lapsed':
      return {
        ...request,
        approvals: request.approvals.filter(({ by }) => by.slack !== fact.by.slack),
        lapsed: [...(request.lapsed ?? []), { by: fact.by, at }],
      };
    case 'confirmed':
      return {
        ...base,
        status: 'awaiting_approval',
        expiresAt: fact.expiresAt,
        remindAt: halfway(at, fact.expiresAt),
      };
    case 'reminded': {
      if (request.status !== 'awaiting_approval') return impossible(request, fact);
      const { remindAt: _, ...rest } = request;
      return { ...rest, reminded: true };
    }
    case 'consent_given':
      return { ...request, consent: { by: fact.by, at } };
    case 'held':
    case 'released':
      return holdUp(request, fact);
    case 'recheck_waits':
      return isWaiting(request) ? { ...request, lastCode: fact.code } : impossible(request, fact);
    case 'approved':
      return { ...base, status: 'approved', dispatchBy: fact.dispatchBy };
    case 'denied':
      return {
        ...base,
        status: 'denied',
        endedAt: at,
        by: fact.by,
        ...(fact.note === undefined ? {} : { note: fact.note }),
      };
    case 'cancelled':
      if (request.status === 'dispatching' && request.claim !== undefined) return impossible(request, fact);
      return {
        ...base,
        status: 'cancelled',
        endedAt: at,
        by: fact.by,
        ...(fact.role === undefined ? {} : { role: fact.role }),
        ...('dispatchBy' in request ? { stopped: true } : {}),
      };
    case 'warned':
    case 'not_warned':
    case 'ready':
    case 'snoozed':
      return warn(request, fact, at);
    case 'expired':
      return {
        ...base,
        status: 'expired',
        endedAt: at,
        was: fact.was,
        deadline: fact.deadline,
        ...('held' in request && request.held !== undefined ? { held: request.held } : {}),
        ...('lastCode' in request && request.lastCode !== undefined ? { lastCode: request.lastCode } : {}),
      };
    case 'aborted':
      return { ...base, status: 'aborted', endedAt: at, code: fact.code };
    case 'failed':
      return { ...base, status: 'failed', endedAt: at, code: fact.code };
    case 'dispatch_claimed': {
      if (!('dispatchBy' in request)) return impossible(request, fact);
      const { claim, attempt, targets, leftOut, sent, notSent } = fact;
      const { dispatchBy } = request;
      return { ...base, targets, leftOut, status: 'dispatching', dispatchBy, claim, attempts: attempt, sent, notSent };
    }
    case 'call_not_made': {
      if (request.status !== 'dispatching') return impossible(request, fact);
      const { claim: _, ...rest } = request;
      return { ...rest, retryAt: fact.retryAt, lastCode: fact.code };
    }
    case 'call_accepted':
    case 'call_unknown': {
      if (request.status !== 'dispatching') return impossible(request, fact);
      return {
        ...base,
        status: 'verifying',
        call: fact.kind === 'call_accepted' ? 'accepted' : 'unknown',
        ...(fact.kind === 'call_unknown' ? { callCode: fact.code } : {}),
        calledAt: at,
        sightings: request.sent.map((id) => ({ id, seen: 'not_yet' })),
        notSent: request.notSent,
      };
    }
    case 'nobody_to_send':
      return {
        ...base,
        targets: fact.targets,
        leftOut: fact.leftOut,
        status: 'done',
        endedAt: at,
        results: fact.results,
        ...leftOf(fact),
      };
    case 'seen':
      if (request.status !== 'verifying') return impossible(request, fact);
      return { ...request, sightings: fact.sightings, ...leftOf(fact) };
    case 'verified': {
      if (request.status !== 'verifying') return impossible(request, fact);
      const { calledAt, call, callCode } = request;
      const code = callCode === undefined ? {} : { callCode };
      const ended = { ...base, endedAt: at, calledAt, ...code, results: fact.results, ...leftOf(fact) };
      return fact.ending === 'done' ? { ...ended, status: 'done' } : { ...ended, status: 'unknown', call };
    }
    default:
      return never(fact);
  }
}

const leftOf = ({ left }: Pick<Extract<Fact, { kind: 'seen' }>, 'left'>) => (left === undefined ? {} : { left });

const halfway = (from: Instant, to: Instant): Instant => Math.floor((from + to) / 2);

function warn(
  request: Request,
  fact: Extract<Fact, { kind: 'warned' | 'not_warned' | 'ready' | 'snoozed' }>,
  at: Instant,
): Request {
  const warned = foldWarned(request.warned, fact, at);
  if (fact.kind === 'warned') {
    if (request.status !== 'approved' && request.status !== 'warning') return impossible(request, fact);
    const { targets, leftOut, until, dispatchBy } = fact;
    const held = request.held === undefined ? {} : { held: request.held };
    const whom = foldEveryone(request, fact, at);
    return { ...baseOf(request), ...whom, targets, leftOut, warned, status: 'warning', until, dispatchBy, ...held };
  }
  if (request.status !== 'warning') return impossible(request, fact);
  if (fact.kind === 'not_warned') return { ...request, warned };
  const { dispatchBy } = fact.kind === 'snoozed' ? fact : request;
  return { ...request, warned, until: fact.until, dispatchBy };
}

function holdUp(request: Request, fact: Extract<Fact, { kind: 'held' | 'released' }>): Request {
  if (!isWaiting(request)) return impossible(request, fact);
  const { held: _, ...rest } = request;
  if (fact.kind === 'released') return rest;
  const { kind: __, ...held } = fact;
  return { ...rest, held };
}

const impossible = (request: Request, fact: Fact): never => {
  throw new ImpossibleEntry(`entry ${fact.kind} cannot follow ${request.status} (request ${request.id})`);
};

/** What every state keeps. */
function baseOf(request: Request): RequestBase {
  const { id, version, policyVersion, openedAt, requester, origin, targets, leftOut, rule, demand, approvals } =
    request;
  const { everyone, reason, retryOf, afterEveryone, peopleAsOf, lapsed, consent, reminded, warned } = request;
  const base = { id, version, policyVersion, openedAt, requester, origin, targets, leftOut, rule, demand, approvals };
  return {
    ...base,
    ...(everyone === undefined ? {} : { everyone }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryOf === undefined ? {} : { retryOf }),
    ...(afterEveryone === undefined ? {} : { afterEveryone }),
    ...(peopleAsOf === undefined ? {} : { peopleAsOf }),
    ...(lapsed === undefined ? {} : { lapsed }),
    ...(consent === undefined ? {} : { consent }),
    ...(reminded === undefined ? {} : { reminded }),
    ...(warned === undefined ? {} : { warned }),
  };
}

/** Folds a request's entries, oldest first. Gives nothing for no entries. */
export function replay(entries: readonly RequestEntry[]): Request | undefined {
  return entries.reduce<Request | undefined>((request, entry) => evolve(request, entry), undefined);
}
