import fc from 'fast-check';
import { expect, it } from 'vitest';
import { channelId } from '../../../src/core/ids.ts';
import { type Decision, decide } from '../../../src/core/policy/decide.ts';
import { lintPolicy } from '../../../src/core/policy/lint.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { associate, CHANNEL, matched, person, policy, standing } from '../made-up.ts';

const SETS = ['desk', 'leads'];
const CHANNELS = [CHANNEL, channelId('C0OTHER')];
const subsets = <T>(list: readonly T[]) => fc.subarray([...list], { minLength: 1 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const rule = fc.record({
  who: fc.oneof(fc.constant('anyone'), subsets(SETS)),
  targets: fc.oneof(
    fc.constantFrom('any', 'self', { at_most: 1 }, { at_most: 2 }),
    subsets(['Sales', 'Legal', 'HR']).map((groups) => ({ groups })),
    subsets(['Sales', 'Legal']).map((groups) => ({ groups, at_most: 2 })),
  ),
  channels: maybe(subsets(CHANNELS)),
  approvals: fc.nat(2),
  approvers: fc.constant('leads'),
});
const policies = fc
  .record({ rules: fc.array(rule, { minLength: 1, maxLength: 4 }), max_targets: fc.constantFrom(1, 3, 50) })
  .map(({ rules, max_targets }) =>
    policy({
      max_targets,
      people: { desk: { users: ['U0BOB', 'U0OLA'] }, leads: { users: ['U0ALICE', 'U0OLA'] } },
      rules: rules.map((one, at) => ({ name: `rule ${at}`, ...one })),
    }),
  );

const ASKERS = [[], ['desk'], ['leads'], SETS].map((sets) => standing(person('U0BOB', matched(101)), sets));
const PEOPLE = [
  associate(101, { group: 'Sales' }),
  associate(102, { group: 'Legal' }),
  associate(103, { group: 'Sales' }),
  associate(104, { group: 'Other' }),
];
/** Each list of people, without anybody twice. */
const LISTS = Array.from({ length: 15 }, (_, mask) => PEOPLE.filter((_one, at) => ((mask + 1) >> at) % 2 === 1));

const asked = (
  rules: Policy,
  who: (typeof ASKERS)[number],
  targets: typeof PEOPLE,
  channel: (typeof CHANNELS)[number],
): Decision => decide(rules, { requester: who, targets, channel });

/** Two lists, one within the other, of which the longer needs fewer approvals. */
function longerForLess(rules: Policy): string | undefined {
  for (const channel of CHANNELS) {
    for (const who of ASKERS) {
      for (const few of LISTS) {
        const strict = asked(rules, who, few, channel);
        if (strict.effect === 'deny') continue;
        for (const more of LISTS) {
          if (more.length <= few.length || !few.every((one) => more.includes(one))) continue;
          const loose = asked(rules, who, more, channel);
          if (loose.effect !== 'deny' && loose.demand.approvals < strict.demand.approvals) return loose.rule;
        }
      }
    }
  }
  return undefined;
}

it('where the linter finds nothing, nobody needs fewer approvals by naming more people', () => {
  let found = 0;
  fc.assert(
    fc.property(policies, (rules) => {
      const loose = longerForLess(rules);
      if (loose === undefined) return;
      found += 1;
      const codes = lintPolicy(rules).map(({ code, rule: name }) => `${code} ${name}`);
      expect(codes).toContain(`more_for_less ${loose}`);
    }),
    { numRuns: 400 },
  );
  expect(found).toBeGreaterThan(5);
});

it('a rule that the linter calls unreachable decides nothing', () => {
  let found = 0;
  fc.assert(
    fc.property(policies, (rules) => {
      const idle = lintPolicy(rules).flatMap((one) => (one.code === 'unreachable_rule' ? [one.rule] : []));
      found += idle.length;
      for (const channel of CHANNELS) {
        for (const who of ASKERS) {
          for (const targets of LISTS) {
            const decision = asked(rules, who, targets, channel);
            expect(decision.effect === 'deny' ? undefined : decision.rule).not.toBeOneOf([...idle, '']);
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(5);
});

it('says of exactly those rules that nobody gets their approvals of which that is so', () => {
  const USERS = ['U0BOB', 'U0OLA', 'U0ALICE', 'U0EVA'];
  const crowd = fc.record({
    desk: subsets(USERS),
    leads: subsets(USERS),
    who: fc.oneof(fc.constant('anyone'), subsets(SETS)),
    approvers: subsets(SETS),
    approvals: fc.integer({ min: 1, max: 3 }),
    tied: fc.subarray(USERS),
  });
  const seen = { stuck: 0, some: 0 };
  fc.assert(
    fc.property(crowd, ({ desk, leads, who, approvers, approvals, tied }) => {
      const people: Record<string, readonly string[]> = { desk, leads };
      const members = (names: readonly string[]) => new Set(names.flatMap((name) => people[name] ?? []));
      const key = (user: string) => (tied.includes(user) ? 'one associate' : user);
      const askers = who === 'anyone' ? ['somebody else', ...members(approvers)] : [...members([who].flat())];
      const gets = askers.map((asker) => {
        const others = [...members(approvers)].map(key).filter((one) => one !== key(asker));
        return new Set(others).size >= approvals;
      });
      const rules = policy({
        people: { desk: { users: desk }, leads: { users: leads } },
        identities: Object.fromEntries(tied.map((user) => [user, 7])),
        rules: [{ name: 'r', who, targets: 'any', approvals, approvers }],
      });
      const codes = lintPolicy(rules).map(({ code }) => code);
      const [all, some] = [gets.every((able) => !able), gets.some((able) => !able)];
      seen.stuck += all ? 1 : 0;
      seen.some += some && !all ? 1 : 0;
      expect(codes.includes('cannot_be_approved')).toBe(all);
      expect(codes.includes('some_cannot_be_approved')).toBe(some && !all);
    }),
    { numRuns: 500 },
  );
  expect(Math.min(seen.stuck, seen.some)).toBeGreaterThan(5);
});
