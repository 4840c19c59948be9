import type { Client, IHttpClient, IOptions } from 'soap';
import { memoryOf } from '../core/memory.ts';
import type { VendorText } from './detail.ts';
import { NetServerError } from './errors.ts';
import { packageFault } from './package-faults.ts';
import type { Transport } from './transport.ts';
import { CONTRACTS, type ServiceName } from './wsdl/contracts.ts';
import { type ServicesVersion, wsdlText } from './wsdl/document.ts';

/** One call of an operation. `args` must be a fresh object in the order of the WSDL. */
export interface SoapCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly args: object;
  /** Goes into the header; calls of SoPrincipal carry none. */
  readonly ticket?: string;
  readonly mostRequestBytes?: number;
  readonly mostAnswerBytes: number;
  readonly maySend?: () => boolean;
}

/**
 * What came back, still as the package hands it out; nothing in it says yet that the call succeeded. `result` is null
 * where the answer's element is empty and undefined where there is none.
 */
export interface SoapAnswer {
  readonly status: number | undefined;
  readonly header: unknown;
  readonly result: unknown;
}

export interface SoapClients {
  /** Loads the package and parses every WSDL, each once however many ask; sends nothing. */
  warm(): Promise<void>;
  call(call: SoapCall): Promise<SoapAnswer>;
}

export interface SoapClientsOptions {
  readonly url: string;
  readonly services: ServicesVersion;
  readonly applicationToken?: string | undefined;
  readonly vendorText: VendorText;
}

interface Exchange {
  readonly call: SoapCall;
  status: number | undefined;
  text: string;
  /** Ends the call with what this very answer was found to be before. */
  readonly known: (answer: SoapAnswer) => void;
}

/**
 * NetServer says the same again and again: that a call succeeded, who is on (asked every two seconds while somebody is looked
 * after). The package takes most of its time to parse that, so an answer that is, letter by letter, one that was parsed before
 * is not parsed again. It was fetched, and passed the gate, all the same.
 */
const ROOM_FOR_ANSWERS = 500_000;
/** A page of the directory is longer and comes once. */
const LONGEST_REMEMBERED = 50_000;

/** The package ignores what `request` returns and only waits for its callback; the type wants a promise. */
const UNUSED = new Promise<never>(() => {});

/** Strict where the package would make 12 of "12abc"; a NaN is then refused by whoever reads the answer. */
const customDeserializer = {
  int: (text: string) => (/^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN),
};

/** The clients of the SOAP package for one NetServer, made at first use. */
export function createSoapClients(options: SoapClientsOptions, transport: Transport): SoapClients {
  const base = options.url.replace(/\/+$/, '');
  const flights = new Map<ServiceName, Promise<Client>>();
  const calls = new WeakMap<object, SoapCall>();
  const answers = memoryOf<SoapAnswer>(ROOM_FOR_ANSWERS);

  const httpClient: IHttpClient = {
    request(url: string, body: string, done, headers, exchange: Exchange) {
      const { mostRequestBytes = 1_000_000, mostAnswerBytes, maySend = () => true } = exchange.call;
      transport.post({ url, headers: headers ?? {}, body, mostRequestBytes, mostAnswerBytes, maySend }).then(
        ({ status, text }) => {
          exchange.status = status;
          exchange.text = `${exchange.call.operation} ${status} ${text}`;
          const known = answers.get(exchange.text);
          if (known !== undefined) return exchange.known(known);
          try {
            done(null, { status, headers: {} }, text);
          } catch {
            // The package broke on the answer after its own guard; without this the call would never end.
            done(new NetServerError('not_soap', { executed: 'maybe', httpStatus: status }));
          }
        },
        (error: unknown) => done(error),
      );
      return UNUSED;
    },
  };

  async function load(service: ServiceName): Promise<Client> {
    const soap = await import('soap');
    // An own options object per service, and no process-wide cache: clients of one cached WSDL share their options.
    const own: IOptions = { httpClient, disableCache: true, customDeserializer };
    const endpoint = `${base}/Remote/Services${options.services}/${service}.svc`;
    const client = await soap.createClientAsync(wsdlText(CONTRACTS[service], options.services), own, endpoint);
    // A function, asked during each call with that call's own arguments: calls side by side cannot take each other's
    // ticket.
    client.addSoapHeader((_method: string, _url: string, _action: string, args: object) => headersFor(calls.get(args)));
    return client;
  }

  function headersFor(call: SoapCall | undefined): object {
    return {
      ...(options.applicationToken === undefined ? {} : { 'tns:ApplicationToken': options.applicationToken }),
      ...(call?.ticket === undefined ? {} : { 'tns:Credentials': { 'tns:Ticket': call.ticket } }),
    };
  }

  function clientOf(service: ServiceName): Promise<Client> {
    const known = flights.get(service);
    if (known) return known;
    const flight = load(service);
    flights.set(service, flight);
    flight.catch(() => flights.delete(service));
    return flight;
  }

  async function parsed(client: Client, exchange: Exchange): Promise<SoapAnswer> {
    const { call } = exchange;
    const [result, , header]: readonly unknown[] = await client[`${call.operation}Async`](call.args, exchange);
    const { status, text } = exchange;
    const answer = { status, header, result: isEnvelope(result) ? undefined : result };
    // What gives out a ticket is not kept.
    if (call.ticket !== undefined && text.length <= LONGEST_REMEMBERED) answers.keep(text, answer);
    return answer;
  }

  async function call(call: SoapCall): Promise<SoapAnswer> {
    const client = await clientOf(call.service);
    const { promise: known, resolve } = Promise.withResolvers<SoapAnswer>();
    const exchange: Exchange = { call, status: undefined, text: '', known: resolve };
    calls.set(call.args, call);
    try {
      return await Promise.race([known, parsed(client, exchange)]);
    } catch (error) {
      if (error instanceof NetServerError) throw error;
      throw packageFault(error, exchange.status, (text) => options.vendorText(text, call.ticket));
    }
  }

  return {
    call,
    async warm() {
      await Promise.all([clientOf('SoPrincipal'), clientOf('Associate'), clientOf('Archive'), clientOf('MDO')]);
    },
  };
}

/**
 * For an empty body the package hands out the whole envelope as the result, which must not pass for an answer that says
 * "nobody".
 */
const isEnvelope = (result: unknown) => typeof result === 'object' && result !== null && 'Body' in result;
