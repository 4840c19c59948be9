import type { AnyButton, Card, Part, Span, Text } from '../../../src/core/cards/card.ts';

/** Everything that a card says, as text to compare: bold words in stars, people in brackets, moments as hours, buttons with all they hold. */
const span = (one: Span): string => {
  if (one.kind === 'text') return one.bold === true ? `*${one.text}*` : one.text;
  if (one.kind === 'person') return `@${one.name}`;
  const at = new Date(one.at).toISOString();
  if (one.kind === 'until') return ` (until ${at.slice(11, 16)})`;
  return one.dated === true ? at.slice(0, 16) : at.slice(11, 16);
};
const words = (text: Text): string => text.map(span).join('');

function button(one: AnyButton): string {
  if (one.action === 'run') return `[${one.label}: /logoff ${one.command}]`;
  const { confirm } = one;
  const style = one.style === undefined ? '' : ` ${one.style}`;
  const asks = confirm === undefined ? '' : ` asks "${confirm.title}" "${confirm.text}" ${confirm.yes} | ${confirm.no}`;
  return `[${one.label}: ${one.action} ${one.request}${style}${asks}]`;
}

function part(one: Part): string {
  switch (one.kind) {
    case 'heading':
      return `# ${one.text}`;
    case 'quote':
      return `> ${one.text}`;
    case 'paragraph':
      return words(one.text);
    case 'note':
      return `(${words(one.text)})`;
    case 'list':
      return one.items.map((item) => `- ${words(item)}`).join('\n');
    case 'facts':
      return one.rows.map(({ label, value }) => `${label} = ${words(value)}`).join('\n');
    case 'buttons':
      return one.buttons.map(button).join(' ');
  }
}

/** A card: its summary, where that is not its first paragraph, and its parts. */
export function drawn({ summary, parts }: Card): string {
  const all = parts.map(part);
  const first = words(summary);
  return (all[0] === first ? all : [`summary: ${first}`, ...all]).join('\n');
}

/** Several cards, each below its name. */
export const gallery = (cards: Readonly<Record<string, Card>>): string =>
  Object.entries(cards)
    .map(([name, card]) => `-- ${name}\n${drawn(card)}`)
    .join('\n');

/** Parts alone. */
export const drawnParts = (parts: readonly Part[]): string => parts.map(part).join('\n');
