import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { DirectoryPerson } from '../../src/core/directory.ts';
import { indexPeople } from '../../src/core/find-people.ts';
import { matchOf, slackOf, tied } from '../../src/core/identity.ts';
import { slackUserId } from '../../src/core/ids.ts';
import type { Standing } from '../../src/core/people.ts';
import { BJORN, JANE, listed } from './directory.ts';
import { aid, person, policy } from './made-up.ts';

const TRUSTING = policy({ identities: { U0MAP: 500 }, trust_email: ['Example.com'] });
const PEOPLE = [JANE, BJORN];

const seen = (
  email: string | undefined,
  { people = PEOPLE, rules = TRUSTING, slack = 'U0JANE', how = 'member' as Standing } = {},
) => {
  const who = { slack: slackUserId(slack), standing: how, ...(email === undefined ? {} : { email }) };
  const match = matchOf(who, rules, indexPeople(people));
  return match === undefined ? 'nobody' : `${match.associate} by ${match.how}${match.permits ? ', permits' : ''}`;
};

describe('the map of the settings', () => {
  it('permits, also without any address or any directory', () => {
    expect(seen(undefined, { slack: 'U0MAP' })).toBe('500 by map, permits');
    const who = { slack: slackUserId('U0MAP'), standing: 'member' } as const;
    expect(matchOf(who, TRUSTING, undefined)).toEqual({ associate: 500, how: 'map', permits: true });
  });
  it('beats the address', () => expect(seen('jane@example.com', { slack: 'U0MAP' })).toBe('500 by map, permits'));
  it('tells who somebody is in Slack', () => {
    expect(slackOf(aid(500), TRUSTING)).toBe('U0MAP');
    expect(slackOf(aid(501), TRUSTING)).toBeUndefined();
  });
});

describe('a confirmed address', () => {
  test.each([
    ['of a trusted domain permits', 'jane@example.com', '102 by email, permits'],
    ['whatever its letter case', 'JANE@EXAMPLE.COM', '102 by email, permits'],
    ['that nobody in SuperOffice has matches nobody', 'zoe@example.com', 'nobody'],
    ['that is empty matches nobody', '', 'nobody'],
    ['that is blank matches nobody', ' ', 'nobody'],
  ])('%s', (_name, email, expected) => expect(seen(email)).toBe(expected));
  it('that is missing, or that Slack does not call confirmed, matches nobody', () =>
    expect(seen(undefined)).toBe('nobody'));

  test.each([
    'jane@example.org',
    'jane@sub.example.com',
    'jane@notexample.com',
    'jane@example.com.evil.net',
    'jane@example.com@evil.net',
    'jane@evil.net@example.com',
    'jane@example.co',
    'jane@com',
    'jane',
    '@example.com',
    'ｊane@example.com',
    'jan\u212Ae@example.com',
    'jane@example.\u0441om',
    'jåne@example.com',
  ])('%j only informs: it is not an address of the trusted domain', (email) =>
    expect(seen(email, { people: [listed(7, 'Somebody', { email })] })).toBe('7 by email'),
  );
  it('only informs where it is not letter by letter the one on the card', () => {
    expect(seen('jak@example.com', { people: [listed(7, 'K', { email: 'ja\u212A@example.com' })] })).toBe('7 by email');
    expect(seen('ja\u212A@example.com', { people: [listed(7, 'K', { email: 'jak@example.com' })] })).toBe('7 by email');
  });

  it('only informs where no domain is trusted', () =>
    expect(seen('jane@example.com', { rules: policy() })).toBe('102 by email'));

  it('that two associates have matches nobody', () => {
    const twin = listed(9, 'Twin', { email: 'JANE@example.com ' });
    expect(seen('jane@example.com', { people: [...PEOPLE, twin] })).toBe('nobody');
    expect(seen('jane@example.com', { people: [...PEOPLE, { ...twin, retired: true }] })).toBe('nobody');
  });
  it('that several have is kept with all of them, those whom the settings know first, and permits nothing', () => {
    const zed = person('U0ZED');
    const who = { slack: zed.slack, standing: 'member', email: 'x@example.com' } as const;
    const sharing = (ids: readonly number[], how: Standing = 'member') =>
      tied(
        zed,
        { ...who, standing: how },
        TRUSTING,
        indexPeople(ids.map((id) => listed(id, `P${id}`, { email: 'X@example.com' }))),
      );
    expect(sharing([])).toEqual(zed);
    expect(sharing([7])).toEqual({ ...zed, match: { associate: 7, how: 'email', permits: true } });
    expect(sharing([7, 8, 500])).toEqual({ ...zed, maybe: [500, 7, 8] });
    expect(sharing([...Array.from({ length: 20 }, (_, n) => n + 1), 500]).maybe).toEqual([
      500, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(sharing([7, 8], 'guest')).toEqual(zed);
    expect(tied(zed, who, TRUSTING, undefined)).toEqual(zed);
  });
  it('of a former employee only informs: it may be somebody else’s by now', () =>
    expect(seen('jane@example.com', { people: [{ ...JANE, retired: true }] })).toBe('102 by email'));
  it('only informs about somebody whom the settings tie to another Slack person', () => {
    const rules = policy({ identities: { U0REAL: 102 }, trust_email: ['example.com'] });
    expect(seen('jane@example.com', { rules })).toBe('102 by email');
    expect(seen('jane@example.com', { rules, slack: 'U0REAL' })).toBe('102 by map, permits');
  });
  it('needs the directory', () => {
    const who = { slack: slackUserId('U0JANE'), standing: 'member', email: 'jane@example.com' } as const;
    expect(matchOf(who, TRUSTING, undefined)).toBeUndefined();
  });
});

test.each<Standing>(['guest', 'stranger', 'bot', 'deactivated', 'unknown'])('a %s never matches', (how) => {
  expect(seen('jane@example.com', { how })).toBe('nobody');
  expect(seen('jane@example.com', { how, slack: 'U0MAP' })).toBe('nobody');
});

it('a match permits only by the map, or by a trusted address that exactly one current associate has', () => {
  const email = fc.constantFrom(
    '',
    ' ',
    'a@example.com',
    'A@Example.com',
    'a@sub.example.com',
    'b@x.org',
    'a@b@example.com',
  );
  const somebody = fc.record({ email, retired: fc.boolean() });
  const domains = fc.subarray(['example.com', 'x.org', 'EXAMPLE.com']);
  const map = fc.dictionary(fc.constantFrom('U0A', 'U0B'), fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(fc.array(somebody, { maxLength: 4 }), email, domains, map, (all, mine, trust_email, identities) => {
      const people: DirectoryPerson[] = all.map((more, index) => listed(index + 1, `P${index}`, more));
      const rules = policy({ identities, trust_email });
      const who = { slack: slackUserId('U0A'), standing: 'member', email: mine } as const;
      const match = matchOf(who, rules, indexPeople(people));
      if (match?.permits !== true || match.how === 'map') {
        if (match?.how === 'map') expect(match.associate).toBe(identities['U0A']);
        return;
      }
      const same = people.filter((it) => it.email.trim().toLowerCase() === mine.trim().toLowerCase());
      expect(same).toMatchObject([{ id: match.associate, retired: false }]);
      expect(trust_email.map((it) => it.toLowerCase())).toContain(mine.toLowerCase().split('@')[1]);
      expect(Object.values(identities)).not.toContain(match.associate);
    }),
    { numRuns: 1_000 },
  );
});
