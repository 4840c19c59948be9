import type { LocalNetServer } from '../../../src/sandbox/netserver/local-netserver.ts';

// Everything here is written by hand on purpose: what is tested is the bytes on the wire.

export const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
export const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const so = (version = 86) => `http://www.superoffice.net/ws/crm/NetServer/Services${version}`;

export const password = 's3cret&<pw>';
const escapedPassword = 's3cret&amp;&lt;pw&gt;';

/** A small company: the bot (77), three people, one of them retired, one who is no internal user. */
export const people = {
  associates: [
    { id: 77, name: 'SLACKBOT', fullName: 'Slack Bot', groupId: 2 },
    { id: 101, name: 'ANNA', fullName: 'Anna Åberg', email: 'anna@example.com', groupId: 1, personId: 9101 },
    { id: 102, name: 'BO', fullName: 'Bo Berg', email: 'bo@example.com', groupId: 1, otherGroupIds: [2] },
    { id: 103, name: 'CARL', fullName: 'Carl <Former> & Son', deleted: true, groupId: 2 },
    { id: 104, name: 'EXT', fullName: 'Extern Al', userType: 'ExternalAssociate' },
  ],
  groups: [
    { id: 1, name: 'Sales' },
    { id: 2, name: 'Support' },
  ],
  accounts: [{ userName: 'slackbot', password, associateId: 77, functionRights: ['admin-users'] }],
  loggedOn: [101, 102, 103],
} as const;

export type Sent = { readonly status: number; readonly headers: Headers; readonly text: string };

export type Post = {
  readonly service?: string;
  readonly version?: number;
  readonly action?: string;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
};

/** Posts a text to a service as SOAP 1.1 wants it, unless told otherwise. */
export const post = async (
  server: LocalNetServer,
  operation: string,
  xml: string | Uint8Array<ArrayBuffer>,
  how: Post = {},
) => {
  const { service = 'Associate', version = 86, contentType = 'text/xml; charset=utf-8', signal } = how;
  const response = await fetch(`${server.url}/Remote/Services${version}/${service}.svc`, {
    method: 'POST',
    headers: { 'content-type': contentType, soapaction: how.action ?? `"${so(version)}/${service}/${operation}"` },
    body: xml,
    redirect: 'manual',
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

export const envelope = (body: string, header = '', version = 86) =>
  `<soap:Envelope xmlns:soap="${soap}" xmlns:so="${so(version)}" xmlns:arr="${arrays}">` +
  `<soap:Header>${header}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;

export const credentials = (ticket: string) => `<so:Credentials><so:Ticket>${ticket}</so:Ticket></so:Credentials>`;

export const authenticate = (secret = escapedPassword) =>
  `<so:AuthenticateUsernamePassword><so:UserName>slackbot</so:UserName><so:Password>${secret}</so:Password></so:AuthenticateUsernamePassword>`;

/** Logs the bot on and gives the ticket. */
export const logOn = async (server: LocalNetServer, version = 86): Promise<string> => {
  const message = envelope(authenticate(), '', version);
  const { text } = await post(server, 'AuthenticateUsernamePassword', message, { service: 'SoPrincipal', version });
  return inside(text, 'Ticket');
};

/** The text of the first element with that local name; empty if there is none. */
export const inside = (xml: string, element: string): string =>
  new RegExp(`<(?:\\w+:)?${element}(?:\\s[^>]*)?>([\\s\\S]*?)</`).exec(xml)?.[1] ?? '';

/** The texts of all elements with that local name. */
export const all = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${element}(?:\\s[^>]*)?>([\\s\\S]*?)</`, 'g'))].map(([, text = '']) => text);

const ints = (ids: readonly number[]) => ids.map((id) => `<arr:int>${id}</arr:int>`).join('');

export const logOffBody = (ids: readonly number[]) =>
  `<so:LogOffWindowsUsers><so:AssociateIds>${ints(ids)}</so:AssociateIds></so:LogOffWindowsUsers>`;

export const listBody = (ids: readonly number[]) =>
  `<so:GetAssociateList><so:AssociateIds>${ints(ids)}</so:AssociateIds></so:GetAssociateList>`;

export const logOff = (server: LocalNetServer, ticket: string, ids: readonly number[], how: Post = {}): Promise<Sent> =>
  post(server, 'LogOffWindowsUsers', envelope(logOffBody(ids), credentials(ticket)), how);

const strings = (values: readonly string[]) => values.map((value) => `<arr:string>${value}</arr:string>`).join('');

export type Query = {
  readonly provider?: string;
  readonly columns?: readonly string[];
  readonly entities?: readonly string[];
  readonly sort?: string;
  readonly direction?: 'ASC' | 'DESC';
  readonly restriction?: string;
  readonly page?: number;
  readonly pageSize?: number;
};

export const restriction = (name: string, operator: string, value: string, active = true) =>
  `<so:ArchiveRestrictionInfo><so:Name>${name}</so:Name><so:Operator>${operator}</so:Operator>` +
  `<so:Values>${strings([value])}</so:Values><so:IsActive>${active}</so:IsActive></so:ArchiveRestrictionInfo>`;

export const archiveBody = (query: Query = {}) =>
  `<so:GetArchiveListByColumns><so:ProviderName>${query.provider ?? 'InternalUsers'}</so:ProviderName>` +
  `<so:Columns>${strings(query.columns ?? ['associateDbId', 'fullName'])}</so:Columns>` +
  `<so:SortOrder><so:ArchiveOrderByInfo><so:Name>${query.sort ?? 'fullName'}</so:Name>` +
  `<so:Direction>${query.direction ?? 'ASC'}</so:Direction></so:ArchiveOrderByInfo></so:SortOrder>` +
  `<so:Restriction>${query.restriction ?? restriction('getAllRows', '=', '1')}</so:Restriction>` +
  `<so:Entities>${strings(query.entities ?? ['all'])}</so:Entities>` +
  `<so:Page>${query.page ?? 0}</so:Page><so:PageSize>${query.pageSize ?? 1000}</so:PageSize></so:GetArchiveListByColumns>`;

export const archive = (server: LocalNetServer, ticket: string, query: Query = {}): Promise<Sent> =>
  post(server, 'GetArchiveListByColumns', envelope(archiveBody(query), credentials(ticket)), { service: 'Archive' });

/** Who the archive says is logged on to the Windows client. */
export const whoIsOn = async (server: LocalNetServer, ticket: string): Promise<readonly number[]> =>
  all((await archive(server, ticket, { entities: ['loggedOnWin'] })).text, 'PrimaryKey').map(Number);
