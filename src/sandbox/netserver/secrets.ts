const kept = 16_000;

const element = /<((?:[\w.-]+:)?(?:Password|Ticket|ApplicationToken))(\s[^<>]*)?(?<!\/)>[\s\S]*?(<\/\1\s*>|$)/g;

/** A message fit for showing: passwords, tickets and application tokens become stars, and what is very long is cut. */
export const masked = (xml: string): string =>
  (xml.length > kept ? xml.slice(0, kept) : xml).replaceAll(element, '<$1$2>***$3') +
  (xml.length > kept ? `… (${xml.length} characters)` : '');
