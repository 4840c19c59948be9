import type { AssociateId } from '../../../src/core/ids.ts';
import { alike, claimOf, facts, firstWrong, type Invariant, ruleFor } from './invariants.ts';
import type { Happening, Told } from './stories.ts';

/** What must hold of warnings and of stopping; told from what happened, without the rules' own arithmetic. */

/** When each person was told that they will be logged off, where that counts, and who said that they are ready. */
function warnedBefore({ happenings }: Told, index: number) {
  const since = new Map<AssociateId, number>();
  const ready = new Set<AssociateId>();
  for (const { now, entries } of happenings.slice(0, index)) {
    for (const { fact } of entries) {
      if (fact.kind === 'warned') for (const { id } of fact.people) since.set(id, now);
      if (fact.kind === 'ready') ready.add(fact.id);
    }
  }
  return { since, ready };
}

/** How long people must have been warned at a claim: by the rule of then or of now, whichever is longer. */
function wanted({ first, rules }: Told, { event, before, rules: inForce }: Happening): number {
  if (event.kind !== 'dispatch') return 0;
  const { requester, place, consenter } = event.facts;
  const people = before.targets.map(({ id }) => id);
  const everyone = before.everyone !== undefined;
  const now = ruleFor(inForce, requester, people, place, everyone);
  const then = rules.rules.find(({ name }) => name === first.rule);
  const isOwn = (who: typeof requester.person, ids: readonly AssociateId[]) =>
    !everyone && who.match?.permits === true && ids.every((id) => id === who.match?.associate);
  if (before.consent !== undefined && consenter !== undefined && now?.consent === true) return 0;
  const asked = first.targets.map(({ id }) => id);
  return Math.max(
    isOwn(first.requester, asked) ? 0 : (then?.warn ?? 0),
    isOwn(requester.person, people) ? 0 : (now?.warn ?? 0),
  );
}

export const warningInvariants: Readonly<Record<string, Invariant>> = {
  'nobody who was on is sent before their time, unless they said that they are ready': (told) =>
    firstWrong(told.happenings, (happening, index) => {
      const claim = claimOf(happening);
      if (claim === undefined) return undefined;
      const { since, ready } = warnedBefore(told, index);
      const long = wanted({ ...told }, { ...happening, before: { ...happening.before, targets: claim.targets } });
      const early = claim.sent.find((id) => {
        const at = since.get(id);
        return long > 0 && !ready.has(id) && (at === undefined || happening.now < at + long);
      });
      return early === undefined ? undefined : `${early} is sent at ${happening.now}, told at ${since.get(early)}`;
    }),
  'nothing is sent before the time that was announced': ({ happenings }) =>
    firstWrong(happenings, (happening) => {
      const { before, now } = happening;
      const early = before.status === 'warning' && now < before.until;
      return early && claimOf(happening) !== undefined ? 'sent during the warning' : undefined;
    }),
  'more time is granted at most as often as the rule says, and everybody waits': (told) => {
    const rule = told.rules.rules.find(({ name }) => name === told.first.rule);
    const allowed = told.first.everyone === undefined ? rule?.snooze : undefined;
    const counts = new Map<AssociateId, number>();
    return firstWrong(told.happenings, (happening) => {
      const { before, after, now } = happening;
      const snoozed = facts(happening).find((fact) => fact.kind === 'snoozed');
      if (snoozed?.kind !== 'snoozed' || before.status !== 'warning' || after.status !== 'warning') return undefined;
      counts.set(snoozed.id, (counts.get(snoozed.id) ?? 0) + 1);
      if ((counts.get(snoozed.id) ?? 0) > (allowed?.times ?? 0)) return `${snoozed.id} has more time too often`;
      if (after.until !== now + (allowed?.for ?? 0)) return 'it is not the time that the rule says';
      const moved = after.until - before.until;
      return moved > 0 && after.dispatchBy === before.dispatchBy + moved
        ? undefined
        : 'the times did not move together';
    });
  },
  'only surely the person warned is taken for ready': ({ happenings }) =>
    firstWrong(happenings, (happening) => {
      const { event } = happening;
      const ready = facts(happening).find((fact) => fact.kind === 'ready');
      if (ready?.kind !== 'ready') return undefined;
      if (event.kind !== 'ready' || event.by.standing !== 'member') return 'ready otherwise';
      const { match } = event.by.person;
      return match?.permits === true && match.associate === ready.id ? undefined : 'somebody else said so';
    }),
  'only who asked, an approver, or one concerned where the rule says so stops what is approved, and never a call': (
    told,
  ) =>
    firstWrong(told.happenings, ({ event, before, after, accepted }) => {
      if (!accepted || after.status !== 'cancelled' || after.stopped !== true) return undefined;
      if (event.kind !== 'cancel' || event.by.standing !== 'member') return 'stopped otherwise';
      if (before.status === 'dispatching' && before.claim !== undefined) return 'a call was stopped';
      const rule = told.rules.rules.find(({ name }) => name === told.first.rule);
      const { person, groups } = event.by;
      const isApprover = (rule?.approvers ?? []).some((name) => groups.includes(name));
      const isTarget =
        told.first.everyone === undefined &&
        rule?.targets_may_stop === true &&
        person.match?.permits === true &&
        told.first.targets.some(({ id }) => id === person.match?.associate);
      return alike(person, before.requester) || isApprover || isTarget ? undefined : `stopped by ${person.slack}`;
    }),
};
