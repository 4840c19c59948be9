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
});
