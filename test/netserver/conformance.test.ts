import { describe, expect, test } from 'vitest';
import { publishedSchema, publishedVersions, whyNoPublishedWsdl } from '../contracts/published-wsdl.ts';
import { always, connected, ids, TOKEN, upTo } from './connected.ts';
import { kind, namespace, startScripted } from './scripted-server.ts';

const there = publishedSchema(86, 'Associate') !== undefined;

describe.skipIf(!there)(`against the published WSDL files (if skipped: ${whyNoPublishedWsdl})`, () => {
  describe.each(publishedVersions)('Services%i', (services) => {
    test.each([undefined, TOKEN])(
      'every request is what the vendor published (application token: %s)',
      async (applicationToken) => {
        await using server = await startScripted(kind(services));
        await using netServer = connected(`${server.url}/site/`, {
          services,
          applicationToken,
          password: 'a&b<c>"d\'',
        });

        await netServer.systemInfo();
        await netServer.findAssociates(ids(101, 2147483647));
        await netServer.whoIsOn();
        await netServer.readUsers();
        await netServer.readGroups();
        await netServer.membersOf(2147483647);
        await netServer.logOff(upTo(1000), always);

        expect(server.received.map(({ operation }) => operation)).toEqual([
          'GetSystemInfo',
          'AuthenticateUsernamePassword',
          'GetAssociateList',
          'GetArchiveListByColumns',
          'GetArchiveListByColumns',
          'GetArchiveListByColumns',
          'GetList',
          'GetAssociatesByGroup',
          'LogOffWindowsUsers',
        ]);
        for (const { path, service, operation, headers, body } of server.received) {
          const published = publishedSchema(services, service);
          expect(published?.validateEnvelope(body)).toEqual([]);
          expect(headers['soapaction']).toBe(`"${published?.action(operation)}"`);
          expect(headers['content-type']).toBe('text/xml; charset=utf-8');
          expect(path).toBe(`/site/Remote/Services${services}/${service}.svc`);
          expect(body.includes('Ticket>')).toBe(service !== 'SoPrincipal');
          expect(body.includes('ApplicationToken>')).toBe(applicationToken !== undefined);
        }
      },
    );
  });

  test('the validator does refuse what the bot must not send', () => {
    const wrong = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><LogOffWindowsUsers xmlns="${namespace(86)}"><AssociateIds><int>1</int></AssociateIds></LogOffWindowsUsers></s:Body></s:Envelope>`;
    expect(publishedSchema(86, 'Associate')?.validateEnvelope(wrong)).not.toEqual([]);
  });
});

test('a thousand ids are about 25 KB on the wire, with nothing in front of each but its own tag', async () => {
  await using server = await startScripted(kind());
  await using netServer = connected(server.url);
  await netServer.logOff(ids(...Array.from({ length: 1000 }, (_, at) => 2147483647 - at)), always);

  const body = server.received.at(-1)?.body ?? '';
  expect(body.match(/<a:int>\d{10}<\/a:int>/g)).toHaveLength(1000);
  expect(Buffer.byteLength(body)).toBeLessThan(26_000);
});
