import { Agent } from 'undici';
import { NetServerError } from './errors.ts';
import { type Arrived, exchange, type Outgoing } from './exchange.ts';
import { soapText } from './gate.ts';

export interface TransportOptions {
  readonly timeoutMs: number;
  /** PEM of the authorities to trust instead of the usual ones. */
  readonly ca?: string | undefined;
}

/** One message on its way out, with the limits that hold for it. */
interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly mostRequestBytes: number;
  readonly mostAnswerBytes: number;
  /** Asked immediately before the first byte is written. */
  readonly maySend: () => boolean;
}

export interface Transport {
  /** Posts a message and hands out the envelope that came back; throws only `NetServerError`. */
  post(message: Message): Promise<{ readonly status: number; readonly text: string }>;
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 16;
const LONGEST_CONNECT_MS = 10_000;

/**
 * HTTP to one NetServer: keep-alive, no redirects, size limits, and one time limit over connecting, waiting and
 * reading.
 */
export function createTransport(options: TransportOptions): Transport {
  const { timeoutMs, ca } = options;
  const timeout = Math.min(timeoutMs, LONGEST_CONNECT_MS);
  const agent = new Agent({
    connections: MOST_CONNECTIONS,
    // The exchange has a limit of its own, over everything.
    headersTimeout: 0,
    bodyTimeout: 0,
    // An authority that is named and not there is no authority, and never the usual ones instead.
    connect: ca === undefined ? { timeout } : { timeout, ca: ca === '' ? [] : ca },
  });

  async function post(message: Message) {
    const body = Buffer.from(message.body, 'utf8');
    if (body.length > message.mostRequestBytes) throw new NetServerError('bad_input', { executed: 'no' });
    const { origin, pathname, search } = new URL(message.url);
    const outgoing: Outgoing = {
      origin,
      path: pathname + search,
      headers: { ...message.headers, accept: 'text/xml' },
      body,
      timeoutMs,
      mostAnswerBytes: message.mostAnswerBytes,
      maySend: message.maySend,
    };
    const { status, bytes }: Arrived = await exchange(agent, outgoing);
    return { status, text: soapText(status, bytes) };
  }

  let closing: Promise<void> | undefined;
  return {
    post,
    close() {
      closing ??= agent.close();
      return closing;
    },
  };
}
