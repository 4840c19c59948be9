import { describe, expect, it, test } from 'vitest';
import type { DirectoryPerson } from '../../../src/core/directory.ts';
import type { Known } from '../../../src/core/policy/finding.ts';
import { findingLine, lintPolicy } from '../../../src/core/policy/lint.ts';
import { aid, POLICY, policy } from '../made-up.ts';

const PEOPLE = {
  desk: { users: ['U0BOB', 'U0EVA'] },
  leads: { users: ['U0ALICE', 'U0OLA'] },
  owners: { usergroups: ['S0CRM'] },
};
const rule = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  name,
  who: 'desk',
  targets: 'any',
  approvals: 1,
  approvers: 'leads',
  ...more,
});
/** What is found, as "severity code rule-or-path"; sets of people that a case does not use are no part of it. */
const found = (settings: Readonly<Record<string, unknown>>, known: Known = {}) =>
  lintPolicy(policy({ people: PEOPLE, ...settings }), known)
    .filter(({ code }) => code !== 'unused_people')
    .map(({ severity, code, rule: name, path }) => `${severity} ${code} ${name ?? path}`);

it('the rules of the example have nothing to be said about', () => expect(lintPolicy(POLICY)).toEqual([]));

describe('rules by which one person logs everyone off', () => {
  const alone = { approvals: 0, approvers: undefined };
  const warned = ['warning everyone_by_one a'];
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['who may list who is on', alone, { may_see: { who: 'desk' } }, warned],
    ['where anyone may', { ...alone, who: 'anyone' }, { may_see: { who: 'leads' } }, warned],
    ['but nobody may list who is on', alone, {}, []],
    ['but others may', alone, { may_see: { who: 'leads' } }, []],
    ['with an approval', {}, { may_see: { who: 'desk' } }, []],
    ['confirmed', { ...alone, confirm_above: 5 }, { may_see: { who: 'desk' } }, []],
    ['of a few', { ...alone, targets: { at_most: 5 } }, { may_see: { who: 'desk' } }, []],
  ])('%s', (_, more, settings, expected) => {
    expect(found({ ...settings, rules: [rule('a', more)] })).toEqual(expected);
  });
});

describe('keys that change nothing', () => {
  const budget = { people: 5, per: '1h' };
  const idle = (...keys: readonly string[]) => keys.map((key) => `rules[0].${key}`);
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['a budget where somebody approves anyway', { budget }, {}, idle('budget')],
    ['not where that could be agreed to', { budget, consent: true }, {}, []],
    ['nor where nobody approves', { budget, approvals: 0 }, {}, []],
    ['more time for nobody', { warn: '0s', snooze: { times: 2, for: '5m' } }, {}, idle('snooze')],
    ['not where nothing is said of it', { warn: '0s' }, {}, []],
    ['nor where people are warned', { warn: '1m', snooze: { times: 2, for: '5m' } }, {}, []],
    ['more than may ever be named', { targets: { at_most: 51 } }, {}, idle('targets.at_most')],
    ['not as many', { targets: { at_most: 50 } }, {}, []],
    ['a list that is never so long', { confirm_above: 50 }, {}, idle('confirm_above')],
    ['of a few', { confirm_above: 5, targets: { at_most: 5 } }, {}, idle('confirm_above')],
    ['not where everyone may be meant', { confirm_above: 50 }, { may_see: { who: 'desk' } }, []],
    ['nor where it may be', { confirm_above: 49 }, {}, []],
  ])('%s', (_, more, settings, expected) => {
    const all = lintPolicy(policy({ people: PEOPLE, ...settings, rules: [rule('a', more)] }));
    expect(all.flatMap(({ code, path }) => (code === 'no_effect' ? [path] : []))).toEqual(expected);
  });
});

describe('where it is known who is in a user group', () => {
  const known = { userGroups: new Map([['S0CRM', new Set(['U0BOB', 'U0EVA'])]]) };
  const strict = rule('strict', { who: 'owners', targets: { at_most: 5 }, approvals: 2 });
  it('somebody who is in it and named by a looser rule below is seen', () => {
    expect(found({ rules: [strict, rule('loose')] }, known)).toEqual(['error more_for_less loose']);
    expect(found({ rules: [strict, rule('loose')] })).toEqual([]);
    const others = { userGroups: new Map([['S0CRM', new Set(['U0ZOE'])]]) };
    expect(found({ rules: [strict, rule('loose')] }, others)).toEqual([]);
  });
  it.each(['desk', 'more'])('a rule for %s, who all are in it now, is warned of below one for it', (who) => {
    const people = { ...PEOPLE, more: { usergroups: ['S0MORE'] } };
    const now = { userGroups: new Map([...known.userGroups, ['S0MORE', new Set(['U0BOB'])]]) };
    const rules = [rule('all', { who: 'owners' }), rule('some', { who })];
    expect(found({ people, rules }, now)).toEqual(['warning unreachable_rule some']);
    expect(found({ people, rules })).toEqual([]);
  });
});

describe('rules that nothing ever comes to', () => {
  const unreachable = (name: string) => [`error unreachable_rule ${name}`];
  test.each<[string, readonly unknown[], readonly string[]]>([
    ['the same again', [rule('a'), rule('b')], unreachable('b')],
    [
      'fewer people than a rule above',
      [rule('a', { targets: { at_most: 5 } }), rule('b', { targets: { at_most: 5 } })],
      unreachable('b'),
    ],
    ['a wider rule above', [rule('a'), rule('b', { targets: { at_most: 5, groups: ['Sales'] } })], unreachable('b')],
    ['a narrower rule above', [rule('a', { targets: { at_most: 5 } }), rule('b')], []],
    ['at most as many as there may ever be', [rule('a', { targets: { at_most: 50 } }), rule('b')], unreachable('b')],
    ['oneself below anybody', [rule('a', { who: 'anyone' }), rule('b', { targets: 'self' })], unreachable('b')],
    ['anybody below oneself', [rule('a', { who: 'anyone', targets: 'self' }), rule('b')], []],
    [
      'oneself below some groups',
      [rule('a', { who: 'anyone', targets: { groups: ['Sales'] } }), rule('b', { targets: 'self' })],
      [],
    ],
    [
      'groups, whatever their letters',
      [rule('a', { targets: { groups: ['SALES', 'Legal'] } }), rule('b', { targets: { groups: ['sales'] } })],
      unreachable('b'),
    ],
    [
      'one more group',
      [rule('a', { targets: { groups: ['Sales'] } }), rule('b', { targets: { groups: ['Sales', 'Legal'] } })],
      [],
    ],
    ['anyone below some', [rule('a'), rule('b', { who: 'anyone' })], []],
    ['some below anyone', [rule('a', { who: 'anyone' }), rule('b')], unreachable('b')],
    [
      'people taken by two rules together',
      [rule('a'), rule('b', { who: 'leads' }), rule('c', { who: ['leads', 'desk'] })],
      unreachable('c'),
    ],
    ['only some of its people taken', [rule('a'), rule('b', { who: ['leads', 'desk'] })], []],
    ['other channels', [rule('a', { channels: ['C0HERE'] }), rule('b', { channels: ['C0THERE'] })], []],
    ['anywhere below one channel', [rule('a', { channels: ['C0HERE'] }), rule('b')], []],
    ['one channel below anywhere', [rule('a'), rule('b', { channels: ['C0HERE'] })], unreachable('b')],
  ])('%s', (_name, rules, expected) => expect(found({ rules })).toEqual(expected));

  it('people by another name are the same people', () => {
    const people = { ...PEOPLE, night: { users: ['U0EVA'] } };
    expect(found({ people, rules: [rule('a'), rule('b', { who: 'night' })] })).toEqual(unreachable('b'));
  });
});

describe('more people for fewer approvals', () => {
  const few = rule('few', { targets: { at_most: 2 } });
  const free = { approvals: 0, approvers: undefined };
  test.each<[string, readonly unknown[], readonly string[]]>([
    ['the same people get more for less', [few, rule('many', free)], ['error more_for_less many']],
    ['other people', [few, rule('many', { ...free, who: 'leads' })], []],
    ['as many approvals', [few, rule('many')], []],
    [
      'groups that do not meet',
      [
        rule('few', { targets: { at_most: 2, groups: ['Sales'] } }),
        rule('many', { ...free, targets: { groups: ['Legal'] } }),
      ],
      [],
    ],
    [
      'channels that do not meet',
      [{ ...few, channels: ['C0HERE'] }, rule('many', { ...free, channels: ['C0THERE'] })],
      [],
    ],
    [
      'somebody of another group added',
      [rule('sales', { targets: { groups: ['Sales'] } }), rule('any', free)],
      ['error more_for_less any'],
    ],
    [
      'a group more in the list below',
      [
        rule('sales', { targets: { groups: ['Sales'] } }),
        rule('two', { ...free, targets: { groups: ['Legal', 'sales'] } }),
      ],
      ['error more_for_less two'],
    ],
    [
      'nobody can be added to one',
      [rule('sales', { targets: { groups: ['Sales'] } }), rule('one', { ...free, targets: { at_most: 1 } })],
      [],
    ],
    [
      'only groups that are in the list above',
      [
        rule('both', { targets: { at_most: 9, groups: ['Sales', 'Legal'] } }),
        rule('legal', { ...free, targets: { at_most: 9, groups: ['legal'] } }),
      ],
      ['error unreachable_rule legal'],
    ],
    ['oneself for nothing', [few, rule('own', { ...free, targets: 'self' })], ['error unreachable_rule own']],
  ])('%s', (_name, rules, expected) => expect(found({ rules })).toEqual(expected));
});

describe('an agreement that is never asked for', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['no approvals', { approvals: 0, approvers: undefined, consent: true }, ['error consent_of_nobody a']],
    [
      'none within a budget',
      { approvals: 0, consent: true, budget: { people: 1, per: '1h' } },
      ['error consent_of_nobody a'],
    ],
    ['an approval to replace', { consent: true }, []],
    ['no agreement', { approvals: 0, approvers: undefined, consent: false }, []],
  ])('%s', (_name, more, expected) => expect(found({ rules: [rule('a', more)] })).toEqual(expected));
});

describe('approvals that nobody can give', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['more than there are', { rules: [rule('a', { approvals: 3 })] }, ['error cannot_be_approved a']],
    [
      'one beyond the budget, which only who asks could give',
      {
        people: { ...PEOPLE, one: { users: ['U0BOB'] } },
        rules: [rule('a', { who: 'one', approvals: 0, approvers: 'one', budget: { people: 1, per: '1h' } })],
      },
      ['error cannot_be_approved a'],
    ],
    ['enough', { rules: [rule('a', { approvals: 2 })] }, []],
    [
      'only among themselves, where each is needed',
      { rules: [rule('a', { who: 'leads', approvals: 2 })] },
      ['error cannot_be_approved a'],
    ],
    ['among themselves, one of the others', { rules: [rule('a', { who: 'leads' })] }, []],
    [
      'some who ask are needed themselves',
      { rules: [rule('a', { who: ['desk', 'leads'], approvals: 2 })] },
      ['warning some_cannot_be_approved a'],
    ],
    [
      'anyone may ask, the approvers too',
      { rules: [rule('a', { who: 'anyone', approvals: 2 })] },
      ['warning some_cannot_be_approved a'],
    ],
    [
      'two accounts of one associate are one person',
      { identities: { U0ALICE: 7, U0OLA: 7 }, rules: [rule('a', { approvals: 2 })] },
      ['error cannot_be_approved a', 'warning two_for_one_associate identities'],
    ],
    [
      'a user group that was not looked at may hold enough',
      { rules: [rule('a', { approvers: 'owners', approvals: 9 })] },
      [],
    ],
  ])('%s', (_name, settings, expected) => expect(found(settings)).toEqual(expected));

  it('a user group that was looked at counts, without those who are no members', () => {
    const userGroups = new Map([['S0CRM', new Set(['U0ALICE', 'U0GUS'])]]);
    const slackPeople = new Map([
      ['U0ALICE', { standing: 'member', name: 'Alice' }],
      ['U0GUS', { standing: 'guest', name: 'Gus' }],
    ] as const);
    const rules = [rule('a', { approvers: 'owners', approvals: 2 })];
    expect(found({ rules }, { userGroups, slackPeople })).toEqual(['error cannot_be_approved a']);
    expect(found({ rules }, { userGroups })).toEqual([]);
  });
});

describe('people', () => {
  const rules = [rule('a', { who: ['desk', 'owners'] })];
  it('sets of nobody, and sets that are used nowhere', () => {
    const findings = lintPolicy(policy({ people: { ...PEOPLE, nobody: {} }, rules }));
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['empty_people', 'people.nobody'],
      ['unused_people', 'people.nobody'],
    ]);
  });

  it('user groups that are empty or unknown in Slack', () => {
    expect(found({ rules }, { userGroups: new Map([['S0CRM', new Set()]]) })).toEqual([
      'error empty_user_group people.owners.usergroups',
    ]);
    expect(found({ rules }, { userGroups: new Map() })).toEqual(['error empty_user_group people.owners.usergroups']);
    expect(found({ rules }, { userGroups: new Map([['S0CRM', new Set(['U0X'])]]) })).toEqual([]);
  });

  it.each(['guest', 'stranger', 'bot', 'deactivated', 'unknown'] as const)(
    'who is a %s cannot approve or ask',
    (standing) => {
      const slackPeople = new Map([
        ['U0OLA', { standing, name: 'Ola Nordmann' }],
        ['U0EVA', { standing, name: 'U0EVA' }],
      ]);
      expect(found({ rules }, { slackPeople })).toEqual([
        'error approver_no_member people.leads.users[1]',
        'warning asker_no_member people.desk.users[1]',
      ]);
    },
  );
});

describe('what SuperOffice knows', () => {
  const person = (id: number, login: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
    id: aid(id),
    login,
    userName: login,
    fullName: `Person ${id}`,
    email: '',
    group: 'Sales',
    retired: false,
    ...more,
  });
  const directory = {
    people: [
      person(1, 'ADMIN', { userName: 'root@example.com', email: 'ada@example.com' }),
      person(101, 'åse'),
      person(102, 'left', { retired: true }),
    ],
    groups: [{ id: 4, name: 'Sales' }],
  };
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['never entries that are there', { never: [1, 'admin', 'ÅSE'] }, []],
    [
      'never entries of nobody',
      { never: [1, 999, 'svc'] },
      ['error never_matches_nobody never[1]', 'error never_matches_nobody never[2]'],
    ],
    ['a name that somebody logs on with', { never: ['Root@example.com'] }, []],
    ['an address protects nobody', { never: ['ada@example.com'] }, ['error never_matches_nobody never[0]']],
    [
      'identities',
      { identities: { U0BOB: 101, U0EVA: 102, U0OLA: 103 } },
      ['error unknown_associate identities.U0OLA', 'warning retired_associate identities.U0EVA'],
    ],
    ['groups', { rules: [rule('a', { targets: { groups: ['sales', 'Sails'] } })] }, ['error unknown_group a']],
  ])('%s', (_name, settings, expected) => {
    const rules = [rule('a')];
    expect(found({ rules, ...settings }, { directory })).toEqual(expected);
    // Nothing is concluded from what was not asked.
    expect(found({ rules, ...settings })).toEqual([]);
  });

  it('says which login an e-mail address or a full name belongs to', () => {
    const [finding] = lintPolicy(policy({ people: PEOPLE, never: ['ada@example.com'], rules: [rule('a')] }), {
      directory,
    });
    expect(finding?.say).toContain('Write the login "ADMIN" or the id 1.');
  });
});

it('a line says how grave it is, where, and what to do', () => {
  const [finding] = lintPolicy(
    policy({ people: { leads: PEOPLE.leads, desk: PEOPLE.desk }, rules: [rule('a'), rule('b')] }),
  );
  expect(finding && findingLine(finding)).toBe(
    'error  rules[1], rule "b": nothing ever comes to this rule: "a" above it takes everything that it would. Move it up, or remove it.',
  );
});
