import { describe, expect, it, test } from 'vitest';
import { groupsOf, unreadOf } from '../../../src/core/policy/people-sets.ts';
import { policyProblems } from '../../../src/core/policy/policy.ts';
import { POLICY, policy } from '../made-up.ts';

const rule = { name: 'r', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'crm-leads' };
const problems = (settings: Readonly<Record<string, unknown>>) =>
  policyProblems(policy(settings)).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('problems of a policy as a whole', () => {
  it('a sound one has none', () => expect(policyProblems(POLICY)).toEqual([]));

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'who leads nowhere',
      { rules: [{ ...rule, who: ['helpdesk', 'x'] }] },
      ['rules.0.who: "x" is not a name under people'],
    ],
    [
      'approvers lead nowhere',
      { rules: [rule, { ...rule, name: 's', approvers: ['x', 'y'] }] },
      ['rules.1.approvers: "x" is not a name under people', 'rules.1.approvers: "y" is not a name under people'],
    ],
    [
      'anyone may not approve',
      { rules: [{ ...rule, approvers: 'anyone' }] },
      ['rules.0.approvers: "anyone" is not a name under people'],
    ],
    [
      'nobody to approve',
      { rules: [{ ...rule, approvers: undefined }] },
      ['rules.0.approvals: asks for approvals but names no approvers'],
    ],
    [
      'one approval is the default',
      { rules: [{ name: 'r', who: 'helpdesk', targets: 'any' }] },
      ['rules.0.approvals: asks for approvals but names no approvers'],
    ],
    ['two of a name', { rules: [rule, rule] }, ['rules.1.name: two rules are called "r"']],
    [
      'anyone and others',
      { rules: [{ ...rule, who: ['anyone', 'helpdesk'] }] },
      ['rules.0.who: "anyone" stands alone: it holds everybody already'],
    ],
    [
      'may_see leads nowhere',
      { may_see: { who: 'a', history: ['b'] } },
      ['may_see.who: "a" is not a name under people', 'may_see.history: "b" is not a name under people'],
    ],
    [
      'people called anyone',
      { people: { anyone: {}, helpdesk: {}, 'crm-leads': {} } },
      ['people.anyone: "anyone" has a meaning of its own; use another name'],
    ],
    [
      'no names of JavaScript itself',
      { rules: [{ ...rule, who: 'constructor' }] },
      ['rules.0.who: "constructor" is not a name under people'],
    ],
    [
      'no time at all',
      { approval_expires_after: '0s', dispatch_within: '0m' },
      [
        'approval_expires_after: must be longer than 0s, or nothing is ever in time',
        'dispatch_within: must be longer than 0s, or nothing is ever in time',
      ],
    ],
  ])('%s', (_name, settings, expected) => expect(problems(settings)).toEqual(expected));
});

describe('which names somebody is in', () => {
  const grouped = policy({
    people: {
      empty: {},
      helpdesk: { users: ['U0BOB'] },
      sales: { usergroups: ['S0SALES'] },
      both: { users: ['U0BOB'], usergroups: ['S0SALES', 'S0NIGHT'] },
    },
    rules: [{ name: 'r', who: 'anyone', targets: 'self', approvals: 0 }],
  });
  const members = new Map([
    ['S0SALES', new Set(['U0ANNA'])],
    ['S0OTHER', new Set(['U0BOB'])],
  ]);
  test.each([
    ['U0BOB', ['helpdesk', 'both']],
    ['U0ANNA', ['sales', 'both']],
    ['U0OLA', []],
    ['u0bob', []],
  ])('%s is in %j', (slack, expected) => expect(groupsOf(grouped, slack, members)).toEqual(expected));

  it('a user group that Slack did not tell about holds nobody', () =>
    expect(groupsOf(grouped, 'U0ANNA', new Map())).toEqual([]));

  it.each([
    ['U0BOB', members, []],
    ['U0BOB', new Map(), ['sales']],
    ['U0ANNA', new Map(), ['sales', 'both']],
    ['U0ANNA', new Map([['S0SALES', new Set(['U0ANNA'])]]), []],
    ['U0OLA', new Map([['S0SALES', new Set<string>()]]), ['both']],
  ])('%s may be in more: as far as is known of %j in %j', (slack, known, expected) =>
    expect(unreadOf(grouped, slack, known)).toEqual(expected),
  );
});
