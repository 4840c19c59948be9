import { isDeepStrictEqual } from 'node:util';
import type { Person, Standpoint } from '../../../src/core/people.ts';
import type { ChannelPlace } from '../../../src/core/policy/decide.ts';
import type { Policy, Rule } from '../../../src/core/policy/policy.ts';
import { type Fact, requestEntrySchema } from '../../../src/core/request/entry.ts';
import { replay } from '../../../src/core/request/evolve.ts';
import { type Request, requestSchema } from '../../../src/core/request/request.ts';
import { CHANNEL } from '../made-up.ts';
import type { Happening, Told } from './stories.ts';

/**
 * What must hold in every story, each as a function that gives what it found wrong. They know the rules by themselves:
 * nothing here asks `decide`, the review or the dispatch plan.
 */
export type Invariant = (told: Told) => string | undefined;

type Claimed = Extract<Fact, { kind: 'dispatch_claimed' }>;

export const facts = (happening: Happening) => happening.entries.map(({ fact }) => fact);
export const claimOf = (happening: Happening): Claimed | undefined =>
  facts(happening).find((fact): fact is Claimed => fact.kind === 'dispatch_claimed');
export const firstWrong = <T>(list: readonly T[], judge: (one: T, index: number) => string | undefined) =>
  list.map(judge).find((wrong) => wrong !== undefined);

const ENDED = ['done', 'unknown', 'failed', 'denied', 'cancelled', 'expired', 'aborted'];
const onNever = (policy: Policy, one: { readonly id: number; readonly login: string }) =>
  policy.never.some(
    (entry) => `${entry}`.toLowerCase() === `${one.id}` || `${entry}`.toLowerCase() === one.login.toLowerCase(),
  );
export const alike = (a: Person, b: Person) =>
  a.slack === b.slack || (a.match !== undefined && b.match !== undefined && a.match.associate === b.match.associate);

/** The rule that decides for these people, found the long way. None where Slack does not tell whether an earlier one does. */
export function ruleFor(
  policy: Policy,
  who: Standpoint,
  targets: readonly number[],
  place: ChannelPlace | undefined,
  everyone = false,
): Rule | undefined {
  if (who.standing !== 'member' || place === 'shared') return undefined;
  const maySee = policy.may_see.who.some((name) => who.groups.includes(name));
  if (everyone ? !maySee : targets.length > policy.max_targets) return undefined;
  const isIn = (set: readonly string[], { who: names }: Rule) => names.some((name) => set.includes(name));
  const found = policy.rules.find((rule) => {
    const { who: names, targets: whom, channels } = rule;
    if (channels !== undefined && (place === 'hidden' || !channels.includes(CHANNEL))) return false;
    if (!names.includes('anyone') && !isIn([...who.groups, ...(who.unread ?? [])], rule)) return false;
    if (whom === 'any') return true;
    if (everyone) return false;
    const { match } = who.person;
    return whom === 'self'
      ? match?.permits === true && targets.every((id) => id === match.associate)
      : targets.length <= (whom.at_most ?? targets.length);
  });
  return found !== undefined && (found.who.includes('anyone') || isIn(who.groups, found)) ? found : undefined;
}

/** Different people among these who are full members and in one of the groups, and surely did not ask for it. */
function countPeople(approvers: readonly Standpoint[], groups: readonly string[], askers: readonly Person[]): number {
  const able = approvers.filter(
    ({ standing, groups: mine, person }) =>
      standing === 'member' &&
      groups.some((name) => mine.includes(name)) &&
      !askers.some((asker) => alike(asker, person)),
  );
  return new Set(able.map(({ person }) => person.match?.associate ?? person.slack)).size;
}

/** Until when somebody could answer a request in this state: confirming it starts the time anew. */
function deadlineOf({ first, rules, happenings }: Told, before: Request): number {
  const confirmed = happenings.find((one) => facts(one).some(({ kind }) => kind === 'confirmed'));
  const long =
    confirmed === undefined || before.status === 'awaiting_confirmation'
      ? first.openedAt + rules.approval_expires_after
      : confirmed.now + confirmed.rules.approval_expires_after;
  return Math.min(long, first.everyone?.at ?? long);
}

/** Who pressed Approve and was heard: in time, as a member, in a group of the rule, not for the own request. */
function heard(told: Told): ReadonlySet<string> {
  const { first, rules, happenings } = told;
  const opened = rules.rules.find(({ name }) => name === first.rule);
  return new Set(
    happenings.flatMap(({ event, now, before }) => {
      if (event.kind !== 'approve' || before.status !== 'awaiting_approval' || now >= deadlineOf(told, before))
        return [];
      const { person, standing, groups } = event.by;
      const may = standing === 'member' && (opened?.approvers ?? []).some((name) => groups.includes(name));
      return may && !alike(person, first.requester) ? [person.slack] : [];
    }),
  );
}

/** Whether the one person to be sent agreed, is surely that person still, did not ask for it, and the rule lets them. */
function agreed({ event, before }: Happening, now: Rule): boolean {
  if (event.kind !== 'dispatch' || now.consent !== true || before.targets.length !== 1) return false;
  const { consent, requester } = before;
  const who = event.facts.consenter;
  if (consent === undefined || who?.standing !== 'member' || who.person.slack !== consent.by.slack) return false;
  const { match } = who.person;
  if (match?.permits !== true || match.associate !== before.targets[0]?.id) return false;
  return [requester, event.facts.requester.person].every((one) => !alike(one, who.person) && !alike(one, consent.by));
}

export const invariants: Readonly<Record<string, Invariant>> = {
  'nothing is dispatched without the approvals that the rules ask for, then and now': (told) =>
    firstWrong(told.happenings, (happening) => {
      const claim = claimOf(happening);
      const { event, rules, before } = happening;
      if (claim === undefined) return undefined;
      if (event.kind !== 'dispatch') return `a claim came from ${event.kind}`;
      const now = ruleFor(
        rules,
        event.facts.requester,
        claim.targets.map(({ id }) => id),
        event.facts.place,
        before.everyone !== undefined,
      );
      const then = told.rules.rules.find(({ name }) => name === told.first.rule);
      if (now === undefined || then === undefined) return 'dispatched without a rule';
      if (agreed(happening, now)) return undefined;
      const approvers = event.facts.approvers.filter(({ person }) => heard(told).has(person.slack));
      const groups = (now.approvals > 0 ? now.approvers : then.approvers) ?? [];
      const given = countPeople(approvers, groups, [before.requester, event.facts.requester.person]);
      const asked = Math.max(then.approvals, now.approvals);
      return given < asked ? `dispatched with ${given} approvals of ${asked}` : undefined;
    }),
  'nobody on the never list is ever sent': (told) =>
    firstWrong(told.happenings, (happening) => {
      const claim = claimOf(happening);
      const { event, rules } = happening;
      if (claim === undefined || event.kind !== 'dispatch') return undefined;
      const sent = event.facts.associates.filter(({ id }) => claim.sent.includes(id));
      if (sent.length < claim.sent.length) return 'somebody unknown is sent';
      const wrong = sent.find((one) => onNever(rules, one) || onNever(told.rules, one) || one.type !== 'internal');
      return wrong === undefined ? undefined : `${wrong.login} is sent`;
    }),
  'only those who were asked for are sent, each once, and nobody who was seen off or is busy elsewhere': (told) =>
    firstWrong(told.happenings, (happening) => {
      const claim = claimOf(happening);
      const { event } = happening;
      if (claim === undefined || event.kind !== 'dispatch') return undefined;
      const { on, busy, associates } = event.facts;
      const whom = told.first.everyone === undefined ? told.first.targets : associates;
      const asked = new Set<number>(whom.map(({ id }) => id));
      if (new Set(claim.sent).size < claim.sent.length) return 'somebody is sent twice';
      const wrong = claim.sent.find(
        (id) => !asked.has(id) || on?.has(id) === false || busy.some((one) => one.id === id),
      );
      return wrong === undefined ? undefined : `${wrong} is sent`;
    }),
  'no event changes an ended request': (told) =>
    firstWrong(told.happenings, ({ before, after, accepted }) =>
      ENDED.includes(before.status) && (accepted || !isDeepStrictEqual(before, after))
        ? `${before.status} changed`
        : undefined,
    ),
  'who asked never counts, also under a second Slack account': ({ happenings }) =>
    firstWrong(happenings, ({ after }) =>
      after.approvals.some(({ by }) => alike(by, after.requester)) ? 'the requester approved' : undefined,
    ),
  'the same person counts once': ({ happenings }) =>
    firstWrong(happenings, ({ after }) =>
      after.approvals.some(({ by }, index) => after.approvals.slice(0, index).some((one) => alike(one.by, by)))
        ? 'somebody counts twice'
        : undefined,
    ),
  'nothing is confirmed, approved, agreed to, denied or cancelled at or after the deadline': (told) =>
    firstWrong(told.happenings, ({ entries, before }) => {
      const waits = before.status === 'awaiting_approval' || before.status === 'awaiting_confirmation';
      const deadline = waits ? deadlineOf(told, before) : undefined;
      const late = entries.find(({ at, fact }) => fact.kind !== 'expired' && deadline !== undefined && at >= deadline);
      return late === undefined || late.fact.kind === 'aborted' ? undefined : `${late.fact.kind} after the deadline`;
    }),
  'nothing is sent at or after dispatch_by': ({ happenings }) =>
    firstWrong(happenings, (happening) => {
      const { before, now } = happening;
      const late = 'dispatchBy' in before && now >= before.dispatchBy;
      return late && claimOf(happening) !== undefined ? 'sent too late' : undefined;
    }),
  'a second claim comes only after word from its holder that the first call surely was not executed': ({
    happenings,
  }) => {
    let free = true;
    let holder: string | undefined;
    return firstWrong(happenings, (happening) => {
      const { event, accepted } = happening;
      const claim = claimOf(happening);
      if (accepted && event.kind === 'call_not_made' && event.holder === holder && !event.final) free = true;
      if (claim === undefined) return undefined;
      if (!free) return `claimed again by ${claim.claim.holder}`;
      free = false;
      holder = claim.claim.holder;
      return undefined;
    });
  },
  'a claim that ran out goes to verifying, unknown': ({ happenings }) =>
    firstWrong(happenings, ({ before, event, now, after }) => {
      const ranOut = before.status === 'dispatching' && before.claim !== undefined && now >= before.claim.until;
      if (!ranOut || event.kind !== 'lapse') return undefined;
      return after.status === 'verifying' && after.call === 'unknown' ? undefined : `it went to ${after.status}`;
    }),
  'what failed or was never started surely called nobody': ({ happenings }) => {
    const told = happenings.flatMap(facts);
    const called = told.some(({ kind }) => kind === 'call_accepted' || kind === 'call_unknown');
    const last = happenings.at(-1)?.after.status ?? '';
    return called && ['failed', 'denied', 'cancelled', 'expired', 'aborted'].includes(last)
      ? `${last} after a call`
      : undefined;
  },
  'every person has exactly one result at the end, and "logged off" was seen': ({ happenings }) => {
    const last = happenings.at(-1)?.after;
    if (last?.status !== 'done' && last?.status !== 'unknown') return undefined;
    const left = last.targets.map(({ id }) => id);
    if (!isDeepStrictEqual(last.results.map(({ id }) => id).sort(), [...left].sort()))
      return 'results and people differ';
    const looks = happenings.flatMap(({ event, accepted }) => (accepted && event.kind === 'looked' ? [event.on] : []));
    const seenOff = (id: (typeof left)[number]) => looks.some((on) => typeof on !== 'string' && !on.has(id));
    const wrong = last.results.find(
      ({ id, outcome }) => (outcome.kind === 'gone' || outcome.kind === 'back') && !seenOff(id),
    );
    const unchecked = last.results.some(({ outcome }) => outcome.kind === 'not_checked');
    if (unchecked !== (last.status === 'unknown')) return 'unknown means that somebody could not be checked';
    return wrong === undefined ? undefined : `${wrong.id} was never seen off`;
  },
  'the version grows by one with what is accepted, and a refusal changes nothing': ({ happenings }) =>
    firstWrong(happenings, ({ accepted, before, after, entries }) => {
      if (!accepted) return after === before && entries.length === 0 ? undefined : 'a refusal changed something';
      if (entries.length === 0) return 'a change without an entry';
      return after.version === before.version + 1 && entries.every(({ version }) => version === after.version)
        ? undefined
        : `version ${before.version} became ${after.version}`;
    }),
  'the audit replays to the record, also after it was stored': ({ opening, happenings, first }) => {
    const entries = [...opening, ...happenings.flatMap((one) => one.entries)];
    const last = happenings.at(-1)?.after ?? first;
    const stored = entries.map((entry) => requestEntrySchema.parse(JSON.parse(JSON.stringify(entry))));
    if (!isDeepStrictEqual(replay(entries), last)) return 'the replay differs from the record';
    if (!isDeepStrictEqual(replay(stored), requestSchema.parse(JSON.parse(JSON.stringify(last)))))
      return 'the stored replay differs';
    return isDeepStrictEqual(stored, entries) ? undefined : 'an entry reads back otherwise';
  },
};
