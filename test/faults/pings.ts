/** All that Slack reads as markup in blocks or in a view; what stands in rich text and plain text is none. */
function markup(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(markup);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(markup);
}

const read = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** What would notify many people at once (`<!channel>`, a user group) in the arguments of a call to Slack. */
export function pingsIn(args: Readonly<Record<string, unknown>>): readonly string[] {
  const body = read(args['body']);
  const inside = typeof body === 'object' && body !== null ? { ...body } : {};
  const all: Readonly<Record<string, unknown>> = { ...args, ...inside };
  const texts = [
    ...(typeof all['text'] === 'string' ? [all['text']] : []),
    ...markup(read(all['blocks'])),
    ...markup(read(all['view'])),
  ];
  return texts.flatMap((text) => text.match(/<!(?!date\^)[^>]*>/g) ?? []);
}
