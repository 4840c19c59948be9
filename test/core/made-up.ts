import { z } from 'zod';
import {
  type AssociateId,
  associateId,
  channelId,
  isNonEmpty,
  type NonEmpty,
  requestId,
  slackUserId,
} from '../../src/core/ids.ts';
import type { Associate, LeftOut, Match, Person, Standing, Standpoint, Target } from '../../src/core/people.ts';
import { type Policy, policyShape } from '../../src/core/policy/policy.ts';
import type { DispatchFacts } from '../../src/core/request/dispatch-plan.ts';
import type { RequestEntry } from '../../src/core/request/entry.ts';
import { openRequest } from '../../src/core/request/open.ts';
import type { Request, RequestIn, Status } from '../../src/core/request/request.ts';
import { type Event, type Moment, transition } from '../../src/core/request/transition.ts';

/** Made-up people, rules and records for the tests of the rules. Nothing here decides anything. */
export const NOON = Date.UTC(2026, 10, 22, 12);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const LEASE = 45 * SECOND;
export const VERIFY = { for: 30 * SECOND, every: 2 * SECOND, watch: 60 * SECOND };
export const CHANNEL = channelId('C0GENERAL');

export const aid = associateId;
export const ids = (...numbers: readonly number[]): NonEmpty<AssociateId> => {
  const list = numbers.map(aid);
  if (!isNonEmpty(list)) throw new Error('a list of ids has something in it');
  return list;
};

export const matched = (associate: number, more: Partial<Omit<Match, 'associate'>> = {}): Match => ({
  associate: aid(associate),
  how: 'map',
  permits: true,
  ...more,
});

export const person = (slack: string, match?: Match): Person => ({
  slack: slackUserId(slack),
  team: 'T0HOME',
  name: slack.slice(2).toLowerCase(),
  ...(match === undefined ? {} : { match }),
});

export const standing = (who: Person, groups: readonly string[] = [], how: Standing = 'member'): Standpoint => ({
  person: who,
  standing: how,
  groups,
});

export const bob = standing(person('U0BOB', matched(102)), ['helpdesk']);
export const alice = standing(person('U0ALICE', matched(201)), ['crm-leads']);
export const ola = standing(person('U0OLA'), ['crm-leads']);
export const guest = standing(person('U0GUEST'), ['crm-leads'], 'guest');

export const associate = (id: number, more: Partial<Associate> = {}): Associate => ({
  id: aid(id),
  login: `login${id}`,
  fullName: `Person ${id}`,
  groupId: 7,
  type: 'internal',
  retired: false,
  ...more,
});

export const target = (id: number, more: Partial<Target> = {}): Target => ({ ...associate(id), on: 'on', ...more });

/** The rules of the example: keys and values as in the settings file, checked by the real schema. */
export function policy(settings: Readonly<Record<string, unknown>> = {}, version = 'aaaaaaaaaaaa'): Policy {
  const file = {
    people: { helpdesk: { users: ['U0BOB'] }, 'crm-leads': { users: ['U0ALICE', 'U0OLA', 'U0BOB'] } },
    approval_expires_after: '30m',
    dispatch_within: '10m',
    rules: [
      { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
      { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' },
    ],
    ...settings,
  };
  return { ...z.strictObject(policyShape).parse(unwarned(file)), version };
}

/** Settings in which nobody is warned unless a rule says so: what is not about warnings need not wait for them. */
export function unwarned(
  file: Readonly<Record<string, unknown>> & { readonly rules?: unknown },
): Readonly<Record<string, unknown>> {
  const { rules } = file;
  if (!Array.isArray(rules)) return file;
  return { ...file, rules: rules.map((rule: unknown) => (isObject(rule) ? { warn: '0s', ...rule } : rule)) };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const POLICY = policy();
/** The same, with two approvals for everybody's requests. */
export const TWO = policy({
  rules: [{ name: 'two', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'crm-leads' }],
});

export const moment = (now: number, rules: Policy = POLICY): Moment => ({
  now,
  via: 'timer',
  policy: rules,
  verify: VERIFY,
});

export interface Opened {
  readonly rules?: Policy;
  readonly requester?: Standpoint;
  readonly targets?: readonly Target[];
  readonly leftOut?: readonly LeftOut[];
  readonly reason?: string;
}

/** A new request with its entries: Bob asks at noon for 101, 102 and 103, which needs one of the leads. */
export function open(of: Opened = {}): { readonly request: Request; readonly entries: readonly RequestEntry[] } {
  const { rules = POLICY, requester = bob, targets = [101, 102, 103].map((id) => target(id)), leftOut = [] } = of;
  const reason = of.reason ?? 'locked out';
  const origin = { via: 'command', channel: CHANNEL, text: '101 102 103' } as const;
  const opening = openRequest({ requester, origin, targets, leftOut, reason }, NOON, rules);
  if (!opening.ok) throw new Error(`the rules say no: ${opening.denied.code}`);
  return opening.make(requestId(17));
}

export const facts = (request: Request, more: Partial<DispatchFacts> = {}): DispatchFacts => ({
  requester: bob,
  approvers: [alice, ola],
  associates: request.targets.map(({ id }) => associate(id)),
  on: new Set(request.targets.map(({ id }) => id)),
  busy: [],
  told: new Set(request.warned?.people.map(({ id }) => id)),
  self: associateId(9_999),
  ...more,
});

export const dispatch = (request: Request, more: Partial<DispatchFacts> = {}, holder = 'p1'): Event => ({
  kind: 'dispatch',
  holder,
  lease: LEASE,
  facts: facts(request, more),
});

/** Brings one event after the other to a record; throws where one is refused. */
export function follow(request: Request, events: readonly (readonly [number, Event])[], rules = POLICY): Request {
  return events.reduce((before, [now, event]) => {
    const result = transition(before, event, moment(now, rules));
    if (!result.ok) throw new Error(`${event.kind} was refused on ${before.status}: ${result.refusal}`);
    return result.request;
  }, request);
}

/** The first of the people of a request that names some. */
export function firstOf({ targets }: Pick<Request, 'targets'>): Target {
  const [first] = targets;
  if (first === undefined) throw new Error('nobody is named');
  return first;
}

export function inState<S extends Status>(request: Request, status: S): RequestIn<S> {
  const is = (it: Request): it is RequestIn<S> => it.status === status;
  if (!is(request)) throw new Error(`is ${request.status}, not ${status}`);
  return request;
}

/** Two minutes after noon: when the records of `everyState` are looked at. */
export const EARLY = NOON + 2 * MINUTE;

/** One record in each state, and a second one for `dispatching` between two attempts. */
export function everyState(of: Opened = {}): Readonly<Record<Status | 'dispatching again', Request>> {
  const { request: asked } = open(of);
  const approved = follow(asked, [[NOON + MINUTE, { kind: 'approve', by: alice }]], of.rules);
  const dispatching = follow(approved, [[EARLY, dispatch(approved)]], of.rules);
  const accepted: Event = { kind: 'call_accepted', holder: 'p1' };
  const notMade = { kind: 'call_not_made', holder: 'p1', code: 'refused', retryAt: EARLY } as const;
  const verifying = follow(dispatching, [[EARLY, accepted]], of.rules);
  const gone: Event = { kind: 'looked', on: new Set() };
  const after = (record: Request, event: Event, now = EARLY) => follow(record, [[now, event]], of.rules);
  const { dispatchBy, ...base } = inState(approved, 'approved');
  const { remindAt: _, ...unreminded } = inState(asked, 'awaiting_approval');
  return {
    awaiting_confirmation: { ...unreminded, status: 'awaiting_confirmation' },
    awaiting_approval: asked,
    approved,
    warning: {
      ...base,
      status: 'warning',
      dispatchBy,
      until: EARLY + MINUTE,
      warned: { for: MINUTE, people: base.targets.map(({ id }) => ({ id, at: EARLY, snoozes: 0 })) },
    },
    dispatching,
    'dispatching again': after(dispatching, { ...notMade, final: false }),
    verifying,
    done: after(after(verifying, gone), gone, EARLY + VERIFY.watch),
    unknown: after(verifying, { kind: 'looked', on: 'refused' }),
    failed: after(dispatching, { ...notMade, final: true }),
    denied: after(asked, { kind: 'deny', by: alice, note: 'month end' }),
    cancelled: after(asked, { kind: 'cancel', by: of.requester ?? bob }),
    expired: after(asked, { kind: 'lapse' }, NOON + 30 * MINUTE),
    aborted: after(approved, { kind: 'abort', code: 'record_differs' }),
  };
}
