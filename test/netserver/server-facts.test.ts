import { describe, expect, test } from 'vitest';
import { NetServerError } from '../../src/netserver/errors.ts';
import type { Self } from '../../src/netserver/log-on.ts';
import { serverFacts } from '../../src/netserver/server-facts.ts';
import { startNetServer } from '../../src/sandbox/netserver/local-netserver.ts';
import { connected, failure, ids, PASSWORD } from './connected.ts';

const RIGHTS = ['admin-users', 'see-other-companies-associates'];
const [BOT] = ids(77);
const bot: Self = { associateId: BOT, login: 'BOT', userType: 'InternalAssociate', functionRights: RIGHTS };

const facts = (fileVersion: string, more: { description?: string; url?: string; self?: Partial<Self> } = {}) =>
  serverFacts(
    more.url ?? 'https://crm.example.com/netserver',
    async () => ({ description: more.description ?? '', fileVersion, companyName: 'Example' }),
    async () => ({ ...bot, ...more.self }),
  );

describe('the version of the server', () => {
  test.each([
    ['8.5.7346.1605', 8, 'yes'],
    ['8.0', 8, 'yes'],
    [' v8.5.1 (Release)', 8, 'yes'],
    ['8, 5, 7346, 0', 8, 'yes'],
    ['9.0.6100.1', 9, 'no'],
    ['9.2', 9, 'no'],
    ['10.2.10.1353', 10, 'no'],
    ['11.0.1', 11, 'no'],
  ] as const)('%s is SuperOffice %i: Windows client %s', async (fileVersion, major, windowsClient) => {
    expect(await facts(fileVersion)).toEqual({
      version: fileVersion.trim(),
      major,
      windowsClient,
      online: false,
      missingRights: [],
    });
  });

  test.each(['', '   ', 'Release', '7346', '8', '1.0.0.0', '0.0', '2019.1', 'build 9.1', '<9.1>', '99999999.9'])(
    '"%s" says nothing of the product, and stays unknown',
    async (fileVersion) => {
      const { major, windowsClient } = await facts(fileVersion);
      expect({ major, windowsClient }).toEqual({ major: undefined, windowsClient: 'unknown' });
    },
  );

  test.each([
    ['SuperOffice 8.5 SR2', 8],
    ['SuperOffice CRM 9', 9],
    ['SuperOffice NetServer version 10.1.3', 10],
    ['SQL Server 15.0 beside SuperOffice', undefined],
    ['NetServer 10', undefined],
    ['SuperOffice 7346', undefined],
  ] as const)('where the file version says nothing, "%s" may: %s', async (description, major) => {
    expect((await facts('', { description })).major).toBe(major);
    expect((await facts('8.5.1', { description })).major).toBe(8);
  });
});

describe('SuperOffice Online', () => {
  test.each(['https://online3.superoffice.com/Cust12345', 'https://SOD.SuperOffice.com/x', 'https://superoffice.com'])(
    'is known by its host: %s',
    async (url) => {
      expect(await facts('8.5.1', { url })).toMatchObject({ online: true, windowsClient: 'no' });
    },
  );

  test.each(['https://superoffice.com.example.com/', 'https://mysuperoffice.com', 'https://crm.local/superoffice.com'])(
    'is not %s',
    async (url) => {
      expect(await facts('8.5.1', { url })).toMatchObject({ online: false, windowsClient: 'yes' });
    },
  );

  test.each([
    ['Cust12345', true],
    ['Default', false],
    ['Customers', false],
  ])('is known by the name of its database: %s', async (databaseContext, online) => {
    expect((await facts('', { self: { databaseContext } })).online).toBe(online);
  });
});

describe('the rights of the bot', () => {
  test.each([
    ['InternalAssociate', RIGHTS, []],
    ['InternalAssociate', ['admin-all', 'see-other-companies-associates'], []],
    ['InternalAssociate', ['admin-all'], ['see-other-companies-associates']],
    ['InternalAssociate', ['see-other-companies-associates', 'admin-lists'], ['admin-users']],
    ['InternalAssociate', [], RIGHTS],
    ['Unknown', [], RIGHTS],
    ['SystemAssociate', [], []],
  ])('%s with %j is missing %j', async (userType, functionRights, missing) => {
    expect((await facts('8.5.1', { self: { userType, functionRights } })).missingRights).toEqual(missing);
  });
});

describe('asked of a server', () => {
  const account = { userName: 'slackbot', password: PASSWORD, associateId: 77, functionRights: ['admin-users'] };
  const people = { associates: [{ id: 77, name: 'SLACKBOT' }], accounts: [account] };

  test.each([
    [{}, { version: '8.5.7000.1', major: 8, windowsClient: 'yes', online: false }],
    [{ version: '10.2.10.1353' }, { version: '10.2.10.1353', major: 10, windowsClient: 'no', online: false }],
    [
      { version: '', description: '' },
      { windowsClient: 'unknown', online: false },
    ],
    [{ databaseContext: 'Cust12345' }, { version: '8.5.7000.1', major: 8, windowsClient: 'no', online: true }],
  ])('%j', async (product, expected) => {
    await using local = await startNetServer({ people, product });
    await using netServer = connected(local.url);
    expect(await netServer.serverFacts()).toEqual({ ...expected, missingRights: ['see-other-companies-associates'] });
    expect(local.complaints()).toEqual([]);
  });

  test('one that will not tell its version still tells of the rights', async () => {
    await using local = await startNetServer({ people });
    await using netServer = connected(local.url);
    local.trouble('GetSystemInfo', { kind: 'not-allowed' });
    expect(await netServer.serverFacts()).toEqual({
      windowsClient: 'unknown',
      online: false,
      missingRights: ['see-other-companies-associates'],
    });
  });

  test('one that does not answer is an error, never a version', async () => {
    await using local = await startNetServer({ people });
    await using netServer = connected(local.url);
    local.trouble('GetSystemInfo', { kind: 'unavailable' }, { times: 1 });
    expect(await failure(netServer.serverFacts())).toMatchObject({ code: 'unavailable' });
    await using stranger = connected(local.url, { password: 'wrong' });
    expect(await failure(stranger.serverFacts())).toMatchObject({ code: 'credentials' });
  });

  test('a surprise is not taken for a server without a version', async () => {
    const surprise = new TypeError('broken');
    const asked = serverFacts(
      'https://crm.example.com',
      () => Promise.reject(surprise),
      async () => bot,
    );
    await expect(asked).rejects.toBe(surprise);
    expect(surprise).not.toBeInstanceOf(NetServerError);
  });
});
