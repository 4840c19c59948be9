import { describe, expect, test } from 'vitest';
import { NetServerError } from '../../src/netserver/errors.ts';
import { always, connected, expectNoSecrets, failure, ids } from './connected.ts';
import { kind, refused, type Script, soap, startScripted } from './scripted-server.ts';

const MINUTE = 60_000;
const deadSession = soap('<LogOffWindowsUsersResponse/>', { header: refused('SoSessionException') });
const wrongFlag = soap(
  '<AuthenticateResponse><AuthenticationSucceeded>false</AuthenticationSucceeded></AuthenticateResponse>',
);

describe('a refused logon', () => {
  test.each([
    ['a flag', wrongFlag],
    [
      'a password exception',
      soap('<AuthenticateResponse/>', { header: refused('SoInvalidPasswordException', 'Wrong password') }),
    ],
    ['a session exception', soap('<AuthenticateResponse/>', { header: refused('SoSessionException') })],
  ])('shown as %s is tried once, then not for minutes, whoever asks', async (_name, answer) => {
    const good = kind();
    await using server = await startScripted((call) =>
      call.operation === 'AuthenticateUsernamePassword' ? answer : good(call),
    );
    await using netServer = connected(server.url);

    const first = await Promise.all([failure(netServer.logOff(ids(1), always)), failure(netServer.whoIsOn())]);
    expect(first.map(({ code }) => code)).toEqual(['credentials', 'credentials']);
    netServer.pass(4.9 * MINUTE);
    const later = await failure(netServer.logOff(ids(1), always));
    expect(later).toMatchObject({ code: 'backing_off', executed: 'no', retryable: false });
    expect(later.retryAfter).toBeCloseTo(0.1 * MINUTE, -1);
    expect(later.cause).toBeInstanceOf(NetServerError);
    expect(later.cause).toMatchObject({ code: 'credentials' });
    expect(server.received).toHaveLength(1);
    expect(netServer.lines).toEqual([
      expect.objectContaining({ level: 'error', code: 'netserver_logon_refused', backOffSeconds: 300 }),
    ]);
    expectNoSecrets(netServer.lines);

    server.follow(good);
    netServer.pass(0.2 * MINUTE);
    await netServer.logOff(ids(1), always);
    expect(server.count('AuthenticateUsernamePassword')).toBe(2);
  });

  test('waits longer each time, up to an hour, and starts over after a good one', async () => {
    const good = kind();
    const bad: Script = (call) => (call.operation === 'AuthenticateUsernamePassword' ? wrongFlag : good(call));
    await using server = await startScripted(bad);
    await using netServer = connected(server.url);
    for (let n = 0; n < 6; n += 1) {
      await failure(netServer.self());
      netServer.pass(60 * MINUTE);
    }
    const waits = netServer.lines.map((line) => Reflect.get(Object(line), 'backOffSeconds'));
    expect(waits).toEqual([300, 600, 1200, 2400, 3600, 3600]);

    server.follow(good);
    await netServer.self();
    server.follow((call) => (call.operation === 'LogOffWindowsUsers' ? deadSession : bad(call)));
    expect(await failure(netServer.logOff(ids(1), always))).toMatchObject({ code: 'credentials', executed: 'no' });
    expect(netServer.lines.at(-1)).toMatchObject({ backOffSeconds: 300 });
  });

  test('for another reason keeps its reason and is tried again after half a minute', async () => {
    const good = kind();
    const noLicence = soap('<AuthenticateResponse/>', { header: refused('SoLicenseException', 'No licence free') });
    await using server = await startScripted((call) =>
      call.operation === 'AuthenticateUsernamePassword' ? noLicence : good(call),
    );
    await using netServer = connected(server.url);
    expect(await failure(netServer.self())).toMatchObject({
      code: 'not_allowed',
      executed: 'no',
      detail: 'No licence free',
    });
    expect(await failure(netServer.self())).toMatchObject({ code: 'backing_off', cause: { code: 'not_allowed' } });
    netServer.pass(31_000);
    server.follow(good);
    expect(await netServer.self()).toMatchObject({ associateId: 77 });
  });

  test('that never got an answer is tried again at once', async () => {
    await using server = await startScripted(() => ({ status: 503 }));
    await using netServer = connected(server.url);
    expect(await failure(netServer.logOff(ids(1), always))).toMatchObject({ code: 'unavailable', executed: 'no' });
    server.follow(kind());
    await netServer.logOff(ids(1), always);
  });

  test.each([
    ['no ticket', '<Credentials/>'],
    ['no associate', '<Credentials><Ticket>7T:CANARY</Ticket></Credentials>'],
  ])('is what success with %s counts as', async (_name, inside) => {
    const answer = soap(
      `<AuthenticateResponse>${inside}<AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse>`,
    );
    await using server = await startScripted(() => answer);
    await using netServer = connected(server.url);
    expect(await failure(netServer.self())).toMatchObject({ code: 'unexpected_answer', executed: 'no' });
  });
});
