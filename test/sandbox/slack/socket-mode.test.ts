import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { boltOverSocket } from './bolt-app.ts';
import { call, openSlack } from './workspace.ts';

let slack: LocalSlack;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  slack = await openSlack({ acknowledgeWithinMs: 300, pingEveryMs: 20 });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await slack.close();
});

interface Line {
  readonly socket: WebSocket;
  readonly heard: Record<string, unknown>[];
}

async function address(): Promise<string> {
  return String((await call(slack, 'apps.connections.open', {}, 'xapp-local'))['url']);
}

/** A raw connection that acknowledges envelopes with `answer`, where there is one. */
async function connect(answer?: object): Promise<Line> {
  const socket = new WebSocket(await address());
  sockets.push(socket);
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => {
    const message: unknown = JSON.parse(String(data));
    if (typeof message !== 'object' || message === null) return;
    heard.push({ ...message });
    if (answer !== undefined && 'envelope_id' in message) {
      socket.send(JSON.stringify({ envelope_id: message.envelope_id, payload: answer }));
    }
  });
  await once(socket, 'message');
  return { socket, heard };
}

describe('Socket Mode', () => {
  test('greets, pings, and takes a ticket once', async () => {
    const url = await address();
    const first = new WebSocket(url);
    sockets.push(first);
    const [hello] = await once(first, 'message');
    expect(JSON.parse(String(hello))).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0APP' },
    });
    await once(first, 'ping');
    const second = new WebSocket(url);
    await expect(once(second, 'open')).rejects.toThrow('408');
    expect(slack.sockets.open()).toBe(1);
  });

  test('spreads payloads over the connections and takes answers with the acknowledgement', async () => {
    const lines = [await connect({ text: 'hi' }), await connect({ text: 'hi' })];
    for (let n = 0; n < 4; n += 1) {
      expect(await slack.as('U0BOB').say('#ops', `/logoff ${n}`)).toMatchObject({
        acknowledged: true,
        body: { text: 'hi' },
      });
    }
    const envelopes = lines.map(({ heard }) => heard.filter(({ type }) => type === 'slash_commands'));
    expect(envelopes.map((each) => each.length)).toEqual([2, 2]);
    expect(envelopes[0]?.[0]).toMatchObject({ accepts_response_payload: true, payload: { command: '/logoff' } });
  });

  test('an eleventh connection is told to go', async () => {
    for (let n = 0; n < 10; n += 1) await connect();
    const { heard } = await connect();
    expect(heard[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(slack.sockets.open()).toBe(10);
  });

  test('nobody connected is dispatch_failed, silence is operation_timeout, a cut line fails at once', async () => {
    const bob = slack.as('U0BOB');
    expect(await bob.say('#ops', '/logoff 1')).toMatchObject({ problem: 'dispatch_failed' });
    await connect();
    expect(await bob.say('#ops', '/logoff 2')).toMatchObject({ problem: 'operation_timeout' });
    const saying = bob.say('#ops', '/logoff 3');
    slack.sockets.cut();
    expect(await saying).toMatchObject({ acknowledged: false, problem: 'dispatch_failed' });
    expect(slack.sockets.open()).toBe(0);
  });

  test('a disconnect message comes before the close', async () => {
    const { socket, heard } = await connect();
    const closed = once(socket, 'close');
    slack.sockets.disconnect('refresh_requested', { closeAfterMs: 30 });
    await closed;
    expect(heard.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    await slack.until(() => slack.sockets.open() === 0);
  });

  test('the real client comes back after a cut', async () => {
    const bolt = await boltOverSocket(slack, (app) => {
      app.command('/logoff', async ({ ack }) => ack('here'));
    });
    slack.sockets.cut();
    await slack.until(() => slack.sockets.open() === 1, { within: 12_000, what: 'a new connection' });
    expect(await slack.as('U0BOB').say('#ops', '/logoff 1')).toMatchObject({ body: { text: 'here' } });
    await bolt.stop();
  });
});
