import type { DirectoryGroup, DirectoryPerson } from '../core/directory.ts';
import type { AssociateId, NonEmpty } from '../core/ids.ts';
import { type Measure, unmeasured } from '../core/measure.ts';
import type { Associate } from '../core/people.ts';
import { findAssociates } from './associates.ts';
import { breakCircuit } from './circuit.ts';
import { vendorText } from './detail.ts';
import { membersOf, readGroups } from './groups.ts';
import { logOffWindowsUsers } from './log-off.ts';
import { LOG_ON, logOn, type Self } from './log-on.ts';
import { type ServerFacts, serverFacts } from './server-facts.ts';
import { createSessions, type Log } from './session.ts';
import { sharedLook } from './shared-look.ts';
import { createSoapClients } from './soap-clients.ts';
import { SYSTEM_INFO, type SystemInfo, systemInfo } from './system-info.ts';
import { createCallWithTicket } from './ticketed-calls.ts';
import { createTransport } from './transport.ts';
import { readUsers } from './users.ts';
import { whoIsOn } from './who-is-on.ts';
import type { ServicesVersion } from './wsdl/document.ts';

export interface NetServerOptions {
  /** May hold a path; `<url>/Remote/Services86/<Service>.svc` is called. */
  readonly url: string;
  readonly services: ServicesVersion;
  /** For each exchange, from connecting to the last byte read. */
  readonly timeoutMs: number;
  readonly username: string;
  readonly password: string;
  /** Online only. */
  readonly applicationToken?: string | undefined;
  /** PEM of the authorities to trust instead of the usual ones. */
  readonly ca?: string | undefined;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic: () => number;
  /** Calls back once after a delay; gives a function that prevents it. */
  readonly after: (delay: number, run: () => void) => () => void;
  readonly log?: Log | undefined;
  /** Takes note of each call by the name of its operation, with NetServer's own verdict on it. */
  readonly measure?: Measure | undefined;
}

/**
 * What the bot asks of SuperOffice. Everything throws only `NetServerError`; a REST edge could stand here just as well.
 */
export interface NetServer {
  /** Loads what the first call would have to load; sends nothing. */
  warm(): Promise<void>;
  /** Ids that NetServer does not know are missing in the answer. */
  findAssociates(ids: readonly AssociateId[]): Promise<readonly Associate[]>;
  /**
   * All internal users that the bot may see, former employees too. Dozens of calls at 10,000 users: keep the result.
   */
  readUsers(): Promise<readonly DirectoryPerson[]>;
  /** The user groups in use. */
  readGroups(): Promise<readonly DirectoryGroup[]>;
  /** Who has this user group as primary group. */
  membersOf(groupId: number): Promise<readonly Associate[]>;
  /** Who has a logon record for the Windows client; `not_allowed` where the bot may not see that. */
  whoIsOn(): Promise<ReadonlySet<AssociateId>>;
  /** Resolves only where NetServer said that the call succeeded. `maySend` is asked immediately before each send. */
  logOff(ids: NonEmpty<AssociateId>, maySend: () => boolean): Promise<void>;
  /** Who the bot is, from its logon. */
  self(): Promise<Self>;
  /** Version and owner of the server; needs no logon. */
  systemInfo(): Promise<SystemInfo>;
  /** Which SuperOffice this is, whether it has a Windows client at all, and which rights the bot is missing. */
  serverFacts(): Promise<ServerFacts>;
  /** True while nothing is asked because the last calls got no sign of life; it is found out in the background when it is back. */
  isAway(): boolean;
  /** Waits for calls under way, each bounded by its time limit, and closes all connections. */
  close(): Promise<void>;
}

/** Wires the SOAP edge for one NetServer; starts and sends nothing until it is used. */
export function connectNetServer(options: NetServerOptions): NetServer {
  const { url, services, timeoutMs, username, password, applicationToken, ca } = options;
  const { monotonic, after, log = () => {}, measure = unmeasured } = options;
  const shown = vendorText([password, applicationToken]);
  const transport = createTransport({ timeoutMs, ca });
  const clients = createSoapClients({ url, services, applicationToken, vendorText: shown }, transport);
  const circuit = breakCircuit(clients, { after, log });
  const attempt = () => measure(LOG_ON, () => logOn(circuit, { username, password }, shown));
  const sessions = createSessions(attempt, { monotonic, log });
  const callWithTicket = createCallWithTicket(circuit, sessions, shown, measure);
  const self = async () => (await sessions.current()).self;
  const askSystem = () => measure(SYSTEM_INFO, () => systemInfo(circuit, shown));
  return {
    warm: () => clients.warm(),
    findAssociates: (ids) => findAssociates(callWithTicket, ids),
    readUsers: () => readUsers(callWithTicket),
    readGroups: () => readGroups(callWithTicket),
    membersOf: (groupId) => membersOf(callWithTicket, groupId),
    whoIsOn: sharedLook(() => whoIsOn(callWithTicket), monotonic),
    logOff: (ids, maySend) => logOffWindowsUsers(callWithTicket, ids, maySend),
    self,
    systemInfo: askSystem,
    serverFacts: () => serverFacts(url, askSystem, self),
    isAway: circuit.isAway,
    close() {
      circuit.end();
      return transport.close();
    },
  };
}
