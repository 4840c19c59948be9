import { describe, expect, test } from 'vitest';
import type { FormValues } from '../../src/core/cards/modal.ts';
import { composed } from '../../src/core/compose.ts';
import { reachOf } from '../../src/core/policy/powers.ts';
import { aid, alice, bob, guest, matched, person, policy, standing } from './made-up.ts';

const chosen = (...ids: readonly number[]): FormValues => ({
  people: ids.map((id) => ({ id: aid(id), label: `Person ${id}` })),
});

describe('what was filled into a form', () => {
  test.each<[string, FormValues, unknown]>([
    [
      'people',
      chosen(101, 102),
      {
        kind: 'logoff',
        who: [
          { kind: 'id', id: 101 },
          { kind: 'id', id: 102 },
        ],
      },
    ],
    ['somebody twice', chosen(101, 101), { kind: 'logoff', who: [{ kind: 'id', id: 101 }] }],
    [
      'people and a group',
      { ...chosen(101), group: { id: 4, label: 'Sales' } },
      {
        kind: 'logoff',
        who: [
          { kind: 'id', id: 101 },
          { kind: 'group', name: 'Sales', id: 4 },
        ],
      },
    ],
    [
      'a reason over several lines',
      { ...chosen(101), text: '  locked out\n\tafter  a\u0000crash ' },
      { kind: 'logoff', who: [{ kind: 'id', id: 101 }], reason: 'locked out after a crash' },
    ],
    ['an empty reason', { ...chosen(101), text: ' \n ' }, { kind: 'logoff', who: [{ kind: 'id', id: 101 }] }],
  ])('%s is the command that could have been typed', (_, values, command) =>
    expect(composed(values)).toEqual({ ok: true, command }),
  );

  test.each<[string, FormValues, string]>([
    ['nobody', chosen(), 'nobody_named'],
    ['nobody, with a reason', { ...chosen(), text: 'why' }, 'nobody_named'],
    ['a reason of 501 characters', { ...chosen(101), text: 'x'.repeat(501) }, 'reason_too_long'],
  ])('%s is no command', (_, values, problem) => expect(composed(values)).toEqual({ ok: false, problem }));

  test('a reason of 500 characters, with more around it that does not count, is one', () =>
    expect(composed({ ...chosen(101), text: `  ${'x'.repeat(500)}\n` }).ok).toBe(true));
});

describe('whom the rules let somebody reach', () => {
  const own = { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 };
  const sales = { name: 'sales', who: 'helpdesk', targets: { groups: ['Sales'] }, approvals: 0 };
  test.each([
    ['nobody where no rule is theirs', alice, [sales], 'nobody'],
    ['themselves by the settings', bob, [own], 'self'],
    [
      'nobody where only an e-mail address says who they are',
      standing(person('U0ZOE', matched(7, { how: 'email', permits: false }))),
      [own],
      'nobody',
    ],
    ['nobody where nothing says who they are', standing(person('U0ZOE')), [own], 'nobody'],
    ['others with a rule for a group', bob, [own, sales], 'others'],
    ['nobody as a guest', guest, [own, sales], 'nobody'],
  ])('%s', (_, who, rules, reach) => expect(reachOf(policy({ rules }), who)).toBe(reach));
});
