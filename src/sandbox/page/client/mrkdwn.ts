import { renderDate } from '../../slack/date-tokens.ts';
import { type Child, h } from './dom.ts';
import type { Told } from './told.ts';

/** What drawing needs to know: names behind ids, and the zone in which times are read. */
export type Names = Pick<Told, 'names' | 'timeZone' | 'me' | 'ahead'>;

/** A mention; one's own stands out. */
export function mention(id: string, fallback: string, { names, me }: Names): HTMLElement {
  return h('span', { class: id === me ? 'mention of-me' : 'mention' }, `@${names.users[id] ?? fallback}`);
}

export const channelMention = (id: string, fallback: string, { names }: Names): HTMLElement =>
  h('span', { class: 'mention' }, `#${names.channels[id] ?? fallback}`);

export const groupMention = (id: string, fallback: string, { names }: Names): HTMLElement =>
  h('span', { class: 'mention' }, `@${names.groups[id] ?? fallback}`);

/** A time as people in this zone read it. */
export function moment(seconds: number, format: string, { timeZone, ahead }: Names): HTMLElement {
  const iso = new Date(seconds * 1000).toISOString();
  return h('time', { datetime: iso, title: iso }, renderDate(seconds, format, timeZone, Date.now() + ahead));
}

/** A link, followed only where it leads to the web or a mailbox. */
export function link(url: string, label: string): HTMLElement {
  if (!/^(https?|mailto):/.test(url)) return h('span', {}, label);
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function token(inside: string, names: Names): Child {
  const bar = inside.indexOf('|');
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = unescaped(bar < 0 ? body.replace(/^[@#!]/, '') : inside.slice(bar + 1));
  if (body.startsWith('@')) return mention(body.slice(1), label, names);
  if (body.startsWith('#')) return channelMention(body.slice(1), label, names);
  if (body.startsWith('!subteam^')) return groupMention(body.slice(9), label, names);
  if (body.startsWith('!date^')) {
    const [, seconds = '', format = ''] = body.split('^');
    return /^\d+$/.test(seconds) ? moment(Number(seconds), format, names) : label;
  }
  if (body.startsWith('!')) return h('span', { class: 'mention' }, `@${label}`);
  return link(unescaped(body), label);
}

const MARKS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' } as const;
/** A mark counts where it stands around words, not inside of one. */
const STYLED = /(?<![\p{L}\p{N}*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}*_~`])/u;

function styled(text: string, names: Names): readonly Child[] {
  const found = STYLED.exec(text);
  const mark = found?.[1];
  if (found === null || (mark !== '*' && mark !== '_' && mark !== '~' && mark !== '`')) return plain(text, names);
  const inside = found[2] ?? '';
  const after = text.slice(found.index + found[0].length);
  const content = mark === '`' ? plain(inside, names) : styled(inside, names);
  return [...plain(text.slice(0, found.index), names), h(MARKS[mark], {}, content), ...styled(after, names)];
}

const plain = (text: string, names: Names): readonly Child[] =>
  text
    .split(/(<[^<>]*>)/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('<') && part.endsWith('>') ? token(part.slice(1, -1), names) : unescaped(part)));

/** Slack's mrkdwn as nodes, a line at a time. */
export function mrkdwn(text: string, names: Names): readonly Child[] {
  return text.split('\n').flatMap((line, index): readonly Child[] => {
    const drawn = line.startsWith('&gt;')
      ? [h('span', { class: 'quoted' }, styled(line.slice(4).trim(), names))]
      : styled(line, names);
    return index === 0 ? drawn : [h('br'), ...drawn];
  });
}
