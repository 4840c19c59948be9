import fc from 'fast-check';
import { type AssociateId, requestId, type SlackUserId, slackUserId } from '../../../src/core/ids.ts';
import type { Associate, Standing, Standpoint } from '../../../src/core/people.ts';
import type { ChannelPlace } from '../../../src/core/policy/decide.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import type { RequestEntry } from '../../../src/core/request/entry.ts';
import { openRequest } from '../../../src/core/request/open.ts';
import type { Request } from '../../../src/core/request/request.ts';
import type { Event, transition } from '../../../src/core/request/transition.ts';
import { aid, CHANNEL, MINUTE, matched, NOON, person, SECOND, standing, VERIFY } from '../made-up.ts';
import { asSpent, GROUPS, mostly, openPolicies, PEOPLE, places, policies, some, spents } from './random-rules.ts';

/** Random stories: rules, people and clocks that change while things happen to one request. */
export interface Step {
  readonly wait: number;
  readonly rules: number;
  readonly roster: number;
  readonly act: (request: Request, roster: Roster, now: number) => Event;
}
export type Roster = readonly Standpoint[];
export interface Story {
  readonly policies: readonly Policy[];
  readonly rosters: readonly Roster[];
  readonly requester: SlackUserId;
  readonly targets: readonly Associate[];
  /** Everyone is meant, so long after noon; `targets` are those who are on at noon. */
  readonly everyone?: number;
  /** Who may agree, for how many people was asked before, and what kind of channel it is, at the opening. */
  readonly consenter: SlackUserId | undefined;
  readonly spent: number;
  readonly place: ChannelPlace;
  readonly steps: readonly Step[];
}

/** What happened: for each event what was known, and what became of it. */
export interface Happening {
  readonly event: Event;
  readonly now: number;
  readonly rules: Policy;
  readonly before: Request;
  readonly after: Request;
  readonly accepted: boolean;
  readonly entries: readonly RequestEntry[];
}
export interface Told {
  readonly rules: Policy;
  readonly opening: readonly RequestEntry[];
  readonly first: Request;
  readonly happenings: readonly Happening[];
}

const SLACK = ['U0ANNA', 'U0ANNA2', 'U0BOB', 'U0ALICE', 'U0OLA', 'U0EVE'].map((id) => slackUserId(id));
const IN_SLACK = new Map([
  [101, slackUserId('U0ANNA')],
  [102, slackUserId('U0BOB')],
  [103, slackUserId('U0EVE')],
]);
const SLACK_OF = new Map([...IN_SLACK].map(([id, user]) => [aid(id), { user, how: 'map' as const }]));
const IDS = PEOPLE.map(({ id }) => id);

/** How long before everyone is logged off it is asked for. */
const AHEAD = [MINUTE, 3 * MINUTE, 12 * MINUTE, 45 * MINUTE];

const slack = fc.constantFrom(...SLACK);

const standpoint = (id: SlackUserId) =>
  fc
    .record({
      associate: mostly(undefined, 101, 102, 103),
      permits: fc.boolean(),
      groups: fc.oneof(some(GROUPS, 1), some(GROUPS, 2)),
      unread: fc.oneof(
        { weight: 15, arbitrary: fc.constant<readonly string[]>([]) },
        { weight: 1, arbitrary: some(GROUPS, 1) },
      ),
      how: mostly<Standing>('member', 'guest', 'stranger', 'bot', 'deactivated', 'unknown'),
    })
    .map(({ associate: of, permits, groups, unread, how }): Standpoint => {
      const who = person(id, of === undefined ? undefined : matched(of, { permits }));
      return { ...standing(who, groups, how), unread: unread.filter((name) => !groups.includes(name)) };
    });
const rosters = fc.tuple(...SLACK.map(standpoint));

const of = (roster: Roster, id: SlackUserId): Standpoint => {
  const found = roster.find((one) => one.person.slack === id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
};
const holder = mostly('p1', 'p2');
const dispatch = fc
  .record({
    holder,
    missing: mostly<readonly AssociateId[]>([], [aid(101)], [aid(104)]),
    on: fc.option(some(IDS), { nil: undefined, freq: 6 }),
    busy: mostly<readonly AssociateId[]>([], [aid(101)]),
    place: places,
    spent: spents,
    untold: mostly<readonly AssociateId[]>([], [aid(101)], [aid(102)]),
  })
  .map(
    ({ holder: by, missing, on, busy, place: at, spent: asked, untold }) =>
      (request: Request, roster: Roster): Event => {
        const facts = {
          requester: of(roster, request.requester.slack),
          approvers: request.approvals.map((one) => of(roster, one.by.slack)),
          associates: PEOPLE.filter(({ id }) => !missing.includes(id)),
          on: on === undefined ? undefined : new Set(on),
          busy: busy.map((id) => ({ id, request: requestId(99) })),
          self: aid(9_999),
          place: at,
          spent: asSpent(asked),
          slack: SLACK_OF,
          told: new Set((request.warned?.people ?? []).map((one) => one.id).filter((id) => !untold.includes(id))),
          ...(request.consent === undefined ? {} : { consenter: of(roster, request.consent.by.slack) }),
        };
        return { kind: 'dispatch', holder: by, lease: 45 * SECOND, facts };
      },
  );
const by = (kind: 'approve' | 'deny' | 'cancel' | 'confirm' | 'consent' | 'ready' | 'snooze') =>
  slack.map(
    (id) =>
      (_: Request, roster: Roster): Event => ({ kind, by: of(roster, id) }),
  );
const call = fc
  .record({
    holder,
    kind: fc.constantFrom('call_accepted', 'call_unknown', 'call_not_made'),
    final: mostly(false, true),
  })
  .map(({ holder: from, kind, final }) => (_: Request, __: Roster, now: number): Event => {
    if (kind === 'call_not_made') return { kind, holder: from, code: 'refused', final, retryAt: now + 5 * SECOND };
    return kind === 'call_unknown' ? { kind, holder: from, code: 'timeout' } : { kind: 'call_accepted', holder: from };
  });
const look = fc
  .oneof(
    { weight: 4, arbitrary: some(IDS).map((list) => new Set(list)) },
    { weight: 1, arbitrary: fc.constantFrom('unread' as const, 'refused' as const) },
  )
  .map((on) => (): Event => ({ kind: 'looked', on }));
/** What usually comes next in the state that the request is in, as the reconciler would have it. */
const onward = fc
  .record({
    approve: by('approve'),
    ask: by('snooze'),
    say: by('ready'),
    send: dispatch,
    call,
    look,
    agree: fc.nat(4),
  })
  .map((next) => (request: Request, roster: Roster, now: number): Event => {
    switch (request.status) {
      case 'awaiting_confirmation':
        return { kind: 'confirm', by: of(roster, request.requester.slack) };
      case 'awaiting_approval': {
        const one = request.demand.consent;
        return one !== undefined && next.agree === 0
          ? { kind: 'consent', by: of(roster, one) }
          : next.approve(request, roster);
      }
      case 'dispatching': {
        if (request.claim === undefined) return next.send(request, roster);
        const event = next.call(request, roster, now);
        return 'holder' in event ? { ...event, holder: request.claim.holder } : event;
      }
      case 'verifying':
        return next.look();
      case 'warning':
        if (now >= request.until || (request.everyone !== undefined && next.agree > 0))
          return next.send(request, roster);
        return next.agree === 0 ? next.ask(request, roster) : next.say(request, roster);
      default:
        return next.send(request, roster);
    }
  });
const act = fc.oneof(
  { weight: 20, arbitrary: onward },
  { weight: 8, arbitrary: by('approve') },
  { weight: 1, arbitrary: by('deny') },
  { weight: 1, arbitrary: by('cancel') },
  { weight: 1, arbitrary: by('confirm') },
  { weight: 3, arbitrary: by('consent') },
  { weight: 2, arbitrary: by('ready') },
  { weight: 3, arbitrary: by('snooze') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(101, 102).map((id) => (): Event => ({ kind: 'warn_late', id: aid(id) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(101, 102).map((id) => (): Event => ({ kind: 'not_warned', id: aid(id), code: 'x' })),
  },
  {
    weight: 2,
    arbitrary: slack.map(
      (id) =>
        (_: Request, roster: Roster, now: number): Event => ({
          kind: 'hold',
          pause: { by: of(roster, id).person, since: now },
        }),
    ),
  },
  { weight: 1, arbitrary: fc.constant((): Event => ({ kind: 'release' })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('timeout', 'slack').map((code) => (): Event => ({ kind: 'recheck_waits', code })),
  },
  { weight: 3, arbitrary: fc.constant((): Event => ({ kind: 'lapse' })) },
  { weight: 1, arbitrary: holder.map((alone) => (): Event => ({ kind: 'lapse', alone })) },
  { weight: 8, arbitrary: dispatch },
  { weight: 1, arbitrary: fc.constant((): Event => ({ kind: 'abort', code: 'record_differs' })) },
  { weight: 6, arbitrary: call },
  { weight: 5, arbitrary: look },
);
const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(0, 1, SECOND, 5 * SECOND, 30 * SECOND) },
    { weight: 2, arbitrary: fc.constantFrom(45 * SECOND, MINUTE, 5 * MINUTE) },
    { weight: 1, arbitrary: fc.constantFrom(10 * MINUTE, 30 * MINUTE) },
  ),
  rules: fc.constantFrom(0, 0, 1),
  roster: mostly(0, 1),
  act,
});

export const stories: fc.Arbitrary<Story> = fc.record({
  policies,
  rosters: fc.array(rosters, { minLength: 2, maxLength: 2 }),
  requester: slack,
  targets: fc.oneof(
    some(PEOPLE, 1),
    fc.constantFrom(...PEOPLE).map((one) => [one]),
  ),
  consenter: fc.option(slack, { nil: undefined }),
  spent: spents,
  place: places,
  steps: fc.array(step, { maxLength: 30, size: 'max' }),
});

/** Stories of requests to log everyone off, under rules of which more let somebody do so. */
export const everyoneStories: fc.Arbitrary<Story> = fc
  .record({ story: stories, policies: fc.tuple(openPolicies, openPolicies), everyone: fc.constantFrom(...AHEAD) })
  .map(({ story, ...more }) => ({ ...story, ...more }));

/** Plays a story through `openRequest` and the transition function that is given. Nothing where the rules say no. */
export function tell(story: Story, step: typeof transition): Told | undefined {
  const rules = story.policies[0];
  const roster = story.rosters[0];
  if (rules === undefined || roster === undefined) throw new Error('a story has rules and people');
  const requester = of(roster, story.requester);
  const origin = { via: 'command', channel: CHANNEL, text: '' } as const;
  // Everybody but one is known in Slack: 101 is Anna, and so on.
  const targets = story.targets.map((one) => {
    const user = IN_SLACK.get(one.id);
    return { ...one, on: 'on' as const, ...(user === undefined ? {} : { slack: { user, how: 'map' as const } }) };
  });
  const { consenter, place: at, spent: asked, everyone: ahead } = story;
  const whom = ahead === undefined ? {} : { everyone: { at: NOON + ahead } };
  const known = { place: at, spent: asSpent(asked), ...(consenter === undefined ? {} : { consenter }), ...whom };
  const opening = openRequest({ requester, origin, targets, leftOut: [], ...known }, NOON, rules);
  if (!opening.ok) return undefined;
  const { request: first, entries } = opening.make(requestId(17));
  let now = NOON;
  let before = first;
  const happenings = story.steps.map((one): Happening => {
    now += one.wait;
    const inForce = story.policies[one.rules] ?? rules;
    const event = one.act(before, story.rosters[one.roster] ?? roster, now);
    const result = step(before, event, { now, via: 'timer', policy: inForce, verify: VERIFY });
    const after = result.request;
    const happening = {
      event,
      now,
      rules: inForce,
      before,
      after,
      accepted: result.ok,
      entries: result.ok ? result.entries : [],
    };
    before = after;
    return happening;
  });
  return { rules, opening: entries, first, happenings };
}
