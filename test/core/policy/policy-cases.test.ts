import { expect, it, test } from 'vitest';
import { differingCases, type PolicyCase, policyCasesSchema } from '../../../src/core/policy/policy-cases.ts';
import { policy } from '../made-up.ts';

const rules = policy({
  identities: { U0ANNA: 101 },
  people: { desk: { users: ['U0BOB'], usergroups: ['S0DESK'] }, leads: { users: ['U0ALICE'] } },
  never: ['svc'],
  rules: [
    { name: 'own', who: 'anyone', targets: 'self', approvals: 0 },
    {
      name: 'sales',
      who: 'desk',
      targets: { groups: ['Sales'] },
      approvals: 2,
      approvers: 'leads',
      reason: 'required',
    },
  ],
});
const differing = (...cases: readonly Readonly<Record<string, unknown>>[]) =>
  differingCases(rules, policyCasesSchema.parse(cases)).map(({ index, say }) => `${index}: ${say}`);

test.each<Readonly<Record<string, unknown>>>([
  { user: 'U0ANNA', targets: [101], expect: 'allow', rule: 'own', approvals: 0 },
  { user: 'U0BOB', targets: [5], group: 'Sales', reason: 'x', expect: 'needs_approval', rule: 'sales', approvals: 2 },
  { user: 'U0NN', usergroups: ['S0DESK'], targets: [5], group: 'Sales', reason: 'x', expect: 'needs_approval' },
  { user: 'U0BOB', targets: [5], group: 'Sales', expect: 'deny', rule: 'sales' },
  { user: 'U0BOB', targets: [5], group: 'Legal', reason: 'x', expect: 'deny' },
  { user: 'U0BOB', targets: ['SVC'], group: 'Sales', reason: 'x', expect: 'deny' },
])('a case that comes out as wanted: %j', (wanted) => expect(differing(wanted)).toEqual([]));

test.each<[Readonly<Record<string, unknown>>, string]>([
  [
    { user: 'U0ANNA', targets: [101], expect: 'deny' },
    '0: wanted deny; it is allow by the rule "own", without approval',
  ],
  [
    { user: 'U0ANNA', targets: [101], expect: 'allow', rule: 'sales' },
    '0: wanted the rule "sales"; it is allow by the rule "own", without approval',
  ],
  [
    { user: 'U0NN', targets: [101], expect: 'allow', rule: 'own' },
    '0: wanted allow and the rule "own"; it is deny (no_rule_for_targets)',
  ],
  [
    { user: 'U0BOB', targets: [5], group: 'Sales', reason: 'x', expect: 'needs_approval', approvals: 1 },
    '0: wanted 1 approvals; it is needs_approval by the rule "sales", with 2 approvals by leads, with a reason',
  ],
  [
    { user: 'U0BOB', targets: [5], group: 'Sales', expect: 'needs_approval' },
    '0: wanted needs_approval; it is deny (reason_missing) by the rule "sales"',
  ],
])('a case that does not: %j', (wanted, said) => expect(differing(wanted)).toEqual([said]));

it('cases are told by their place', () => {
  const fine: PolicyCase = policyCasesSchema.parse([{ user: 'U0ANNA', targets: [101], expect: 'allow' }])[0] ?? fail();
  expect(differingCases(rules, [fine, { ...fine, expect: 'deny' }, fine]).map(({ index }) => index)).toEqual([1]);
});

function fail(): never {
  throw new Error('there is a case');
}
