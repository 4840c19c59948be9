import { describe, expect, it, test } from 'vitest';
import { MAX_REASON } from '../../src/core/command.ts';
import { EdgeError, never } from '../../src/core/errors.ts';
import { findPerson, indexPeople, OFFERED } from '../../src/core/find-people.ts';
import { parseCommand } from '../../src/core/grammar.ts';
import { associateId } from '../../src/core/ids.ts';
import { proposeIdentities } from '../../src/core/propose-identities.ts';
import { durationSchema } from '../../src/core/time.ts';
import { listed } from './directory.ts';
import { read } from './read-command.ts';

/** Slack's people and SuperOffice's have no longer names. */
const MAX_NAME = 100;

describe('a request number', () => {
  test.each(['status', 'cancel', 'why'])('of %s is a number and nothing else', (verb) => {
    expect(read(`${verb} 17`)).toEqual([verb, 17]);
    expect(read(`${verb} #17`)).toEqual([verb, 17]);
    for (const typed of ['x17', '17x', '1 7x', '##17', '17#', '#', '1234567890123456', '0']) {
      expect(read(`${verb} ${typed}`), typed).not.toEqual(expect.arrayContaining([verb]));
    }
  });
  it('of a history is one as well', () => {
    expect(read('history before 17')).toBe('history');
    expect(read('history before x17')).toBe('bad_request_number');
    expect(read('history before 17x')).toBe('bad_request_number');
  });
});

describe('what is just short enough is taken, and not a sign more', () => {
  const [name, reason] = ['n'.repeat(MAX_NAME), 'r'.repeat(MAX_REASON)];
  test.each([
    [name, [`name ${name}`], 'name_too_long'],
    [`"${name}"`, [`name ${name}`], 'name_too_long'],
    [`101 reason: ${reason}`, [101, { reason }], 'reason_too_long'],
    [`101 "${reason}"`, [101, { quoted: reason }], 'reason_too_long'],
    [`pause reason: ${reason}`, 'pause', 'reason_too_long'],
  ])('%.20s…', (typed, taken, refused) => {
    expect(read(typed)).toEqual(taken);
    expect(
      read(
        typed
          .replace(/[nr]("?)$/, '$&$&')
          .replace(/""$/, '"')
          .replace(/(.)"(.)"$/, '$1$2"'),
      ),
    ).toBe(refused);
  });
});

describe('a word', () => {
  test.each<[string, unknown]>([
    ['<@U0BOB|b>', ['U0BOB']],
    ['<@U0BOB|>', ['U0BOB']],
    ['1.25', 'bad_id'],
    ['1.2.5', ['name 1.2.5']],
    ['reasonable', ['name reasonable']],
    ['because2', ['name because2']],
    ['reason', 'bad_word'],
    ['xgroup:a', ['name xgroup:a']],
    ['me me', ['me']],
    ['me 101 me', ['me', 101]],
  ])('%j is %j', (typed, expected) => expect(read(typed)).toEqual(expected));

  it('who of a group has no more letters than a name', () => {
    const parsed = parseCommand(`who ${'g'.repeat(MAX_NAME + 9)}`);
    expect(parsed.ok && parsed.command).toEqual({ kind: 'who', group: 'g'.repeat(MAX_NAME) });
  });
  it('a reason without words is none, whichever way it is given', () => {
    const problem = (typed: string) => {
      const parsed = parseCommand(typed);
      return parsed.ok ? 'taken' : [parsed.problem.code, parsed.problem.word];
    };
    expect(problem('101 reason:')).toEqual(['empty_reason', 'reason:']);
    expect(problem('101 ""')).toEqual(['empty_reason', '""']);
  });
});

describe('near misses', () => {
  const find = (typed: string, ...names: string[]) => {
    const people = names.map((name, at) => listed(at + 1, name));
    const found = findPerson(indexPeople(people), typed, () => true);
    return found.kind === 'exact' ? [`exact ${found.person.fullName}`] : found.people.map(({ fullName }) => fullName);
  };
  it('are offered the nearest first: the same but for accents, beginnings, one slip, two slips', () =>
    expect(find('Andersen', 'Anderssén', 'Andorsin', 'Andersenius', 'Ándersen')).toEqual([
      'Ándersen',
      'Andersenius',
      'Anderssén',
      'Andorsin',
    ]));
  it('of equal nearness are in the order of names, and of ids where these are the same', () => {
    const people = [listed(9, 'Ola B'), listed(3, 'Ola A'), listed(2, 'Ola B'), listed(5, 'Ola C')];
    const found = findPerson(indexPeople(people), 'ola', () => true);
    expect(found.kind === 'choose' && found.people.map(({ id }) => id)).toEqual([3, 2, 9, 5]);
  });
  it('of a short word are one slip away, of a very short one none', () => {
    expect(find('olo', 'Ola Nordmann')).toEqual(['Ola Nordmann']);
    expect(find('ob', 'Bob Berg')).toEqual([]);
    expect(find('Andorsin', 'Andersen')).toEqual(['Andersen']);
    expect(find('Andors', 'Anders')).toEqual(['Anders']);
    expect(find('Ondors', 'Anders')).toEqual([]);
  });
  it('and those who are called exactly so are not more than can be offered', () => {
    const names = Array.from({ length: OFFERED + 5 }, () => 'Ola Nordmann');
    expect(find('Ola Nordmann', ...names)).toHaveLength(OFFERED);
  });
});

describe('a map to review', () => {
  const anna = { slack: 'U0ANNA', name: 'Anna Berg', email: 'anna@example.com' };
  const berg = { ...listed(1, 'Anna Berg'), email: 'anna@example.com' };
  it('pairs nobody twice, and misses nobody who is paired', () => {
    const other = listed(2, 'Anna Berg');
    const found = proposeIdentities([anna, { slack: 'U0OTHER', name: 'Anna Berg' }], [berg, other]);
    expect(found.proposals.map(({ slack, associate, by }) => [slack, associate.id, by])).toEqual([
      ['U0ANNA', 1, 'email'],
      ['U0OTHER', 2, 'name'],
    ]);
    expect(found).toMatchObject({ doubles: [], missingInSlack: [], missingInSuperOffice: [] });
  });
  it('leaves the choice where two in Slack have one name, and says so once', () => {
    const two = [
      { slack: 'U0A', name: 'Anna Berg' },
      { slack: 'U0B', name: 'Anna Berg' },
    ];
    expect(proposeIdentities(two, [listed(1, 'Anna Berg')])).toMatchObject({
      proposals: [],
      doubles: [{ what: 'anna berg', slack: ['U0A', 'U0B'], associates: [1] }],
      missingInSlack: [],
      missingInSuperOffice: [],
    });
  });
});

describe('what an edge throws', () => {
  const facts = { code: 'timeout', retryable: true, executed: 'maybe' } as const;
  it('keeps what it was caused by, and how long to wait, where that is known', () => {
    const cause = new Error('wire');
    expect(new EdgeError('x', { ...facts, cause, retryAfter: 5 })).toMatchObject({ ...facts, cause, retryAfter: 5 });
    const bare = new EdgeError('x', facts);
    expect(Object.hasOwn(bare, 'cause')).toBe(false);
    expect(bare.retryAfter).toBeUndefined();
    expect(bare).toMatchObject({ message: 'x', name: 'EdgeError', ...facts });
  });
  it('a case that nobody thought of is a surprise', () => {
    const value: unknown = { kind: 'new' };
    const isNever = (given: unknown): given is never => given !== undefined;
    expect(() => isNever(value) && never(value)).toThrow('unhandled case: {"kind":"new"}');
  });
});

test.each([
  ['59s', 59_000],
  ['3m', 180_000],
  ['2h', 7_200_000],
  ['2d', 172_800_000],
])('%s is %i milliseconds', (text, expected) => expect(durationSchema.parse(text)).toBe(expected));

it('an associate id is a whole number above 0', () => expect(() => associateId(0)).toThrow());
