import { Agent, request } from 'node:http';
import soap from 'soap';
import { type AssociateId, associateId, isNonEmpty, type NonEmpty } from '../../src/core/ids.ts';
import { connectNetServer, type NetServer } from '../../src/netserver/netserver.ts';
import { CONTRACTS } from '../../src/netserver/wsdl/contracts.ts';
import { ARRAYS_NAMESPACE, wsdlText } from '../../src/netserver/wsdl/document.ts';
import { secrets } from '../../src/sandbox/cast.ts';

const SO = 'http://www.superoffice.net/ws/crm/NetServer/Services86';

/** So many people from id 1000 on. */
export function idsOf(count: number): NonEmpty<AssociateId> {
  const ids = Array.from({ length: count }, (_, at) => associateId(1_000 + at));
  if (!isNonEmpty(ids)) throw new Error('there is nobody to log off');
  return ids;
}

/** The bot's own edge, with all its hardening. */
export const ourEdge = (url: string): NetServer =>
  connectNetServer({
    url,
    services: 86,
    timeoutMs: 10_000,
    username: secrets.netserverUser,
    password: secrets.netserverPassword,
    monotonic: () => performance.now(),
    after: () => () => {},
  });

/** The SOAP package as it comes: one client, kept. */
export async function packageClient(url: string, ticket: string): Promise<soap.Client> {
  const client = await soap.createClientAsync(
    wsdlText(CONTRACTS.Associate, 86),
    {},
    `${url}/Remote/Services86/Associate.svc`,
  );
  client.addSoapHeader({ Credentials: { Ticket: ticket } }, '', 'tns', SO);
  return client;
}

/** `node:http` with connections kept open, and an envelope written by hand for each call. */
export function byHand(url: string) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const post = (service: string, operation: string, body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"${SO}/${service}/${operation}"`,
        'content-length': Buffer.byteLength(body),
      };
      const path = `/Remote/Services86/${service}.svc`;
      const sent = request({ agent, hostname, port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const envelope = (header: string, body: string) =>
    `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:so="${SO}">${header}<soap:Body>${body}</soap:Body></soap:Envelope>`;

  return {
    async logOn(): Promise<string> {
      const { netserverUser, netserverPassword } = secrets;
      const body = `<so:AuthenticateUsernamePassword><so:UserName>${netserverUser}</so:UserName><so:Password>${netserverPassword}</so:Password></so:AuthenticateUsernamePassword>`;
      const answer = await post('SoPrincipal', 'AuthenticateUsernamePassword', envelope('', body));
      return /Ticket>([^<]+)</.exec(answer)?.[1] ?? '';
    },
    /** Builds the envelope, sends it, and looks for the word that says that it was done. */
    async logOff(ids: readonly AssociateId[], ticket: string): Promise<void> {
      const header = `<soap:Header><so:Credentials><so:Ticket>${ticket}</so:Ticket></so:Credentials></soap:Header>`;
      const list = ids.map((id) => `<a:int>${id}</a:int>`).join('');
      const body = `<so:LogOffWindowsUsers><so:AssociateIds xmlns:a="${ARRAYS_NAMESPACE}">${list}</so:AssociateIds></so:LogOffWindowsUsers>`;
      const answer = await post('Associate', 'LogOffWindowsUsers', envelope(header, body));
      if (!/Succeeded(?: [^>]*)?>true</.test(answer)) throw new Error('NetServer did not do it');
    },
  };
}
