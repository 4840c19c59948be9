/** One request and what became of it. */
export type Exchange = {
  readonly n: number;
  /** When it arrived, on the server's clock. */
  readonly at: number;
  /** Empty where the address or the action named none that exists. */
  readonly service: string;
  readonly operation: string;
  /** The associate ids in the request. */
  readonly ids: readonly number[];
  /** Passwords, tickets and application tokens are masked; what is long is cut. */
  readonly requestXml: string;
  readonly responseXml: string;
  /** Undefined where nothing was answered: a hanging call, a reset connection. */
  readonly httpStatus: number | undefined;
  /** Whether the server carried it out, whatever it then told the caller. */
  readonly succeeded: boolean;
  /** Who went from on to off by this call. */
  readonly loggedOff: readonly number[];
  /** The trouble that was made, if any. */
  readonly trouble: string | undefined;
};

/** A mistake of the caller: a message that is wrong on the wire, an empty list. */
export type Complaint = { readonly n: number; readonly operation: string; readonly message: string };

export type Journal = ReturnType<typeof createJournal>;

/** Keeps the newest exchanges and complaints, as many as given. */
export const createJournal = (size: number) => {
  const exchanges: Exchange[] = [];
  const complaints: Complaint[] = [];
  const listeners = new Set<(exchange: Exchange) => void>();
  let count = 0;
  const push = <T>(list: T[], item: T) => {
    list.push(item);
    if (list.length > size) list.splice(0, list.length - size);
  };
  return {
    number: (): number => {
      count += 1;
      return count;
    },
    record: (exchange: Exchange): void => {
      push(exchanges, exchange);
      for (const listener of listeners) listener(exchange);
    },
    complain: (complaint: Complaint): void => push(complaints, complaint),
    journal: (): readonly Exchange[] => [...exchanges],
    complaints: (): readonly Complaint[] => [...complaints],
    /** The ids of each call of an operation that arrived in good order, oldest first, whatever became of it. */
    calls: (operation: string): readonly (readonly number[])[] =>
      exchanges.filter((exchange) => exchange.operation === operation).map(({ ids }) => ids),
    /** Calls the listener with each exchange from now on; the answer ends that. */
    onExchange: (listener: (exchange: Exchange) => void): (() => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    forget: (): void => {
      exchanges.length = 0;
      complaints.length = 0;
    },
  };
};
