import type { AssociateId } from '../ids.ts';
import type { Person, Standpoint, Target } from '../people.ts';
import type { Duration, Instant } from '../time.ts';
import type { Fact } from './entry.ts';
import type { Request, RequestIn, Warned } from './request.ts';
import type { RefusalCode } from './review.ts';

/** What a warning is for those who are about to be sent: from when on they may be, and whose time begins now. */
interface Countdown {
  readonly until: Instant;
  readonly people: readonly Target[];
}

/**
 * Whether people who are on must (still) be warned for so long before they are sent; nothing where all had their time or
 * are ready. `out` are those whose message is out: without it the time does not count, but it is counted anew only once.
 */
export function countdown(
  { warned }: Request,
  targets: readonly Target[],
  out: ReadonlySet<AssociateId>,
  needed: Duration,
  now: Instant,
): Countdown | undefined {
  if (needed === 0) return undefined;
  const known = new Map(warned?.people.map((one) => [one.id, one]));
  const on = targets.filter((target) => target.on !== 'off');
  const isNew = ({ id }: Target) => {
    const one = known.get(id);
    return one === undefined || (isUntold(one, out) && one.again === undefined);
  };
  const anew = on.filter(isNew);
  const ends = on.map((target): Instant => {
    const one = known.get(target.id);
    if (one === undefined || isNew(target)) return now + needed;
    return one.ready === true ? 0 : one.at + needed;
  });
  const until = Math.max(0, ...ends);
  return until > now ? { until, people: anew } : undefined;
}

const isUntold = ({ id, slack, unreached }: Warned, out: ReadonlySet<AssociateId>): boolean =>
  slack !== undefined && unreached === undefined && !out.has(id);

/** Whether the bot does not know somebody in Slack, or could not reach them. That never changes again. */
export const couldNotBeWarned = ({ slack, unreached }: Warned): boolean =>
  slack === undefined || unreached !== undefined;

/** Whether somebody who is on must be told by a person: they could not be warned, and did not answer either. */
export const mustBePhoned = (one: Warned): boolean => couldNotBeWarned(one) && one.ready !== true && one.snoozes === 0;

/** Whose message did not go out in all their time, as facts. */
export const neverTold = ({ warned }: Request, out: ReadonlySet<AssociateId>): readonly Fact[] =>
  (warned?.people ?? [])
    .filter((one) => isUntold(one, out))
    .map(({ id }): Fact => ({ kind: 'not_warned', id, code: 'not_in_time' }));

/** The people of an attempt that is made again who were never warned as the rules of now want it. */
export function isUnwarned({ warned, sent }: RequestIn<'dispatching'>, needed: Duration, now: Instant): boolean {
  if (needed === 0) return false;
  return sent.some((id) => {
    const one = warned?.people.find((each) => each.id === id);
    return one === undefined || (one.ready !== true && one.at + needed > now);
  });
}

/** Somebody who was warned says that they are ready: surely that person. Where that is everybody, nobody waits any longer. */
export function ready(request: Request, by: Standpoint, now: Instant): readonly Fact[] | RefusalCode {
  const { match } = by.person;
  const one = match?.permits === true ? find(request, match.associate) : undefined;
  if (isFixed(request, by, one)) return 'fixed_time';
  const refusal = refusalOf(request, by, one);
  if (refusal !== undefined) return refusal;
  if (request.status !== 'warning' || one === undefined) return 'not_now';
  const all = request.warned?.people.every((each) => each.ready === true || each.id === one.id) === true;
  return [{ kind: 'ready', id: one.id, by: by.person, until: all ? Math.min(now, request.until) : request.until }];
}

/** Somebody who was warned asks for more time: whoever got the message may, as it only makes everybody wait. */
export function snooze(request: Request, by: Standpoint, now: Instant): readonly Fact[] | RefusalCode {
  const one = whoWasWarned(request, by.person);
  if (isFixed(request, by, one)) return 'fixed_time';
  const refusal = refusalOf(request, by, one);
  if (refusal !== undefined) return refusal;
  if (request.status !== 'warning' || one === undefined) return 'not_now';
  const { snooze: allowed } = request.demand;
  if (allowed === undefined || one.snoozes >= allowed.times) return 'snooze_used';
  const until = Math.max(request.until, now + allowed.for);
  if (until === request.until) return 'snooze_not_needed';
  const dispatchBy = request.dispatchBy + (until - request.until);
  return [{ kind: 'snoozed', id: one.id, by: by.person, until, dispatchBy }];
}

/** Where everyone is meant nobody moves the time: not to earlier, as others come and go, and not to later, one after the other. */
const isFixed = (request: Request, by: Standpoint, one: Warned | undefined): boolean =>
  request.everyone !== undefined && by.standing === 'member' && one !== undefined;

function refusalOf(request: Request, by: Standpoint, one: Warned | undefined): RefusalCode | undefined {
  if (by.standing !== 'member') return 'not_a_member';
  if (one === undefined) return 'not_the_one_warned';
  if (request.status !== 'warning') return 'already_decided';
  return one.ready === true ? 'already_ready' : undefined;
}

const find = ({ warned }: Request, id: AssociateId): Warned | undefined => warned?.people.find((one) => one.id === id);

const whoWasWarned = ({ warned }: Request, { slack, match }: Person): Warned | undefined =>
  warned?.people.find((one) => one.slack === slack || (match?.permits === true && match.associate === one.id));

/** Whether a message that goes out now leaves too little of somebody's time, which was not counted anew yet. */
export function isLate(request: Request, id: AssociateId, now: Instant): boolean {
  return find(request, id)?.again === undefined && leavesTooLittle(request, id, now);
}

/**
 * Whether a message that goes out at this moment leaves too little time: more than a quarter of it is over. Where everyone is
 * meant it is announced long before, and the end counts: less than three quarters of that time are left.
 */
export function leavesTooLittle(request: Request, id: AssociateId, at: Instant): boolean {
  const { warned, everyone } = request;
  const one = find(request, id);
  if (warned === undefined || one === undefined) return false;
  if (everyone !== undefined && request.status === 'warning') return at > request.until - warned.for * 0.75;
  return at > one.at + warned.for / 4;
}

/** The message to somebody goes out only now, and late: their time begins now. */
export function warnAgain(request: Request, id: AssociateId, now: Instant): readonly Fact[] | RefusalCode {
  const one = find(request, id);
  if (request.status !== 'warning' || request.warned === undefined || one === undefined) return 'not_now';
  if (!isLate(request, id, now)) return 'not_now';
  const until = Math.max(request.until, now + request.warned.for);
  const { targets, leftOut } = request;
  const people = [one.slack === undefined ? { id } : { id, slack: one.slack }];
  const dispatchBy = request.dispatchBy + (until - request.until);
  return [{ kind: 'warned', for: request.warned.for, until, dispatchBy, targets, leftOut, people }];
}

/** Slack could not deliver somebody's warning. */
export function notWarned(request: Request, id: AssociateId, code: string): readonly Fact[] | RefusalCode {
  if (request.status !== 'warning') return 'not_now';
  const one = find(request, id);
  return one === undefined || one.unreached !== undefined ? 'not_now' : [{ kind: 'not_warned', id, code }];
}

/** Folds what happened to those who are warned. */
export function foldWarned(
  before: Request['warned'],
  fact: Extract<Fact, { kind: 'warned' | 'not_warned' | 'ready' | 'snoozed' }>,
  at: Instant,
): NonNullable<Request['warned']> {
  const { people = [] } = before ?? {};
  if (fact.kind === 'warned') {
    const anew = new Set(fact.people.map(({ id }) => id));
    const known = new Set(people.map(({ id }) => id));
    const kept = people.map((one): Warned => {
      const { reminder } = fact;
      const isReminded = reminder !== undefined && fact.reminded?.includes(one.id) === true;
      const told = isReminded ? { ...one, reminded: [...new Set([...(one.reminded ?? []), reminder])] } : one;
      return anew.has(one.id) ? { ...told, at, again: true } : told;
    });
    const added = fact.people.filter(({ id }) => !known.has(id)).map((one): Warned => ({ ...one, at, snoozes: 0 }));
    return { for: fact.for, people: [...kept, ...added] };
  }
  const changed = people.map((one): Warned => {
    if (one.id !== fact.id) return one;
    if (fact.kind === 'ready') return { ...one, ready: true };
    return fact.kind === 'snoozed' ? { ...one, snoozes: one.snoozes + 1 } : { ...one, unreached: fact.code };
  });
  return { for: before?.for ?? 0, people: changed };
}
