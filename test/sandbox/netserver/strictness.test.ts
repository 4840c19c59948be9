import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalNetServer, startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import {
  archiveBody,
  arrays,
  authenticate,
  credentials,
  envelope,
  inside,
  logOffBody,
  logOn,
  people,
  post,
  restriction,
  so,
  soap,
} from './raw-soap.ts';

let server: LocalNetServer;
let ticket: string;

beforeEach(async () => {
  server = await startNetServer({ people });
  ticket = await logOn(server);
});
afterEach(() => server.close());

const good = () => envelope(logOffBody([101]), credentials(ticket));

describe('what is wrong before anybody reads the message', () => {
  const url = (path: string) => `${server.url}${path}`;

  it.each([
    '/Remote/Services86/Associate.svc?wsdl',
    '/Remote/Services85/Associate.svc',
    '/Remote/Services86/Nobody.svc',
    '/remote/services86/Associate.svc',
    '/',
  ])('nothing is at %s', async (path) => {
    expect((await fetch(url(path))).status).toBe(404);
    expect((await fetch(url(path), { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it('takes POST only', async () => {
    const response = await fetch(url('/Remote/Services86/Associate.svc'));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each([
    'application/soap+xml; charset=utf-8',
    'text/xml',
    'text/xml; charset=iso-8859-1',
    'text/plain; charset=utf-8',
  ])('refuses the content type %s', async (contentType) => {
    expect((await post(server, 'LogOffWindowsUsers', good(), { contentType })).status).toBe(415);
    expect(server.loggedOn()).toEqual([101, 102, 103]);
  });

  it('takes the content type in any writing', async () => {
    const sent = await post(server, 'LogOffWindowsUsers', good(), { contentType: 'Text/XML;charset="UTF-8"' });
    expect(sent.status).toBe(200);
  });

  it('refuses a message over 64 KB and takes one of just that size', async () => {
    const padded = (size: number) => good().padEnd(size, ' ');
    expect((await post(server, 'LogOffWindowsUsers', padded(65_536))).status).toBe(200);
    expect((await post(server, 'LogOffWindowsUsers', padded(65_537))).status).toBe(413);
  });

  it('complains of each of these', async () => {
    await fetch(url('/Remote/Services86/Associate.svc'));
    await post(server, 'LogOffWindowsUsers', good(), { contentType: 'text/xml' });
    expect(server.complaints().map(({ message }) => message.slice(0, 8))).toEqual(['HTTP 405', 'HTTP 415']);
  });
});

describe('the action', () => {
  it('is taken with and without quotes', async () => {
    const action = `${so()}/Associate/LogOffWindowsUsers`;
    for (const written of [action, `"${action}"`]) {
      expect((await post(server, 'LogOffWindowsUsers', good(), { action: written })).status).toBe(200);
    }
  });

  it.each(['', 'LogOffWindowsUsers', `${so(85)}/Associate/LogOffWindowsUsers`, `${so()}/associate/LogOffWindowsUsers`])(
    'is exact: "%s" is not',
    async (action) => {
      const sent = await post(server, 'LogOffWindowsUsers', good(), { action });
      expect(sent.status).toBe(500);
      expect(inside(sent.text, 'faultcode')).toBe('a:ActionNotSupported');
      expect(server.loggedOn()).toEqual([101, 102, 103]);
    },
  );
});

describe('the message', () => {
  const body = logOffBody([101]);
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['cut XML', () => good().slice(0, -20), 'NotWellFormed'],
    ['an empty message', () => '', 'NotWellFormed'],
    ['a prefix that is not declared', () => good().replaceAll('xmlns:arr', 'xmlns:ar'), 'NotWellFormed'],
    ['a document type', () => `<!DOCTYPE x [<!ENTITY e "1">]>${good()}`, 'document type'],
    ['a processing instruction', () => good().replace('<soap:Body>', '<?x y?><soap:Body>'), 'processing instruction'],
    ['SOAP 1.2', () => good().replaceAll(soap, 'http://www.w3.org/2003/05/soap-envelope'), 's:VersionMismatch'],
    ['something else than an envelope', () => '<LogOffWindowsUsers/>', 's:VersionMismatch'],
    ['no body', () => `<e:Envelope xmlns:e="${soap}"><e:Header/></e:Envelope>`, 'The Envelope holds Header'],
    ['two elements in the body', () => envelope(body + body, credentials(ticket)), 'The Body holds 2 elements'],
    [
      'a header block outside the header',
      () => good().replace('<soap:Body>', `${credentials(ticket)}<soap:Body>`),
      'Header, Credentials, Body',
    ],
    [
      'a header block without namespace',
      () => envelope(body, '<Credentials><Ticket>x</Ticket></Credentials>'),
      'Credentials is in namespace ""',
    ],
    [
      'a ticket without namespace',
      () => envelope(body, `<so:Credentials><Ticket>${ticket}</Ticket></so:Credentials>`),
      'Ticket is in namespace ""',
    ],
    ['credentials twice', () => envelope(body, credentials(ticket).repeat(2)), 'Credentials is there twice'],
    [
      'a header block of replies',
      () => envelope(body, '<so:Succeeded>true</so:Succeeded>'),
      'Succeeded is not expected',
    ],
    ['another version in the body', () => good().replaceAll(so(), so(85)), 'Services85'],
    [
      'another operation in the body',
      () => envelope('<so:GetAssociateList/>', credentials(ticket)),
      'holds GetAssociateList',
    ],
    ['items in the wrong namespace', () => good().replaceAll('arr:int', 'so:int'), 'int is in namespace'],
    ['items with another name', () => good().replaceAll('arr:int', 'arr:long'), 'holds int, not long'],
    ['an id that is no whole number', () => good().replace('>101<', '>1.5<'), '"1.5" in int is no xs:int'],
    ['an id beyond 32 bits', () => good().replace('>101<', '>2147483648<'), 'no xs:int'],
    ['an id that is nothing', () => good().replace('>101<', '><'), 'no xs:int'],
    [
      'an id that is nil',
      () =>
        good().replace(
          '<arr:int>101</arr:int>',
          '<arr:int xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>',
        ),
      'nil is not expected',
    ],
    ['bare text for a list', () => good().replace('<arr:int>101</arr:int>', '101'), 'holds elements, not text'],
    [
      'a list repeated',
      () => good().replace('</so:LogOffWindowsUsers>', '<so:AssociateIds/></so:LogOffWindowsUsers>'),
      'AssociateIds is not expected',
    ],
    [
      'an unknown member',
      () => good().replace('<so:AssociateIds>', '<so:Force/><so:AssociateIds>'),
      'Force is not expected',
    ],
    ['an attribute', () => good().replace('<so:AssociateIds>', '<so:AssociateIds x="1">'), 'Attribute x'],
  ];

  it.each(cases)('refuses %s with a fault that says so', async (_name, message, says) => {
    const sent = await post(server, 'LogOffWindowsUsers', message());
    expect(sent.status).toBe(500);
    expect(sent.text).toContain('Fault');
    expect(sent.text.replaceAll('&quot;', '"')).toContain(says);
    expect(server.loggedOn()).toEqual([101, 102, 103]);
    expect(server.complaints()).toHaveLength(1);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const latin1 = Buffer.from(good().replace('<so:AssociateIds>', '<!-- å --><so:AssociateIds>'), 'latin1');
    expect((await post(server, 'LogOffWindowsUsers', new Uint8Array(latin1))).text).toContain('not UTF-8');
  });

  it('refuses members out of order, also deep inside', async () => {
    const byGroup = '<so:GetAssociatesByGroup><so:Type>2</so:Type><so:GroupId>1</so:GroupId></so:GetAssociatesByGroup>';
    const swapped = await post(server, 'GetAssociatesByGroup', envelope(byGroup, credentials(ticket)));
    expect(swapped.text).toContain('GroupId is not expected at this place');
    const rule = restriction('getAllRows', '=', '1');
    const deep = archiveBody({
      restriction: rule.replace(/(<so:Name>.*<\/so:Name>)(<so:Operator>.*<\/so:Operator>)/, '$2$1'),
    });
    const sent = await post(server, 'GetArchiveListByColumns', envelope(deep, credentials(ticket)), {
      service: 'Archive',
    });
    expect(sent.text).toContain('Name is not expected at this place in ArchiveRestrictionInfo');
  });

  it('refuses a ticket where one logs on', async () => {
    const sent = await post(server, 'AuthenticateUsernamePassword', envelope(authenticate(), credentials(ticket)), {
      service: 'SoPrincipal',
    });
    expect(sent.text).toContain('Header block Credentials is not expected here');
  });

  it('takes comments, CDATA, spaces, default namespaces, mustUnderstand and the other header blocks', async () => {
    const message =
      `<?xml version="1.0" encoding="utf-8"?>\n<Envelope xmlns="${soap}">\n <Header>` +
      `<ApplicationToken xmlns="${so()}">app</ApplicationToken>` +
      `<Credentials xmlns="${so()}" xmlns:s="${soap}" s:mustUnderstand="1"><Ticket><![CDATA[${ticket}]]></Ticket></Credentials>` +
      `<TimeZone xmlns="${so()}"><SoTimeZoneId>1</SoTimeZoneId></TimeZone></Header>\n <Body><!-- now -->` +
      `<LogOffWindowsUsers xmlns="${so()}"><AssociateIds xmlns:b="${arrays}"> <b:int> 101 </b:int> </AssociateIds></LogOffWindowsUsers>` +
      '</Body></Envelope>';
    const sent = await post(server, 'LogOffWindowsUsers', message);
    expect(inside(sent.text, 'Succeeded')).toBe('true');
    expect(server.loggedOn()).toEqual([102, 103]);
    expect(server.complaints()).toEqual([]);
  });
});

it('stands under a base path and answers for the versions it is told', async () => {
  await using other = await startNetServer({ people, basePath: '/crm/site', versions: [84, 88] });
  expect(other.url).toMatch(/\/crm\/site$/);
  for (const version of [84, 88]) expect(await logOn(other, version)).toMatch(/^7T:/);
  await expect(logOn(other, 86)).resolves.toBe('');
  expect((await fetch(`http://127.0.0.1:${other.port}/Remote/Services84/Associate.svc`)).status).toBe(404);
});
