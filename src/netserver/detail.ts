const LONGEST = 200;
/** NetServer and Online tickets begin like this; an old one is as good a secret as the current one. */
const TICKET = /\b(?:7T|8A):/;

/** Takes a vendor text and the ticket of the call, hands out what may be shown of it. */
export type VendorText = (text: unknown, ticket?: string | undefined) => string | undefined;

/**
 * Makes the filter for vendor texts that are shown to people: one line, cut to 200 characters, and nothing at all of a
 * text that holds one of the secrets, looks like a ticket, or holds markup (servers may quote what they were sent).
 */
export function vendorText(secrets: readonly (string | undefined)[]): VendorText {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret !== '');
  return (text, ticket) => {
    if (typeof text !== 'string') return undefined;
    if (TICKET.test(text) || text.includes('<')) return undefined;
    if ([...known, ...(ticket ? [ticket] : [])].some((secret) => text.includes(secret))) return undefined;
    const line = text.replace(/\s+/g, ' ').trim();
    if (line === '') return undefined;
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  };
}
