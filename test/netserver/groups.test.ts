import { expect, test } from 'vitest';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { connected, failure, PASSWORD } from './connected.ts';
import { kind, refused, type Script, soap, startScripted } from './scripted-server.ts';

const answering = (operation: string, answer: ReturnType<typeof soap>): Script => {
  const good = kind();
  return (call) => (call.operation === operation ? answer : good(call));
};

const company = {
  people: {
    associates: [
      { id: 77, name: 'SLACKBOT', groupId: 7 },
      { id: 101, name: 'ANNA', fullName: 'Anna Åberg', groupId: 4 },
      { id: 102, name: 'BO', fullName: 'Bo', groupId: 7, otherGroupIds: [4] },
      { id: 103, name: 'CARL', fullName: 'Carl', groupId: 4, deleted: true },
    ],
    groups: [
      { id: 4, name: 'Sales & <More>' },
      { id: 5, name: 'Old', deleted: true },
      { id: 7, name: '営業' },
      { id: 8, name: '営業' },
    ],
    accounts: [{ userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: [] }],
  },
};

test('the groups in use are read, equal names and all', async () => {
  await using local = await startNetServer(company);
  await using netServer = connected(local.url);
  expect(await netServer.readGroups()).toEqual([
    { id: 4, name: 'Sales & <More>' },
    { id: 7, name: '営業' },
    { id: 8, name: '営業' },
  ]);
  expect(local.complaints()).toEqual([]);
});

test('the members of a group are those who have it as primary group', async () => {
  await using local = await startNetServer(company);
  await using netServer = connected(local.url);
  expect(await netServer.membersOf(4)).toEqual([
    { id: 101, login: 'ANNA', userName: 'ANNA', fullName: 'Anna Åberg', groupId: 4, type: 'internal', retired: false },
    { id: 103, login: 'CARL', userName: 'CARL', fullName: 'Carl', groupId: 4, type: 'internal', retired: true },
  ]);
  expect(await netServer.membersOf(5)).toEqual([]);
  expect(local.complaints()).toEqual([]);
});

test.each([0, -1, 1.5, Number.NaN, 2147483648])('%s is no group, and is not asked for', async (id) => {
  await using server = await startScripted(kind());
  await using netServer = connected(server.url);
  expect(await failure(netServer.membersOf(id))).toMatchObject({ code: 'bad_input', executed: 'no' });
  expect(server.received).toEqual([]);
});

test.each([
  ['<GetListResponse/>', []],
  ['<GetListResponse><Response/></GetListResponse>', []],
  [
    '<GetListResponse><Response><MDOListItem><Id>0</Id><Name>None</Name></MDOListItem></Response></GetListResponse>',
    [],
  ],
  [
    '<GetListResponse><Response><MDOListItem><Id>3</Id></MDOListItem></Response></GetListResponse>',
    [{ id: 3, name: '' }],
  ],
])('%s is read as %j', async (body, groups) => {
  await using server = await startScripted(answering('GetList', soap(body)));
  await using netServer = connected(server.url);
  expect(await netServer.readGroups()).toEqual(groups);
});

test.each([
  [
    'readGroups',
    'GetList',
    '<GetListResponse><Response><MDOListItem><Id>x</Id></MDOListItem></Response></GetListResponse>',
  ],
  ['readGroups', 'GetList', ''],
  ['membersOf', 'GetAssociatesByGroup', ''],
] as const)('%s refuses an answer that it cannot read', async (call, operation, body) => {
  await using server = await startScripted(answering(operation, soap(body)));
  await using netServer = connected(server.url);
  const work = call === 'readGroups' ? netServer.readGroups() : netServer.membersOf(4);
  expect(await failure(work)).toMatchObject({ code: 'unexpected_answer' });
});

test.each([
  ['readGroups', 'GetList'],
  ['membersOf', 'GetAssociatesByGroup'],
] as const)('%s says so where the bot may not see it', async (call, operation) => {
  const answer = soap(`<${operation}Response/>`, { header: refused('SoSentryException', 'Not for you') });
  await using server = await startScripted(answering(operation, answer));
  await using netServer = connected(server.url);
  const work = call === 'readGroups' ? netServer.readGroups() : netServer.membersOf(4);
  expect(await failure(work)).toMatchObject({ code: 'not_allowed', detail: 'Not for you' });
});
