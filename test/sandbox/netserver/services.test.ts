import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalNetServer, startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import { all, authenticate, credentials, envelope, inside, listBody, logOff, logOn, people, post } from './raw-soap.ts';

const hour = 60 * 60 * 1000;
let server: LocalNetServer;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2025, 0, 6, 8);
  server = await startNetServer({ people, now: () => now });
});
afterEach(() => server.close());

const call = (ticket: string, operation: string, body: string, service = 'Associate') =>
  post(server, operation, envelope(body, credentials(ticket)), { service });

describe('logging on', () => {
  const attempt = (secret?: string) =>
    post(server, 'AuthenticateUsernamePassword', envelope(authenticate(secret)), { service: 'SoPrincipal' });

  it('gives a ticket and says who one is and what one may', async () => {
    const { text, status } = await attempt();
    expect(status).toBe(200);
    expect(inside(text, 'Succeeded')).toBe('true');
    expect(inside(text, 'AuthenticationSucceeded')).toBe('true');
    expect(inside(text, 'Ticket')).toMatch(/^7T:.{20,}/);
    expect(inside(text, 'AssociateId')).toBe('77');
    expect(inside(text, 'UserType')).toBe('InternalAssociate');
    expect(all(text, 'string')).toEqual(['admin-users']);
  });

  it('shows a wrong password as a flag or as an exception, as told', async () => {
    const flag = await attempt('nope');
    expect(inside(flag.text, 'Succeeded')).toBe('true');
    expect(inside(flag.text, 'AuthenticationSucceeded')).toBe('false');
    expect(flag.text).not.toContain('7T:');
    server.showWrongPasswordAs('exception');
    const exception = await attempt('nope');
    expect(exception.status).toBe(200);
    expect(inside(exception.text, 'Succeeded')).toBe('false');
    expect(inside(exception.text, 'ExceptionType')).toBe('SuperOffice.Exceptions.SoInvalidPasswordException');
  });

  it('is not for the retired, nor for accounts that were taken away', async () => {
    server.addAssociate({ id: 77, name: 'SLACKBOT', deleted: true });
    expect(await logOn(server)).toBe('');
    server.addAssociate({ id: 77, name: 'SLACKBOT' });
    server.removeAccount('SlackBot');
    expect(await logOn(server)).toBe('');
  });

  it('is not needed to ask what the server is', async () => {
    const { text } = await post(server, 'GetSystemInfo', envelope('<so:GetSystemInfo/>'), { service: 'SoPrincipal' });
    expect(inside(text, 'FileVersion')).toMatch(/^8\.5/);
  });
});

describe('a ticket', () => {
  const works = async (ticket: string) => {
    const { text, status } = await call(ticket, 'GetAssociateList', listBody([101]));
    expect(status).toBe(200);
    if (inside(text, 'Succeeded') === 'true') return true;
    expect(inside(text, 'ExceptionType')).toBe('SuperOffice.Exceptions.SoSessionException');
    return false;
  };

  it('lives six hours from its last use', async () => {
    const ticket = await logOn(server);
    for (let turn = 0; turn < 3; turn += 1) {
      now += 5 * hour;
      expect(await works(ticket)).toBe(true);
    }
    now += 6 * hour;
    expect(await works(ticket)).toBe(false);
  });

  it('can be ended on demand, and a new one can be had', async () => {
    const ticket = await logOn(server);
    server.expireTickets();
    expect(await works(ticket)).toBe(false);
    expect(await works(await logOn(server))).toBe(true);
  });

  it('is asked for before anything is done', async () => {
    for (const header of ['', credentials('7T:unknown'), '<so:Credentials/>']) {
      const { text } = await post(
        server,
        'LogOffWindowsUsers',
        envelope(listBody([101]).replaceAll('GetAssociateList', 'LogOffWindowsUsers'), header),
      );
      expect(inside(text, 'Succeeded')).toBe('false');
      expect(inside(text, 'ExceptionType')).toMatch(/SoSessionException$/);
    }
    expect(server.loggedOn()).toEqual([101, 102, 103]);
  });
});

describe('logging people off', () => {
  it('takes those who are on off and passes over the others without a word', async () => {
    const ticket = await logOn(server);
    const { text, status } = await logOff(server, ticket, [102, 103, 77, 999_999]);
    expect(status).toBe(200);
    expect(inside(text, 'Succeeded')).toBe('true');
    expect(text).toMatch(/<LogOffWindowsUsersResponse[^>]*><\/LogOffWindowsUsersResponse>/);
    expect(server.loggedOn()).toEqual([101]);
    expect(server.calls('LogOffWindowsUsers')).toEqual([[102, 103, 77, 999_999]]);
    expect(server.journal().at(-1)?.loggedOff).toEqual([102, 103]);
  });

  it('takes an empty list for a mistake', async () => {
    const { text } = await logOff(server, await logOn(server), []);
    expect(inside(text, 'Succeeded')).toBe('false');
    expect(server.complaints()).toMatchObject([{ operation: 'LogOffWindowsUsers', message: /empty list/ }]);
  });
});

describe('asking who people are', () => {
  it('gives those that exist, each once', async () => {
    const { text } = await call(await logOn(server), 'GetAssociateList', listBody([103, 101, 999, 101]));
    expect(all(text, 'AssociateId')).toEqual(['103', '101']);
    expect(all(text, 'Name')).toEqual(['CARL', 'ANNA']);
    expect(all(text, 'Deleted')).toEqual(['true', 'false']);
    expect(all(text, 'GroupIdx')).toEqual(['2', '1']);
    expect(inside(text, 'FullName')).toBe('Carl &lt;Former&gt; &amp; Son');
  });

  it('gives the members of a group by primary group', async () => {
    const group = (type: number) =>
      `<so:GetAssociatesByGroup><so:GroupId>1</so:GroupId><so:Type>${type}</so:Type></so:GetAssociatesByGroup>`;
    const ticket = await logOn(server);
    expect(all((await call(ticket, 'GetAssociatesByGroup', group(2))).text, 'AssociateId')).toEqual([
      '101',
      '102',
      '104',
    ]);
    expect(all((await call(ticket, 'GetAssociatesByGroup', group(1))).text, 'AssociateId')).toEqual([]);
    expect(inside((await call(ticket, 'GetAssociatesByGroup', group(7))).text, 'Succeeded')).toBe('false');
  });

  it('finds one by person id, or answers nil', async () => {
    const person = (id: number) =>
      `<so:GetAssociateByPersonId><so:PersonId>${id}</so:PersonId></so:GetAssociateByPersonId>`;
    const ticket = await logOn(server);
    expect(inside((await call(ticket, 'GetAssociateByPersonId', person(9101))).text, 'AssociateId')).toBe('101');
    expect((await call(ticket, 'GetAssociateByPersonId', person(1))).text).toContain('<Response i:nil="true"/>');
  });

  it('lists the groups', async () => {
    const list = (name: string) =>
      `<so:GetList><so:Name>${name}</so:Name><so:ForceFlatList>true</so:ForceFlatList><so:AdditionalInfo></so:AdditionalInfo><so:OnlyHistory>false</so:OnlyHistory></so:GetList>`;
    const ticket = await logOn(server);
    server.addGroup({ id: 3, name: 'Old', deleted: true });
    const { text } = await call(ticket, 'GetList', list('usergroup'), 'MDO');
    expect(all(text, 'Name')).toEqual(['Sales', 'Support', 'Old']);
    expect(all(text, 'Deleted')).toEqual(['false', 'false', 'true']);
    expect(inside((await call(ticket, 'GetList', list('other'), 'MDO')).text, 'Succeeded')).toBe('false');
  });
});

describe('the world can be changed from outside', () => {
  it('lets people come, go and be removed', async () => {
    server.logOffDirectly(101);
    server.logOn(77);
    expect(server.loggedOn()).toEqual([77, 102, 103]);
    server.removeAssociate(102);
    expect(server.loggedOn()).toEqual([77, 103]);
    expect(server.associate(102)).toBeUndefined();
    server.addAssociate({ id: 5, name: 'NEW' });
    const { text } = await call(await logOn(server), 'GetAssociateList', listBody([102, 5]));
    expect(all(text, 'Name')).toEqual(['NEW']);
  });
});
