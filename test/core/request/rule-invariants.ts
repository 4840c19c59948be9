import { alike, claimOf, facts, firstWrong, type Invariant, ruleFor } from './invariants.ts';
import type { Happening } from './stories.ts';

/** What must hold of confirming, agreeing, budgets, channels and pauses; told without `decide` and the plan as well. */
const sending = (happening: Happening) => {
  const claim = claimOf(happening);
  const { event, rules } = happening;
  if (claim === undefined || event.kind !== 'dispatch') return undefined;
  const people = claim.targets.map(({ id }) => id);
  const { requester, place } = event.facts;
  const rule = ruleFor(rules, requester, people, place, happening.before.everyone !== undefined);
  return { people, facts: event.facts, rule };
};

export const ruleInvariants: Readonly<Record<string, Invariant>> = {
  'only the one person concerned agrees, surely matched, and never who asked': ({ happenings }) =>
    firstWrong(happenings, (happening) => {
      const { event, before } = happening;
      if (!facts(happening).some(({ kind }) => kind === 'consent_given')) return undefined;
      if (event.kind !== 'consent' || event.by.standing !== 'member') return 'agreed otherwise';
      const { match } = event.by.person;
      if (before.targets.length > 1 || match?.permits !== true) return 'it is not sure who agrees';
      if (match.associate !== before.targets[0]?.id) return 'somebody else agreed';
      return alike(event.by.person, before.requester) ? 'who asked agreed' : undefined;
    }),
  'what had to be confirmed was confirmed by who asked before anything else came of it': ({ first, happenings }) => {
    if (first.status !== 'awaiting_confirmation') return undefined;
    let confirmed = false;
    return firstWrong(happenings, (happening) => {
      const { event, before, after } = happening;
      if (facts(happening).some(({ kind }) => kind === 'confirmed')) {
        confirmed = true;
        const by = event.kind === 'confirm' && event.by.standing === 'member' ? event.by.person : undefined;
        return by === undefined || !alike(by, before.requester) ? 'somebody else confirmed' : undefined;
      }
      const fine = ['awaiting_confirmation', 'cancelled', 'expired'].includes(after.status);
      return confirmed || fine ? undefined : `${after.status} without a confirmation`;
    });
  },
  'nothing above confirm_above is sent without the confirmation': ({ first, happenings }) =>
    firstWrong(happenings, (happening) => {
      const sent = sending(happening);
      const limit = sent?.rule?.confirm_above;
      const above = sent !== undefined && limit !== undefined && sent.people.length > limit;
      return above && first.status !== 'awaiting_confirmation' ? `${sent.people.length} sent unconfirmed` : undefined;
    }),
  'nothing is sent from a channel that is shared, or beyond a budget without a second person': ({ happenings }) =>
    firstWrong(happenings, (happening) => {
      const sent = sending(happening);
      if (sent === undefined) return undefined;
      if (sent.facts.place === 'shared') return 'sent from a shared channel';
      const budget = sent.rule?.budget;
      const asked = budget === undefined ? 0 : (sent.facts.spent?.get(budget.per) ?? 0) + sent.people.length;
      // Who is to be logged off is no second person there.
      const alone = happening.before.approvals.length === 0;
      return budget !== undefined && asked > budget.people && alone ? `${asked} people on one word` : undefined;
    }),
  'a pause changes nothing but what it says': ({ happenings }) =>
    firstWrong(happenings, ({ event, before, after, accepted }) => {
      if (!accepted || (event.kind !== 'hold' && event.kind !== 'release')) return undefined;
      const bare = (request: typeof before) => JSON.stringify({ ...request, held: undefined, version: 0 });
      return bare(before) === bare(after) ? undefined : 'a pause changed more';
    }),
};
