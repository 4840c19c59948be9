import { type Measure, unmeasured } from '../core/measure.ts';
import type { VendorText } from './detail.ts';
import { NetServerError } from './errors.ts';
import type { Sessions } from './session.ts';
import type { SoapCall, SoapClients } from './soap-clients.ts';
import { checkVerdict } from './verdict.ts';

type TicketedCall = Omit<SoapCall, 'ticket' | 'args'> & {
  /** Made anew for each attempt. */
  readonly args: () => object;
};

/** Makes a call that needs a logon; hands out the answer's body only where NetServer said that the call succeeded. */
export type CallWithTicket = (call: TicketedCall) => Promise<unknown>;

/**
 * A session that NetServer says is dead is dropped, followed by one new logon and one repeat: nothing had been
 * executed. Nothing else is repeated, and a ticket that is refused right after its logon is not followed by another logon soon.
 */
export function createCallWithTicket(
  clients: Pick<SoapClients, 'call'>,
  sessions: Sessions,
  vendorText: VendorText,
  measure: Measure = unmeasured,
): CallWithTicket {
  const attempt = (call: TicketedCall, ticket: string): Promise<unknown> =>
    measure(call.operation, async () => {
      const answer = await clients.call({ ...call, args: call.args(), ticket });
      checkVerdict(answer, vendorText, ticket);
      return answer.result;
    });

  return async (call) => {
    const { ticket } = await sessions.current();
    try {
      return await attempt(call, ticket);
    } catch (error) {
      if (!isDeadSession(error)) throw error;
    }
    const fresh = await sessions.renew(ticket);
    try {
      return await attempt(call, fresh.ticket);
    } catch (error) {
      if (isDeadSession(error)) sessions.distrust(fresh.ticket);
      throw error;
    }
  };
}

const isDeadSession = (error: unknown) => error instanceof NetServerError && error.code === 'session';
