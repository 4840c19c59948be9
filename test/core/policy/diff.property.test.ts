import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, type Facts } from '../../../src/core/policy/decide.ts';
import { diffPolicies } from '../../../src/core/policy/diff.ts';
import { plainStandpoint } from '../../../src/core/policy/plain-facts.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { aid, CHANNEL, policy } from '../made-up.ts';

const USERS = ['U0BOB', 'U0ALICE', 'U0OLA'] as const;
const GROUPS = ['S0ONE', 'S0TWO'] as const;
const SETS = ['red', 'blue', 'green'] as const;
const DEPARTMENTS = ['Sales', 'Support', 'Legal'] as const;
const CHANNELS = ['C0HERE', 'C0THERE'] as const;

const some = <T>(items: readonly T[]) => fc.subarray([...items]);
const names = fc.subarray([...SETS], { minLength: 1 });

const ruleArbitrary = fc.record({
  who: fc.oneof(fc.constant<readonly string[]>(['anyone']), names),
  targets: fc.oneof(
    fc.constantFrom('self' as const, 'any' as const),
    fc.record({ at_most: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ groups: fc.subarray([...DEPARTMENTS], { minLength: 1 }) }),
    fc.record({ at_most: fc.integer({ min: 1, max: 4 }), groups: fc.subarray([...DEPARTMENTS], { minLength: 1 }) }),
  ),
  approvals: fc.integer({ min: 0, max: 2 }),
  channels: fc.option(fc.subarray([...CHANNELS], { minLength: 1 }), { nil: undefined }),
});

const policyArbitrary: fc.Arbitrary<Policy> = fc
  .record({
    identities: fc
      .subarray(['U0BOB', 'U0ALICE'] as const)
      .map((users) => Object.fromEntries(users.map((user, at) => [user, 101 + at]))),
    people: fc.record(
      Object.fromEntries(SETS.map((name) => [name, fc.record({ users: some(USERS), usergroups: some(GROUPS) })])),
    ),
    never: some([101, 900, 'svc-backup']),
    max_targets: fc.integer({ min: 1, max: 6 }),
    rules: fc.array(ruleArbitrary, { minLength: 1, maxLength: 4 }),
  })
  .map(({ rules, ...rest }) =>
    policy({ ...rest, rules: rules.map((rule, index) => ({ ...rule, name: `rule ${index}`, approvers: ['red'] })) }),
  );

const questionArbitrary = fc.record({
  user: fc.constantFrom(...USERS, 'U0SOMEBODY'),
  usergroups: some(GROUPS),
  channel: fc.constantFrom(CHANNEL, ...CHANNELS),
  own: fc.boolean(),
  targets: fc.array(
    fc.record({
      id: fc.constantFrom(101, 102, 900, 1_000, 1_001),
      group: fc.constantFrom(undefined, ...DEPARTMENTS, 'Other'),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  login: fc.constantFrom('jane', 'svc-backup'),
});
type Asked = typeof questionArbitrary extends fc.Arbitrary<infer T> ? T : never;

function ask(rules: Policy, { user, usergroups, channel, targets, login }: Asked) {
  const facts: Facts = {
    requester: plainStandpoint({ user, usergroups }, rules),
    channel: channel as Facts['channel'],
    targets: targets.map(({ id, group }, index) => ({
      id: aid(id === 1_000 ? 1_000 + index : id),
      login: id === 1_001 ? login : `login${id}`,
      type: 'internal',
      ...(group === undefined ? {} : { group }),
    })),
  };
  return decide(rules, facts);
}

it('the diff of a policy with itself is empty', () => {
  fc.assert(
    fc.property(policyArbitrary, (rules) => {
      expect(diffPolicies(rules, { ...rules, version: 'bbbbbbbbbbbb' })).toEqual({ changes: [], isComplete: true });
    }),
  );
});

it('where the diff says of nothing that it turns to yes, nothing that anybody may ask does', () => {
  fc.assert(
    fc.property(
      policyArbitrary,
      policyArbitrary,
      fc.array(questionArbitrary, { minLength: 40, maxLength: 40 }),
      (old, now, asked) => {
        const { changes } = diffPolicies(old, now);
        const kinds = new Set(changes.map(({ kind }) => kind));
        for (const question of asked) {
          const [before, after] = [ask(old, question), ask(now, question)];
          if (after.effect === 'deny') continue;
          if (before.effect === 'deny') expect(kinds).toContain('from no to yes');
          else if (after.demand.approvals < before.demand.approvals) expect(kinds).toContain('fewer approvals');
        }
      },
    ),
    { numRuns: 100 },
  );
}, 30_000);
