import { channelSign } from './channel-sign.ts';
import { byId, h, keep, portrait } from './dom.ts';
import type { Told, ToldChannel } from './told.ts';

const unreadMark = (count: number) =>
  count > 0 && h('span', { class: 'unread' }, String(count), h('span', { class: 'unseen' }, ' unread'));

/** Who one is, and which channels and direct messages that person sees. */
export function createSidebar(become: (person: string) => void, open: (channel: string) => void) {
  const listChannels = (where: string, channels: readonly ToldChannel[], { me }: Told, opened: string) =>
    keep(
      byId(where),
      channels,
      (each) => ({
        key: `${me} ${each.id}`,
        signature: JSON.stringify([each.name, each.unread, each.id === opened]),
      }),
      ({ id, name, kind, unread }) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: unread > 0 ? 'has-unread' : undefined,
              'data-focus': id,
              'aria-current': id === opened ? 'page' : undefined,
              onclick: () => open(id),
            },
            channelSign(kind),
            h('span', { class: 'name' }, name),
            unreadMark(unread),
          ),
        ),
    );
  return {
    update(told: Told, opened: string) {
      keep(
        byId('people'),
        told.people,
        (person) => ({ key: person.id, signature: JSON.stringify([person, person.id === told.me]) }),
        ({ id, name, part, unread }) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                'data-focus': id,
                'aria-current': id === told.me ? 'true' : undefined,
                onclick: () => become(id),
              },
              portrait(name),
              h('span', { class: 'who' }, h('b', {}, name), h('small', {}, part)),
              id !== told.me && unreadMark(unread),
            ),
          ),
      );
      const direct = told.channels.filter(({ kind }) => kind === 'direct');
      listChannels(
        'channels',
        told.channels.filter(({ kind }) => kind !== 'direct'),
        told,
        opened,
      );
      listChannels('direct', direct, told, opened);
      byId('direct-part').hidden = direct.length === 0;
      // On a phone this list is not seen while one reads a conversation.
      const elsewhere = told.channels.reduce((sum, { id, unread }) => sum + (id === opened ? 0 : unread), 0);
      const mark = unreadMark(elsewhere);
      byId('elsewhere').replaceChildren(...(mark === false ? [] : [mark]));
    },
  };
}
