import type { Reader } from './readers.ts';
import type { Reply } from './replies.ts';
import type { Tickets } from './tickets.ts';
import type { Comeback, World } from './world.ts';
import type { XmlElement } from './xml.ts';

/** How this server shows a wrong password: as a flag in a good reply, or as an exception. Nobody could say which is true. */
export type WrongPassword = 'flag' | 'exception';

/** What the server says of itself. */
export type Product = {
  readonly version: string;
  readonly description: string;
  /** Name of the tenant, as SuperOffice Online has one. */
  readonly databaseContext?: string | undefined;
};

export type Circumstances = {
  /** Of the API. */
  readonly version: number;
  readonly product: Product;
  /** The associate who asks; 0 where no ticket is needed. */
  readonly caller: number;
  readonly world: World;
  readonly tickets: Tickets;
  readonly wrongPassword: WrongPassword;
  /** The right password is taken for a wrong one. */
  readonly distrust: boolean;
  /** Answer as if all were well, and change nothing. */
  readonly pretend: boolean;
  /** Those logged off come back by themselves. */
  readonly comeback: Comeback | undefined;
};

/** A request that was read and found right, ready to be carried out. */
export type Call = { readonly ids: readonly number[]; readonly perform: (circumstances: Circumstances) => Reply };

export type Operation = {
  readonly service: string;
  readonly name: string;
  /** Local name of the element that answers. */
  readonly answer: string;
  readonly needsTicket: boolean;
  readonly read: (body: XmlElement, so: string) => Call;
};

/** An operation from the reader of its request and what it does with the request. */
export const operation = <T extends object>(given: {
  readonly service: string;
  readonly name: string;
  readonly answer?: string;
  readonly needsTicket?: boolean;
  readonly request: Reader<T>;
  readonly ids?: (request: T) => readonly number[];
  readonly perform: (request: T, circumstances: Circumstances) => Reply;
}): Operation => ({
  service: given.service,
  name: given.name,
  answer: given.answer ?? `${given.name}Response`,
  needsTicket: given.needsTicket ?? true,
  read: (body, so) => {
    const request = given.request(body, so);
    return {
      ids: given.ids?.(request) ?? [],
      perform: (circumstances) => given.perform(request, circumstances),
    };
  },
});
