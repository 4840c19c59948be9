import { type Answer, answer, type Delivery, deliver, worksDespite } from './answers.ts';
import type { Exchange, Journal } from './journal.ts';
import { type OpenRequest, openRequest } from './open-request.ts';
import type { Product, WrongPassword } from './operations.ts';
import { faultXml, noSession, type Reply, replyXml } from './replies.ts';
import { isSoapType, type Place, placeOf } from './routing.ts';
import { masked } from './secrets.ts';
import type { Tickets } from './tickets.ts';
import type { Trouble, Troubles } from './troubles.ts';
import type { World } from './world.ts';

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly contentType: string | undefined;
  readonly soapAction: string | undefined;
  /** Undefined if it was over the size limit. */
  readonly body: Buffer | undefined;
};

export type Backstage = {
  readonly basePath: string;
  readonly versions: readonly number[];
  readonly world: World;
  readonly tickets: Tickets;
  readonly troubles: Troubles;
  readonly journal: Journal;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly product: Product;
  readonly manners: { wrongPassword: WrongPassword; headers: 'lean' | 'nil' };
};

type Outcome = Partial<Pick<Exchange, 'service' | 'operation' | 'ids' | 'succeeded' | 'loggedOff' | 'trouble'>> & {
  readonly delivery: Delivery;
  readonly complaint?: string | undefined;
};

/** Takes one HTTP request through all checks, trouble and work to what is to be delivered; it stands in the journal before it is delivered. */
export const exchange = async (request: HttpRequest, backstage: Backstage): Promise<Delivery> => {
  const { journal } = backstage;
  const n = journal.number();
  const at = backstage.now();
  const { delivery, complaint, ...facts } = await judge(request, backstage);
  const sent = 'answer' in delivery ? delivery.answer : undefined;
  if (complaint !== undefined) journal.complain({ n, operation: facts.operation ?? '', message: complaint });
  journal.record({
    n,
    at,
    service: '',
    operation: '',
    ids: [],
    succeeded: false,
    loggedOff: [],
    trouble: undefined,
    ...facts,
    requestXml: masked(request.body?.toString() ?? ''),
    responseXml: masked(sent?.body ?? ''),
    httpStatus: sent?.status,
  });
  return delivery;
};

const judge = async (request: HttpRequest, backstage: Backstage): Promise<Outcome> => {
  const place = placeOf(request.url, backstage.basePath, backstage.versions);
  if (place === undefined) return turnedAway(404, `Nothing is at ${request.url}`);
  if (request.method !== 'POST') return turnedAway(405, `${request.method} is not POST`, { allow: 'POST' });
  if (!isSoapType(request.contentType))
    return turnedAway(415, `The content type was ${request.contentType ?? 'missing'}`);
  if (request.body === undefined) return turnedAway(413, 'The message is over the size limit');
  const { service } = place;
  const opened = openRequest(place, request.soapAction, request.body);
  if ('fault' in opened) {
    const { code, message } = opened.fault;
    const delivery: Delivery = { how: 'whole', answer: answer(500, faultXml(code, message)) };
    return { service, operation: opened.operation, delivery, complaint: `${code}: ${message}` };
  }
  return { service, operation: opened.operation.name, ids: opened.call.ids, ...(await work(opened, place, backstage)) };
};

const turnedAway = (status: number, why: string, headers: Answer['headers'] = {}): Outcome => ({
  delivery: { how: 'whole', answer: { status, headers: { 'content-type': 'text/plain', ...headers }, body: why } },
  complaint: `HTTP ${status}: ${why}`,
});

const work = async (opened: OpenRequest, place: Place, backstage: Backstage): Promise<Outcome> => {
  const trouble = backstage.troubles.take(opened.operation.name);
  const early = trouble?.kind === 'slow' && trouble.effect === true;
  if (trouble?.kind === 'slow' && !early) await backstage.wait(trouble.ms);
  const reply =
    exceptionOf(trouble) ?? (worksDespite(trouble) ? perform(opened, place, trouble, backstage) : undefined);
  if (trouble?.kind === 'slow' && early) await backstage.wait(trouble.ms);
  const style = trouble?.kind === 'no-headers' ? 'none' : backstage.manners.headers;
  const xml = reply === undefined ? '' : replyXml(place.so, opened.operation.answer, reply, style);
  return {
    delivery: deliver(trouble, answer(200, xml)),
    succeeded: reply?.ok ?? false,
    loggedOff: reply?.ok === true ? (reply.loggedOff ?? []) : [],
    trouble: trouble?.kind,
    complaint: reply?.ok === false ? reply.complaint : undefined,
  };
};

const perform = (opened: OpenRequest, place: Place, trouble: Trouble | undefined, backstage: Backstage): Reply => {
  const { world, tickets, manners, product } = backstage;
  const { operation, ticket, call } = opened;
  const caller = operation.needsTicket ? tickets.use(ticket ?? '') : 0;
  if (caller === undefined) return noSession;
  return call.perform({
    version: place.version,
    product,
    caller,
    world,
    tickets,
    wrongPassword: manners.wrongPassword,
    distrust: trouble?.kind === 'wrong-password',
    pretend: trouble?.kind === 'no-effect',
    comeback: trouble?.kind === 'back-again' ? (trouble.when ?? { afterReads: 0 }) : undefined,
  });
};

const exceptionOf = (trouble: Trouble | undefined): Reply | undefined => {
  if (trouble?.kind === 'exception') return { ok: false, exception: trouble };
  if (trouble?.kind !== 'not-allowed') return undefined;
  const exception = {
    type: 'SuperOffice.Exceptions.SoSentryException',
    message: 'You do not have the rights to do this',
  };
  return { ok: false, exception };
};
