import type { AssociateId } from '../ids.ts';
import type { Associate, LeftOut, Target } from '../people.ts';
import { isNever } from '../policy/never.ts';
import { MOST_AT_ONCE, type Policy } from '../policy/policy.ts';
import type { Duration, Instant } from '../time.ts';
import type { DispatchFacts } from './dispatch-plan.ts';
import type { Fact } from './entry.ts';
import type { Left, Reminder, Request, RequestIn, Sighting } from './request.ts';
import { stillListed } from './results.ts';

/** Where everyone is meant: who that is, when it is looked who is on, and who is left afterwards. */

/** How long before everyone is logged off a request may be made. */
export const LONGEST_AHEAD: Duration = 7 * 24 * 3_600_000;

const MINUTE: Duration = 60_000;
const REMINDERS: readonly Reminder[] = [10, 2];
/** A look and what is read for it take time, and whoever it finds must still have their whole time afterwards. */
const LOOK_TAKES: Duration = MINUTE / 2;
const timeToLook = (needed: Duration): Duration => Math.min(LOOK_TAKES, needed / 4);

/** When it is looked again who is on, to remind them and to tell those who came since; nothing where the next thing is the call. */
export function nextLook({ everyone, until, warned }: RequestIn<'warning'>): Instant | undefined {
  if (everyone === undefined) return undefined;
  const last = everyone.looks.at(-1) ?? 0;
  const needed = warned?.for ?? 0;
  const inTime = needed === 0 ? [] : [until - needed - timeToLook(needed)];
  const looks = [...inTime, ...REMINDERS.map((minutes) => until - minutes * MINUTE)];
  return looks.filter((at) => at > last && at < until).toSorted((a, b) => a - b)[0];
}

/** Which reminder a look at this moment is: the last that is due and was not given. */
function reminderAt({ everyone, until }: RequestIn<'warning'>, now: Instant): Reminder | undefined {
  const last = everyone?.looks.at(-1) ?? 0;
  const due = REMINDERS.findLast((minutes) => until - minutes * MINUTE <= now);
  return due !== undefined && until - due * MINUTE > last ? due : undefined;
}

/** Whom nothing lets the bot log off: by the rules of now, and where everyone is meant by those of then as well. */
export const sparedBy = ({ everyone }: Request, { never }: Policy): Spared => ({
  never: [...never, ...(everyone?.never ?? [])],
});
type Spared = Pick<Policy, 'never'>;

/** Who is on now without having been told. People whom nothing lets the bot log off are named with the reason. */
export function newcomers(
  { warned }: Request,
  { on = new Set(), associates, self, slack }: DispatchFacts,
  spared: Spared,
): { readonly targets: readonly Target[]; readonly leftOut: readonly LeftOut[] } {
  const told = new Set(warned?.people.map(({ id }) => id));
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  for (const who of associates) {
    if (!on.has(who.id) || told.has(who.id)) continue;
    const code = whyNot(who, self, spared);
    if (code !== undefined) leftOut.push({ id: who.id, name: who.fullName, code });
    else {
      const known = slack?.get(who.id);
      targets.push({ ...who, on: 'on', namedBy: 'everyone', ...(known === undefined ? {} : { slack: known }) });
    }
  }
  return { targets, leftOut };
}

/** Why somebody can never be logged off, whatever the rules say. */
export function whyNot(who: Associate, self: AssociateId | undefined, spared: Spared): LeftOut['code'] | undefined {
  if (who.id === self) return 'bot_itself';
  if (isNever(spared, who)) return 'never_list';
  return who.type === 'internal' ? undefined : 'not_internal';
}

interface People {
  readonly targets: readonly Target[];
  readonly leftOut: readonly LeftOut[];
}

/** What is to be told to whom before everyone is logged off. `for` is how long each must know of it. */
interface Announcement extends People {
  readonly until: Instant;
  readonly people: readonly Target[];
  readonly reminder?: Reminder;
  readonly reminded?: readonly AssociateId[];
}

/**
 * The announcement, or one look before the time comes: people who are on and were not told are told where they have the whole
 * time left; the others may be reminded. `until` never moves by it. Nothing where the time has come.
 */
export function announcement(
  request: RequestIn<'approved'> | RequestIn<'warning'>,
  known: People,
  facts: DispatchFacts,
  { needed, now, policy }: { readonly needed: Duration; readonly now: Instant; readonly policy: Policy },
): Announcement | undefined {
  const { everyone } = request;
  if (everyone === undefined) return undefined;
  const since = newcomers(request, facts, sparedBy(request, policy));
  if (request.status === 'approved') {
    const people = since.targets.slice(0, MOST_AT_ONCE);
    const until = Math.max(everyone.at, people.length === 0 ? now : now + needed);
    if (until <= now) return undefined;
    return { until, people, targets: people, leftOut: both(known.leftOut, since.leftOut) };
  }
  if (now >= request.until) return undefined;
  const { until } = request;
  const inTime = now + needed <= until ? since.targets : [];
  const people = inTime.slice(0, Math.max(0, MOST_AT_ONCE - known.targets.length));
  const all = { targets: [...known.targets, ...people], leftOut: both(known.leftOut, since.leftOut) };
  const reminder = reminderAt(request, now);
  if (reminder === undefined) return { until, people, ...all };
  // Whoever was told just now needs no reminder.
  const told = new Set(request.warned?.people.filter(({ at }) => now - at > MINUTE).map(({ id }) => id));
  const reminded = known.targets.filter(({ id, on }) => on === 'on' && told.has(id)).map(({ id }) => id);
  return { until, people, ...all, reminder, reminded };
}

/** Who joins at the last moment: where nobody has to be warned, whoever is on; else nobody, as nobody had their time. */
export function joining(known: People, request: Request, facts: DispatchFacts, needed: Duration, policy: Policy) {
  if (request.everyone === undefined || needed > 0) return known;
  const since = newcomers(request, facts, sparedBy(request, policy));
  const told = new Set(known.targets.map(({ id }) => id));
  const fresh = since.targets.filter(({ id }) => !told.has(id));
  const room = Math.max(0, MOST_AT_ONCE - known.targets.length);
  return { targets: [...known.targets, ...fresh.slice(0, room)], leftOut: both(known.leftOut, since.leftOut) };
}

function both(some: readonly LeftOut[], more: readonly LeftOut[]): readonly LeftOut[] {
  const known = new Set(some.map(({ id }) => id));
  return [...some, ...more.filter(({ id }) => !known.has(id))];
}

/** Who is on at this moment, each with the reason; `others` are those of them who are in nobody's list yet, as far as known. */
export function stillOn(
  { targets, leftOut }: People,
  sightings: readonly Sighting[],
  on: ReadonlySet<AssociateId>,
  others: readonly Associate[],
  at: Instant,
  spared: Spared,
): Left {
  const seen = new Map(sightings.map((one) => [one.id, one.seen]));
  const people = [...on].map((id): Left['people'][number] => {
    const target = targets.find((one) => one.id === id) ?? others.find((one) => one.id === id);
    const out = leftOut.find((one) => one.id === id);
    const name = target?.fullName ?? out?.name;
    const sight = seen.get(id);
    const sent = sight === undefined ? undefined : sight === 'gone' || sight === 'back' ? 'back' : 'listed';
    const never = target === undefined ? undefined : whyNot(target, undefined, spared);
    const why = sent ?? out?.code ?? never ?? 'not_sent';
    return { id, why, ...(name === undefined ? {} : { name }) };
  });
  return { at, people: people.toSorted((a, b) => a.id - b.id) };
}

/** Whom a new request could log off after this one: who was still listed, or where everyone was meant, who is on. */
export function toRetry(request: Request): readonly AssociateId[] {
  const left = 'left' in request && 'endedAt' in request ? request.left : undefined;
  if (left === undefined) return stillListed(request);
  const can = new Set(['back', 'listed', 'not_sent']);
  return left.people.flatMap(({ id, why }) => (can.has(why) ? [id] : [])).slice(0, MOST_AT_ONCE);
}

/** What a look adds to the record of who is meant. */
export function foldEveryone(
  { everyone }: Request,
  { reminder }: Extract<Fact, { kind: 'warned' }>,
  at: Instant,
): Pick<Request, 'everyone'> {
  if (everyone === undefined) return {};
  const reminders = reminder === undefined ? everyone.reminders : [...new Set([...everyone.reminders, reminder])];
  return { everyone: { ...everyone, looks: [...everyone.looks, at], reminders } };
}
