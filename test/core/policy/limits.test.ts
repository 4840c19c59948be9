import { expect, test } from 'vitest';
import { z } from 'zod';
import { policyShape } from '../../../src/core/policy/policy.ts';

const schema = z.strictObject(policyShape);
const rule = { name: 'helpdesk', who: 'anyone', targets: 'any' };
const takes = (settings: object) => schema.safeParse(settings).success;

test.each<[string, ok: readonly unknown[], refused: readonly unknown[]]>([
  ['approvals', [0, 10], [-1, 11, 1.5, '1']],
  ['confirm_above', [0, 1000], [-1, 1001]],
  ['warn', ['0s', '24h', '1d'], ['25h', '2d', '-1s', 60]],
  [
    'snooze',
    [
      { times: 0, for: '1s' },
      { times: 5, for: '24h' },
    ],
    [
      { times: 6, for: '1s' },
      { times: 1, for: '0s' },
    ],
  ],
  [
    'snooze',
    [{ times: 1, for: '24h' }],
    [
      { times: 1, for: '25h' },
      { times: -1, for: '1m' },
    ],
  ],
  [
    'budget',
    [{ people: 1, per: '1s' }],
    [
      { people: 0, per: '1h' },
      { people: 1, per: '0s' },
      { people: 100_001, per: '1h' },
    ],
  ],
  [
    'targets',
    [{ at_most: 1 }, { at_most: 1000 }, { groups: ['Sales'] }],
    [{ at_most: 0 }, { at_most: 1001 }, {}, { groups: [] }],
  ],
  [
    'reason',
    ['required', { pattern: '^[A-Z]+$', say: 'x' }],
    ['wanted', { pattern: '^[A-Z]+$' }, { pattern: '(', say: 'x' }],
  ],
  ['name', ['x', 'x'.repeat(75)], ['', '  ', 'x'.repeat(76)]],
  ['channels', [['C0HELPDESK']], [[], ['helpdesk']]],
  ['who', ['anyone', ['a', 'b']], ['', [], 'x'.repeat(42), '<b>']],
  ['an_unknown_key', [], [true]],
])('a rule\'s "%s" has its limits', (key, ok, refused) => {
  for (const value of ok) expect.soft(takes({ rules: [{ ...rule, [key]: value }] }), JSON.stringify(value)).toBe(true);
  for (const value of refused)
    expect.soft(takes({ rules: [{ ...rule, [key]: value }] }), JSON.stringify(value)).toBe(false);
});

test.each<[string, ok: readonly unknown[], refused: readonly unknown[]]>([
  ['max_targets', [1, 1000], [0, 1001, 'many']],
  ['never', [[], [1, 'ADMIN']], [[0], [''], ['x'.repeat(101)]]],
  ['trust_email', [['example.com']], [['example'], ['@example.com'], ['jane@example.com']]],
  ['identities', [{ U0BOB: 103 }], [{ bob: 103 }, { U0BOB: 'jane' }]],
  ['approval_expires_after', ['1s', '3d'], ['soon', 60]],
  ['rules', [], [[], 'none']],
])('"%s" has its limits', (key, ok, refused) => {
  const settings = { rules: [rule] };
  for (const value of ok) expect.soft(takes({ ...settings, [key]: value }), JSON.stringify(value)).toBe(true);
  for (const value of refused) expect.soft(takes({ ...settings, [key]: value }), JSON.stringify(value)).toBe(false);
});
