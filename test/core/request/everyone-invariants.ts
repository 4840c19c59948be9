import type { AssociateId } from '../../../src/core/ids.ts';
import type { Left } from '../../../src/core/request/request.ts';
import { claimOf, facts, firstWrong, type Invariant, ruleFor } from './invariants.ts';
import type { Happening, Told } from './stories.ts';

/** What must hold where everyone is meant; told from what happened, without the rules' own arithmetic. */

/** When each person was last told, before this happening. */
function toldBefore({ happenings }: Told, index: number): ReadonlyMap<AssociateId, number> {
  const since = new Map<AssociateId, number>();
  for (const { now, entries } of happenings.slice(0, index)) {
    for (const { fact } of entries) if (fact.kind === 'warned') for (const { id } of fact.people) since.set(id, now);
  }
  return since;
}

/** Who is said to be left, and when that was looked at. */
function leftBy(happening: Happening): Left | undefined {
  const fact = facts(happening).find(({ kind }) => kind === 'verified' || kind === 'nobody_to_send');
  return fact?.kind === 'verified' || fact?.kind === 'nobody_to_send' ? fact.left : undefined;
}

const isEnding = (happening: Happening): boolean =>
  facts(happening).some(({ kind }) => kind === 'verified' || kind === 'nobody_to_send');

export const everyoneInvariants: Readonly<Record<string, Invariant>> = {
  'nobody is sent before the time that was asked for': (told) =>
    firstWrong(told.happenings, (happening) => {
      const early = happening.now < (told.first.everyone?.at ?? Number.POSITIVE_INFINITY);
      return early && claimOf(happening) !== undefined ? `sent at ${happening.now}` : undefined;
    }),
  'the time that was announced comes no nearer, and moves only so that somebody has the whole time': (told) =>
    firstWrong(told.happenings, (happening, index) => {
      const { before, after } = happening;
      const warned = facts(happening).find(({ kind }) => kind === 'warned');
      if (after.status !== 'warning' || before.status !== 'warning' || after.until === before.until) return undefined;
      if (after.until < before.until) return 'it came nearer';
      if (warned?.kind !== 'warned') return 'it moved for nobody';
      // Told just now, or before under rules that wanted less.
      const since = toldBefore(told, index + 1);
      return [...since.values()].includes(after.until - warned.for) ? undefined : 'it moved further than needed';
    }),
  'it is sent only where the rules of now let who asked do so, confirmed where they want that above any number': (
    told,
  ) =>
    firstWrong(told.happenings, (happening) => {
      const { event, rules } = happening;
      const claim = claimOf(happening);
      if (claim === undefined || event.kind !== 'dispatch') return undefined;
      const rule = ruleFor(rules, event.facts.requester, [], event.facts.place, true);
      if (rule?.targets !== 'any') return 'no rule about anybody';
      const isConfirmed = told.first.status === 'awaiting_confirmation';
      if (rule.confirm_above !== undefined && !isConfirmed) return 'sent unconfirmed';
      const alone = happening.before.approvals.length === 0;
      return rule.budget !== undefined && alone ? 'a budget let everyone be sent on one word' : undefined;
    }),
  'whoever is on and had their time is sent, and nobody who was not told': (told) =>
    firstWrong(told.happenings, (happening, index) => {
      const { event, before } = happening;
      const claim = claimOf(happening);
      if (claim === undefined || event.kind !== 'dispatch' || before.status === 'dispatching') return undefined;
      const since = toldBefore(told, index);
      const { on = new Set(), busy } = event.facts;
      const isBusy = (id: AssociateId) => busy.some((one) => one.id === id);
      const missed = before.targets.find(
        ({ id }) => since.has(id) && on.has(id) && !claim.sent.includes(id) && !isBusy(id),
      );
      const gone = missed !== undefined && claim.leftOut.some(({ id }) => id === missed.id);
      if (missed !== undefined && !gone) return `${missed.id} was told and is on, and is not sent`;
      const rule = ruleFor(happening.rules, event.facts.requester, [], event.facts.place, true);
      const then = told.rules.rules.find(({ name }) => name === told.first.rule);
      const isWarned = Math.max(rule?.warn ?? 0, then?.warn ?? 0) > 0;
      const untold = isWarned ? claim.sent.find((id) => !since.has(id)) : undefined;
      return untold === undefined ? undefined : `${untold} was not told`;
    }),
  'who is left is who was on at the last look; where that is not known, nothing is said': (told) =>
    firstWrong(told.happenings, (happening) => {
      if (!isEnding(happening)) return undefined;
      const { event, now } = happening;
      const on = event.kind === 'looked' ? event.on : event.kind === 'dispatch' ? event.facts.on : undefined;
      const left = leftBy(happening);
      if (on === undefined || typeof on === 'string') return left === undefined ? undefined : 'said without looking';
      const ids = (left?.people ?? []).map(({ id }) => id);
      if (left?.at !== now) return 'an older look is told';
      return ids.length === on.size && ids.every((id) => on.has(id)) ? undefined : 'others are left than are on';
    }),
  'nobody among everyone moves it': ({ happenings }) =>
    firstWrong(happenings, (happening) =>
      facts(happening).some(({ kind }) => kind === 'snoozed' || kind === 'ready') ? 'somebody moved it' : undefined,
    ),
  'each person is told at most once more than once, and reminded at most once of each': ({ happenings }) => {
    const counts = new Map<string, number>();
    return firstWrong(happenings, (happening) => {
      const { before, after } = happening;
      for (const fact of facts(happening)) {
        if (fact.kind !== 'warned') continue;
        for (const { id } of fact.people) counts.set(`${id}`, (counts.get(`${id}`) ?? 0) + 1);
      }
      const reminded = after.warned?.people.find(({ reminded: of = [] }) => new Set(of).size < of.length);
      if (reminded !== undefined) return `${reminded.id} is reminded twice of the same`;
      const most = Math.max(0, ...counts.values());
      if (most > 2) return 'somebody is told again and again';
      const looks = after.everyone?.looks.length ?? 0;
      const moved = before.status === 'warning' && after.status === 'warning' && after.until !== before.until;
      return !moved && looks > 12 ? 'it looks again and again' : undefined;
    });
  },
};
