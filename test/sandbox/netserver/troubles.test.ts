import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalNetServer, startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import type { Trouble } from '../../../src/sandbox/netserver/troubles.ts';
import { all, archive, inside, logOff, logOn, people, whoIsOn } from './raw-soap.ts';

type Waiting = { readonly ms: number; readonly go: () => void };

let server: LocalNetServer;
let ticket: string;
let now: number;
let waiting: Waiting[];
let someoneWaits: () => void;

beforeEach(async () => {
  now = 0;
  waiting = [];
  someoneWaits = () => undefined;
  const wait = (ms: number) =>
    new Promise<void>((go) => {
      waiting.push({ ms, go });
      someoneWaits();
    });
  server = await startNetServer({ people, now: () => now, wait });
  ticket = await logOn(server);
});
afterEach(() => server.close());

const operation = 'LogOffWindowsUsers';
const once = { times: 1 };
const attempt = (signal?: AbortSignal) => logOff(server, ticket, [101], signal === undefined ? {} : { signal });
const isOn = () => server.isLoggedOn(101);
const nextWait = async (): Promise<Waiting> => {
  if (waiting.length === 0) await new Promise<void>((resolve) => (someoneWaits = resolve));
  return waiting.shift() ?? { ms: -1, go: () => undefined };
};

describe('answers that are not what was asked for', () => {
  const cases: readonly (readonly [Trouble, number, string | null, RegExp, boolean])[] = [
    [{ kind: 'cut-xml' }, 200, 'text/xml; charset=utf-8', /^<s:Envelope.*[^>]$/s, false],
    [{ kind: 'html', status: 200 }, 200, 'text/html; charset=utf-8', /^<!DOCTYPE html>/, true],
    [{ kind: 'html', status: 500 }, 500, 'text/html; charset=utf-8', /^<!DOCTYPE html>/, true],
    [{ kind: 'html', status: 500, effect: true }, 500, 'text/html; charset=utf-8', /^<!DOCTYPE html>/, false],
    [{ kind: 'json' }, 200, 'application/json', /^\{/, true],
    [{ kind: 'unauthorized' }, 401, 'text/plain', /denied/, true],
    [{ kind: 'empty' }, 200, null, /^$/, true],
    [{ kind: 'empty', effect: true }, 200, null, /^$/, false],
    [{ kind: 'wrong-content-type', contentType: 'text/html' }, 200, 'text/html', /Succeeded[^>]*>true/, false],
    [{ kind: 'junk', shape: 'less-than' }, 200, 'text/xml; charset=utf-8', /^<{81920}$/, true],
    [{ kind: 'junk', shape: 'html' }, 200, 'text/xml; charset=utf-8', /^<!DOCTYPE html>.{80000}/s, true],
    [{ kind: 'huge', bytes: 3_000_000 }, 200, 'text/xml; charset=utf-8', /^<\?xml.{3000000}/s, true],
    [{ kind: 'fault', message: 'broken <inside>' }, 500, 'text/xml; charset=utf-8', /Fault>.*broken &lt;inside/, true],
    [{ kind: 'unavailable' }, 503, 'text/html; charset=utf-8', /Unavailable/, true],
    [{ kind: 'no-headers' }, 200, 'text/xml; charset=utf-8', /^<s:Envelope[^>]*><s:Body>/, false],
    [{ kind: 'no-effect' }, 200, 'text/xml; charset=utf-8', /Succeeded[^>]*>true/, true],
    [{ kind: 'not-allowed' }, 200, 'text/xml; charset=utf-8', /Succeeded[^>]*>false/, true],
  ];

  it.each(cases)('%o', async (trouble, status, contentType, body, stillOn) => {
    server.trouble(operation, trouble, once);
    const sent = await attempt();
    expect(sent.status).toBe(status);
    expect(sent.headers.get('content-type')).toBe(contentType);
    expect(sent.text).toMatch(body);
    expect(isOn()).toBe(stillOn);
    expect(server.journal().at(-1)).toMatchObject({ trouble: trouble.kind, httpStatus: status });
    // The trouble was for one call; after it all is well.
    expect(inside((await attempt()).text, 'Succeeded')).toBe('true');
    expect(isOn()).toBe(false);
    expect(server.complaints()).toEqual([]);
  });

  it.each([302, 307] as const)('a redirect with %i to where it is told', async (status) => {
    server.trouble(operation, { kind: 'redirect', status, to: 'http://127.0.0.1:1/x' });
    const sent = await attempt();
    expect(sent.status).toBe(status);
    expect(sent.headers.get('location')).toBe('http://127.0.0.1:1/x');
    expect(isOn()).toBe(true);
  });

  it('30 MB, without saying so beforehand', async () => {
    server.trouble(operation, { kind: 'huge' });
    const sent = await attempt();
    expect(sent.headers.get('content-length')).toBeNull();
    expect(sent.text.length).toBeGreaterThan(30_000_000);
  });

  it('any exception', async () => {
    server.trouble(operation, {
      kind: 'exception',
      type: 'A.B.SoXException',
      message: 'raw',
      friendlyText: 'Sorry & so',
    });
    const { status, text } = await attempt();
    expect(status).toBe(200);
    expect(inside(text, 'ExceptionType')).toBe('A.B.SoXException');
    expect([inside(text, 'Message'), inside(text, 'FriendlyText')]).toEqual(['raw', 'Sorry &amp; so']);
    expect(inside(text, 'Succeeded')).toBe('false');
    expect(isOn()).toBe(true);
  });

  it('the right password taken for a wrong one', async () => {
    server.trouble('AuthenticateUsernamePassword', { kind: 'wrong-password' }, once);
    expect(await logOn(server)).toBe('');
    expect(await logOn(server)).toMatch(/^7T:/);
  });

  it('an archive that may not be read', async () => {
    server.trouble('GetArchiveListByColumns', { kind: 'not-allowed' });
    expect(inside((await archive(server, ticket)).text, 'ExceptionType')).toMatch(/SoSentryException$/);
    expect(inside((await attempt()).text, 'Succeeded')).toBe('true');
  });
});

describe('answers that do not come as they should', () => {
  it('a connection that is reset before or after the work', async () => {
    server.trouble(operation, { kind: 'reset-before' }, once);
    await expect(attempt()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(isOn()).toBe(true);
    server.trouble(operation, { kind: 'reset-after' }, once);
    await expect(attempt()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(isOn()).toBe(false);
    expect(server.journal().slice(-2)).toMatchObject([
      { trouble: 'reset-before', httpStatus: undefined, succeeded: false, loggedOff: [] },
      { trouble: 'reset-after', httpStatus: undefined, succeeded: true, loggedOff: [101] },
    ]);
  });

  it.each([false, true])('no answer at all, with the work done: %s', async (effect) => {
    server.trouble(operation, { kind: 'hang', effect });
    const given = new AbortController();
    const heard = new Promise<void>((resolve) => server.onExchange(() => resolve()));
    const outcome = expect(attempt(given.signal)).rejects.toThrow('enough');
    await heard;
    expect(isOn()).toBe(!effect);
    given.abort(new Error('enough'));
    await outcome;
  });

  it('a hanging call does not keep the server from closing', async () => {
    server.trouble(operation, { kind: 'hang' });
    const heard = new Promise<void>((resolve) => server.onExchange(() => resolve()));
    const outcome = expect(attempt()).rejects.toThrow();
    await heard;
    await server.close();
    await outcome;
  });

  it.each([false, true])('a slow answer, with the work done first: %s', async (effect) => {
    server.trouble(operation, { kind: 'slow', ms: 7000, effect });
    const answer = attempt();
    const pause = await nextWait();
    expect(pause.ms).toBe(7000);
    expect(isOn()).toBe(!effect);
    pause.go();
    expect(inside((await answer).text, 'Succeeded')).toBe('true');
    expect(isOn()).toBe(false);
  });

  it('an answer that drips', async () => {
    server.trouble(operation, { kind: 'drip', everyMs: 50 });
    const answer = attempt();
    let drops = 0;
    let whole = false;
    void answer.then(() => {
      whole = true;
    });
    const first = await nextWait();
    expect(whole).toBe(false);
    for (let pause: Waiting | undefined = first; pause !== undefined; pause = waiting.shift()) {
      expect(pause.ms).toBe(50);
      drops += 1;
      pause.go();
      await new Promise(setImmediate);
    }
    const { text } = await answer;
    expect(drops).toBe(text.length);
    expect(inside(text, 'Succeeded')).toBe('true');
  });

  it('refused connections, until it is there again on the same port', async () => {
    await server.refuse();
    await expect(attempt()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await server.refuse();
    await server.accept();
    await server.accept();
    expect(inside((await attempt()).text, 'Succeeded')).toBe('true');
  });
});

describe('people who come back by themselves', () => {
  it('at once: nobody ever sees them gone', async () => {
    server.trouble(operation, { kind: 'back-again' });
    await attempt();
    expect(server.journal().at(-1)?.loggedOff).toEqual([101]);
    expect(await whoIsOn(server, ticket)).toContain(101);
  });

  it('after the list was read some times', async () => {
    server.trouble(operation, { kind: 'back-again', when: { afterReads: 2 } });
    await attempt();
    expect(await whoIsOn(server, ticket)).not.toContain(101);
    expect(await whoIsOn(server, ticket)).not.toContain(101);
    expect(await whoIsOn(server, ticket)).toContain(101);
  });

  it('after some time', async () => {
    server.trouble(operation, { kind: 'back-again', when: { afterMs: 3000 } });
    await attempt();
    now = 2999;
    expect(await whoIsOn(server, ticket)).not.toContain(101);
    now = 3000;
    expect(await whoIsOn(server, ticket)).toContain(101);
  });
});

describe('trouble in store', () => {
  it('is for one operation or for all, comes in order, and can be taken back', async () => {
    server.trouble(operation, { kind: 'json' }, once);
    const undo = server.trouble('*', { kind: 'unavailable' });
    expect(server.troubles()).toHaveLength(2);
    expect((await attempt()).headers.get('content-type')).toBe('application/json');
    expect((await attempt()).status).toBe(503);
    expect((await archive(server, ticket)).status).toBe(503);
    undo();
    expect((await archive(server, ticket)).status).toBe(200);
    server.trouble(operation, { kind: 'json' });
    server.trouble('GetArchiveListByColumns', { kind: 'json' });
    server.clearTrouble(operation);
    expect((await attempt()).status).toBe(200);
    server.clearTrouble();
    expect(all((await archive(server, ticket)).text, 'PrimaryKey')).not.toEqual([]);
  });

  it('does not hide that a message is wrong', async () => {
    server.trouble('*', { kind: 'unavailable' }, once);
    expect((await logOff(server, ticket, [1.5])).status).toBe(500);
    expect((await logOff(server, ticket, [1])).status).toBe(503);
  });
});
