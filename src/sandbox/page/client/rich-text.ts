import { type Json, objectOf, objectsOf, textOf } from '../../slack/json.ts';
import { cannotDraw } from './cannot-draw.ts';
import { type Child, h } from './dom.ts';
import { channelMention, groupMention, link, mention, moment, type Names } from './mrkdwn.ts';

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' } as const;

function inStyle(content: Child, style: Json): Child {
  return Object.entries(STYLES).reduce<Child>(
    (inside, [name, tag]) => (style[name] === true ? h(tag, {}, inside) : inside),
    content,
  );
}

function inline(element: Json, names: Names): Child {
  const of = (key: string): string => textOf(element[key]);
  switch (element['type']) {
    case 'text':
      return h('span', { class: 'as-typed' }, of('text'));
    case 'user':
      return mention(of('user_id'), of('user_id'), names);
    case 'usergroup':
      return groupMention(of('usergroup_id'), of('usergroup_id'), names);
    case 'channel':
      return channelMention(of('channel_id'), of('channel_id'), names);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${of('range')}`);
    case 'emoji':
      return `:${of('name')}:`;
    case 'link':
      return link(of('url'), of('text') || of('url'));
    case 'date':
      return moment(Number(element['timestamp']), of('format'), names);
    default:
      return cannotDraw(`text of type "${String(element['type'])}"`);
  }
}

const line = (part: Json, names: Names): readonly Child[] =>
  objectsOf(part['elements']).map((element) => inStyle(inline(element, names), objectOf(element['style'])));

/** One part of rich text: a section, a list, a quote or preformatted text. */
export function richPart(part: Json, names: Names): HTMLElement {
  switch (part['type']) {
    case 'rich_text_section':
      return h('p', {}, line(part, names));
    case 'rich_text_quote':
      return h('blockquote', {}, line(part, names));
    case 'rich_text_preformatted':
      return h('pre', { tabindex: '0' }, line(part, names));
    case 'rich_text_list': {
      const items = objectsOf(part['elements']).map((item) => h('li', {}, line(item, names)));
      const properties = { class: `indent-${Number(part['indent'] ?? 0)}` };
      return part['style'] === 'ordered' ? h('ol', properties, items) : h('ul', properties, items);
    }
    default:
      return cannotDraw(`rich text of type "${String(part['type'])}"`);
  }
}
