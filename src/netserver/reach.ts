import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { cleanCause, NetServerError } from './errors.ts';
import { networkFault } from './network-faults.ts';

/** What a server shows of itself when TLS is set up with it. */
export interface ShownCertificate {
  /** Why it would be refused: a code of Node's (`CERT_HAS_EXPIRED`). Absent where it is accepted. */
  readonly problem?: string;
  readonly subject: string;
  readonly issuer: string;
  /** For which names it is. */
  readonly names: string;
  /** As the certificate writes it. */
  readonly validFrom: string;
  readonly validTo: string;
}

export interface ReachOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly ca?: string | undefined;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

function placeOf(url: string): Place {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

/** Looks the name up and connects, and sends nothing. Gives the address; throws NetServerError. */
export async function reach({
  url,
  timeoutMs,
}: ReachOptions): Promise<{ readonly address: string; readonly port: number }> {
  const { host, port } = placeOf(url);
  const address = isIP(host) > 0 ? host : (await resolved(host)).address;
  const socket = connectTcp({ host: address, port });
  try {
    await opened(socket, 'connect', timeoutMs);
  } finally {
    socket.destroy();
  }
  return { address, port };
}

async function resolved(host: string): Promise<{ readonly address: string }> {
  try {
    return await lookup(host);
  } catch (error) {
    throw networkFault(error, { connected: false, encrypted: false });
  }
}

/**
 * Looks at the certificate of an https server without sending anything over the connection; so also one that would be
 * refused can be described. Throws NetServerError where there is no TLS.
 */
export async function lookAtCertificate({ url, timeoutMs, ca }: ReachOptions): Promise<ShownCertificate> {
  const { host, port } = placeOf(url);
  const socket = connectTls({
    host,
    port,
    ...(isIP(host) > 0 ? {} : { servername: host }),
    // An authority that is named and not there is no authority, as in the transport.
    ...(ca === undefined ? {} : { ca: ca === '' ? [] : ca }),
    // To describe what would be refused; the transport does refuse it.
    rejectUnauthorized: false,
  });
  try {
    await opened(socket, 'secureConnect', timeoutMs);
    return describe(socket);
  } finally {
    socket.destroy();
  }
}

function describe(socket: TLSSocket): ShownCertificate {
  const { subject, issuer, subjectaltname, valid_from, valid_to } = socket.getPeerCertificate();
  // Typed as an error; it is the code.
  const problem: unknown = socket.authorizationError;
  const known = problem instanceof Error ? cleanCause(problem).code : problem;
  return {
    ...(socket.authorized ? {} : { problem: typeof known === 'string' ? known : 'not trusted' }),
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    names: subjectaltname ?? '',
    validFrom: valid_from,
    validTo: valid_to,
  };
}

function nameOf(party: { readonly CN?: string | string[]; readonly O?: string | string[] } | undefined): string {
  return [party?.CN, party?.O].flat().find((name) => name !== undefined && name !== '') ?? 'no name';
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NetServerError('timeout', { executed: 'no' })), timeoutMs);
    const end = (finish: () => void) => {
      clearTimeout(timer);
      finish();
    };
    socket.once(event, () => end(resolve));
    socket.on('error', (error) =>
      end(() => reject(networkFault(error, { connected: false, encrypted: event === 'secureConnect' }))),
    );
  });
}
