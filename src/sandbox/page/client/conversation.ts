import { drawContent } from './blocks.ts';
import { channelSign } from './channel-sign.ts';
import { act, handsAt } from './desk.ts';
import { byId, h, keep, portrait } from './dom.ts';
import type { Told, ToldChannel, ToldMessage } from './told.ts';
import { drawWelcome, type WelcomeHands } from './welcome.ts';

const AT_BOTTOM = 40;

const KINDS: Readonly<Record<ToldChannel['kind'], string>> = {
  open: 'channel',
  private: 'private channel',
  shared: 'channel shared with another company',
  direct: 'direct messages',
};

/** What stands beside the name of the channel; who one is can be seen elsewhere where there is room. */
function about(told: Told, channel: ToldChannel | undefined): readonly Node[] {
  if (channel === undefined) return [document.createTextNode('This person can open no channel here.')];
  const me = told.people.find(({ id }) => id === told.me)?.name ?? '';
  const words = `${KINDS[channel.kind]}, ${channel.members} members`;
  return [h('span', { class: 'on-phone' }, `as ${me}, `), document.createTextNode(words)];
}

function drawMessage(message: ToldMessage, channel: string, told: Told): HTMLElement {
  const { ts, from, by, text, blocks } = message;
  const { timeZone } = told;
  const sent = new Date(Number(ts) * 1000);
  const at = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(sent);
  const whole = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'medium' }).format(sent);
  const hands = handsAt(told, `${told.me} ${channel} ${ts}`, { channel, ts, blocks }, blocks);
  return h(
    'article',
    { class: message.private ? 'message is-private' : 'message', 'aria-label': `${from}, ${at}`, 'data-ts': ts },
    portrait(from, by),
    h(
      'div',
      { class: 'message-body' },
      message.private &&
        h('p', { class: 'only-you' }, h('span', { 'aria-hidden': 'true' }, '◉ '), 'Only visible to you'),
      h(
        'p',
        { class: 'byline' },
        h('b', {}, from),
        by === 'app' && h('span', { class: 'tag' }, 'APP'),
        h('time', { datetime: sent.toISOString(), title: whole }, at),
        message.edited && by === 'person' && h('small', {}, '(edited)'),
      ),
      h('div', { class: 'content' }, drawContent(text, blocks, hands)),
    ),
  );
}

/** The conversation of the open channel. */
export function createConversation(hands: WelcomeHands) {
  const log = byId('messages');
  // So that it can be scrolled with the keyboard.
  log.tabIndex = 0;
  let shown = '';

  return {
    update(told: Told, channel: ToldChannel | undefined) {
      const place = `${told.me} ${channel?.id ?? ''}`;
      const isOther = place !== shown;
      shown = place;
      const wasAtBottom = isOther || log.scrollHeight - log.scrollTop - log.clientHeight < AT_BOTTOM;
      // A channel that is opened is no news to be read out.
      log.setAttribute('aria-live', isOther ? 'off' : 'polite');
      byId('channel-name').replaceChildren(
        ...(channel === undefined ? ['No channel'] : [channelSign(channel.kind), channel.name]),
      );
      byId('channel-about').replaceChildren(...about(told, channel));
      log.setAttribute('aria-label', `Messages in ${channel?.name ?? 'no channel'}`);
      const messages = channel?.messages ?? [];
      const rows: readonly (ToldMessage | undefined)[] = [undefined, ...messages];
      keep(
        log,
        channel === undefined ? [] : rows,
        (message) => ({
          key: `${place} ${message?.ts ?? 'welcome'}`,
          signature: JSON.stringify([message, told.names]),
        }),
        (message) =>
          channel === undefined
            ? h('p')
            : message === undefined
              ? drawWelcome(told, channel, hands)
              : drawMessage(message, channel.id, told),
      );
      // Where nothing was said yet, one begins at the top.
      if (wasAtBottom) log.scrollTop = messages.length === 0 ? 0 : log.scrollHeight;
      const last = messages.at(-1);
      const isSeen = !document.hidden && log.checkVisibility();
      if (channel !== undefined && last !== undefined && channel.unread > 0 && isSeen) {
        void act(told.me, { do: 'read', channel: channel.id, ts: last.ts });
      }
    },
  };
}
