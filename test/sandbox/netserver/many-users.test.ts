import { expect, it } from 'vitest';
import { startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import { manyGroups, manyUsers } from '../../../src/sandbox/netserver/many-users.ts';
import { all, archive, inside, logOn, people } from './raw-soap.ts';

it('makes up the same users each time, as mixed as real ones', () => {
  const users = manyUsers(10_000);
  expect(manyUsers(10_000)).toEqual(users);
  expect(new Set(users.map(({ id }) => id)).size).toBe(10_000);
  expect(new Set(users.map(({ name }) => name)).size).toBe(10_000);
  const names = users.map(({ fullName = '' }) => fullName);
  expect(new Set(names).size).toBeLessThan(1000);
  expect(names).toEqual(expect.arrayContaining(['Bjørn Ås', '美咲 田中', '<!channel> & Co', 'me', '']));
  const share = (test: (user: (typeof users)[number]) => boolean) => users.filter(test).length / users.length;
  expect(share(({ email }) => email === '')).toBeGreaterThan(0.15);
  expect(share(({ deleted }) => deleted === true)).toBeGreaterThan(0.04);
  expect(share(({ personId }) => personId === 0)).toBeGreaterThan(0.01);
  expect(users.some(({ personId, email }) => personId === 0 && email !== '')).toBe(false);
  expect(new Set(users.map(({ groupId }) => groupId))).toEqual(new Set(manyGroups.map(({ id }) => id)));
});

it.each([
  ['without the function right for it not', ['admin-all'], [101, 102, 77]],
  ['with the function right for it', ['see-other-companies-associates'], [101, 102, 77, 105]],
])('shows the users of another company %s', async (_name, functionRights, seen) => {
  const [account] = people.accounts;
  const foreign = { id: 105, name: 'FAR', fullName: 'Zoë Far', companyId: 2, groupId: 1 };
  await using server = await startNetServer({
    people: { ...people, associates: [...people.associates, foreign], accounts: [{ ...account, functionRights }] },
  });
  const { text } = await archive(server, await logOn(server), { entities: ['all'] });
  expect(all(text, 'PrimaryKey').map(Number)).toEqual(seen);
});

it('says what it was told to say of itself', async () => {
  await using server = await startNetServer({ people, product: { version: '10.2.10.1353', description: 'A & B' } });
  const said = await fetch(`${server.url}/Remote/Services86/SoPrincipal.svc`, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"http://www.superoffice.net/ws/crm/NetServer/Services86/SoPrincipal/GetSystemInfo"',
    },
    body: '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetSystemInfo xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86"/></s:Body></s:Envelope>',
  });
  const text = await said.text();
  expect(inside(text, 'FileVersion')).toBe('10.2.10.1353');
  expect(text).toContain('A &amp; B');
});
