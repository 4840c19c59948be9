import { describe, expect, test } from 'vitest';
import type { NetServerCode } from '../../src/netserver/errors.ts';
import { always, connected, expectNoSecrets, failure, ids, PASSWORD, TOKEN } from './connected.ts';
import { type Answer, kind, logOffAnswered, refused, soap, startScripted, TICKET } from './scripted-server.ts';

const XML = { 'content-type': 'text/xml; charset=utf-8' };
const secrets = `${PASSWORD} ${TOKEN} ${TICKET} <soap:Envelope>`;
const done = '<LogOffWindowsUsersResponse/>';
const yes = String(soap(done).body);

type Row = readonly [name: string, answer: Answer, code: NetServerCode, executed?: 'no'];

const verdicts: readonly Row[] = [
  ['no sentry for it', soap(done, { header: refused('SoSentryException') }), 'not_allowed'],
  ['no licence', soap(done, { header: refused('SoLicenseException') }), 'not_allowed'],
  ['an illegal operation', soap(done, { header: refused('SoIllegalOperationException') }), 'not_allowed'],
  ['not supported', soap(done, { header: refused('SoNotSupportedException') }), 'not_allowed'],
  ['nothing found', soap(done, { header: refused('SoNotFoundException') }), 'bad_input'],
  ['an invalid argument', soap(done, { header: refused('SoInvalidArgumentException') }), 'bad_input'],
  ['an exception nobody knows', soap(done, { header: refused('SoServerException') }), 'exception'],
  ['an exception with HTTP 500', soap(done, { header: refused('SoServerException'), status: 500 }), 'exception'],
  ['an exception without a type', soap(done, { header: '<ExceptionInfo/><Succeeded>false</Succeeded>' }), 'exception'],
  ['no headers', { headers: XML, body: yes.replace(/<s:Header>.*<\/s:Header>/, '') }, 'no_verdict'],
  ['empty headers', soap(done, { header: '' }), 'no_verdict'],
  ['no Succeeded', soap(done, { header: '<TimeZone/>' }), 'no_verdict'],
  ['Succeeded without a value', soap(done, { header: '<Succeeded/>' }), 'no_verdict'],
  ['Succeeded being True', soap(done, { header: '<Succeeded>True</Succeeded>' }), 'no_verdict'],
  ['Succeeded being 1', soap(done, { header: '<Succeeded>1</Succeeded>' }), 'no_verdict'],
  ['Succeeded twice', soap(done, { header: '<Succeeded>true</Succeeded><Succeeded>true</Succeeded>' }), 'no_verdict'],
  ['yes and an exception', soap(done, { header: refused('SoServerException').replace('false', 'true') }), 'no_verdict'],
  [
    'yes and a dead session',
    soap(done, { header: refused('SoSessionException').replace('false', 'true') }),
    'no_verdict',
  ],
  ['Succeeded in the body', soap(`${done}<Succeeded>true</Succeeded>`, { header: '' }), 'no_verdict'],
  ['an empty envelope', { headers: XML, body: '<Envelope></Envelope>' }, 'no_verdict'],
  ['the body of another operation', soap('<GetSystemInfoResponse/>'), 'not_soap'],
  [
    'a fault',
    soap(
      `<s:Fault><faultcode>s:Client</faultcode><faultstring>${secrets.replace('<', '&lt;')}</faultstring></s:Fault>`,
      { status: 500 },
    ),
    'fault',
  ],
  [
    'a fault with HTTP 200',
    soap('<s:Fault><faultcode>a:ActionNotSupported</faultcode><faultstring>No</faultstring></s:Fault>'),
    'fault',
  ],
];

const strangers: readonly Row[] = [
  ['an empty 200', {}, 'no_verdict'],
  ['an empty 200 that says it is XML', { headers: XML }, 'no_verdict'],
  ['an empty 202', { status: 202, headers: { 'content-length': '0' } }, 'no_verdict'],
  ['a web page', { headers: { 'content-type': 'text/html' }, body: `<html>${secrets}` }, 'not_soap'],
  ['a web page that says it is XML', { headers: XML, body: `<!DOCTYPE html><html>${secrets}</html>` }, 'not_soap'],
  ['JSON', { headers: { 'content-type': 'application/json' }, body: '{"Succeeded":true}' }, 'not_soap'],
  ['the right XML under SOAP 1.2 type', { headers: { 'content-type': 'application/soap+xml' }, body: yes }, 'not_soap'],
  ['another character set', { headers: { 'content-type': 'text/xml; charset=utf-16' }, body: yes }, 'not_soap'],
  ['a cut envelope', { headers: XML, body: yes.slice(0, -30) }, 'not_soap'],
  ['crossed tags', { headers: XML, body: yes.replace('</s:Header>', '') }, 'not_soap'],
  ['an undeclared entity', { headers: XML, body: yes.replace('true', '&x;') }, 'not_soap'],
  ['a document type', { headers: XML, body: yes.replace('<s:Header>', '<!DOCTYPE a><s:Header>') }, 'not_soap'],
  [
    'XML inside CDATA',
    soap(`<LogOffWindowsUsersResponse><![CDATA[<?xml version="1.0"?><a/>]]></LogOffWindowsUsersResponse>`),
    'not_soap',
  ],
  ['too much', { headers: XML, body: yes.replace(done, 'x'.repeat(300_000)) }, 'too_large'],
  ['plain 401', { status: 401, headers: { 'content-type': 'text/plain' }, body: 'no' }, 'windows_auth', 'no'],
  ['403', { status: 403, headers: { 'content-type': 'text/html' }, body: 'no' }, 'wrong_path'],
  ['404', { status: 404, headers: { 'content-type': 'text/html' }, body: 'no' }, 'wrong_path'],
  ['415', { status: 415 }, 'wrong_path'],
  ['500 in HTML', { status: 500, headers: { 'content-type': 'text/html' }, body: 'no' }, 'unavailable'],
  ['503', { status: 503, headers: { 'content-type': 'text/html' }, body: 'no' }, 'unavailable'],
  [
    '503 that says it is XML',
    { status: 503, headers: XML, body: '<s:Envelope xmlns:s="x"><s:Body/></s:Envelope>' },
    'unavailable',
  ],
];

const broken: readonly Row[] = [
  ['a reset', (_response, socket) => socket.resetAndDestroy(), 'reset'],
  ['a hang-up in the headers', (_response, socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty'), 'reset'],
  [
    'a hang-up in the body',
    (response) =>
      response.writeHead(200, { ...XML, 'content-length': '999' }).write(yes.slice(0, 50), () => response.destroy()),
    'reset',
  ],
  ['something that is not HTTP', (_response, socket) => socket.write('SSH-2.0-OpenSSH\r\n'), 'not_soap'],
  [
    'too much that drips in',
    (response) => void response.writeHead(200, XML).write(`<s:Envelope>${' '.repeat(300_000)}`),
    'too_large',
  ],
];

describe('a log-off answered with', () => {
  for (const [name, answer, code, executed = 'maybe'] of [...verdicts, ...strangers, ...broken]) {
    test(`${name} fails, is sent once, and shows nothing secret`, async () => {
      await using server = await startScripted(logOffAnswered(answer));
      await using netServer = connected(server.url, { applicationToken: TOKEN });

      const error = await failure(netServer.logOff(ids(101), always));

      expect(error).toMatchObject({ code, executed });
      expect(server.count('LogOffWindowsUsers')).toBe(1);
      expect(server.count('AuthenticateUsernamePassword')).toBe(1);
      expectNoSecrets(netServer.lines);
    });
  }

  test.each([301, 302, 307, 308])('a redirect (%i) goes nowhere', async (status) => {
    await using elsewhere = await startScripted(kind());
    await using server = await startScripted(() => ({
      status,
      headers: { ...XML, location: elsewhere.url },
      body: yes,
    }));
    await using netServer = connected(server.url);

    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'redirect', executed: 'no' });
    server.follow(logOffAnswered({ status, headers: { ...XML, location: elsewhere.url }, body: yes }));
    expect(await failure(netServer.logOff(ids(101), always))).toMatchObject({ code: 'redirect', executed: 'maybe' });
    expect(elsewhere.received).toEqual([]);
  });
});

describe('success', () => {
  test.each<readonly [string, Answer]>([
    ['a plain header', soap(done, { header: '<Succeeded>true</Succeeded>' })],
    ['an attribute on the header', soap(done, { header: '<Succeeded s:mustUnderstand="0">true</Succeeded>' })],
    [
      'an XML declaration, a byte order mark and space around',
      { headers: XML, body: `\uFEFF<?xml version="1.0" encoding="utf-8"?>\n${yes}\n` },
    ],
    ['a type in capitals, without a character set', { headers: { 'content-type': 'TEXT/XML' }, body: yes }],
  ])('is read from %s', async (_name, answer) => {
    await using server = await startScripted(logOffAnswered(answer));
    await using netServer = connected(server.url);
    await expect(netServer.logOff(ids(101), always)).resolves.toBeUndefined();
  });
});

describe('what the vendor says to people', () => {
  const saying = (text: string) => logOffAnswered(soap(done, { header: refused('SoSentryException', text) }));

  test('is kept, on one line and short', async () => {
    await using server = await startScripted(saying(`Not\n  your right. ${'x'.repeat(500)}`));
    await using netServer = connected(server.url);
    const error = await failure(netServer.logOff(ids(101), always));
    expect(error.detail).toMatch(/^Not your right\. x+…$/);
    expect(error.detail).toHaveLength(200);
  });

  test.each([PASSWORD, TOKEN, TICKET, '7T:other', '8A:Cust1.x', '&lt;soap:Envelope'])(
    'is dropped where it holds %s',
    async (text) => {
      await using server = await startScripted(saying(`You sent ${text}`));
      await using netServer = connected(server.url, { applicationToken: TOKEN });
      const error = await failure(netServer.logOff(ids(101), always));
      expect(error).toMatchObject({ code: 'not_allowed' });
      expect(error.detail).toBeUndefined();
    },
  );
});
