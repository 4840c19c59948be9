import { request } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { secrets } from '../../src/sandbox/cast.ts';
import { signSlackRequest } from '../../src/sandbox/slack/http-delivery.ts';
import { openTown, type Town } from '../e2e/town.ts';
import { anyCommand, anyValue, bounded } from './nasty.ts';

interface Post {
  readonly path: string;
  readonly method: string;
  readonly type: string | undefined;
  readonly stamp: string;
  readonly signature: string;
  readonly body: string;
}

/** Posts it as it stands; gives the status, or nothing where the connection was closed instead. */
function post({ path, method, type, stamp, signature, body }: Post, port: number): Promise<number | undefined> {
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': signature,
    connection: 'close',
  };
  return new Promise((resolve) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(method === 'GET' ? '' : body);
  });
}

const FORM = 'application/x-www-form-urlencoded';
const type = fc.constantFrom(
  undefined,
  FORM,
  `${FORM}; charset=utf-8`,
  FORM.toUpperCase(),
  'application/json',
  'text/plain',
  'multipart/form-data',
  '',
  ';',
  'application/json;;',
);
/** Text that a header can hold. */
const header = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
const body = fc.oneof(
  anyCommand,
  anyValue.map((value) => JSON.stringify(value) ?? ''),
  anyValue.map((value) => new URLSearchParams({ payload: JSON.stringify(value) ?? '' }).toString()),
  fc
    .tuple(anyCommand, anyCommand)
    .map(([name, value]) =>
      new URLSearchParams({ command: '/logoff', [name.toWellFormed()]: value.toWellFormed() }).toString(),
    ),
  fc.constantFrom(
    'ssl_check=1',
    'ssl_check=1&payload={}',
    '{"type":"url_verification","challenge":"x"}',
    'payload=null',
    'null',
    '[]',
    '0',
  ),
);

async function isAlive({ bot }: Town): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${bot().port}/healthz`, { headers: { connection: 'close' } })).ok;
}

it('whatever is posted to the port, signed or not, is turned away or acknowledged, and nothing comes of it', async () => {
  const town = await openTown('http');
  const { bot, clock, slack, netserver, quiet } = town;
  const now = Math.floor(clock.now() / 1000);
  const stamp = fc.oneof(
    { weight: 5, arbitrary: fc.constant(String(now)) },
    { weight: 1, arbitrary: header },
    fc.integer().map(String),
  );
  const path = fc.constantFrom(
    '/slack/events',
    '/slack/events',
    '/slack/events?x=1',
    '/slack/./events',
    '/slack/events/',
    '/',
    '/healthz',
    '//',
    '/%',
  );
  const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS');
  const any = fc.record({ path, method, type, stamp, body, signed: fc.boolean(), signature: header });
  await fc.assert(
    fc.asyncProperty(any, async ({ signed, signature, ...rest }) => {
      const good = signSlackRequest(secrets.signingSecret, Number(rest.stamp), rest.body);
      const status = await post({ ...rest, signature: signed ? good : signature }, bot().port);
      expect([200, 400, 401, 404, 413, 415], JSON.stringify(rest)).toContain(status);
      expect(await isAlive(town)).toBe(true);
    }),
    bounded(200),
  );
  await quiet();
  expect(slack.transcript('C0HELPDESK')).toBe('');
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
});

it('whatever comes over the socket that is no payload is noted and nothing more', async () => {
  const town = await openTown('socket');
  const { slack, netserver, quiet } = town;
  const names = fc.constantFrom(
    'close',
    'connected',
    'disconnected',
    'error',
    'ws_message',
    'slack_event',
    'hello',
    'events_api',
    '__proto__',
    '',
  );
  const message = fc.oneof(
    anyCommand.map((text) => text.toWellFormed()),
    anyValue.map((value) => JSON.stringify(value) ?? ''),
    fc.record({ type: fc.oneof(names, anyValue), payload: anyValue }).map((value) => JSON.stringify(value)),
    fc
      .record({ type: fc.oneof(names, anyValue), envelope_id: fc.uuid(), payload: anyValue })
      .map((value) => JSON.stringify(value)),
    fc.uint8Array({ maxLength: 50 }),
  );
  await fc.assert(
    fc.asyncProperty(message, async (any) => {
      slack.sockets.tell(any);
      expect(await isAlive(town)).toBe(true);
    }),
    bounded(150),
  );
  await quiet();
  expect(slack.sockets.open()).toBe(1);
  expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
  await town.bob.say('/logoff 104');
  expect(slack.transcript('C0HELPDESK')).toMatch(/waiting for approval/);
});
