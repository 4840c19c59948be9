import { describe, expect, it, test } from 'vitest';
import { requestId, slackUserId } from '../../../src/core/ids.ts';
import type { Standpoint } from '../../../src/core/people.ts';
import type { DispatchFacts } from '../../../src/core/request/dispatch-plan.ts';
import { openRequest } from '../../../src/core/request/open.ts';
import {
  alice,
  bob,
  CHANNEL,
  dispatch,
  follow,
  MINUTE,
  matched,
  NOON,
  open,
  person,
  policy,
  standing,
  target,
} from '../made-up.ts';

const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const rulesWith = (more: Readonly<Record<string, unknown>>) => policy({ rules: [{ ...rule, ...more }] });
const HOUR = 60 * MINUTE;
const LATER = NOON + 2 * MINUTE;

/** What becomes of a request for three people that was approved under the first rules, when the others are in force. */
function judged(
  then: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  more: Partial<DispatchFacts> = {},
) {
  const rules = rulesWith(then);
  const { request } = open({ rules });
  const approved =
    request.status === 'approved' ? request : follow(request, [[NOON + MINUTE, { kind: 'approve', by: alice }]], rules);
  const end = follow(approved, [[LATER, dispatch(approved, more)]], rulesWith(now));
  return 'code' in end ? end.code : end.status;
}

describe('the rules of now count right before the call', () => {
  const over = { spent: new Map([[HOUR, 9]]) };
  const budget = { people: 10, per: '1h' };
  test.each<
    [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, Partial<DispatchFacts>, string]
  >([
    ['nothing changed', {}, {}, {}, 'dispatching'],
    ['another channel now', {}, { channels: ['C0OTHER'] }, {}, 'no_rule_for_channel'],
    ['the same channel now', {}, { channels: [CHANNEL] }, { place: 'ours' }, 'dispatching'],
    [
      'the channel is hidden now',
      { channels: [CHANNEL] },
      { channels: [CHANNEL] },
      { place: 'hidden' },
      'no_rule_for_channel',
    ],
    ['the channel is shared now', {}, {}, { place: 'shared' }, 'channel_shared'],
    ['a reason now, and there is one', {}, { reason: 'required' }, {}, 'dispatching'],
    ['a reason that does not fit now', {}, { reason: { pattern: '^CRM-', say: 'x' } }, {}, 'reason_unfit'],
    ['a confirmation now that nobody gave', {}, { confirm_above: 2 }, {}, 'not_confirmed'],
    ['a confirmation above more people', {}, { confirm_above: 3 }, {}, 'dispatching'],
    [
      'a budget now that was kept',
      { approvals: 0 },
      { approvals: 0, budget },
      { spent: new Map([[HOUR, 7]]) },
      'dispatching',
    ],
    ['a budget now that is used up', { approvals: 0 }, { approvals: 0, budget }, over, 'approvals_no_longer_count'],
    [
      'a budget used up with nobody to ask',
      { approvals: 0 },
      { approvals: 0, approvers: undefined, budget },
      over,
      'over_budget',
    ],
    ['a budget used up, but somebody approved', {}, { approvals: 0, budget }, over, 'dispatching'],
  ])('%s', (_name, then, now, more, expected) => expect(judged(then, now, more)).toBe(expected));

  it('what was confirmed is confirmed', () => {
    const rules = rulesWith({ confirm_above: 2, approvals: 0 });
    const confirmed = follow(open({ rules }).request, [[NOON, { kind: 'confirm', by: bob }]], rules);
    expect(follow(confirmed, [[LATER, dispatch(confirmed)]], rules).status).toBe('dispatching');
  });
});

describe('an agreement counts right before the call', () => {
  const anna = standing(person('U0ANNA', matched(101)));
  const rules = rulesWith({ consent: true });
  const agreed = () => {
    const origin = { via: 'command', channel: CHANNEL, text: '101' } as const;
    const draft = { requester: bob, origin, targets: [target(101)], leftOut: [], consenter: slackUserId('U0ANNA') };
    const opening = openRequest(draft, NOON, rules);
    if (!opening.ok) throw new Error(opening.denied.code);
    return follow(opening.make(requestId(17)).request, [[NOON + MINUTE, { kind: 'consent', by: anna }]], rules);
  };
  const end = (more: Partial<DispatchFacts>, now = rules) => {
    const request = agreed();
    const result = follow(request, [[LATER, dispatch(request, more)]], now);
    return 'code' in result ? result.code : result.status;
  };
  const gone = 'approvals_no_longer_count';
  test.each<[string, Standpoint | undefined, string]>([
    ['they are who they were', anna, 'dispatching'],
    ['they are a guest now', { ...anna, standing: 'guest' }, gone],
    ['they are somebody else now', standing(person('U0ANNA', matched(103))), gone],
    ['their match may not permit now', standing(person('U0ANNA', matched(101, { permits: false }))), gone],
    ['they are tied to nobody now', standing(person('U0ANNA')), gone],
    ['they turn out to be who asked', standing(person('U0ANNA', matched(102))), gone],
    ['it is somebody else who is looked at', standing(person('U0EVE', matched(101))), gone],
    ['nobody was looked at', undefined, gone],
  ])('where %s', (_name, consenter, expected) =>
    expect(end(consenter === undefined ? {} : { consenter })).toBe(expected),
  );
  it('only under a rule that allows it then', () => {
    expect(end({ consenter: anna }, rulesWith({}))).toBe(gone);
    expect(end({ consenter: anna }, rulesWith({ approvals: 0 }))).toBe(gone);
    expect(end({ consenter: anna }, rulesWith({ approvals: 0, consent: true }))).toBe('dispatching');
    expect(end({ consenter: anna }, rulesWith({ approvals: 3, consent: true }))).toBe('dispatching');
  });
  it('but not in the place of an approval that a used-up budget asked for', () => {
    const free = rulesWith({ approvals: 0, consent: true, budget: { people: 1, per: '1h' } });
    expect(end({ consenter: anna, spent: new Map() }, free)).toBe('dispatching');
    expect(end({ consenter: anna, spent: new Map([[60 * MINUTE, 1]]) }, free)).toBe(gone);
    const request = agreed();
    const asked = { ...request, demand: { ...request.demand, overBudget: true } } as const;
    const ended = follow(asked, [[LATER, dispatch(asked, { consenter: anna })]], free);
    expect('code' in ended && ended.code).toBe(gone);
  });
  it('who asked for it may have become the one who agreed', () =>
    expect(end({ consenter: anna, requester: standing(person('U0BOB', matched(101)), ['helpdesk']) })).toBe(gone));
});
