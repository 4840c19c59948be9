import { never } from '../errors.ts';
import type { AssociateId } from '../ids.ts';
import type { Standpoint } from '../people.ts';
import type { Policy } from '../policy/policy.ts';
import type { Duration, Instant } from '../time.ts';
import { type DispatchFacts, planDispatch, tooLate } from './dispatch-plan.ts';
import type { Fact, RequestEntry, Via } from './entry.ts';
import { nextLook } from './everyone.ts';
import { evolve } from './evolve.ts';
import { type Looked, looked } from './looked.ts';
import { type Held, isOpen, isWaiting, type Request, type RequestIn, type Waiting } from './request.ts';
import { approve, cancel, confirm, consent, deny, type RefusalCode } from './review.ts';
import type { VerifySettings } from './sightings.ts';
import { notWarned, ready, snooze, warnAgain } from './warning.ts';

/** What a person, the clock or NetServer did. */
export type Event =
  /** `earlier` are those who approved before, as they stand now, as far as that could be told. */
  | { readonly kind: 'approve'; readonly by: Standpoint; readonly earlier?: readonly Standpoint[] }
  | { readonly kind: 'deny'; readonly by: Standpoint; readonly note?: string }
  | { readonly kind: 'cancel'; readonly by: Standpoint }
  | { readonly kind: 'confirm'; readonly by: Standpoint }
  | { readonly kind: 'consent'; readonly by: Standpoint }
  /** Somebody who was warned answers. */
  | { readonly kind: 'ready'; readonly by: Standpoint }
  | { readonly kind: 'snooze'; readonly by: Standpoint }
  /** The message that warns somebody goes out only now; or Slack could not deliver it. */
  | { readonly kind: 'warn_late'; readonly id: AssociateId }
  | { readonly kind: 'not_warned'; readonly id: AssociateId; readonly code: string }
  /** Dispatch is paused for everybody, or goes on. */
  | { readonly kind: 'hold'; readonly pause: Held }
  | { readonly kind: 'release' }
  /** Slack or SuperOffice did not tell what must be looked at again before the call. */
  | { readonly kind: 'recheck_waits'; readonly code: string }
  /**
   * The clock: whatever has run out by now. `alone` is the holder of the only process that can be running (where one
   * process writes); then a claim of anybody else is dead whatever its lease says.
   */
  | { readonly kind: 'lapse'; readonly alone?: string }
  | { readonly kind: 'dispatch'; readonly holder: string; readonly lease: Duration; readonly facts: DispatchFacts }
  | { readonly kind: 'abort'; readonly code: string }
  | { readonly kind: 'call_accepted'; readonly holder: string }
  | { readonly kind: 'call_unknown'; readonly holder: string; readonly code: string }
  /** Surely not executed; may be tried again at `retryAt` unless it is `final`. */
  | {
      readonly kind: 'call_not_made';
      readonly holder: string;
      readonly code: string;
      readonly final: boolean;
      readonly retryAt: Instant;
    }
  | Looked;

/** What an event is judged by. */
export interface Moment {
  readonly now: Instant;
  readonly via: Via;
  readonly policy: Policy;
  readonly verify: VerifySettings;
}

export type Transition =
  | { readonly ok: true; readonly request: Request; readonly entries: readonly RequestEntry[] }
  | { readonly ok: false; readonly refusal: RefusalCode; readonly request: Request };

/** The only way a record changes. Total: whatever comes, it gives the next record with its audit entries, or a refusal. */
export function transition(request: Request, event: Event, moment: Moment): Transition {
  const facts = judge(request, event, moment);
  return typeof facts === 'string' ? { ok: false, refusal: facts, request } : record(request, facts, moment);
}

function judge(request: Request, event: Event, moment: Moment): readonly Fact[] | RefusalCode {
  switch (event.kind) {
    case 'approve':
      return approve(request, event.by, event.earlier ?? [], moment);
    case 'deny':
      return deny(request, event.by, event.note, moment);
    case 'cancel':
      return cancel(request, event.by, moment);
    case 'confirm':
      return confirm(request, event.by, moment);
    case 'consent':
      return consent(request, event.by, moment);
    case 'ready':
      return ready(request, event.by, moment.now);
    case 'snooze':
      return snooze(request, event.by, moment.now);
    case 'warn_late':
      return warnAgain(request, event.id, moment.now);
    case 'not_warned':
      return notWarned(request, event.id, event.code);
    case 'hold':
      return hold(request, event.pause);
    case 'release':
      return heldOf(request) === undefined ? 'not_now' : [{ kind: 'released' }];
    case 'recheck_waits':
      return waits(request, event.code);
    case 'lapse':
      return lapse(request, moment.now, event.alone);
    case 'dispatch':
      return planDispatch(request, event, moment);
    case 'abort':
      return abort(request, event.code);
    case 'call_accepted':
      return isHolder(request, event.holder) ? [{ kind: 'call_accepted' }] : 'not_now';
    case 'call_unknown':
      return isHolder(request, event.holder) ? [{ kind: 'call_unknown', code: event.code }] : 'not_now';
    case 'call_not_made': {
      if (!isHolder(request, event.holder)) return 'not_now';
      const { code, final, retryAt } = event;
      return final || retryAt >= request.dispatchBy
        ? [{ kind: 'failed', code }]
        : [{ kind: 'call_not_made', code, retryAt }];
    }
    case 'looked':
      return looked(request, event, moment);
    default:
      return never(event);
  }
}

const isHolder = (request: Request, holder: string): request is RequestIn<'dispatching'> =>
  request.status === 'dispatching' && request.claim?.holder === holder;

/** What holds an open request up, where dispatch is paused. */
export const heldOf = (request: Request): Held | undefined =>
  isOpen(request) && 'held' in request ? request.held : undefined;

/** Keeps that a pause holds this request up; the same pause is kept once. Its time goes on. */
function hold(request: Request, pause: Held): readonly Fact[] | RefusalCode {
  const held = heldOf(request);
  if (!isUnsent(request) || (held?.since === pause.since && held.by.slack === pause.by.slack)) return 'not_now';
  return [{ kind: 'held', ...pause }];
}

/** Keeps why it waits; the same reason is kept once. */
function waits(request: Request, code: string): readonly Fact[] | RefusalCode {
  return isUnsent(request) && request.lastCode !== code ? [{ kind: 'recheck_waits', code }] : 'not_now';
}

/** Approved, and nothing is being sent for it. */
const isUnsent = (request: Request): request is Waiting =>
  isWaiting(request) && !(request.status === 'dispatching' && request.claim !== undefined);

/** Ends what was not sent. Between two attempts that surely were not executed that is a failure, and nobody was logged off. */
function abort(request: Request, code: string): readonly Fact[] | RefusalCode {
  switch (request.status) {
    case 'awaiting_approval':
    case 'approved':
    case 'warning':
      return [{ kind: 'aborted', code }];
    case 'dispatching':
      return request.claim === undefined ? [{ kind: 'failed', code }] : 'not_now';
    default:
      return 'not_now';
  }
}

function lapse(request: Request, now: Instant, alone: string | undefined): readonly Fact[] | RefusalCode {
  switch (request.status) {
    case 'awaiting_confirmation':
      return now >= request.expiresAt
        ? [{ kind: 'expired', was: 'confirmation', deadline: request.expiresAt }]
        : 'not_now';
    case 'awaiting_approval':
      if (now >= request.expiresAt) return [{ kind: 'expired', was: 'approval', deadline: request.expiresAt }];
      return request.remindAt !== undefined && now >= request.remindAt ? [{ kind: 'reminded' }] : 'not_now';
    case 'approved':
    case 'warning':
      return now >= request.dispatchBy
        ? [{ kind: 'expired', was: 'dispatch', deadline: request.dispatchBy }]
        : 'not_now';
    case 'dispatching':
      if (request.claim !== undefined) {
        const dead = now >= request.claim.until || (alone !== undefined && alone !== request.claim.holder);
        return dead ? [{ kind: 'call_unknown', code: 'lease_ran_out' }] : 'not_now';
      }
      return now >= request.dispatchBy ? [{ kind: 'failed', code: tooLate(request) }] : 'not_now';
    default:
      return 'not_now';
  }
}

/** Turns facts into entries of the next version and folds them in. */
function record(request: Request, facts: readonly Fact[], moment: Moment): Transition {
  const version = request.version + 1;
  const { now, via, policy } = moment;
  const entries = facts.map((fact) => ({
    at: now,
    via,
    policyVersion: policy.version,
    request: request.id,
    version,
    fact,
  }));
  return { ok: true, request: entries.reduce<Request>(evolve, request), entries };
}

/** When the clock must look at this request again; nothing for one that has ended. Due now where work is waiting. */
export function dueAt(request: Request): Instant | undefined {
  if (!isOpen(request)) return undefined;
  switch (request.status) {
    case 'awaiting_confirmation':
      return request.expiresAt;
    case 'awaiting_approval':
      return request.remindAt ?? request.expiresAt;
    case 'dispatching':
      return request.claim?.until ?? request.retryAt ?? 0;
    case 'warning':
      return nextLook(request) ?? request.until;
    default:
      return 0;
  }
}
