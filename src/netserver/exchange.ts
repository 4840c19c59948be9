import type { Dispatcher } from 'undici';
import { NetServerError } from './errors.ts';
import { checkHead, tooLarge } from './gate.ts';
import { networkFault } from './network-faults.ts';

/** One POST, ready to leave. */
export interface Outgoing {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly timeoutMs: number;
  readonly mostAnswerBytes: number;
  readonly maySend: () => boolean;
}

/** An answer whose head passed the gate, with its whole body. */
export interface Arrived {
  readonly status: number;
  readonly bytes: Buffer;
}

/**
 * Makes one HTTP exchange. The time limit bounds all of it, a dripping answer too. Whether anything left at all is
 * known exactly: what fails before the request is handed to a connected socket was surely not executed. A request is
 * never written twice. Throws only `NetServerError`.
 */
export function exchange(dispatcher: Dispatcher, outgoing: Outgoing): Promise<Arrived> {
  return new Promise((resolve, reject) => {
    let control: Dispatcher.DispatchController | undefined;
    let over = false;
    let status = 0;
    let size = 0;
    const chunks: Buffer[] = [];

    const end = () => {
      over = true;
      clearTimeout(timer);
    };
    const fail = (error: NetServerError) => {
      if (over) return;
      end();
      control?.abort(error);
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new NetServerError('timeout', { executed: control === undefined ? 'no' : 'maybe' }));
    }, outgoing.timeoutMs);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        const again = control !== undefined;
        if (again) fail(new NetServerError('reset', { executed: 'maybe' }));
        else if (!over && !outgoing.maySend()) fail(new NetServerError('cannot_send_in_time', { executed: 'no' }));
        // Given up while it waited for a connection, or just now: it must not be written.
        if (over) controller.abort(new NetServerError('cannot_send_in_time', { executed: 'no' }));
        else control = controller;
      },
      onResponseStart(_controller, statusCode, headers) {
        if (statusCode < 200) return;
        status = statusCode;
        const length = Number(one(headers['content-length']) ?? Number.NaN);
        const contentLength = Number.isNaN(length) ? undefined : length;
        const refusal = checkHead(
          { status, contentType: one(headers['content-type']), contentLength },
          outgoing.mostAnswerBytes,
        );
        if (refusal) fail(refusal);
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > outgoing.mostAnswerBytes) fail(tooLarge(status));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (over) return;
        end();
        resolve({ status, bytes: Buffer.concat(chunks, size) });
      },
      onResponseError(_controller, error) {
        fail(
          networkFault(error, { connected: control !== undefined, encrypted: outgoing.origin.startsWith('https:') }),
        );
      },
    };

    const { origin, path, headers, body } = outgoing;
    try {
      dispatcher.dispatch({ origin, path, method: 'POST', headers, body }, handler);
    } catch (error) {
      fail(networkFault(error, { connected: false, encrypted: false }));
    }
  });
}

/** A header that came more than once counts as not understood. */
const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined);
