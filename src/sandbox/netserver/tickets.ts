import { randomBytes } from 'node:crypto';

/** The vendor's rule: six hours, and every use makes it six hours again. */
const ticketLifeMs = 6 * 60 * 60 * 1000;

export type Tickets = ReturnType<typeof createTickets>;

/** The tickets given out. A ticket that has run out stays out. */
export const createTickets = (now: () => number) => {
  const running = new Map<string, { readonly associateId: number; until: number }>();
  return {
    /** A new ticket for an associate. */
    issue: (associateId: number): string => {
      const ticket = `7T:${randomBytes(24).toString('base64')}`;
      running.set(ticket, { associateId, until: now() + ticketLifeMs });
      return ticket;
    },
    /** Whose ticket it is, and six more hours for it; undefined if it is unknown or has run out. */
    use: (ticket: string): number | undefined => {
      const known = running.get(ticket);
      if (known === undefined || known.until <= now()) return undefined;
      known.until = now() + ticketLifeMs;
      return known.associateId;
    },
    /** Ends every ticket given out so far. */
    expireAll: (): void => running.clear(),
  };
};
