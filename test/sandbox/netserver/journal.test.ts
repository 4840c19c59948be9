import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Exchange } from '../../../src/sandbox/netserver/journal.ts';
import { type LocalNetServer, startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import { masked } from '../../../src/sandbox/netserver/secrets.ts';
import { archive, logOff, logOn, password, people, post } from './raw-soap.ts';

let server: LocalNetServer;

beforeEach(async () => {
  server = await startNetServer({ people, now: () => 1_000, journalSize: 5 });
});
afterEach(() => server.close());

it('tells each exchange as it happened, to the listener too', async () => {
  const heard: Exchange[] = [];
  const stop = server.onExchange((exchange) => heard.push(exchange));
  const ticket = await logOn(server);
  await logOff(server, ticket, [101, 77]);
  stop();
  await fetch(`${server.url}/Remote/Services86/MDO.svc`);
  expect(server.journal()).toMatchObject([
    {
      n: 1,
      at: 1_000,
      service: 'SoPrincipal',
      operation: 'AuthenticateUsernamePassword',
      httpStatus: 200,
      succeeded: true,
    },
    { n: 2, service: 'Associate', operation: 'LogOffWindowsUsers', ids: [101, 77], loggedOff: [101], succeeded: true },
    { n: 3, service: '', operation: '', httpStatus: 405, succeeded: false },
  ]);
  expect(heard).toEqual(server.journal().slice(0, 2));
  expect(server.journal()[1]?.requestXml).toContain('<arr:int>101</arr:int>');
  expect(server.journal()[1]?.responseXml).toContain('LogOffWindowsUsersResponse');
});

it('never holds a password or a ticket, also of messages that were refused', async () => {
  const ticket = await logOn(server);
  await logOff(server, ticket, [101]);
  await post(server, 'LogOffWindowsUsers', `<so:Password>${ticket}`);
  await post(
    server,
    'LogOffWindowsUsers',
    `<a><Ticket x="1">${ticket}</Ticket><b:ApplicationToken>${ticket}</b:ApplicationToken></a>`,
  );
  const all = JSON.stringify([server.journal(), server.complaints()]);
  expect(all).toContain('***');
  expect(all).not.toContain(ticket);
  expect(all).not.toContain('s3cret');
  expect(all).not.toContain(password);
});

it.each([
  ['<a:Password>x</a:Password>', '<a:Password>***</a:Password>'],
  ['<Ticket/><b>x</b>', '<Ticket/><b>x</b>'],
  ['<Ticket i:nil="true"/><b>x</b></Ticket>', '<Ticket i:nil="true"/><b>x</b></Ticket>'],
  ['<Ticket>7T:x', '<Ticket>***'],
  ['<Ticket><![CDATA[</x>7T:y]]></Ticket>z', '<Ticket>***</Ticket>z'],
  ['<Tickets>x</Tickets>', '<Tickets>x</Tickets>'],
])('masks %s', (xml, shown) => {
  expect(masked(xml)).toBe(shown);
});

it('is bounded in entries and in size', async () => {
  const ticket = await logOn(server);
  for (let id = 1; id <= 400; id += 1) server.addAssociate({ id, name: `U${id}` });
  for (let turn = 0; turn < 7; turn += 1) await archive(server, ticket);
  expect(server.journal().map(({ n }) => n)).toEqual([4, 5, 6, 7, 8]);
  expect(server.journal()[0]?.responseXml.length).toBeLessThan(17_000);
  server.forget();
  expect(server.journal()).toEqual([]);
});

it('gives the ids of each call of an operation', async () => {
  const ticket = await logOn(server);
  await logOff(server, ticket, [101]);
  server.trouble('LogOffWindowsUsers', { kind: 'unavailable' });
  await logOff(server, ticket, [102, 103]);
  expect(server.calls('LogOffWindowsUsers')).toEqual([[101], [102, 103]]);
});
