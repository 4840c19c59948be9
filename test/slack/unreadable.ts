import type { Card, Part, Text } from '../../src/core/cards/card.ts';
import type { Form, Modal } from '../../src/core/cards/modal.ts';
import { describeInstant } from '../../src/core/time.ts';
import { blockKitProblems, viewProblems } from '../../src/sandbox/slack/block-kit/problems.ts';
import { renderForm } from '../../src/slack/form.ts';
import { renderCard, renderModal } from '../../src/slack/render.ts';

const ZONE = 'Europe/Oslo';
/** `chat.update` takes no longer text; what is longer is cut with a word about it. */
const MOST_TEXT = 4_000;

const textsOf = (part: Part): readonly Text[] => {
  switch (part.kind) {
    case 'heading':
    case 'quote':
      return [[{ kind: 'text', text: part.text }]];
    case 'paragraph':
    case 'note':
      return [part.text];
    case 'list':
      return part.items;
    case 'facts':
      return part.rows.map(({ label, value }) => [{ kind: 'text', text: label }, ...value]);
    case 'buttons':
      return part.buttons.map(({ label }) => [{ kind: 'text', text: label }]);
  }
};

/** Letters and digits only: escapes, breaks and hidden characters are the drawing's own matter. */
const bare = (text: string): string => text.replaceAll(/&(?:amp|lt|gt);|[^\p{L}\p{N}]/gu, '');

/** What of a card is not in its plain text, which is all that a screen reader or a phone gets. */
function missing(card: Card, text: string): readonly string[] {
  const said = bare(text);
  const isCut = text.length > MOST_TEXT - 500 || /and \d+ more/.test(text);
  return [card.summary, ...card.parts.flatMap(textsOf)].flat().flatMap((span) => {
    if (span.kind === 'text') return isCut || said.includes(bare(span.text)) ? [] : [`not in the text: ${span.text}`];
    if (span.kind === 'person')
      return isCut || text.includes(`<@${span.slack}>`) ? [] : [`not in the text: ${span.slack}`];
    const words = describeInstant(span.at, ZONE, span.kind === 'time' && span.dated === true);
    const isAbsolute = /\d{2}:\d{2} (?:CET|CEST|GMT|UTC)/.test(words);
    if (!isAbsolute) return [`no time with a zone: ${words}`];
    return isCut || text.includes(words) ? [] : [`not in the text: ${words}`];
  });
}

function buttonProblems(parts: readonly Part[]): readonly string[] {
  const labels = parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ label }) => label) : []));
  const twice = labels.filter((label, index) => labels.indexOf(label) !== index);
  const wordless = labels.filter((label) => !/\p{L}{2}/u.test(label));
  return [...twice.map((label) => `two buttons: ${label}`), ...wordless.map((label) => `no words: ${label}`)];
}

/** What somebody could not read or press in a message; nothing where everybody can. */
export function unreadableCard(card: Card): readonly string[] {
  const { text, blocks } = renderCard(card, ZONE);
  return [
    ...blockKitProblems(blocks, 'message').map((problem) => JSON.stringify(problem)),
    ...(text.length > MOST_TEXT ? ['the text is too long'] : []),
    ...missing(card, text),
    ...buttonProblems(card.parts),
  ];
}

/** A dot, a colour or a picture says nothing to somebody who does not see it: our own words have none at all. */
export const pictures = (shown: Card | Modal | Form): readonly string[] =>
  /\p{Extended_Pictographic}|:[a-z_]+:(?!\d)/u.exec(JSON.stringify(shown))?.slice(0) ?? [];

/** The same for a window, which Slack reads out by itself: that it is drawn as Slack takes it, and what its buttons are called. */
export function unreadableWindow(window: Modal | Form): readonly string[] {
  const view = 'channel' in window ? renderForm(window, ZONE) : renderModal(window, ZONE);
  const parts = 'channel' in window ? [...window.intro, ...window.parts] : window.parts;
  const labels = 'channel' in window ? window.fields.map(({ label }) => label) : [];
  return [
    ...viewProblems(view).map((problem) => JSON.stringify(problem)),
    ...(window.submit === window.close ? ['two buttons are called the same'] : []),
    ...(window.title.trim() === '' || window.title.length > 24 ? ['no title, or too long a one'] : []),
    ...(new Set(labels).size < labels.length || labels.includes('') ? ['fields that cannot be told apart'] : []),
    ...buttonProblems(parts),
  ];
}
