/** Between approved and sent, and around the call: what must never be done twice or be forgotten is decided here. */
const MUST = [
  'write new request',
  'write approved',
  'write dispatching',
  'LogOffWindowsUsers',
  'write verifying',
] as const;

/** Of all else the short run takes every so manieth: an odd number, as both sides of a point stand beside each other. */
const EVERY = 9;

const mustOf = (label: string): string | undefined =>
  MUST.find((must) => label === must || label.startsWith(`${must},`));

/** What the short run takes out of a list of points: all that must be there on every engine, and some of the rest. */
export function quickShare<P extends { readonly label: string }>(
  points: readonly P[],
  must: readonly string[] = MUST,
  every = EVERY,
): readonly P[] {
  const isMust = ({ label }: P) => must.includes(mustOf(label) ?? '');
  const rest = points.filter((point) => !isMust(point)).filter((_, at) => at % every === 0);
  return points.filter((point) => isMust(point) || rest.includes(point));
}

/** Which of the deaths that must be there are not, on one engine: `before LogOffWindowsUsers`. */
export function missingOf(
  points: readonly { readonly label: string; readonly when: string }[],
  must: readonly string[] = MUST,
): readonly string[] {
  const there = new Set(points.map(({ label, when }) => `${when} ${mustOf(label)}`));
  return must
    .flatMap((label) => ['before', 'after'].map((when) => `${when} ${label}`))
    .filter((one) => !there.has(one));
}

/**
 * Lives in which everyone is logged off are mostly waiting, one after the other, and a lease that must run out is a half minute
 * more: those around the call itself, and two others.
 */
export const MUST_OF_EVERYONE = ['LogOffWindowsUsers'] as const;
export const EVERY_OF_EVERYONE = 13;
