import { once } from 'node:events';
import { createServer } from 'node:http';
import { idsOf, ourEdge, packageClient } from './callers.ts';

const SO = 'http://www.superoffice.net/ws/crm/NetServer/Services86';
const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:Succeeded xmlns:h="${SO}">true</h:Succeeded></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const LOGGED_ON = envelope(
  `<AuthenticateResponse xmlns="${SO}"><Response><AssociateId>77</AssociateId></Response><Credentials><Ticket>7T:local</Ticket></Credentials><AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse>`,
);
const DONE = envelope(`<LogOffWindowsUsersResponse xmlns="${SO}"/>`);

/** How many bytes each way sends for one call with so many people, headers of HTTP included. */
export async function bytesSent(count: number): Promise<{ readonly ours: number; readonly soap: number }> {
  const sizes: number[] = [];
  const server = createServer({ keepAlive: false }, (request, response) => {
    request.resume().on('end', () => {
      const isCall = String(request.headers['soapaction']).includes('LogOff');
      if (isCall) sizes.push(request.socket.bytesRead);
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', connection: 'close' });
      response.end(isCall ? DONE : LOGGED_ON);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const ids = idsOf(count);
  const ours = ourEdge(url);
  await ours.logOff(ids, () => true);
  await ours.close();
  const soap = await packageClient(url, '7T:local');
  await soap['LogOffWindowsUsersAsync']({ AssociateIds: { int: [...ids] } });
  server.close();
  const [own = Number.NaN, theirs = Number.NaN] = sizes;
  return { ours: own, soap: theirs };
}
