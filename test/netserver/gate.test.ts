import { WSDL } from 'soap';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkHead, soapText, withoutSoap } from '../../src/netserver/gate.ts';
import { always, connected, failure, ids } from './connected.ts';
import { kind, soap, startScripted } from './scripted-server.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const text = (body: string) => soapText(200, Buffer.from(body));
const codeOf = (body: string) => {
  try {
    return text(body);
  } catch (error) {
    return Reflect.get(Object(error), 'code');
  }
};

describe('the gate in front of the parser', () => {
  test.each([
    '<s:Envelope xmlns:s="x"></s:Envelope>',
    '<Envelope></Envelope>',
    '<SOAP-ENV:Envelope\n></SOAP-ENV:Envelope >',
    '<?xml version="1.0" encoding="utf-8"?>\r\n<s:Envelope ></s:Envelope>',
  ])('lets through %s', (body) => {
    expect(text(`\uFEFF  ${body}\n`)).toBe(`${body}\n`);
  });

  test.each([
    '<html></html>',
    '<Envelopes></Envelopes>',
    'Envelope</Envelope>',
    '<!-- --><Envelope></Envelope>',
    '<?xml?><?xml?><Envelope></Envelope>',
    '<Envelope><a><![CDATA[<?xml version="1.0"?>]]></a></Envelope>',
    '<!DOCTYPE a [<!ENTITY b "c">]><Envelope></Envelope>',
    '<Envelope>',
    '<Envelope></Envelope><!-- end -->',
    '<s:Envelope></s:Body>',
  ])('stops %s', (body) => {
    expect(codeOf(body)).toBe('not_soap');
  });

  test.each([
    ['less-than signs', '<'.repeat(80_000)],
    ['colons', `<${':'.repeat(80_000)}`],
    ['a web page', `<html>${'<p>text <b>more</b>'.repeat(5000)}`],
    ['space', ' '.repeat(80_000)],
    ['an XML declaration without end', `<?xml ${'?'.repeat(80_000)}`],
    ['opened envelopes', '<s:Envelope>'.repeat(7000)],
  ])('80 KB of %s under the name of XML never reach the parser', async (_name, junk) => {
    const good = kind();
    const answer = { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: junk };
    await using server = await startScripted((call) => (call.operation === 'LogOffWindowsUsers' ? answer : good(call)));
    await using netServer = connected(server.url);
    await netServer.self();
    const parse = vi.spyOn(WSDL.prototype, 'xmlToObject');

    const error = await failure(netServer.logOff(ids(1), always));
    expect(['not_soap', 'no_verdict']).toContain(error.code);
    expect(error.executed).toBe('maybe');
    expect(parse).not.toHaveBeenCalled();

    server.follow(good);
    await netServer.logOff(ids(1), always);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  test('an envelope full of junk is no SOAP', async () => {
    const good = kind();
    const answer = soap('<'.repeat(80_000));
    await using server = await startScripted((call) => (call.operation === 'LogOffWindowsUsers' ? answer : good(call)));
    await using netServer = connected(server.url);
    await netServer.self();
    expect(await failure(netServer.logOff(ids(1), always))).toMatchObject({ code: 'not_soap' });
  });
});

test('the head alone tells a redirect, a wrong type and a size', () => {
  const head = { status: 200, contentType: 'text/xml', contentLength: 10 };
  expect(checkHead(head, 100)).toBeUndefined();
  expect(checkHead({ ...head, contentLength: undefined }, 100)).toBeUndefined();
  expect(checkHead({ ...head, status: 500 }, 100)).toBeUndefined();
  expect(checkHead({ ...head, contentType: 'text/xml; charset="UTF-8"' }, 100)).toBeUndefined();
  expect(checkHead({ ...head, status: 304 }, 100)).toMatchObject({ code: 'redirect' });
  expect(checkHead({ ...head, contentLength: 101 }, 100)).toMatchObject({ code: 'too_large' });
  expect(checkHead({ ...head, contentType: 'text/xml2' }, 100)).toMatchObject({ code: 'not_soap' });
  expect(checkHead({ ...head, contentType: 'text/xml; charset=iso-8859-1' }, 100)).toMatchObject({ code: 'not_soap' });
});

test.each([
  [401, 'windows_auth', 'no', false],
  [404, 'wrong_path', 'maybe', false],
  [421, 'wrong_path', 'maybe', false],
  [429, 'unavailable', 'maybe', true],
  [500, 'unavailable', 'maybe', true],
])('HTTP %i without SOAP is %s', (status, code, executed, retryable) => {
  expect(withoutSoap(status, false)).toMatchObject({ code, executed, retryable, httpStatus: status });
});
