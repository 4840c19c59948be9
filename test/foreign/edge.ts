import { deepEqual, equal, ok } from 'node:assert/strict';
import { inspect } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { type AssociateId, associateId, isNonEmpty, type NonEmpty } from '../../src/core/ids.ts';
import { NetServerError } from '../../src/netserver/errors.ts';
import { connectNetServer, type NetServer, type NetServerOptions } from '../../src/netserver/netserver.ts';
import type { Checks } from './checks.ts';
import { crowd } from './database.ts';
import type { ForeignServer } from './stacks.ts';
import type { ForeignState, Mode } from './state-folder.ts';

type Services = NetServerOptions['services'];

const ids = (...numbers: readonly number[]): NonEmpty<AssociateId> => {
  const list = numbers.map(associateId);
  if (!isNonEmpty(list)) throw new Error('no ids');
  return list;
};
const always = () => true;
const everybody = crowd.people.map(({ id }) => id);
const sorted = (numbers: Iterable<number>) => [...numbers].toSorted((one, other) => one - other);

async function errorOf(work: Promise<unknown>): Promise<NetServerError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetServerError)) throw new Error(`expected a NetServerError, got ${inspect(error)}`);
  const text = inspect(error, { depth: 20, showHidden: true });
  ok(!/Envelope|SuperOffice\.Secret|7T:/.test(text) && !text.includes(crowd.account.password), text);
  return error;
}

/** Every operation of the edge, and every way in which the vendor says no, against a foreign server. */
export async function checkEdge({ check }: Checks, server: ForeignServer, services: Services, modes: readonly Mode[]) {
  const { state } = server;
  const within = (
    what: string,
    work: (netServer: NetServer, state: ForeignState) => Promise<void>,
    more: Partial<NetServerOptions> = {},
  ) =>
    check(what, async () => {
      state.reset(crowd, modes);
      const { login: username, password } = crowd.account;
      const { monotonic, after } = systemClock();
      const netServer = connectNetServer({
        ...{ url: server.url, services, timeoutMs: 10_000, username, password, monotonic, after },
        ...more,
      });
      try {
        await work(netServer, state);
        deepEqual(state.complaints(), []);
      } finally {
        await netServer.close();
      }
    });

  await within('knows the server and itself', async (netServer) => {
    const { fileVersion, companyName } = await netServer.systemInfo();
    deepEqual({ fileVersion, companyName }, { fileVersion: '8.5.7346.1605', companyName: 'Foreign & Sons <AS>' });
    const { associateId: id, userType, functionRights } = await netServer.self();
    deepEqual(
      { id, userType, functionRights },
      { id: 77, userType: 'InternalAssociate', functionRights: crowd.rights },
    );
    const { windowsClient, missingRights, online } = await netServer.serverFacts();
    deepEqual({ windowsClient, missingRights, online }, { windowsClient: 'yes', missingRights: [], online: false });
  });
  await within('finds people by id, any number of them, and nobody who was not asked for', async (netServer) => {
    const found = await netServer.findAssociates(ids(...everybody, 999_999));
    deepEqual(
      found.map(({ id, login, fullName, groupId, type, retired }) => ({ id, login, fullName, groupId, type, retired })),
      crowd.people.map(({ id, name, fullName, groupId, external = false, retired = false }) => ({
        ...{ id, login: name, fullName, groupId, type: external ? 'external' : 'internal', retired },
      })),
    );
  });
  await within('reads all users over several pages, former ones marked', async (netServer) => {
    const users = await netServer.readUsers();
    const internal = crowd.people.filter(({ external }) => external !== true);
    const groupName = new Map(crowd.groups.map(({ id, name }) => [id, name]));
    deepEqual(
      users.toSorted((one, other) => one.id - other.id),
      internal
        .map(({ id, name, fullName, email = '', groupId, retired = false }) => ({
          ...{ id, login: name, userName: name, fullName, email, group: groupName.get(groupId) ?? '', retired },
        }))
        .toSorted((one, other) => one.id - other.id),
    );
    ok(state.calls('GetArchiveListByColumns').length > 4);
  });
  await within('reads groups and who is in them', async (netServer) => {
    deepEqual(await netServer.readGroups(), crowd.groups);
    const support = await netServer.membersOf(7);
    deepEqual(
      support.map(({ id }) => Number(id)),
      crowd.people.filter(({ groupId, retired }) => groupId === 7 && retired !== true).map(({ id }) => id),
    );
    deepEqual(await netServer.membersOf(12345), []);
  });
  await within('logs off exactly those who were meant, and sees that they are gone', async (netServer) => {
    deepEqual(sorted(await netServer.whoIsOn()), sorted(crowd.on));
    await netServer.logOff(ids(102, 1001), always);
    deepEqual(sorted(state.on()), sorted(crowd.on.filter((id) => id !== 102 && id !== 1001)));
    deepEqual(sorted(await netServer.whoIsOn()), sorted(state.on()));
    await netServer.logOff(ids(...crowd.on), always);
    deepEqual(await netServer.whoIsOn(), new Set());
    deepEqual(
      state.calls('LogOffWindowsUsers').map(({ words }) => words),
      ['102,1001', crowd.on.join(',')],
    );
  });
  await within(
    'sends the application token where there is one',
    async (netServer) => deepEqual(sorted(await netServer.whoIsOn()), sorted(crowd.on)),
    { applicationToken: 'a<b>&"c' },
  );
  await within('makes one logon for many calls at once', async (netServer) => {
    await Promise.all(Array.from({ length: 30 }, (_, at) => netServer.logOff(ids(at + 1), always)));
    equal(state.calls('AuthenticateUsernamePassword').length, 1);
    equal(state.calls('LogOffWindowsUsers').length, 30);
  });
  await within('renews a dead ticket once, and repeats the call once', async (netServer) => {
    await netServer.self();
    state.expireTickets();
    await netServer.logOff(ids(101), always);
    equal(state.calls('AuthenticateUsernamePassword').length, 2);
    deepEqual(
      state.calls('LogOffWindowsUsers').map(({ words, succeeded }) => [words, succeeded]),
      [
        ['101', false],
        ['101', true],
      ],
    );
  });
  await within('does not renew in a loop', async (netServer) => {
    state.refuse('LogOffWindowsUsers', 'SuperOffice.Exceptions.SoSessionException', 'Authentication failed!');
    const { code, executed } = await errorOf(netServer.logOff(ids(101), always));
    deepEqual({ code, executed }, { code: 'session', executed: 'no' });
    equal(state.calls('LogOffWindowsUsers').length, 2);
  });
  await within(
    'tries wrong credentials once and backs off',
    async (netServer) => {
      equal((await errorOf(netServer.logOff(ids(101), always))).code, 'credentials');
      equal((await errorOf(netServer.whoIsOn())).code, 'backing_off');
      deepEqual(
        state.journal().map(({ operation }) => operation),
        ['AuthenticateUsernamePassword'],
      );
    },
    { password: 'wrong & <wrong>' },
  );
  for (const [exception, expected] of [
    ['SuperOffice.Exceptions.SoSentryException', 'not_allowed'],
    ['SuperOffice.Exceptions.SoInvalidArgumentException', 'bad_input'],
    ['System.NullReferenceException', 'exception'],
    ['fault', 'fault'],
  ] as const) {
    await within(`takes ${exception} for a failure, and does not repeat it`, async (netServer) => {
      state.refuse('LogOffWindowsUsers', exception, 'Not for <you> & yours.'.replace(/[<>]/g, '"'));
      const error = await errorOf(netServer.logOff(ids(101), always));
      deepEqual({ code: error.code, executed: error.executed }, { code: expected, executed: 'maybe' });
      ok(error.detail?.includes('Not for "you" & yours.'), error.detail);
      equal(state.calls('LogOffWindowsUsers').length, 1);
      ok(state.on().includes(101));
      state.allow();
      await netServer.logOff(ids(101), always);
      ok(!state.on().includes(101));
    });
  }
  await check('finds a wrong path', async () => {
    const { login: username, password } = crowd.account;
    const wrong = connectNetServer({
      ...{ url: `${server.url}/nowhere`, services, timeoutMs: 10_000, username, password, ...systemClock() },
    });
    const { code } = await errorOf(wrong.systemInfo());
    await wrong.close();
    ok(code === 'wrong_path' || code === 'fault', code);
  });
}
