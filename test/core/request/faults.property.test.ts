import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isOpen } from '../../../src/core/request/request.ts';
import { transition } from '../../../src/core/request/transition.ts';
import { MINUTE } from '../made-up.ts';
import { invariants } from './all-invariants.ts';
import { force, wrongWith } from './check-stories.ts';
import { stories, tell } from './stories.ts';

describe('the stories', () => {
  it('reach every state that can be reached now, and more than one attempt', () => {
    const told = fc
      .sample(stories, { numRuns: 4_000, seed: 20261122 })
      .flatMap((story) => tell(story, transition) ?? []);
    const reached = new Set(told.flatMap(({ happenings }) => happenings.map(({ after }) => after.status)));
    const attempts = told.flatMap(({ happenings }) =>
      happenings.map(({ after }) => (after.status === 'dispatching' ? after.attempts : 0)),
    );
    expect([...reached].sort()).toEqual([
      'aborted',
      'approved',
      'awaiting_approval',
      'awaiting_confirmation',
      'cancelled',
      'denied',
      'dispatching',
      'done',
      'expired',
      'failed',
      'unknown',
      'verifying',
      'warning',
    ]);
    expect(Math.max(...attempts)).toBeGreaterThan(1);
    expect(
      told.some(
        ({ first, happenings }) =>
          first.demand.approvals > 1 && happenings.some(({ after }) => after.status === 'verifying'),
      ),
    ).toBe(true);
  });
});

/** Transition functions with one fault each, and the sentence that it breaks. */
const faulty: readonly (readonly [string, keyof typeof invariants, typeof transition])[] = [
  [
    'sends what is approved without a second look',
    'nothing is dispatched without the approvals that the rules ask for, then and now',
    (request, event, at) => {
      if (event.kind !== 'dispatch' || request.status !== 'approved') return transition(request, event, at);
      const [first, ...rest] = request.targets;
      if (first === undefined) return transition(request, event, at);
      const claim = { holder: event.holder, at: at.now, until: at.now + event.lease };
      const sent = [first.id, ...rest.map(({ id }) => id)] as const;
      return force(
        request,
        [{ kind: 'dispatch_claimed', claim, attempt: 1, targets: request.targets, leftOut: [], sent, notSent: [] }],
        at,
      );
    },
  ],
  [
    'takes the approval of the requester',
    'who asked never counts, also under a second Slack account',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (
        result.ok ||
        (result.refusal !== 'own_request' && result.refusal !== 'perhaps_own_request') ||
        event.kind !== 'approve' ||
        request.status !== 'awaiting_approval'
      )
        return result;
      return force(request, [{ kind: 'approval_given', by: event.by.person }], at);
    },
  ],
  [
    'forgets the never list',
    'nobody on the never list is ever sent',
    (request, event, at) => transition(request, event, { ...at, policy: { ...at.policy, never: [] } }),
  ],
  [
    'sends again when a lease ran out',
    'a second claim comes only after word from its holder that the first call surely was not executed',
    (request, event, at) => {
      if (event.kind !== 'lapse' || request.status !== 'dispatching' || request.claim === undefined)
        return transition(request, event, at);
      return force(request, [{ kind: 'call_not_made', code: 'lease', retryAt: at.now }], at);
    },
  ],
  [
    'sweeps expired requests only when the clock comes by',
    'nothing is confirmed, approved, agreed to, denied or cancelled at or after the deadline',
    (request, event, at) => {
      const young =
        request.status === 'awaiting_approval' && event.kind !== 'lapse'
          ? { ...request, expiresAt: at.now + MINUTE }
          : request;
      return transition(young, event, at);
    },
  ],
  [
    'cancels what has ended',
    'no event changes an ended request',
    (request, event, at) => {
      if (isOpen(request) || event.kind !== 'cancel') return transition(request, event, at);
      return { ok: true, request: { ...request, version: request.version + 1 }, entries: [] };
    },
  ],
  [
    'takes anybody for the one who agrees',
    'only the one person concerned agrees, surely matched, and never who asked',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (result.ok || event.kind !== 'consent' || request.status !== 'awaiting_approval') return result;
      return force(request, [{ kind: 'consent_given', by: event.by.person }], at);
    },
  ],
  [
    'takes the confirmation of anybody',
    'what had to be confirmed was confirmed by who asked before anything else came of it',
    (request, event, at) => {
      if (event.kind !== 'confirm' || request.status !== 'awaiting_confirmation') return transition(request, event, at);
      return force(request, [{ kind: 'confirmed', expiresAt: request.expiresAt }], at);
    },
  ],
  [
    'forgets the channels and the budget at the dispatch',
    'nothing is sent from a channel that is shared, or beyond a budget without a second person',
    (request, event, at) => {
      if (event.kind !== 'dispatch') return transition(request, event, at);
      const { place: _, spent: __, ...facts } = event.facts;
      return transition(request, { ...event, facts }, at);
    },
  ],
  [
    'forgets that the list was to be confirmed',
    'nothing above confirm_above is sent without the confirmation',
    (request, event, at) => {
      if (event.kind !== 'dispatch') return transition(request, event, at);
      const rules = at.policy.rules.map((rule) => ({ ...rule, confirm_above: undefined }));
      return transition(request, event, { ...at, policy: { ...at.policy, rules } });
    },
  ],
  [
    'takes the time of a warning for over at once',
    'nobody who was on is sent before their time, unless they said that they are ready',
    (request, event, at) => {
      if (event.kind !== 'dispatch' || request.status !== 'warning') return transition(request, event, at);
      const long = { ...request, until: 0, warned: undefined, demand: { ...request.demand, warn: undefined } };
      const rules = at.policy.rules.map((rule) => ({ ...rule, warn: 0 }));
      return transition(long, event, { ...at, policy: { ...at.policy, rules } });
    },
  ],
  [
    'grants more time as often as it is asked for',
    'more time is granted at most as often as the rule says, and everybody waits',
    (request, event, at) => {
      if (event.kind !== 'snooze' || request.status !== 'warning') return transition(request, event, at);
      const one = request.warned?.people.find(({ slack }) => slack === event.by.person.slack);
      if (one === undefined) return transition(request, event, at);
      const { until, dispatchBy } = request;
      const snoozed = { kind: 'snoozed', id: one.id, by: event.by.person, until: until + 1, dispatchBy } as const;
      return force(request, [snoozed], at);
    },
  ],
  [
    'lets anybody stop it',
    'only who asked, an approver, or one concerned where the rule says so stops what is approved, and never a call',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (result.ok || event.kind !== 'cancel' || result.refusal !== 'not_yours_to_stop') return result;
      if (request.status !== 'approved' && request.status !== 'warning') return result;
      return force(request, [{ kind: 'cancelled', by: event.by.person, role: 'approver' }], at);
    },
  ],
  [
    'passes over a rule of which Slack does not tell whether it is for them',
    'nothing is dispatched without the approvals that the rules ask for, then and now',
    (request, event, at) => {
      if (event.kind !== 'dispatch') return transition(request, event, at);
      const { unread: _, ...requester } = event.facts.requester;
      return transition(request, { ...event, facts: { ...event.facts, requester } }, at);
    },
  ],
  [
    'sends whom nobody named',
    'only those who were asked for are sent, each once, and nobody who was seen off or is busy elsewhere',
    (request, event, at) => {
      if (event.kind !== 'dispatch') return transition(request, event, at);
      return transition(request, { ...event, facts: { ...event.facts, on: undefined, busy: [] } }, at);
    },
  ],
  [
    'counts one person twice',
    'the same person counts once',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (result.ok || event.kind !== 'approve' || result.refusal !== 'already_approved_by_you') return result;
      return force(request, [{ kind: 'approval_given', by: event.by.person }], at);
    },
  ],
  [
    'forgets until when SuperOffice may take it',
    'nothing is sent at or after dispatch_by',
    (request, event, at) => {
      const isLong = event.kind === 'dispatch' && (request.status === 'approved' || request.status === 'warning');
      return transition(isLong ? { ...request, dispatchBy: at.now + MINUTE } : request, event, at);
    },
  ],
  [
    'waits for a call for ever',
    'a claim that ran out goes to verifying, unknown',
    (request, event, at) =>
      event.kind === 'lapse' && request.status === 'dispatching'
        ? { ok: false, refusal: 'not_now', request }
        : transition(request, event, at),
  ],
  [
    'calls a lost answer a failure',
    'what failed or was never started surely called nobody',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (!result.ok || event.kind !== 'call_unknown') return result;
      const { holder, code } = event;
      const failed = transition(request, { kind: 'call_not_made', holder, code, final: true, retryAt: at.now }, at);
      return { ...failed, ok: true, entries: result.entries };
    },
  ],
  [
    'says "logged off" of whom nobody saw go',
    'every person has exactly one result at the end, and "logged off" was seen',
    (request, event, at) => {
      if (event.kind !== 'looked' || event.on !== 'refused' || request.status !== 'verifying') {
        return transition(request, event, at);
      }
      const results = request.targets.map(({ id }) => ({ id, outcome: { kind: 'gone' as const } }));
      return force(request, [{ kind: 'verified', ending: 'done', results }], at);
    },
  ],
  [
    'keeps the version',
    'the version grows by one with what is accepted, and a refusal changes nothing',
    (request, event, at) => {
      const result = transition(request, event, at);
      return result.ok ? { ...result, request: { ...result.request, version: request.version } } : result;
    },
  ],
  [
    'gives more time with a pause',
    'a pause changes nothing but what it says',
    (request, event, at) => {
      const result = transition(request, event, at);
      if (!result.ok || event.kind !== 'hold' || result.request.status !== 'approved') return result;
      return { ...result, request: { ...result.request, dispatchBy: result.request.dispatchBy + MINUTE } };
    },
  ],
  [
    'sends while people are being warned',
    'nothing is sent before the time that was announced',
    (request, event, at) => {
      if (event.kind !== 'dispatch' || request.status !== 'warning') return transition(request, event, at);
      const people = (request.warned?.people ?? []).map((one) => ({ ...one, ready: true as const }));
      const warned = { for: request.warned?.for ?? 0, people };
      return transition({ ...request, until: 0, warned }, event, at);
    },
  ],
  [
    'takes the word of anybody for that of who was warned',
    'only surely the person warned is taken for ready',
    (request, event, at) => {
      const result = transition(request, event, at);
      const [one] = request.warned?.people ?? [];
      if (result.ok || event.kind !== 'ready' || request.status !== 'warning' || one === undefined) return result;
      return force(request, [{ kind: 'ready', id: one.id, by: event.by.person, until: request.until }], at);
    },
  ],
  [
    'writes a record that its entries do not say',
    'the audit replays to the record, also after it was stored',
    (request, event, at) => {
      const result = transition(request, event, at);
      return result.ok ? { ...result, request: { ...result.request, rule: 'another' } } : result;
    },
  ],
];

/** The rarest of these faults needs some thousand stories: always the same ones, so that the answer does not vary. */
const SEED = 2;

describe('a transition function with a fault is caught', () => {
  test('by each of the sentences', () => {
    expect(Object.keys(invariants).filter((name) => !faulty.some(([, sentence]) => sentence === name))).toEqual([]);
  });
  test.each(faulty)('%s', (_name, sentence, step) => {
    const invariant = invariants[sentence];
    if (invariant === undefined) throw new Error(`no such sentence: ${sentence}`);
    expect(wrongWith(stories, step, invariant, 8_000, SEED)).toMatch(/Property failed/);
  });
});
