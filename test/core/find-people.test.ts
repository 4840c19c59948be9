import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { DirectoryPerson } from '../../src/core/directory.ts';
import { findPerson, indexPeople, OFFERED, suggestPeople } from '../../src/core/find-people.ts';
import { ALI, BJORN, crowd, JANE, listed, NAMESAKE } from './directory.ts';

const everybody = () => true;
const inSales = ({ group }: DirectoryPerson) => group === 'Sales';
const PEOPLE = [JANE, BJORN, ALI];

/** "by: id" of who is taken, or why with the ids offered. */
function find(typed: string, people: readonly DirectoryPerson[] = PEOPLE, may = everybody as typeof inSales) {
  const finding = findPerson(indexPeople(people), typed, may);
  if (finding.kind === 'exact') return `${finding.by}: ${finding.person.id}`;
  return `${finding.why}: ${finding.people.map(({ id }) => id).join(' ')}`.trim();
}

describe('whoever is called exactly so is taken, whatever the letter case', () => {
  test.each([
    ['jane.doe', 'login: 102'],
    ['JANE.Doe', 'login: 102'],
    ['ba', 'login: 103'],
    ['bjorn', 'login: 103'],
    ['Jane Doe', 'name: 102'],
    [' jane   doe ', 'name: 102'],
    ['BJØRN ÅSEN', 'name: 103'],
    ['BJØRN A\u030ASEN', 'name: 103'],
    ['jane@example.com', 'email: 102'],
    ['Jane@Example.COM', 'email: 102'],
  ])('%j: %s', (typed, expected) => expect(find(typed)).toBe(expected));
});

describe('whoever is only nearly called so is offered, never taken', () => {
  test.each([
    ['Bjorn Asen', 'near: 103'],
    ['jne.doe', 'near: 102'],
    ['jnae.doe', 'near: 102'],
    ['jane doe', 'name: 102'],
    ['jane-doe', 'near: 102'],
    ['Doe, Jane', 'near: 102'],
    ['Doe', 'near: 104 102'],
    ['jan', 'near: 102'],
    ['ja', 'near: 102'],
    ['Jane', 'near: 102'],
    ['Asen', 'near: 103'],
    ['jane@exampel.com', 'near: 102'],
    ['ane.doe', 'near: 102 104'],
  ])('%j: %s', (typed, expected) => expect(find(typed)).toBe(expected));

  test.each([
    'j',
    'ne Do',
    'oe',
    'example.com',
    '@example.com',
    'John Smith',
    'zz',
    '',
    ' ',
    '.',
    '102',
    '%',
    '*',
    '.*',
  ])('%j offers nobody', (typed) => expect(find(typed)).toBe('near:'));

  it('the nearest first, and not more than a card can hold', () => {
    const people = Array.from({ length: 50 }, (_, index) => listed(200 + index, `Janesson ${index}`));
    const offered = findPerson(indexPeople([...people, listed(1, 'Jané')]), 'jane', everybody);
    expect(offered.kind === 'choose' && offered.people.map(({ id }) => id).slice(0, 1)).toEqual([1]);
    expect(offered.kind === 'choose' && offered.people).toHaveLength(OFFERED);
  });
});

describe('several who are called so are all offered', () => {
  const more = [...PEOPLE, NAMESAKE];
  test.each([
    ['Jane Doe', 'several: 102 105'],
    ['jane.doe', 'login: 102'],
    ['jd', 'login: 105'],
  ])('%j: %s', (typed, expected) => expect(find(typed, more)).toBe(expected));

  it('also where one is called as another logs on, or has an address in common', () => {
    expect(find('ada', [listed(1, 'Ada'), listed(2, 'Ada Min', { login: 'ADA' })])).toBe('several: 2 1');
    expect(find('it@x.com', [listed(1, 'A', { email: 'it@x.com' }), listed(2, 'B', { email: 'IT@x.com' })])).toBe(
      'several: 1 2',
    );
  });
  it('but one person is one, by however many of their names', () =>
    expect(find('ada', [listed(1, 'Ada', { login: 'ada', userName: 'ADA', email: 'ada' })])).toBe('login: 1'));
});

describe('whoever may not be learnt of is not there', () => {
  const more = [...PEOPLE, NAMESAKE];
  test.each([
    ['AD', 'near:'],
    ['Ali Doe', 'near:'],
    ['Ali', 'near:'],
    ['Doe', 'near: 102'],
    ['Jane Doe', 'name: 102'],
    ['jane.d@example.com', 'near: 102'],
  ])('%j: %s', (typed, expected) => {
    expect(find(typed, more, inSales)).toBe(expected);
    expect(find(typed, more.filter(inSales), inSales)).toBe(expected);
  });

  it('for every name: the answer is the one of a company without them', () => {
    const name = fc.constantFrom('Jane', 'Jane Doe', 'jane', 'Jan', 'Bo', 'bo dahl', '', 'Ødegård', 'odegard');
    const somebody = fc.record({ fullName: name, login: name, email: name, group: fc.constantFrom('Sales', 'HR') });
    fc.assert(
      fc.property(fc.array(somebody, { maxLength: 8 }), name, (all, typed) => {
        const people = all.map(({ fullName, ...rest }, index) => listed(index + 1, fullName, rest));
        const [whole, part] = [indexPeople(people), indexPeople(people.filter(inSales))];
        expect(findPerson(whole, typed, inSales)).toEqual(findPerson(part, typed, everybody));
        expect(suggestPeople(whole, typed, 5, inSales)).toEqual(suggestPeople(part, typed, 5, everybody));
      }),
      { numRuns: 500 },
    );
  });
});

describe('any data', () => {
  const odd = [
    listed(1, ''),
    listed(2, ' ', { login: ' ' }),
    listed(3, '<!channel>', { login: '<@U0BOB>' }),
    listed(4, 'reason: x', { login: 'help' }),
    listed(5, '*bold* _it_ `code`', { login: 'me' }),
    listed(6, '李小龍', { login: '🦊' }),
    listed(7, '__proto__', { login: 'constructor' }),
    listed(8, 'x'.repeat(5_000)),
  ];
  test.each([
    ['<!channel>', 'name: 3'],
    ['<@U0BOB>', 'login: 3'],
    ['reason: x', 'name: 4'],
    ['help', 'login: 4'],
    ['*bold* _it_ `code`', 'name: 5'],
    ['me', 'login: 5'],
    ['李小龍', 'name: 6'],
    ['李小', 'near: 6'],
    ['🦊', 'login: 6'],
    ['__proto__', 'name: 7'],
    ['constructor', 'login: 7'],
    ['toString', 'near:'],
    ['', 'near:'],
    [' ', 'near:'],
  ])('%j: %s', (typed, expected) => expect(find(typed, odd)).toBe(expected));

  it('never throws, and takes only who is called exactly so', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anything, anything), { maxLength: 10 }), anything, (names, typed) => {
        const people = names.map(([fullName, login], index) => listed(index + 1, fullName, { login }));
        const finding = findPerson(indexPeople(people), typed, everybody);
        suggestPeople(indexPeople(people), typed, 5, everybody);
        if (finding.kind !== 'exact') return;
        const names_ = [finding.person.fullName, finding.person.login].map((it) => it.normalize('NFKC').toLowerCase());
        const same = (a: string, b: string) => a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();
        expect(names_.some((it) => same(it, typed.normalize('NFKC').toLowerCase()))).toBe(true);
      }),
    );
  });
});

describe('typing ahead', () => {
  const index = indexPeople([...PEOPLE, NAMESAKE, listed(1055, 'Zoë 🦊', { login: 'zoe.x' }), listed(9, '🦊')]);
  const suggested = (typed: string, limit = 10, may = everybody as typeof inSales) => {
    const { people, total } = suggestPeople(index, typed, limit, may);
    return [people.map(({ id }) => id).join(' '), total];
  };
  test.each<[string, unknown]>([
    ['', ['9 104 103 102 105 1055', 6]],
    ['j', ['102 105', 2]],
    ['ja do', ['102 105', 2]],
    ['DOE', ['104 102 105', 3]],
    ['doe jane', ['102 105', 2]],
    ['asen', ['103', 1]],
    ['åSEN bj', ['103', 1]],
    ['jane.doe', ['102 105', 2]],
    ['jane@exa', ['102', 1]],
    ['zoe.x', ['1055', 1]],
    ['105', ['105 1055', 2]],
    ['🦊', ['9', 1]],
    ['ane', ['', 0]],
    ['nobody', ['', 0]],
    ['!', ['', 0]],
  ])('%j suggests %j', (typed, expected) => expect(suggested(typed)).toEqual(expected));

  it('says how many there are besides those shown, of those who may be learnt of', () => {
    expect(suggested('doe', 2)).toEqual(['104 102', 3]);
    expect(suggested('doe', 2, inSales)).toEqual(['102', 1]);
    expect(suggested('', 2, inSales)).toEqual(['9 103', 4]);
  });
});

describe('10,000 people', () => {
  const all = crowd(10_000);
  const index = indexPeople(all);
  it('are found exactly, nearly and while typing', () => {
    expect(index.all).toHaveLength(10_000);
    expect(findPerson(index, all[77]?.login ?? '', everybody).kind).toBe('exact');
    expect(findPerson(index, 'Person qqq Overthemountian', everybody).kind).toBe('choose');
    expect(findPerson(index, 'x'.repeat(500), everybody).kind).toBe('choose');
    expect(suggestPeople(index, 'per over', 100, everybody).total).toBe(10_000);
    expect(suggestPeople(index, '', 100, everybody).people).toHaveLength(100);
  });
});
