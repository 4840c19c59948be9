import { isNonEmpty, type RequestId, type SlackUserId } from '../ids.ts';
import type { LeftOut, Standpoint, Target } from '../people.ts';
import { type ChannelPlace, type DenialCode, decide, reasonProblem, ruleBehind, type Spent } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';
import type { Fact, RequestEntry } from './entry.ts';
import { evolve } from './evolve.ts';
import type { Origin, Request } from './request.ts';
import { answerBy, dispatchBy } from './review.ts';

/** What was asked for, with everything the edges found out about it. */
export interface Draft {
  readonly requester: Standpoint;
  readonly origin: Origin;
  readonly targets: readonly Target[];
  readonly leftOut: readonly LeftOut[];
  /** Whoever is on then is meant, not before this time; `targets` are those who are on now. */
  readonly everyone?: { readonly at: Instant };
  readonly reason?: string;
  readonly retryOf?: RequestId;
  /** They were left after everyone was to be logged off. */
  readonly afterEveryone?: true;
  /** When the people were read by whose names somebody was found, where that is long ago. */
  readonly peopleAsOf?: Instant;
  /** What kind of channel it was typed in. */
  readonly place?: ChannelPlace;
  /** The Slack person who surely is the one target. */
  readonly consenter?: SlackUserId;
  /** For how many people the requester has asked by now, within each of the times that budgets name. */
  readonly spent?: Spent;
}

interface Denied {
  readonly code: DenialCode | 'reason_missing' | 'reason_unfit';
  /** The rule's own sentence, where it has one. */
  readonly say?: string;
  /** The rule that matched and asked for more. */
  readonly rule?: string;
}

export type Opening =
  | { readonly ok: false; readonly denied: Denied }
  | {
      readonly ok: true;
      readonly make: (id: RequestId) => { readonly request: Request; readonly entries: readonly RequestEntry[] };
    };

/**
 * Decides on a draft. Where the rules say no, there is no request; else `make` gives the first record under an id, and
 * where the rule asks for no approvals it is approved from the start, unless the requester must confirm the list.
 */
export function openRequest(draft: Draft, now: Instant, policy: Policy): Opening {
  const { requester, origin, targets, leftOut, everyone, reason, retryOf, peopleAsOf } = draft;
  const { place, consenter, spent, afterEveryone } = draft;
  const decision = decide(policy, {
    requester,
    channel: origin.channel,
    targets,
    ...(everyone === undefined ? {} : { everyone: true }),
    ...(afterEveryone === undefined ? {} : { afterEveryone }),
    ...(place === undefined ? {} : { place }),
    ...(consenter === undefined ? {} : { consenter }),
    ...(spent === undefined ? {} : { spent }),
  });
  if (decision.effect === 'deny') {
    const rule = ruleBehind(decision);
    return { ok: false, denied: { code: decision.code, ...(rule === undefined ? {} : { rule }) } };
  }
  const { reason: wanted, ...demand } = decision.demand;
  const problem = reasonProblem(wanted, reason);
  if (problem !== undefined) return { ok: false, denied: { ...problem, rule: decision.rule } };
  if (everyone === undefined && !isNonEmpty(targets)) throw new Error('a decision that is no denial has targets');
  const opened: Fact = {
    kind: 'opened',
    requester: requester.person,
    origin,
    targets,
    leftOut,
    ...(reason === undefined ? {} : { reason }),
    ...(retryOf === undefined ? {} : { retryOf }),
    ...(afterEveryone === undefined ? {} : { afterEveryone }),
    ...(peopleAsOf === undefined ? {} : { peopleAsOf }),
    ...(everyone === undefined ? {} : { everyone: { ...everyone, never: policy.never } }),
    rule: decision.rule,
    demand,
    expiresAt: answerBy({ everyone }, now, policy),
  };
  const approved: Fact = { kind: 'approved', dispatchBy: dispatchBy({ everyone }, now, policy) };
  const facts = decision.effect === 'allow' && demand.confirm !== true ? [opened, approved] : [opened];
  const make = (id: RequestId) => {
    const entries = facts.map((fact) => ({
      at: now,
      via: origin.via,
      policyVersion: policy.version,
      request: id,
      version: 1,
      fact,
    }));
    const request = entries.reduce<Request | undefined>(evolve, undefined);
    if (request === undefined) throw new Error('a request has at least one entry');
    return { request, entries };
  };
  return { ok: true, make };
}
