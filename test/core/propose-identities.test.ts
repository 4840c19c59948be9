import { describe, expect, it } from 'vitest';
import type { DirectoryPerson } from '../../src/core/directory.ts';
import { associateId } from '../../src/core/ids.ts';
import { proposeIdentities } from '../../src/core/propose-identities.ts';

const somebody = (id: number, fullName: string, email = '', retired = false): DirectoryPerson => ({
  id: associateId(id),
  login: `user${id}`,
  userName: `user${id}`,
  fullName,
  email,
  group: 'Sales',
  retired,
});
const short = (found: ReturnType<typeof proposeIdentities>) =>
  found.proposals.map(({ slack, associate, by }) => `${slack} ${associate.id} ${by}`);

describe('a map to review', () => {
  it('pairs by an address that only one on each side has, whatever its letter case', () =>
    expect(
      short(
        proposeIdentities(
          [{ slack: 'U1', name: 'A', email: 'Anna@Example.com' }],
          [somebody(1, 'B', 'anna@example.COM')],
        ),
      ),
    ).toEqual(['U1 1 email']));

  it('pairs by full name where no address is known, and says that it was the name', () =>
    expect(short(proposeIdentities([{ slack: 'U1', name: 'anna berg' }], [somebody(1, 'Anna Berg')]))).toEqual([
      'U1 1 name',
    ]));

  it('lets somebody choose where one address or name stands for several', () => {
    const people = [somebody(1, 'Anna Berg', 'sales@example.com'), somebody(2, 'Bo Dahl', 'sales@example.com')];
    const found = proposeIdentities([{ slack: 'U1', name: 'X', email: 'sales@example.com' }], people);
    expect(found.proposals).toEqual([]);
    expect(found.doubles).toEqual([{ what: 'sales@example.com', slack: ['U1'], associates: [1, 2] }]);
  });

  it('does not fall back to the name of somebody whose address was ambiguous', () => {
    const people = [somebody(1, 'Anna Berg', 'x@example.com'), somebody(2, 'Bo Dahl', 'x@example.com')];
    const found = proposeIdentities([{ slack: 'U1', name: 'Anna Berg', email: 'x@example.com' }], people);
    expect(found.proposals).toEqual([]);
  });

  it('leaves out retired users and pairs nobody by empty texts', () => {
    const found = proposeIdentities(
      [
        { slack: 'U1', name: '' },
        { slack: 'U2', name: 'Left Lea' },
      ],
      [somebody(1, ''), somebody(2, 'Left Lea', '', true)],
    );
    expect(found.proposals).toEqual([]);
    expect(found.missingInSlack.map(({ id }) => id)).toEqual([1]);
    expect(found.missingInSuperOffice.map(({ slack }) => slack)).toEqual(['U1', 'U2']);
  });

  it('keeps what the settings say, matched or not, and proposes nobody of it for somebody else', () => {
    const members = [
      { slack: 'U0BOB', name: 'Bob Berg' },
      { slack: 'U0OLA', name: 'Per Hansen' },
    ];
    const people = [somebody(103, 'Per Hansen'), somebody(104, 'Bjørn Ås')];
    const found = proposeIdentities(members, people, { U0BOB: 103, U0GONE: 999 });
    expect(found.settled).toEqual([
      { slack: 'U0BOB', id: 103, member: members[0], associate: people[0] },
      { slack: 'U0GONE', id: 999 },
    ]);
    expect(found.proposals).toEqual([]);
    expect(found.missingInSlack.map(({ id }) => id)).toEqual([104]);
    expect(found.missingInSuperOffice.map(({ slack }) => slack)).toEqual(['U0OLA']);
  });

  it('says whom it would have proposed where the settings say somebody else', () => {
    const anna = { slack: 'U0ANNA', name: 'Anna Olsen' };
    const people = [somebody(101, 'Anna Olsen'), somebody(102, 'Jane Doe')];
    const [wrong] = proposeIdentities([anna], people, { U0ANNA: 102 }).settled;
    expect(wrong).toMatchObject({ id: 102, otherwise: { by: 'name', associate: { id: 101 } } });
    const [right] = proposeIdentities([anna], people, { U0ANNA: 101 }).settled;
    expect(right).toEqual({ slack: 'U0ANNA', id: 101, member: anna, associate: people[0] });
  });

  it('knows who is retired where the settings still name them', () => {
    const lea = somebody(106, 'Lea Left', '', true);
    expect(proposeIdentities([], [lea], { U0LEA: 106 }).settled).toEqual([{ slack: 'U0LEA', id: 106, associate: lea }]);
  });
});
