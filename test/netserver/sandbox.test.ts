import { describe, expect, test } from 'vitest';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { always, connected, failure, ids, PASSWORD } from './connected.ts';

const VERSIONS = [84, 85, 86, 87, 88] as const;

const people = {
  associates: [
    { id: 77, name: 'SLACKBOT' },
    { id: 101, name: 'ANNA', fullName: 'Anna Aas', groupId: 2 },
    { id: 102, name: 'OLA', fullName: 'Ola <Nordmann> & Co', deleted: true },
    { id: 103, name: 'ROOM1', userType: 'ResourceAssociate' as const },
  ],
  groups: [{ id: 2, name: 'Sales' }],
  accounts: [{ userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: ['admin-users'] }],
  loggedOn: [101, 102],
};

const start = (more: Parameters<typeof startNetServer>[0] = {}) =>
  startNetServer({ people, versions: VERSIONS, ...more });

describe.each(VERSIONS)('with a strict NetServer, Services%i', (services) => {
  test('people are found, looked at, logged off, and gone', async () => {
    await using local = await start({ basePath: '/crm', nilHeaders: services % 2 === 0 });
    await using netServer = connected(local.url, { services });

    expect(await netServer.systemInfo()).toMatchObject({ fileVersion: expect.any(String) });
    expect(await netServer.self()).toMatchObject({ associateId: 77, functionRights: ['admin-users'] });
    // What people log on with came with version 86.
    const logsOn = (userName: string) => (services >= 86 ? { userName } : {});
    expect(await netServer.findAssociates(ids(101, 102, 103, 999))).toEqual([
      { id: 101, login: 'ANNA', ...logsOn('ANNA'), fullName: 'Anna Aas', groupId: 2, type: 'internal', retired: false },
      {
        id: 102,
        login: 'OLA',
        ...logsOn('OLA'),
        fullName: 'Ola <Nordmann> & Co',
        groupId: 1,
        type: 'internal',
        retired: true,
      },
      {
        id: 103,
        login: 'ROOM1',
        ...logsOn('ROOM1'),
        fullName: 'ROOM1',
        groupId: 1,
        type: 'resource',
        retired: false,
      },
    ]);
    expect(await netServer.readUsers()).toEqual([
      { id: 77, login: 'SLACKBOT', userName: 'SLACKBOT', fullName: 'SLACKBOT', email: '', group: '', retired: false },
      { id: 101, login: 'ANNA', userName: 'ANNA', fullName: 'Anna Aas', email: '', group: 'Sales', retired: false },
      { id: 102, login: 'OLA', userName: 'OLA', fullName: 'Ola <Nordmann> & Co', email: '', group: '', retired: true },
    ]);
    expect(await netServer.readGroups()).toEqual([{ id: 2, name: 'Sales' }]);
    expect((await netServer.membersOf(2)).map(({ id }) => id)).toEqual([101]);
    expect(await netServer.serverFacts()).toMatchObject({ major: 8, windowsClient: 'yes', online: false });
    expect(await netServer.whoIsOn()).toEqual(new Set(ids(101, 102)));
    await netServer.logOff(ids(101), always);
    expect(await netServer.whoIsOn()).toEqual(new Set(ids(102)));
    expect(local.calls('LogOffWindowsUsers')).toEqual([[101]]);
    expect(local.complaints()).toEqual([]);
  });
});

test('an ended session costs one logon and one repeat, and nobody is logged off twice', async () => {
  await using local = await start();
  await using netServer = connected(local.url);
  await netServer.whoIsOn();
  local.expireTickets();
  await Promise.all([netServer.logOff(ids(101), always), netServer.whoIsOn(), netServer.findAssociates(ids(101))]);
  expect(local.journal().filter(({ operation }) => operation === 'AuthenticateUsernamePassword')).toHaveLength(2);
  expect(local.journal().flatMap(({ loggedOff }) => loggedOff)).toEqual([101]);
});

test.each(['flag', 'exception'] as const)('a wrong password, shown as %s, is tried once', async (how) => {
  await using local = await start({ wrongPassword: how });
  await using netServer = connected(local.url, { password: 'wrong' });
  expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'credentials', executed: 'no' });
  expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'backing_off', executed: 'no' });
  expect(local.journal()).toHaveLength(1);
});

test.each([
  [{ kind: 'reset-before' } as const, 'reset', []],
  [{ kind: 'reset-after' } as const, 'reset', [101]],
  [{ kind: 'cut-xml' } as const, 'not_soap', [101]],
  [{ kind: 'no-headers' } as const, 'no_verdict', [101]],
  [{ kind: 'junk', shape: 'less-than' } as const, 'not_soap', []],
  [{ kind: 'huge' } as const, 'too_large', []],
  [{ kind: 'fault', message: 'no' } as const, 'fault', []],
  [{ kind: 'not-allowed' } as const, 'not_allowed', []],
  [{ kind: 'drip', everyMs: 50 } as const, 'timeout', [101]],
  [{ kind: 'hang', effect: true } as const, 'timeout', [101]],
])('after $0.kind the outcome is unknown, and is not tried twice', async (trouble, code, gone) => {
  await using local = await start();
  await using netServer = connected(local.url, { timeoutMs: 1_000 });
  await netServer.self();
  local.trouble('LogOffWindowsUsers', trouble);
  expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code, executed: 'maybe' });
  expect(local.isLoggedOn(101)).toBe(gone.length === 0);
  expect(local.calls('LogOffWindowsUsers')).toHaveLength(1);
});

test('a server that comes back is used again', async () => {
  await using local = await start();
  await using netServer = connected(local.url);
  await netServer.whoIsOn();
  await local.refuse();
  expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({
    executed: expect.stringMatching(/no|maybe/),
  });
  expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({
    code: 'refused_connection',
    executed: 'no',
  });
  await local.accept();
  await netServer.logOff(ids(101), always);
  expect(local.isLoggedOn(101)).toBe(false);
});

test('a thousand people stay under the size that NetServer takes', async () => {
  const associates = Array.from({ length: 1000 }, (_, at) => ({ id: 2_000_000_000 + at, name: `U${at}` }));
  const all = associates.map(({ id }) => id);
  await using local = await start({
    people: { ...people, associates: [...people.associates, ...associates], loggedOn: all },
  });
  await using netServer = connected(local.url);
  expect(await netServer.findAssociates(ids(...all))).toHaveLength(1000);
  expect((await netServer.whoIsOn()).size).toBe(1000);
  await netServer.logOff(ids(...all), always);
  expect(await netServer.whoIsOn()).toEqual(new Set());
  expect(local.complaints()).toEqual([]);
});
