import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalNetServer, startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import { all, archive, inside, logOn, people, type Query, restriction, whoIsOn } from './raw-soap.ts';

let server: LocalNetServer;
let ticket: string;

beforeEach(async () => {
  server = await startNetServer({ people });
  ticket = await logOn(server);
});
afterEach(() => server.close());

const keys = async (query: Query) => all((await archive(server, ticket, query)).text, 'PrimaryKey').map(Number);

it('gives internal users by entity, several entities by OR', async () => {
  expect(await keys({ entities: ['all'] })).toEqual([101, 102, 77]);
  expect(await keys({ entities: ['retired'] })).toEqual([103]);
  expect(await keys({ entities: ['loggedOnWin'] })).toEqual([101, 102, 103]);
  expect(await keys({ entities: ['retired', 'all'] })).toEqual([101, 102, 103, 77]);
});

it('gives values as text in the order of the columns, numbers in brackets', async () => {
  const columns = [
    'associateDbId',
    'assocName',
    'fullName',
    'firstName',
    'lastName',
    'personEmail',
    'personId',
    'usergroup',
    'otherGroups',
    'isActive',
  ];
  const { text } = await archive(server, ticket, { columns, restriction: restriction('assocName', 'is', 'bo') });
  expect(all(text, 'Key')).toEqual(columns);
  expect(all(text, 'DisplayValue')).toEqual([
    '[I:102]',
    'BO',
    'Bo Berg',
    'Bo',
    'Berg',
    'bo@example.com',
    '[I:1102]',
    'Sales',
    'Support',
    '[B:1]',
  ]);
});

it('sorts by the column asked for, upwards and downwards, numbers as numbers', async () => {
  server.addAssociate({ id: 9, name: 'NINE', fullName: 'Åse Nine' });
  expect(await keys({ sort: 'associateDbId' })).toEqual([9, 77, 101, 102]);
  expect(await keys({ sort: 'fullName', direction: 'DESC' })).toEqual([77, 102, 9, 101]);
});

it('turns pages from 0', async () => {
  expect(await keys({ sort: 'associateDbId', page: 0, pageSize: 2 })).toEqual([77, 101]);
  expect(await keys({ sort: 'associateDbId', page: 1, pageSize: 2 })).toEqual([102]);
  expect(await keys({ sort: 'associateDbId', page: 2, pageSize: 2 })).toEqual([]);
});

it('knows some string operators, and an inactive restriction counts for nothing', async () => {
  expect(await keys({ restriction: restriction('fullName', 'begins', 'anna') })).toEqual([101]);
  expect(await keys({ restriction: restriction('personEmail', 'contains', '@example') })).toEqual([101, 102]);
  expect(await keys({ restriction: restriction('associateDbId', '=', '[I:77]') })).toEqual([77]);
  const inactive = restriction('fullName', 'begins', 'anna', false);
  expect(await keys({ restriction: restriction('getAllRows', '=', '1') + inactive })).toEqual([101, 102, 77]);
});

it.each<[string, Query]>([
  ['no restriction', { restriction: '' }],
  ['only an inactive restriction', { restriction: restriction('getAllRows', '=', '1', false) }],
  ['pages over 1000 rows', { pageSize: 1001 }],
  ['pages without rows', { pageSize: 0 }],
  ['a page before the first', { page: -1 }],
  ['a column that does not exist', { columns: ['associateId'] }],
  ['an entity that does not exist', { entities: ['loggedon'] }],
  ['no entity', { entities: [] }],
  ['another provider', { provider: 'Users' }],
  ['an operator that does not exist', { restriction: restriction('fullName', 'like', 'a') }],
])('refuses %s in a normal reply, and complains', async (_name, query) => {
  const { status, text } = await archive(server, ticket, query);
  expect(status).toBe(200);
  expect(inside(text, 'Succeeded')).toBe('false');
  expect(all(text, 'PrimaryKey')).toEqual([]);
  expect(server.complaints()).toHaveLength(1);
});

it('shows at once what changed', async () => {
  expect(await whoIsOn(server, ticket)).toEqual([101, 102, 103]);
  server.logOffDirectly(102);
  expect(await whoIsOn(server, ticket)).toEqual([101, 103]);
  server.addAssociate({ id: 103, name: 'CARL', fullName: 'Aaron' });
  expect(await whoIsOn(server, ticket)).toEqual([103, 101]);
});

it('reads 10,000 users page by page, each once', async () => {
  for (let id = 1000; id < 11_000; id += 1) {
    server.addAssociate({
      id,
      name: `U${id}`,
      fullName: `Person ${(id * 7919) % 10_007}`,
      email: `u${id}@example.com`,
    });
    if (id % 2 === 0) server.logOn(id);
  }
  const seen: number[] = [];
  for (let page = 0; ; page += 1) {
    const rows = await keys({ columns: ['associateDbId', 'fullName', 'personEmail'], page });
    seen.push(...rows);
    if (rows.length < 1000) break;
  }
  expect(new Set(seen).size).toBe(10_003);
  expect(seen).toHaveLength(10_003);
});
