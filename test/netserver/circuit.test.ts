import { describe, expect, test, vi } from 'vitest';
import { always, connected, expectNoSecrets, failure, ids } from './connected.ts';
import { type Answer, kind, refused, type Script, soap, startScripted } from './scripted-server.ts';

const HTML = { 'content-type': 'text/html' };
const reset: Answer = (_response, socket) => socket.resetAndDestroy();
const ASK_EVERY = 5_000;

const every =
  (answer: Answer): Script =>
  () =>
    answer;

/** All goes well for these operations, and is answered so for the others. */
const onlyWell = (well: readonly string[], answer: Answer): Script => {
  const good = kind();
  return (call) => (well.includes(call.operation) ? good(call) : answer);
};

async function failures(netServer: ReturnType<typeof connected>, count: number): Promise<readonly string[]> {
  const codes: string[] = [];
  for (let call = 0; call < count; call += 1) codes.push((await failure(netServer.systemInfo())).code);
  return codes;
}

describe('a server that is not responding', () => {
  test.each<readonly [string, Script]>([
    ['reset', every(reset)],
    ['unavailable', every({ status: 503, headers: HTML, body: 'no' })],
    ['unavailable', every({ status: 502, headers: HTML, body: 'no' })],
  ])('is asked three times (%s); then calls are refused at once, surely not executed', async (code, script) => {
    await using server = await startScripted(script);
    await using netServer = connected(server.url);
    expect(await failures(netServer, 5)).toEqual([code, code, code, 'away', 'away']);
    expect(server.received).toHaveLength(3);
    expect(netServer.isAway()).toBe(true);
    const refusal = await failure(netServer.logOff(ids(101), always));
    expect(refusal).toMatchObject({ code: 'away', executed: 'no', retryable: true, retryAfter: ASK_EVERY });
    expect(refusal.cause).toMatchObject({ code });
    expect(netServer.lines).toEqual([{ level: 'error', code: 'netserver_silent', reason: code, calls: 3 }]);
  });

  test('is found to be back by a harmless question that nobody waits for, and only then asked for anything', async () => {
    await using server = await startScripted(every(reset));
    await using netServer = connected(server.url);
    await failures(netServer, 3);
    netServer.pass(ASK_EVERY - 1);
    expect(server.received).toHaveLength(3);
    netServer.pass(1);
    await vi.waitFor(() => expect(server.received).toHaveLength(4));
    expect(server.received.at(-1)?.operation).toBe('GetSystemInfo');
    expect(await failures(netServer, 1)).toEqual(['away']);

    server.follow(kind());
    await vi.waitFor(() => {
      netServer.pass(ASK_EVERY);
      expect(netServer.isAway()).toBe(false);
    });
    await netServer.logOff(ids(101), always);
    expect(server.count('LogOffWindowsUsers')).toBe(1);
    expect(netServer.lines).toContainEqual({ level: 'info', code: 'netserver_back' });
  });

  test('is never tried with a log-off: while it is not known to be back, none leaves', async () => {
    const held: (() => void)[] = [];
    const hang: Answer = (response) => void held.push(() => response.destroy());
    await using server = await startScripted(kind());
    await using netServer = connected(server.url, { timeoutMs: 60_000 });
    await netServer.self();
    server.follow(every(reset));
    await failures(netServer, 3);
    server.follow(every(hang));
    netServer.pass(ASK_EVERY);
    await vi.waitFor(() => expect(held).toHaveLength(1));
    // The question is under way and may turn out well in a moment.
    const asked: boolean[] = [];
    const log = () => netServer.logOff(ids(101), () => asked.push(true) > 0);
    expect((await Promise.all([failure(log()), failure(log())])).map(({ code }) => code)).toEqual(['away', 'away']);
    expect(asked).toEqual([]);
    expect(server.count('LogOffWindowsUsers')).toBe(0);
    for (const release of held) release();
  });

  test('is not asked any more after close', async () => {
    await using server = await startScripted(every(reset));
    const netServer = connected(server.url);
    await failures(netServer, 3);
    await netServer.close();
    netServer.pass(10 * ASK_EVERY);
    expect(server.received).toHaveLength(3);
  });

  test('shows nothing secret in what is said of it', async () => {
    await using server = await startScripted(every({ status: 503, headers: HTML, body: 'CANARY' }));
    await using netServer = connected(server.url);
    for (let call = 0; call < 5; call += 1) await failure(netServer.self());
    expect(netServer.isAway()).toBe(true);
    expectNoSecrets(netServer.lines);
  });
});

describe('a server that answers is never taken for dead', () => {
  test.each<readonly [string, string, Script]>([
    ['a wrong password', 'credentials', onlyWell([], soap('', { header: refused('SoInvalidPasswordException') }))],
    [
      'no right',
      'not_allowed',
      onlyWell(['AuthenticateUsernamePassword'], soap('', { header: refused('SoSentryException') })),
    ],
    [
      'exceptions',
      'exception',
      onlyWell(['AuthenticateUsernamePassword'], soap('', { header: refused('SoServerException') })),
    ],
    [
      'dead tickets',
      'session',
      onlyWell(['AuthenticateUsernamePassword'], soap('', { header: refused('SoSessionException') })),
    ],
    [
      'faults',
      'fault',
      onlyWell([], soap('<s:Fault><faultcode>a</faultcode><faultstring>b</faultstring></s:Fault>', { status: 500 })),
    ],
    ['404', 'wrong_path', every({ status: 404, headers: HTML, body: 'no' })],
    ['401', 'windows_auth', every({ status: 401, headers: { 'content-type': 'text/plain' }, body: 'no' })],
    ['302', 'redirect', every({ status: 302, headers: { location: 'https://example.com' } })],
    ['web pages', 'not_soap', every({ headers: HTML, body: '<html>' })],
    ['one broken service', 'unavailable', every({ status: 500, headers: HTML, body: '<html>' })],
  ])('however often it answers with %s: the real reason is told each time', async (_, code, script) => {
    await using server = await startScripted(script);
    await using netServer = connected(server.url);
    for (let call = 0; call < 6; call += 1) {
      expect((await failure(netServer.findAssociates(ids(101)))).code).toBe(code);
      // A refused logon is not tried again before this.
      netServer.pass(60 * 60_000);
    }
    expect(netServer.isAway()).toBe(false);
  });

  test('one answer among the failures starts the count anew, also one that says no', async () => {
    let count = 0;
    await using server = await startScripted(() => {
      count += 1;
      return count % 3 === 0 ? soap('', { header: refused('SoServerException') }) : reset;
    });
    await using netServer = connected(server.url);
    expect(await failures(netServer, 9)).toEqual(Array(3).fill(['reset', 'reset', 'exception']).flat());
    expect(netServer.isAway()).toBe(false);
  });

  test('what was never sent counts neither way', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url);
    await netServer.self();
    for (let call = 0; call < 5; call += 1) {
      expect((await failure(netServer.logOff(ids(101), () => false))).code).toBe('cannot_send_in_time');
    }
    expect(netServer.isAway()).toBe(false);
  });
});
