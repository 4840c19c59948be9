import { renderDate } from './date-tokens.ts';
import { isJson, type Json, listOf, objectOf, objectsOf, textOf } from './json.ts';

/** Who is behind an id, and in which zone times are read. */
export interface Names {
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
  group(id: string): string | undefined;
  readonly timeZone: string;
}

function withoutEscapes(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function renderToken(token: string, names: Names): string {
  const [body = '', label] = [
    token.split('|')[0],
    token.includes('|') ? token.slice(token.indexOf('|') + 1) : undefined,
  ];
  if (body.startsWith('@')) return `@${names.user(body.slice(1)) ?? label ?? body.slice(1)}`;
  if (body.startsWith('#')) return `#${names.channel(body.slice(1)) ?? label ?? body.slice(1)}`;
  if (body.startsWith('!subteam^')) return `@${names.group(body.slice(9)) ?? label ?? body.slice(9)}`;
  if (body.startsWith('!date^')) {
    const [, seconds = '', format = ''] = body.split('^');
    return /^\d+$/.test(seconds) ? renderDate(Number(seconds), format, names.timeZone) : (label ?? body);
  }
  if (body.startsWith('!')) return `@${label ?? body.slice(1)}`;
  return label ?? body.replace(/^mailto:/, '');
}

/** Slack's mrkdwn as a person reads it: mentions as names, dates as dates, links as their labels, no escapes. */
export function renderMrkdwn(text: string, names: Names): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) =>
      withoutEscapes(part.startsWith('<') && part.endsWith('>') ? renderToken(part.slice(1, -1), names) : part),
    )
    .join('');
}

function renderTextObject(value: unknown, names: Names): string {
  if (!isJson(value)) return '';
  const text = textOf(value['text']);
  return value['type'] === 'mrkdwn' ? renderMrkdwn(text, names) : text;
}

function renderInline(element: Json, names: Names): string {
  const of = (key: string): string => textOf(element[key]);
  switch (element['type']) {
    case 'user':
      return `@${names.user(of('user_id')) ?? of('user_id')}`;
    case 'usergroup':
      return `@${names.group(of('usergroup_id')) ?? of('usergroup_id')}`;
    case 'channel':
      return `#${names.channel(of('channel_id')) ?? of('channel_id')}`;
    case 'broadcast':
      return `@${of('range')}`;
    case 'emoji':
      return `:${of('name')}:`;
    case 'link':
      return of('text') || of('url');
    case 'date':
      return renderDate(Number(element['timestamp']), of('format'), names.timeZone);
    default:
      return of('text');
  }
}

function renderRichPart(part: Json, names: Names): string {
  const elements = objectsOf(part['elements']);
  if (part['type'] === 'rich_text_list') {
    const indent = '  '.repeat(Number(part['indent'] ?? 0));
    const mark = (index: number): string => (part['style'] === 'ordered' ? `${index + 1}.` : '•');
    return elements.map((item, index) => `${indent}${mark(index)} ${renderRichPart(item, names)}`).join('\n');
  }
  const line = elements.map((element) => renderInline(element, names)).join('');
  return part['type'] === 'rich_text_quote' ? line.replace(/^/gm, '> ') : line;
}

function renderElement(element: Json, names: Names): string {
  const label = renderTextObject(element['text'], names) || renderTextObject(element['placeholder'], names);
  switch (element['type']) {
    case 'image':
      return `(picture: ${textOf(element['alt_text'])})`;
    case 'mrkdwn':
    case 'plain_text':
      return renderTextObject(element, names);
    case 'checkboxes':
    case 'radio_buttons':
    case 'overflow':
      return objectsOf(element['options'])
        .map((option) => `[${renderTextObject(option['text'], names)}]`)
        .join(' ');
    default:
      return `[${label || textOf(element['type'])}]`;
  }
}

/** One block as lines of plain text; a kind that cannot be drawn says so. */
function renderBlock(block: Json, names: Names): string {
  const elements = objectsOf(block['elements']);
  switch (block['type']) {
    case 'header':
      return renderTextObject(block['text'], names);
    case 'section': {
      const accessory = isJson(block['accessory']) ? renderElement(block['accessory'], names) : '';
      const first = [renderTextObject(block['text'], names), accessory].filter((part) => part !== '').join(' ');
      const fields = objectsOf(block['fields']).map((field) => renderTextObject(field, names));
      return [first, ...fields].filter((part) => part !== '').join('\n');
    }
    case 'divider':
      return '---';
    case 'context':
    case 'actions':
      return elements.map((element) => renderElement(element, names)).join(' ');
    case 'rich_text':
      return elements.map((part) => renderRichPart(part, names)).join('\n');
    case 'input':
      return `${renderTextObject(block['label'], names)}: ${renderElement(objectOf(block['element']), names)}`;
    case 'image':
      return renderElement(block, names);
    case 'markdown':
      return textOf(block['text']);
    case 'table':
      return listOf(block['rows'])
        .map((row) =>
          objectsOf(row)
            .map((cell) =>
              cell['type'] === 'rich_text' ? renderBlock(cell, names) : String(cell['text'] ?? cell['value']),
            )
            .join(' | '),
        )
        .join('\n');
    default:
      return `(a block of type ${String(block['type'])} that cannot be drawn)`;
  }
}

/** Blocks as a person reads them, one line or more for each. */
export function renderBlocks(blocks: readonly Json[], names: Names): string {
  return blocks.map((block) => renderBlock(block, names)).join('\n');
}
