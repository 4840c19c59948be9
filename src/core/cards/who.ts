import type { DirectoryPerson } from '../directory.ts';
import type { ChannelId, SlackUserId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { person, type Text, text, time } from './card.ts';
import { momentForm } from './compose.ts';
import type { Form, FormRow } from './modal.ts';
import { countPeople, nameOf } from './people.ts';

/** How many people one page lists. */
export const WHO_ON_PAGE = 20;

/** Somebody who is logged on. */
export interface LoggedOn {
  readonly who: DirectoryPerson;
  readonly slack?: { readonly user: SlackUserId; readonly how: 'map' | 'email' };
  /** No rule can reach them, whoever asks. */
  readonly isProtected: boolean;
  /** The account that the bot itself uses. */
  readonly isBot?: boolean;
}

/** Who is logged on to the Windows client, one page of it. */
export interface WhoIsListed {
  readonly channel: ChannelId;
  /** Those on this page. */
  readonly people: readonly LoggedOn[];
  readonly total: number;
  readonly page: number;
  readonly group?: { readonly id: number; readonly name: string };
  readonly readAt: Instant;
  /** When names and groups were read, where that is longer ago than it should be. */
  readonly namesAsOf?: Instant;
}

const NOTE =
  'SuperOffice knows neither on which computer nor since when somebody is logged on; after a crash somebody may still be listed.';

/** How many pages so many people take. */
export const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / WHO_ON_PAGE));

/** The window behind `/logoff who`. */
export function whoForm({ channel, people, total, page, group, readAt, namesAsOf }: WhoIsListed): Form {
  const count = total === 0 ? 'Nobody you may log off' : countPeople(total);
  const asOf: Text = namesAsOf === undefined ? [] : [text(' Names and groups as of '), time(namesAsOf), text('.')];
  return {
    ...momentForm('who', channel),
    intro: [
      {
        kind: 'paragraph',
        text: [
          text(
            `${count} ${total === 1 || total === 0 ? 'is' : 'are'} logged on to the SuperOffice Windows client (read at `,
          ),
          time(readAt),
          text(').'),
        ],
      },
      ...(group === undefined ? [] : [{ kind: 'list', items: [[text(`Only the group ${group.name}`)]] } as const]),
    ],
    rows: people.map(rowOf),
    parts: [{ kind: 'note', text: [text(NOTE), ...asOf] }],
    pages: { page, of: pagesOf(total), ...(group === undefined ? {} : { group: group.id }) },
  };
}

function rowOf({ who, slack, isProtected, isBot = false }: LoggedOn): FormRow {
  const facts = [who.login, `id ${who.id}`, who.group].filter((fact) => fact !== '').join(', ');
  const more: Text[] = [];
  if (slack !== undefined) {
    more.push([person({ slack: slack.user, name: slack.user }), text(slack.how === 'email' ? ' (by e-mail)' : '')]);
  }
  if (who.retired) more.push([text('retired user')]);
  if (isProtected) more.push([text('protected: no rule can reach them')]);
  if (isBot) more.push([text('the bot itself')]);
  return {
    text: `${nameOf(who)} (${facts})`,
    more: more.flatMap((words, index) => [...(index === 0 ? [] : [text(', ')]), ...words]),
    ...(isProtected || isBot ? {} : { pick: { label: 'Log off…', id: who.id } }),
  };
}
