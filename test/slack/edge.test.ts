import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { listen, shut } from '../../src/slack/health.ts';
import { OPS, say, withButtons } from './listening.ts';
import { connected, pair, SIGNING_SECRET } from './local-slack.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, '127.0.0.1', 0);
  await shut(server);
  return port;
}

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('a command is acknowledged at once and answered privately', async () => {
    const { slack } = await connected(mode, (edge) =>
      edge.app.command('/logoff', async ({ ack, command }) => {
        await ack();
        await edge.answerTo(command.response_url)(say(`heard ${command.text}`));
      }),
    );
    const taken = await slack.as('U0ALICE').say('C0OPS', '/logoff 101');
    expect(taken).toMatchObject({ acknowledged: true });
    await slack.until(() => slack.as('U0ALICE').sees('C0OPS').length === 1);
    expect(slack.as('U0ALICE').latest('C0OPS')).toMatchObject({ text: 'heard 101', private: true });
  });

  test('a listener that throws is acknowledged, answered and noted without contents', async () => {
    const { slack, lines } = await connected(mode, (edge) =>
      edge.app.command('/logoff', async () => {
        throw new Error('fell over 101 secretly');
      }),
    );
    const taken = await slack.as('U0ALICE').say('C0OPS', '/logoff 101');
    expect(taken).toMatchObject({ acknowledged: true });
    await slack.until(() => slack.as('U0ALICE').sees('C0OPS').length === 1);
    expect(slack.as('U0ALICE').latest('C0OPS')).toMatchObject({
      text: expect.stringContaining('something went wrong'),
      private: true,
    });
    expect(lines).toMatchObject([{ level: 'error', code: 'slack_listener_failed', fields: { kind: 'command' } }]);
    expect(JSON.stringify(lines)).not.toContain('secretly');
  });

  test('an unknown command, button or window is acknowledged and answered', async () => {
    const { slack, edge } = await connected(mode);
    const alice = slack.as('U0ALICE');
    expect(await alice.say('C0OPS', '/other x')).toMatchObject({ acknowledged: true });
    await slack.until(() => alice.sees('C0OPS').length === 1);
    const ref = await edge.messenger.post(OPS, withButtons);
    expect(await alice.click(ref, 'Approve')).toMatchObject({ acknowledged: true });
    await slack.until(() => alice.sees('C0OPS').length === 3);
    expect(
      alice
        .sees('C0OPS')
        .filter((seen) => seen.private)
        .map((seen) => seen.text),
    ).toEqual([
      'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
      'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
    ]);
  });

  test('payloads of another workspace are refused in words and reach no listener', async () => {
    let commands = 0;
    const { slack, edge, lines } = await connected(mode, (edge) =>
      edge.app.command('/logoff', async ({ ack }) => {
        commands += 1;
        await ack();
      }),
    );
    const alice = slack.as('U0ALICE');
    const { delivery } = await alice.say('C0OPS', '/logoff');
    if (delivery === undefined) throw new Error('nothing was sent');
    const taken = await slack.deliver({ ...delivery, payload: { ...delivery.payload, team_id: 'T0AWAY' } });
    expect(taken).toMatchObject({ acknowledged: true });
    await slack.until(() => alice.sees('C0OPS').length === 1);
    expect(alice.latest('C0OPS').text).toContain('the workspace that I was installed in');
    expect(commands).toBe(1);
    expect(lines).toContainEqual(
      expect.objectContaining({
        code: 'slack_listener_failed',
        fields: expect.objectContaining({ code: 'foreign_team' }),
      }),
    );
    expect(await edge.identity()).toMatchObject({ teamId: 'T0HOME', botUserId: 'U0BOT', botId: 'B0BOT' });
    expect(slack.journal.calls('auth.test').length).toBe(1);
  });

  test('stopping waits for work under way, also for what outlives its listener', async () => {
    const gate = Promise.withResolvers<void>();
    const ended: string[] = [];
    const { slack, edge } = await connected(mode, (edge) =>
      edge.app.command('/logoff', async ({ ack }) => {
        await ack();
        void edge.track(gate.promise.then(() => ended.push('work')));
      }),
    );
    await slack.as('U0ALICE').say('C0OPS', '/logoff');
    const stopped = edge.stop().then(() => ended.push('stopped'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.resolve();
    await stopped;
    expect(ended).toEqual(['work', 'stopped']);
    expect(edge.state()).toBe('disconnected');
    expect(slack.sockets.open()).toBe(0);
  });

  test('stopping does not wait longer than it is told', async () => {
    const { slack, edge, lines } = await connected(mode, (edge) =>
      edge.app.command('/logoff', async ({ ack }) => {
        await ack();
        void edge.track(new Promise(() => undefined));
      }),
    );
    await slack.as('U0ALICE').say('C0OPS', '/logoff');
    await edge.stop(30);
    expect(lines).toContainEqual(expect.objectContaining({ code: 'slack_stopped_with_work_under_way' }));
  });

  test('the health paths answer on the port, everything else is not found', async () => {
    const { port } = await connected(mode);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const [healthy, ready, other] = [await get('/healthz'), await get('/readyz?verbose=1'), await get('/slack')];
    expect([healthy.status, await healthy.json()]).toEqual([200, { path: '/healthz' }]);
    expect([ready.status, await ready.json()]).toEqual([503, { path: '/readyz' }]);
    expect(other.status).toBe(404);
  });

  test('nothing is sent before the start, and a dead token ends it in words', async () => {
    const { slack, edge } = await pair(mode, { botToken: 'xoxb-dead' });
    expect(edge.state()).toBe('starting');
    expect(slack.journal.calls()).toEqual([]);
    await expect(edge.start()).rejects.toMatchObject({ name: 'SlackError', code: 'invalid_auth', method: 'auth.test' });
  });

  test.each<Fault>([
    { kind: 'rate_limited', retryAfter: 30 },
    { kind: 'status', status: 503 },
    { kind: 'reset', when: 'before the effect' },
  ])('Slack that cannot be asked who the bot is at the start is waited for: %j', async (fault) => {
    const waits: number[] = [];
    const { slack, edge, lines } = await pair(mode, {
      after: (delay, run) => {
        waits.push(delay);
        // What comes after these two waits is not waited for.
        return systemClock().after(waits.length <= 2 ? 1 : delay, run);
      },
    });
    // What may be repeated is asked three times at once, but not where Slack says when to come back.
    slack.faults.next('auth.test', fault, fault.kind === 'rate_limited' ? 2 : 6);
    await edge.start();
    expect(edge.state()).toBe('connected');
    expect(waits.slice(0, 2)).toEqual(fault.kind === 'rate_limited' ? [30_000, 30_000] : [1_000, 2_000]);
    expect(lines.filter(({ code }) => code === 'slack_unreachable')).toHaveLength(2);
  });

  test('while Slack is waited for, health questions are answered, and a stop ends the wait', async () => {
    const port = await freePort();
    const { slack, edge } = await pair(mode, { port });
    slack.faults.always('auth.test', { kind: 'rate_limited', retryAfter: 30 });
    const started = expect(edge.start()).rejects.toMatchObject({ code: 'rate_limited' });
    await slack.until(() => slack.journal.calls('auth.test').length > 0);
    expect(edge.state()).toBe('starting');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } })).status).toBe(200);
    await edge.stop();
    await started;
  });
});

describe('sockets', () => {
  test('a dead app token ends the start in words', async () => {
    const { edge } = await pair('socket', { appToken: 'xapp-dead' });
    await expect(edge.start()).rejects.toMatchObject({ code: 'invalid_auth', method: 'apps.connections.open' });
  });

  test('a lost connection shows and comes back, also past server errors', { timeout: 15_000 }, async () => {
    const { slack, edge, lines } = await connected('socket');
    expect(edge.state()).toBe('connected');
    slack.faults.next('apps.connections.open', { kind: 'status', status: 500 }, 2);
    slack.sockets.cut();
    await slack.until(() => edge.state() === 'reconnecting');
    await slack.until(() => slack.sockets.open() === 1, { within: 12_000 });
    await expect.poll(() => edge.state()).toBe('connected');
    expect(lines.map(({ code }) => code)).toContain('slack_connection_lost');
  });
});

describe('http', () => {
  const command = (timestamp: number) => {
    const body = 'command=%2Flogoff&text=&team_id=T0HOME&user_id=U0ALICE&channel_id=C0OPS&trigger_id=1';
    const signature = `v0=${createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature,
    };
    return { method: 'POST', headers, body };
  };

  test.each([
    ['now', 0, 200],
    ['four minutes ahead', 240, 200],
    ['six minutes ahead', 360, 401],
    ['six minutes ago', -360, 401],
  ])('a signed request of %s gets %i seconds: %i', async (_, ahead, status) => {
    const { port } = await connected('http', (edge) => edge.app.command('/logoff', async ({ ack }) => await ack()));
    const request = command(Math.floor(Date.now() / 1_000) + ahead);
    expect((await fetch(`http://127.0.0.1:${port}/slack/events`, request)).status).toBe(status);
  });

  test('an unsigned or wrongly signed request is refused, and noted without its body', async () => {
    const { slack, lines } = await connected('http');
    const delivery = { kind: 'slash_commands' as const, payload: { command: '/logoff', text: 'secretly' } };
    expect(await slack.deliver(delivery, { signature: 'tampered' })).toMatchObject({ status: 401 });
    expect(await slack.deliver(delivery, { signature: 'missing' })).toMatchObject({ status: 401 });
    expect(lines.map(({ code }) => code)).toEqual(['slack_bad_signature', 'slack_bad_signature']);
    expect(JSON.stringify(lines)).not.toContain('secretly');
  });
});
