import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request as it came over the wire. */
interface Received {
  readonly path: string;
  readonly service: string;
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What the server does with a request: a reply, or something rude with the connection. */
export type Answer = Reply | ((response: ServerResponse, socket: Socket) => void);
export type Script = (received: Received) => Answer;

export const TICKET = '7T:CANARY-ticket-1==';

export const namespace = (services: number) => `http://www.superoffice.net/ws/crm/NetServer/Services${services}`;

/** A reply as WCF writes it: header members in their own prefix, one of them nil. */
export function soap(body: string, options: { header?: string; services?: number; status?: number } = {}): Reply {
  const { services = 86, status = 200 } = options;
  const ns = namespace(services);
  const header =
    options.header ??
    `<h:ExceptionInfo i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:h="${ns}"/><h:Succeeded xmlns:h="${ns}">true</h:Succeeded>`;
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${ns}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
  };
}

/** The headers of a call that NetServer refused. */
export const refused = (type: string, text = 'No.') =>
  `<ExceptionInfo><Message>${text}</Message><StackTrace>at SuperOffice.CANARY-stack()</StackTrace><FriendlyText>${text}</FriendlyText><ExceptionType>SuperOffice.Exceptions.${type}</ExceptionType></ExceptionInfo><Succeeded>false</Succeeded>`;

const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

export const loggedOn = (services = 86, ticket = TICKET) =>
  soap(
    `<AuthenticateResponse><Response><UserType>InternalAssociate</UserType><Associate>SLACKBOT</Associate><AssociateId>77</AssociateId><IsPerson>true</IsPerson><FunctionRights xmlns:a="${ARRAYS}"><a:string>admin-users</a:string></FunctionRights></Response><Credentials><Ticket>${ticket}</Ticket></Credentials><AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse>`,
    { services },
  );

export const people = (ids: readonly number[], services = 86) => {
  const associates = ids.map(
    (id) =>
      `<Associate><TableRight/><AssociateId>${id}</AssociateId><Name>U${id}</Name><PersonId>5</PersonId><Rank>1</Rank><Type>InternalAssociate</Type><GroupIdx>3</GroupIdx><FullName>Person ${id}</FullName><Deleted>false</Deleted></Associate>`,
  );
  return soap(`<GetAssociateListResponse><Response>${associates.join('')}</Response></GetAssociateListResponse>`, {
    services,
  });
};

/** Rows of users, each the text of some columns. */
export const rowsOf = (values: readonly Readonly<Record<string, string>>[], services = 86) => {
  const cell = ([key, value]: readonly [string, string]) =>
    `<ColumnDataKeyValuePair><Key>${key}</Key><Value><DisplayValue>${value}</DisplayValue></Value></ColumnDataKeyValuePair>`;
  const items = values.map(
    (value) =>
      `<ArchiveListItem><EntityName>associate</EntityName><PrimaryKey>1</PrimaryKey><ColumnData>${Object.entries(value).map(cell).join('')}</ColumnData></ArchiveListItem>`,
  );
  return soap(
    `<GetArchiveListByColumnsResponse><Response>${items.join('')}</Response></GetArchiveListByColumnsResponse>`,
    { services },
  );
};

/** Rows that hold nothing but ids. */
export const rows = (ids: readonly string[], services = 86) =>
  rowsOf(
    ids.map((associateDbId) => ({ associateDbId })),
    services,
  );

/** Everything goes well; nobody is logged on, and there are no groups. */
export const kind =
  (services = 86): Script =>
  ({ operation, body }) => {
    const ids = [...body.matchAll(/<a:int>(\d+)<\/a:int>/g)].map((match) => Number(match[1]));
    if (operation === 'AuthenticateUsernamePassword') return loggedOn(services);
    if (operation === 'GetAssociateList') return people(ids, services);
    if (operation === 'GetArchiveListByColumns') return rows([], services);
    if (operation === 'GetList') return soap('<GetListResponse><Response/></GetListResponse>', { services });
    if (operation === 'GetAssociatesByGroup') return soap('<GetAssociatesByGroupResponse/>', { services });
    if (operation === 'LogOffWindowsUsers') return soap('<LogOffWindowsUsersResponse/>', { services });
    return soap(
      '<GetSystemInfoResponse><SystemInfo><License><SerialNr>12345</SerialNr></License><FileVersion>8.5.1</FileVersion><Description>NetServer</Description><CompanyName>Example</CompanyName></SystemInfo></GetSystemInfoResponse>',
      { services },
    );
  };

/** All goes well but the log-off, which is answered so. */
export const logOffAnswered = (answer: Answer): Script => {
  const good = kind();
  return (call) => (call.operation === 'LogOffWindowsUsers' ? answer : good(call));
};

/** A server that says what the script says, and remembers what it was sent. */
export async function startScripted(first: Script) {
  let script = first;
  let connections = 0;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const operation = /\/(\w+)"$/.exec(String(request.headers['soapaction']))?.[1] ?? '';
      const service = /(\w+)\.svc$/.exec(path)?.[1] ?? '';
      const call = { path, service, operation, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(call);
      const answer = script(call);
      if (typeof answer === 'function') return answer(response, request.socket);
      response.writeHead(answer.status ?? 200, { ...answer.headers });
      response.end(answer.body ?? '');
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    connections: () => connections,
    count: (operation: string) => received.filter((call) => call.operation === operation).length,
    follow: (next: Script) => {
      script = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
