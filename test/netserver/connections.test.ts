import { once } from 'node:events';
import { createServer } from 'node:https';
import { Agent } from 'undici';
import { describe, expect, test, vi } from 'vitest';
import { exchange } from '../../src/netserver/exchange.ts';
import { always, connected, failure, ids } from './connected.ts';
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from './loopback-certificate.ts';
import { type Answer, kind, logOffAnswered, soap, startScripted } from './scripted-server.ts';

const XML = { 'content-type': 'text/xml; charset=utf-8' };

describe('time', () => {
  test('a server that never answers is given up on, and it may have been done', async () => {
    await using server = await startScripted(logOffAnswered(() => {}));
    await using netServer = connected(server.url, { timeoutMs: 1_000 });
    await netServer.self();
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'timeout', executed: 'maybe' });
  });

  test('an answer that drips is given up on too', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const drip: Answer = (response) => {
      response.writeHead(200, XML);
      const timer = setInterval(() => response.write(' '), 20);
      timers.add(timer);
      response.on('close', () => clearInterval(timer));
    };
    await using server = await startScripted(logOffAnswered(drip));
    await using netServer = connected(server.url, { timeoutMs: 1_000 });
    await netServer.self();
    // It would drip for ever.
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'timeout', executed: 'maybe' });
    for (const timer of timers) clearInterval(timer);
  });

  test('a timeout during the logon means that the log-off was not sent', async () => {
    await using server = await startScripted(() => () => {});
    await using netServer = connected(server.url, { timeoutMs: 1_000 });
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'timeout', executed: 'no' });
    expect(server.count('LogOffWindowsUsers')).toBe(0);
  });

  test('a call that waits for a free connection until its time is over was not sent, and is not sent later', async () => {
    const held: (() => void)[] = [];
    await using server = await startScripted(({ body }) =>
      body === 'first' ? (response) => void held.push(() => response.destroy()) : soap('<x/>'),
    );
    // One connection, and limits of their own: nothing hangs on who is quicker.
    const agent = new Agent({ connections: 1 });
    const call = (body: string, timeoutMs: number) => {
      const limits = { timeoutMs, mostAnswerBytes: 10_000, maySend: always };
      return exchange(agent, { origin: server.url, path: '/', headers: {}, body: Buffer.from(body), ...limits });
    };
    const first = failure(call('first', 60_000));
    await vi.waitFor(() => expect(held).toHaveLength(1), 30_000);
    expect(await failure(call('second', 50))).toMatchObject({ code: 'timeout', executed: 'no' });
    for (const release of held) release();
    expect(await first).toMatchObject({ code: 'reset', executed: 'maybe' });
    await call('third', 60_000);
    expect(server.received.map(({ body }) => body)).toEqual(['first', 'third']);
    await agent.close();
  });
});

describe('no connection', () => {
  test('a refused one means that nothing was executed', async () => {
    const server = await startScripted(kind());
    await server[Symbol.asyncDispose]();
    await using netServer = connected(server.url);
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({
      code: 'refused_connection',
      executed: 'no',
      retryable: true,
    });
  });

  test('a server that goes away after the logon was not reached either', async () => {
    const server = await startScripted(kind());
    await using netServer = connected(server.url);
    await netServer.self();
    await server[Symbol.asyncDispose]();
    await vi.waitFor(async () => {
      expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({
        code: 'refused_connection',
        executed: 'no',
      });
    });
  });

  test('an unknown host means that nothing was executed', async () => {
    await using netServer = connected('http://netserver.invalid');
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({
      code: 'dns',
      executed: 'no',
      retryable: true,
    });
  });

  test('a server without TLS where TLS is wanted was not reached', async () => {
    await using server = await startScripted(kind());
    await using netServer = connected(server.url.replace('http:', 'https:'));
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'tls', executed: 'no' });
  });

  test('a certificate is trusted only where its authority is', async () => {
    let requests = 0;
    const server = createServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE }, (_request, response) => {
      requests += 1;
      const { headers, body } = soap(
        '<GetSystemInfoResponse><SystemInfo><CompanyName>Example</CompanyName></SystemInfo></GetSystemInfoResponse>',
      );
      response.writeHead(200, { ...headers }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    {
      await using distrustful = connected(url);
      expect(await failure(distrustful.systemInfo())).toMatchObject({ code: 'tls', executed: 'no' });
      expect(requests).toBe(0);
      await using lost = connected(url, { ca: '' });
      expect(await failure(lost.systemInfo())).toMatchObject({ code: 'tls', executed: 'no' });
      await using trusting = connected(url, { ca: LOOPBACK_CERTIFICATE });
      expect(await trusting.systemInfo()).toMatchObject({ companyName: 'Example' });
    }
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  test('after close nothing is sent', async () => {
    await using server = await startScripted(kind());
    const netServer = connected(server.url);
    await netServer.close();
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'unavailable', executed: 'no' });
  });
});
