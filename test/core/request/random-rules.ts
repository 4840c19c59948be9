import fc from 'fast-check';
import type { Associate } from '../../../src/core/people.ts';
import type { ChannelPlace } from '../../../src/core/policy/decide.ts';
import type { Policy } from '../../../src/core/policy/policy.ts';
import { associate, CHANNEL, MINUTE, policy } from '../made-up.ts';

/** Random rules about a few groups and people, and what is known besides. */
export const GROUPS = ['helpdesk', 'crm-leads', 'night'];
export const PEOPLE: readonly Associate[] = [
  associate(1, { login: 'admin' }),
  associate(101),
  associate(102),
  associate(103, { login: 'SVC-Backup' }),
  associate(104),
  associate(105, { type: 'external' }),
];

export const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });
export const some = <T>(list: readonly T[], minLength = 0) => fc.subarray([...list], { minLength });

const rule = fc.record({
  who: fc.oneof(fc.constant('anyone'), some(GROUPS, 1)),
  targets: fc.oneof(
    fc.constant('any'),
    fc.constant('self'),
    fc.integer({ min: 1, max: 4 }).map((n) => ({ at_most: n })),
  ),
  approvals: mostly(1, 0, 2, 3),
  approvers: some(GROUPS, 1),
  consent: mostly(true, false),
  confirm_above: mostly<number | undefined>(undefined, 0, 1, 2),
  channels: mostly<readonly string[] | undefined>(undefined, [CHANNEL], ['C0OTHER']),
  warn: mostly<string>('0s', '1m', '5m'),
  snooze: mostly<unknown>({ times: 1, for: '10m' }, { times: 0, for: '1m' }, { times: 2, for: '1m' }),
  targets_may_stop: mostly(false, true),
  budget: mostly<{ people: number; per: string } | undefined>(undefined, { people: 2, per: '1h' }),
});
export const places = mostly<ChannelPlace>('ours', 'hidden', 'shared');
export const spents = mostly(0, 1, 5);
/** For how many people was asked within an hour. */
export const asSpent = (people: number) => new Map([[60 * MINUTE, people]]);
type Rules = Readonly<Record<string, unknown>> & { readonly rules: readonly object[] };
const settings: fc.Arbitrary<Rules> = fc.record({
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  never: some([1, 102, 'svc-backup']),
  max_targets: mostly(50, 2),
});

/** One change to all rules, or to the rest; most make them stricter. */
const changes: readonly ((of: Rules) => Rules)[] = [
  ...[
    { approvals: 2 },
    { approvals: 0 },
    { approvers: ['night'] },
    { who: ['helpdesk'] },
    { consent: false },
    { confirm_above: 0 },
    { warn: '5m' },
    { channels: ['C0OTHER'] },
    { budget: { people: 1, per: '1h' } },
    { targets: { at_most: 1 } },
  ].map((change) => (of: Rules) => ({ ...of, rules: of.rules.map((one) => ({ ...one, ...change })) })),
  (of) => ({ ...of, never: [101, 102, 'login104'] }),
  (of) => ({ ...of, max_targets: 1 }),
  (of) => ({ ...of, rules: of.rules.slice(1).concat(of.rules.slice(0, 1)) }),
];

const made = ({ rules, ...more }: Rules): Policy =>
  policy({
    ...more,
    people: Object.fromEntries(GROUPS.map((name) => [name, {}])),
    rules: rules.map((one, index) => ({ name: `rule ${index}`, ...one })),
  });

/** The rules when it was asked, and those that may be in force later: others altogether, or the same with a change. */
export const policies: fc.Arbitrary<readonly [Policy, Policy]> = fc
  .tuple(settings, fc.option(settings, { nil: undefined, freq: 4 }), fc.constantFrom(...changes))
  .map(([first, other, change]) => [made(first), made(other ?? change(first))]);

/** The same, where some rule is about anybody, and more people may list who is on. */
export const openPolicies = fc
  .record({
    rules: fc
      .tuple(fc.array(rule, { maxLength: 1 }), rule)
      .map(([before, last]) => [...before, { ...last, targets: 'any', channels: undefined }]),
    may_see: some(GROUPS, 1).map((who) => ({ who })),
    never: some([1, 102, 'svc-backup']),
    max_targets: mostly(50, 2),
  })
  .map(made);
