import { afterEach, describe, expect, test, vi } from 'vitest';
import { always, connected, failure, ids } from './connected.ts';
import { kind, loggedOn, refused, type Script, soap, startScripted, TICKET } from './scripted-server.ts';

const parsed = vi.hoisted((): string[] => []);
vi.mock('soap', async (original) => {
  const soapPackage = await original<typeof import('soap')>();
  return {
    ...soapPackage,
    createClientAsync: (...given: Parameters<typeof soapPackage.createClientAsync>) => {
      parsed.push(String(given[2]).replace(/^.*\//, ''));
      return soapPackage.createClientAsync(...given);
    },
  };
});

afterEach(() => {
  parsed.length = 0;
  vi.useRealTimers();
});

const MINUTE = 60_000;
const deadSession = soap('<LogOffWindowsUsersResponse/>', { header: refused('SoSessionException') });

/** Gives out tickets 1, 2, 3 …, of which only `alive` are known when they come back. */
function ticketed(alive: Set<string>): Script {
  const good = kind();
  let issued = 0;
  return (call) => {
    if (call.operation === 'AuthenticateUsernamePassword') {
      issued += 1;
      alive.add(`7T:CANARY-${issued}`);
      return loggedOn(86, `7T:CANARY-${issued}`);
    }
    const ticket = /Ticket>([^<]*)</.exec(call.body)?.[1] ?? '';
    return alive.has(ticket) ? good(call) : deadSession;
  };
}

describe('a cold start', () => {
  test('100 commands at once parse each WSDL once and log on once', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    const each = (n: number) => [
      netServer.findAssociates(ids(n)),
      netServer.whoIsOn(),
      netServer.logOff(ids(n), always),
    ];
    await Promise.all(Array.from({ length: 100 }, (_, n) => each(n + 1)).flat());

    expect(parsed.toSorted()).toEqual(['Archive.svc', 'Associate.svc', 'SoPrincipal.svc']);
    expect(server.count('AuthenticateUsernamePassword')).toBe(1);
    expect(server.count('LogOffWindowsUsers')).toBe(100);
    const sent = server.received.filter(({ operation }) => operation === 'LogOffWindowsUsers');
    expect(new Set(sent.map(({ body }) => /<a:int>(\d+)</.exec(body)?.[1])).size).toBe(100);
    expect(sent.every(({ body }) => body.split(TICKET).length === 2)).toBe(true);
    expect(server.connections()).toBeLessThanOrEqual(16);
  });

  test('connecting and warming up send nothing', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    await Promise.all([netServer.warm(), netServer.warm()]);
    expect(server.connections()).toBe(0);
    expect(parsed).toHaveLength(4);
    await netServer.logOff(ids(1), always);
    expect(parsed).toHaveLength(4);
  });

  test('calls one after the other share connections', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    for (let n = 1; n <= 20; n += 1) await netServer.logOff(ids(n), always);
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});

describe('the ticket', () => {
  test('is used again, and asked for anew before the vendor could have let it die', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    await netServer.self();
    vi.setSystemTime(Date.now() + 4.9 * 60 * MINUTE);
    await netServer.whoIsOn();
    expect(server.count('AuthenticateUsernamePassword')).toBe(1);
    vi.setSystemTime(Date.now() + 0.2 * 60 * MINUTE);
    await netServer.whoIsOn();
    expect(server.count('AuthenticateUsernamePassword')).toBe(2);
  });

  test('is dropped when NetServer does not know it: one new logon, one repeat, for all who hold it', async () => {
    const alive = new Set<string>();
    await using server = await startScripted(ticketed(alive));
    await using netServer = connected(server.url);
    await netServer.self();
    alive.clear();
    await Promise.all(Array.from({ length: 30 }, (_, n) => netServer.logOff(ids(n + 1), always)));
    expect(server.count('AuthenticateUsernamePassword')).toBe(2);
    const sent = server.count('LogOffWindowsUsers');
    expect(sent).toBeGreaterThan(30);
    expect(sent).toBeLessThanOrEqual(60);
  });

  test('is not renewed in a loop', async () => {
    const good = kind();
    await using server = await startScripted((call) =>
      call.operation === 'LogOffWindowsUsers' ? deadSession : good(call),
    );
    await using netServer = connected(server.url);
    expect(await failure(netServer.logOff(ids(1), always))).toMatchObject({ code: 'session', executed: 'no' });
    expect(server.count('LogOffWindowsUsers')).toBe(2);
    expect(server.count('AuthenticateUsernamePassword')).toBe(2);
  });

  test('that is refused right after its logon is followed by no other logon for a while, longer each time', async () => {
    const good = kind();
    await using server = await startScripted((call) =>
      call.operation === 'LogOffWindowsUsers' ? deadSession : good(call),
    );
    await using netServer = connected(server.url);
    const logons = () => server.count('AuthenticateUsernamePassword');
    for (const wait of [30, 60, 120, 240, 300, 300]) {
      expect(await failure(netServer.logOff(ids(1), always))).toMatchObject({ code: 'session' });
      const before = logons();
      netServer.pass((wait - 1) * 1_000);
      const meanwhile = await failure(netServer.logOff(ids(1), always));
      expect(meanwhile).toMatchObject({ code: 'session', executed: 'no', retryable: true });
      expect(meanwhile.retryAfter).toBeCloseTo(1_000, -1);
      // What the ticket is good for goes on.
      await netServer.whoIsOn();
      expect(logons()).toBe(before);
      expect(netServer.lines.at(-1)).toMatchObject({ code: 'netserver_session_refused', backOffSeconds: wait });
      netServer.pass(1_001);
    }
    expect(logons()).toBe(7);

    server.follow(good);
    await netServer.logOff(ids(1), always);
    netServer.pass(10 * MINUTE);
    server.follow((call) => (call.operation === 'LogOffWindowsUsers' ? deadSession : good(call)));
    await failure(netServer.logOff(ids(1), always));
    expect(netServer.lines.at(-1)).toMatchObject({ code: 'netserver_session_refused', backOffSeconds: 30 });
  });

  test('that died is asked about each send: the repeat needs its own leave', async () => {
    const alive = new Set<string>();
    await using server = await startScripted(ticketed(alive));
    await using netServer = connected(server.url);
    await netServer.self();
    alive.clear();
    const leave = [true, false];
    const error = await failure(netServer.logOff(ids(1), () => leave.shift() ?? false));
    expect(error).toMatchObject({ code: 'cannot_send_in_time', executed: 'no' });
    expect(server.count('LogOffWindowsUsers')).toBe(1);
    expect(leave).toEqual([]);
  });

  test('goes out escaped, and never to SoPrincipal', async () => {
    const good = kind();
    await using server = await startScripted((call) =>
      call.operation === 'AuthenticateUsernamePassword' ? loggedOn(86, '7T:a&lt;b&amp;c') : good(call),
    );
    await using netServer = connected(server.url);
    await netServer.whoIsOn();
    await netServer.systemInfo();
    const [, archive, info] = server.received;
    expect(archive?.body).toContain('<tns:Credentials><tns:Ticket>7T:a&lt;b&amp;c</tns:Ticket></tns:Credentials>');
    expect(info?.body).not.toContain('Credentials');
  });
});

test('who the bot is comes from its logon', async () => {
  await using server = await startScripted(kind());
  await using netServer = connected(server.url);
  expect(await netServer.self()).toEqual({
    associateId: 77,
    login: 'SLACKBOT',
    userType: 'InternalAssociate',
    functionRights: ['admin-users'],
  });
  expect(netServer.lines).toEqual([
    { level: 'info', code: 'netserver_logged_on', associateId: 77, userType: 'InternalAssociate' },
  ]);
});
