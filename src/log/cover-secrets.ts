const COVER = '[secret]';
/** Deeper or longer things are cut: a log line is no dump. */
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 4_000;
/** A shorter secret is likely to be a part of ordinary words; it is covered only where it stands alone. */
const SHORTEST_PART = 4;

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** The forms in which a secret travels: as it is, in JSON, in an address, in an envelope. */
function forms(secret: string): readonly string[] {
  const xml = secret.replaceAll(/[&<>]/g, (sign) => XML[sign] ?? sign);
  const xmlQuoted = secret.replaceAll(/[&<>"']/g, (sign) => XML[sign] ?? sign);
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed()), xml, xmlQuoted];
}

/**
 * Makes a function that turns anything into plain data for one line of JSON, with every known secret covered,
 * also inside longer texts, keys, errors and their causes. It never throws; what cannot be read says so.
 */
export function coverSecrets(secrets: readonly string[]): (value: unknown) => unknown {
  const known = [...new Set(secrets.filter((secret) => secret !== ''))];
  const alone = new Set(known);
  const parts = [...new Set(known.filter(({ length }) => length >= SHORTEST_PART).flatMap(forms))].toSorted(
    (left, right) => right.length - left.length,
  );

  const text = (value: string): string => {
    if (alone.has(value)) return COVER;
    const covered = parts.reduce((rest, part) => rest.replaceAll(part, COVER), value);
    // Covered first, cut after: half a secret would not be found any more.
    return covered.length > MAX_TEXT ? `${covered.slice(0, MAX_TEXT)}… (${covered.length} characters)` : covered;
  };

  const entries = (pairs: Iterable<readonly [unknown, unknown]>, walk: (value: unknown) => unknown) =>
    Object.fromEntries(
      Array.from(pairs, ([key, value]): [string, unknown] => [text(String(key)), walk(value)]).slice(0, MAX_ITEMS),
    );

  const plain = (value: unknown, above: readonly object[]): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (above.includes(value)) return '[seen above]';
    if (above.length >= MAX_DEPTH) return '[deeper]';
    const walk = (part: unknown) => plain(part, [...above, value]);
    if (value instanceof Error) {
      const { name, message, stack, cause } = value;
      // Nothing else of an error: those of HTTP clients carry the whole request.
      const code = 'code' in value ? value.code : undefined;
      return walk({ name, code, message, stack, ...(cause === undefined ? {} : { cause }) });
    }
    if ('toJSON' in value && typeof value.toJSON === 'function') return walk(value.toJSON());
    if (value instanceof Map) return entries(value, walk);
    if (Array.isArray(value) || value instanceof Set) return Array.from(value).slice(0, MAX_ITEMS).map(walk);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    return entries(Object.entries(value), walk);
  };

  return (value) => {
    try {
      return plain(value, []);
    } catch {
      return '[unreadable]';
    }
  };
}
