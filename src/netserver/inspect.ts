import { Agent, request } from 'undici';
import type { AssociateId } from '../core/ids.ts';
import type { Associate } from '../core/people.ts';
import { readUsersPage } from './archive.ts';
import { findAssociates } from './associates.ts';
import { vendorText } from './detail.ts';
import { logOn, type Self } from './log-on.ts';
import type { NetServerOptions } from './netserver.ts';
import { networkFault } from './network-faults.ts';
import { lookAtCertificate, reach, type ShownCertificate } from './reach.ts';
import { createSessions } from './session.ts';
import { createSoapClients } from './soap-clients.ts';
import { type SystemInfo, systemInfo } from './system-info.ts';
import { createCallWithTicket } from './ticketed-calls.ts';
import { createTransport } from './transport.ts';
import { whoIsOn } from './who-is-on.ts';
import type { ServicesVersion } from './wsdl/document.ts';

/** What the bot's user may do, after one logon; a refused one is not tried again. */
export interface AccountInspection {
  self(): Promise<Self>;
  /** How many users the first page of the archive shows, up to `most`. */
  countUsers(most: number): Promise<number>;
  whoIsOn(): Promise<ReadonlySet<AssociateId>>;
  findAssociates(ids: readonly AssociateId[]): Promise<readonly Associate[]>;
}

/** Looks at what the bot will find at NetServer. Nobody can be logged off by anything in here. */
export interface NetServerInspection {
  reach(): Promise<{ readonly address: string; readonly port: number }>;
  certificate(): Promise<ShownCertificate>;
  /** What NetServer says of itself, over this version of the services; needs no logon. */
  systemInfo(services: ServicesVersion): Promise<SystemInfo>;
  /** What the web server's clock says, where it says so. */
  date(services: ServicesVersion): Promise<string | undefined>;
  account(services: ServicesVersion): AccountInspection;
  close(): Promise<void>;
}

export function inspectNetServer(options: NetServerOptions): NetServerInspection {
  const { url, timeoutMs, username, password, applicationToken, ca, monotonic } = options;
  const shown = vendorText([password, applicationToken]);
  const transport = createTransport({ timeoutMs, ca });
  const clientsOf = (services: ServicesVersion) =>
    createSoapClients({ url, services, applicationToken, vendorText: shown }, transport);
  return {
    reach: () => reach({ url, timeoutMs }),
    certificate: () => lookAtCertificate({ url, timeoutMs, ca }),
    systemInfo: (services) => systemInfo(clientsOf(services), shown),
    date: (services) => dateOf(`${url}/Remote/Services${services}/SoPrincipal.svc`, timeoutMs, ca),
    account(services) {
      const clients = clientsOf(services);
      const sessions = createSessions(() => logOn(clients, { username, password }, shown), {
        monotonic,
        log: () => {},
      });
      const callWithTicket = createCallWithTicket(clients, sessions, shown);
      return {
        self: async () => (await sessions.current()).self,
        async countUsers(most) {
          const users = { columns: ['associateDbId'], sortBy: 'associateDbId', entities: ['all'] };
          return (await readUsersPage(callWithTicket, users, { number: 0, size: most })).length;
        },
        whoIsOn: () => whoIsOn(callWithTicket),
        findAssociates: (ids) => findAssociates(callWithTicket, ids),
      };
    },
    close: () => transport.close(),
  };
}

/** Any answer has the date, a refusal too; what else is in it does not matter. */
async function dateOf(url: string, timeoutMs: number, ca: string | undefined): Promise<string | undefined> {
  const agent = new Agent({ connect: ca === undefined ? {} : { ca: ca === '' ? [] : ca } });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const { headers } = await request(url, { method: 'HEAD', dispatcher: agent, signal });
    return typeof headers['date'] === 'string' ? headers['date'] : undefined;
  } catch (error) {
    throw networkFault(error, { connected: false, encrypted: url.startsWith('https:') });
  } finally {
    await agent.destroy();
  }
}
