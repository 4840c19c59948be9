import { openEnvelope, ticketIn } from './envelope.ts';
import type { Call, Operation } from './operations.ts';
import { operationOf, type Place } from './routing.ts';
import { WireFault } from './wire-fault.ts';

/** A request that is right in every respect that can be seen without looking into the database. */
export type OpenRequest = { readonly operation: Operation; readonly ticket: string | undefined; readonly call: Call };

type Refused = { readonly fault: WireFault; readonly operation: string };

/** Opens a message sent to a service: envelope, action, header, body, in this order; the first thing that is wrong is a fault. */
export const openRequest = (place: Place, soapAction: string | undefined, body: Buffer): OpenRequest | Refused => {
  let name = '';
  try {
    const envelope = openEnvelope(decode(body));
    const operation = operationOf(place, soapAction);
    name = operation.name;
    const allowed = ['ApplicationToken', ...(operation.needsTicket ? ['Credentials', 'TimeZone'] : [])];
    const ticket = ticketIn(envelope.header, place.so, allowed);
    const { local, uri } = envelope.body;
    if (local !== name || uri !== place.so) {
      throw new WireFault('DeserializationFailed', `The Body holds ${local} in "${uri}", not ${name} in "${place.so}"`);
    }
    return { operation, ticket, call: operation.read(envelope.body, place.so) };
  } catch (error) {
    if (error instanceof WireFault) return { fault: error, operation: name };
    throw error;
  }
};

const decode = (body: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new WireFault('NotWellFormed', 'The message is not UTF-8', { cause });
  }
};
