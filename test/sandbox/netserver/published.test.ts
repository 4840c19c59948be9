import { describe, expect, it } from 'vitest';
import { startNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';
import { publishedSchema, publishedVersions, whyNoPublishedWsdl } from '../../contracts/published-wsdl.ts';
import {
  archiveBody,
  authenticate,
  credentials,
  envelope,
  inside,
  listBody,
  logOffBody,
  people,
  post,
} from './raw-soap.ts';

const here = publishedSchema(86, 'Associate') !== undefined;

const header = `<so:ApplicationToken>x</so:ApplicationToken>`;
const nothing = '<so:DisplayValues/><so:ColumnInfo xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>';
const everyMember = archiveBody()
  .replace('<so:IsActive>', `${nothing}<so:IsActive>`)
  .replace(
    '</so:IsActive>',
    '</so:IsActive><so:SubRestrictions xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>' +
      '<so:InterParenthesis>0</so:InterParenthesis><so:InterOperator>None</so:InterOperator><so:UniqueHash>0</so:UniqueHash>',
  );
const zone =
  '<so:TimeZone><so:SoTimeZoneId>1</so:SoTimeZoneId><so:SoTimeZoneLocationCode>NO</so:SoTimeZoneLocationCode></so:TimeZone>';

/** Each operation with every member that this server knows, and as often as not something that answers with an exception. */
const messages: readonly (readonly [string, string, string])[] = [
  ['SoPrincipal', 'AuthenticateUsernamePassword', authenticate()],
  ['SoPrincipal', 'AuthenticateUsernamePassword', authenticate('wrong')],
  ['SoPrincipal', 'GetSystemInfo', '<so:GetSystemInfo/>'],
  ['Associate', 'GetAssociateList', listBody([101, 103, 999])],
  ['Associate', 'GetAssociateList', '<so:GetAssociateList/>'],
  ['Associate', 'LogOffWindowsUsers', logOffBody([101])],
  ['Associate', 'LogOffWindowsUsers', logOffBody([])],
  [
    'Associate',
    'GetAssociatesByGroup',
    '<so:GetAssociatesByGroup><so:GroupId>1</so:GroupId><so:Type>2</so:Type></so:GetAssociatesByGroup>',
  ],
  [
    'Associate',
    'GetAssociateByPersonId',
    '<so:GetAssociateByPersonId><so:PersonId>9101</so:PersonId></so:GetAssociateByPersonId>',
  ],
  [
    'Associate',
    'GetAssociateByPersonId',
    '<so:GetAssociateByPersonId><so:PersonId>1</so:PersonId></so:GetAssociateByPersonId>',
  ],
  ['Archive', 'GetArchiveListByColumns', everyMember],
  ['Archive', 'GetArchiveListByColumns', archiveBody({ entities: ['retired', 'loggedOnWin'] })],
  ['Archive', 'GetArchiveListByColumns', archiveBody({ pageSize: 5000 })],
  [
    'MDO',
    'GetList',
    '<so:GetList><so:Name>usergroup</so:Name><so:ForceFlatList>true</so:ForceFlatList><so:AdditionalInfo/><so:OnlyHistory>false</so:OnlyHistory></so:GetList>',
  ],
];

describe.skipIf(!here)(here ? 'what the vendor published' : `skipped: ${whyNoPublishedWsdl}`, () => {
  describe.each(publishedVersions)('version %i', (version) => {
    it.each([false, true])('is what the server answers and takes, with nil headers: %s', async (nilHeaders) => {
      const product = nilHeaders ? { databaseContext: 'Cust12345' } : {};
      await using server = await startNetServer({ people, versions: [version], nilHeaders, product });
      const first = await post(server, 'AuthenticateUsernamePassword', envelope(authenticate(), header, version), {
        service: 'SoPrincipal',
        version,
      });
      const ticket = inside(first.text, 'Ticket');
      for (const [service, operation, body] of messages) {
        const schema = publishedSchema(version, service);
        const blocks = service === 'SoPrincipal' ? header : header + credentials(ticket) + zone;
        const message = envelope(body, blocks, version);
        expect.soft(schema?.validateEnvelope(message), message).toEqual([]);
        const action = schema?.action(operation) ?? '';
        const answer = await post(server, operation, message, { service, version, action });
        expect.soft(answer.status, operation).toBe(200);
        expect.soft(schema?.validateEnvelope(answer.text), answer.text).toEqual([]);
        expect.soft(schema?.validateHeader(answer.text)).toEqual([]);
        expect.soft(schema?.validateBody(answer.text)).toEqual([]);
      }
      server.expireTickets();
      const late = await post(server, 'LogOffWindowsUsers', envelope(logOffBody([101]), credentials(ticket), version), {
        version,
      });
      expect(inside(late.text, 'Succeeded')).toBe('false');
      expect(publishedSchema(version, 'Associate')?.validateEnvelope(late.text)).toEqual([]);
    });
  });

  it('and the check itself sees what is wrong', () => {
    const schema = publishedSchema(86, 'Associate');
    const problems = (body: string, blocks = credentials('7T:x')) =>
      schema?.validateEnvelope(envelope(body, blocks)).join('\n');
    expect(problems(logOffBody([101]))).toBe('');
    expect(problems(logOffBody([1.5]))).toContain("'1.5' is not a valid value");
    expect(problems(logOffBody([101]).replaceAll('arr:int', 'so:int'))).toContain('not expected');
    expect(
      problems('<so:GetAssociatesByGroup><so:Type>2</so:Type><so:GroupId>1</so:GroupId></so:GetAssociatesByGroup>'),
    ).toContain('GroupId');
    expect(problems('<so:NoSuchThing/>')).toContain('No matching global declaration');
    expect(problems(logOffBody([101]), credentials('7T:x').repeat(2))).toContain('Credentials is there twice');
    expect(problems(logOffBody([101]), '<so:Succeeded>true</so:Succeeded>')).toContain(
      'Succeeded is no header of this message',
    );
    expect(problems(logOffBody([101]), '<Credentials/>')).toContain('No matching global declaration');
    expect(problems(logOffBody([101]).repeat(2))).toContain('the Body holds 2 elements');
    expect(schema?.validateEnvelope('<LogOffWindowsUsers/>')).toEqual(['the root is no SOAP 1.1 Envelope']);
  });
});
