import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { SlackEdge } from '../../src/slack/connect.ts';
import { say } from './listening.ts';
import { pair } from './local-slack.ts';

const MINUTE = 60_000;
/** Waits are a hundredth of what they are. */
const SHORTENED = 100;
const clock = systemClock();
const by = (factor: number) => ({ after: (delay: number, run: () => void) => clock.after(delay / factor, run) });
const shortened = by(SHORTENED);
const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

function answering(edge: SlackEdge): void {
  edge.app.command('/logoff', async ({ ack, command }) => {
    await ack();
    await edge.answerTo(command.response_url)(say(`heard ${command.text}`));
  });
}

/** A bot with both of its connections open. */
async function twoConnections(factor = SHORTENED) {
  const both = await pair('socket', by(factor));
  answering(both.edge);
  await both.edge.start();
  const { slack, edge } = both;
  expect(edge.connections()).toEqual(['connected', 'starting']);
  await slack.until(() => slack.sockets.open() === 2);
  await vi.waitFor(() => expect(edge.connections()).toEqual(['connected', 'connected']));
  const alice = slack.as('U0ALICE');
  const codes = () => both.lines.map(({ code }) => code);
  return { ...both, alice, codes };
}

/** How few connections were open at any moment from now on. */
function fewest(slack: Awaited<ReturnType<typeof pair>>['slack']): () => number {
  let least = slack.sockets.open();
  onTestFinished(
    slack.onEvent((event) => {
      if (event.type === 'sockets') least = Math.min(least, event.open);
    }),
  );
  return () => least;
}

test('there are two connections, the second some seconds after the first, each asked for with the app token', async () => {
  const { slack, edge } = await twoConnections();
  expect(slack.journal.calls('apps.connections.open')).toHaveLength(2);
  expect(slack.journal.complaints()).toEqual([]);
  await edge.stop();
  expect(edge.connections()).toEqual(['disconnected', 'disconnected']);
  await slack.until(() => slack.sockets.open() === 0);
});

test('while one connection is cut the other one serves, and the cut one is opened again at once', async () => {
  const { slack, edge, alice, codes } = await twoConnections();
  for (let time = 1; time <= 5; time += 1) {
    slack.sockets.cut(1);
    expect(await alice.say('C0OPS', `/logoff ${time}`)).toMatchObject({ acknowledged: true });
    expect(edge.state()).toBe('connected');
    await slack.until(() => slack.sockets.open() === 2);
  }
  await slack.until(() => alice.sees('C0OPS').length === 5);
  expect(codes()).toContain('slack_connection_lost');
  expect(codes()).toContain('slack_connected_again');
});

test('when all are cut the bot says so, and is back without anybody doing anything', async () => {
  const { slack, edge, alice } = await twoConnections();
  slack.sockets.cut();
  await slack.until(() => edge.state() === 'reconnecting');
  expect(await alice.say('C0OPS', '/logoff')).toMatchObject({ acknowledged: false, problem: 'dispatch_failed' });
  await slack.until(() => slack.sockets.open() === 2);
  await vi.waitFor(() => expect(edge.connections()).toEqual(['connected', 'connected']));
  expect(await alice.say('C0OPS', '/logoff')).toMatchObject({ acknowledged: true });
});

describe.each(['warning', 'refresh_requested'] as const)('a disconnect with %s', (reason) => {
  test('is obeyed by opening the next connection first: there are never fewer, and no command is lost', async () => {
    // Slack closes them before the bot would.
    const { slack, edge, alice, codes } = await twoConnections(10);
    const least = fewest(slack);
    const asked = slack.journal.calls('apps.connections.open').length;
    slack.sockets.disconnect(reason, { closeAfterMs: 1_000 });
    for (let time = 1; time <= 20; time += 1) {
      expect(await alice.say('C0OPS', `/logoff ${time}`)).toMatchObject({ acknowledged: true });
      await wait(10);
    }
    await slack.until(() => alice.sees('C0OPS').length === 20);
    expect(least()).toBe(2);
    expect(slack.journal.calls('apps.connections.open')).toHaveLength(asked + 2);
    await slack.until(() => slack.sockets.open() === 2);
    expect(edge.connections()).toEqual(['connected', 'connected']);
    expect(codes()).not.toContain('slack_connection_lost');
  });
});

test('a disconnect at each hello is not answered by a flood of new connections', async () => {
  const { slack } = await twoConnections();
  const unsubscribe = slack.onEvent((event) => {
    if (event.type === 'sockets') queueMicrotask(() => slack.sockets.disconnect('refresh_requested', { count: 1 }));
  });
  onTestFinished(unsubscribe);
  const before = slack.journal.calls('apps.connections.open').length;
  slack.sockets.disconnect('refresh_requested', { count: 1 });
  await wait(MINUTE / SHORTENED);
  expect(slack.journal.calls('apps.connections.open').length - before).toBeLessThan(20);
});

describe('apps.connections.open refused for two minutes', () => {
  test.each([
    ['500', { kind: 'status', status: 500 }, 30],
    ['429', { kind: 'rate_limited', retryAfter: 30 }, 10],
    ['internal_error', { kind: 'error', error: 'internal_error' }, 30],
    ['a connection that breaks off', { kind: 'reset', when: 'before the effect' }, 30],
    ['a token that was revoked meanwhile', { kind: 'error', error: 'token_revoked' }, 30],
  ] as const)('with %s, the bot goes on trying, now and then, and comes back', async (_, fault, most) => {
    const { slack, edge, alice, codes } = await twoConnections();
    slack.faults.always('apps.connections.open', fault);
    const before = slack.journal.calls('apps.connections.open').length;
    const tries = () => slack.journal.calls('apps.connections.open').length - before;
    slack.sockets.cut();
    await wait((2 * MINUTE) / SHORTENED);
    expect(edge.connections()).toEqual(['reconnecting', 'reconnecting']);
    expect(tries()).toBeLessThan(most);
    await slack.until(() => tries() > 3);
    expect(codes()).toContain('slack_unreachable');
    slack.faults.clear();
    await slack.until(() => slack.sockets.open() === 2);
    await vi.waitFor(() => expect(edge.state()).toBe('connected'));
    expect(await alice.say('C0OPS', '/logoff')).toMatchObject({ acknowledged: true });
  });

  test('at the start it is waited for, and the operator is told', async () => {
    const { slack, edge, lines } = await pair('socket', shortened);
    slack.faults.next('apps.connections.open', { kind: 'status', status: 503 }, 3);
    await edge.start();
    expect(edge.state()).toBe('connected');
    expect(lines[0]).toMatchObject({
      level: 'warn',
      code: 'slack_unreachable',
      fields: { connection: 1, code: 'unavailable', detail: 'http_503' },
    });
  });

  test('a stop while it is waited for ends the wait', async () => {
    const { slack, edge } = await pair('socket');
    slack.faults.always('apps.connections.open', { kind: 'status', status: 503 });
    const started = edge.start();
    const refused = expect(started).rejects.toMatchObject({ code: 'unavailable' });
    await slack.until(() => slack.journal.calls('apps.connections.open').length > 0);
    await edge.stop();
    await refused;
  });
});

test.each([
  ['no JSON', 'hello'],
  ['nothing', 'null'],
  ['a list', '[]'],
  ['a message without a type', '{"envelope_id":"e1","payload":{}}'],
  ['a word that the package uses for itself', '{"type":"close"}'],
  ['another one', '{"type":"disconnected"}'],
  ['one that would end the process', '{"type":"events_api","payload":{}}'],
  ['bytes', new Uint8Array([1, 2, 3])],
])('%s from Slack does no harm, and is noted without its contents', async (_, message) => {
  const { slack, edge, alice, lines } = await twoConnections();
  slack.sockets.tell(message);
  await vi.waitFor(() =>
    expect(lines.filter(({ code }) => code === 'slack_unknown_payload')).toMatchObject([
      { level: 'warn', fields: { kind: 'message' } },
      { level: 'warn', fields: { kind: 'message' } },
    ]),
  );
  expect(await alice.say('C0OPS', '/logoff')).toMatchObject({ acknowledged: true });
  expect(edge.connections()).toEqual(['connected', 'connected']);
  expect(slack.journal.calls('apps.connections.open')).toHaveLength(2);
});

test.each([
  ['events_api', {}],
  ['events_api', { type: 'event_callback', event: { type: 'close' } }],
  ['interactive', { type: 'workflow_step_edit' }],
  ['slash_commands', {}],
] as const)('an unknown payload of kind %s is acknowledged: %j', async (kind, payload) => {
  const { slack, lines } = await twoConnections();
  expect(await slack.deliver({ kind, payload })).toMatchObject({ acknowledged: true });
  expect(lines.map(({ code }) => code)).not.toContain('slack_connection_lost');
});

test('a connection that went dead without a word is noticed although its goodbye is not answered', async () => {
  const { slack, edge, lines } = await pair('socket', { ...shortened, pongWithin: 300 });
  await edge.start();
  await slack.until(() => slack.sockets.open() === 2);
  slack.sockets.silence();
  await slack.until(() => lines.some(({ code }) => code === 'slack_connection_lost'));
  await slack.until(() => slack.journal.calls('apps.connections.open').length === 3);
  await vi.waitFor(() => expect(edge.connections()).toEqual(['connected', 'connected']));
  slack.sockets.cut();
});
