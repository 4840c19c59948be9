import type { ButtonAction, Card, Part, Text } from '../../src/core/cards/card.ts';
import { channelId, type SlackUserId, slackUserId } from '../../src/core/ids.ts';
import type { MessageRef } from '../../src/core/inputs.ts';
import type { Standing } from '../../src/core/people.ts';
import type { ChannelPlace } from '../../src/core/policy/decide.ts';
import { describeInstant } from '../../src/core/time.ts';
import type { Messenger, SlackDirectory, SlackPerson } from '../../src/workflows/ports.ts';
import { unreadableCard } from '../slack/unreadable.ts';
import { edgeError, type Troubles } from './troubles.ts';

export const HOME = 'T0HOME';

const words = (text: Text): string =>
  text
    .map((span) => {
      if (span.kind === 'text') return span.text;
      if (span.kind === 'person') return `@${span.name}`;
      const at = describeInstant(span.at, 'UTC').slice(0, 5);
      return span.kind === 'until' ? ` (until ${at})` : at;
    })
    .join('');

function partWords(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return part.text;
    case 'quote':
      return `> ${part.text}`;
    case 'list':
      return part.items.map((item) => `- ${words(item)}`).join('\n');
    case 'facts':
      return part.rows.map(({ label, value }) => `${label}: ${words(value)}`).join('\n');
    case 'buttons':
      return part.buttons.map(({ label }) => `[${label}]`).join(' ');
    default:
      return words(part.text);
  }
}

/** All that a card says, as plain lines. */
export const plain = (card: Card): string => card.parts.map(partWords).join('\n');

export const buttonsOf = (card: Card): readonly ButtonAction[] =>
  card.parts.flatMap((part) =>
    part.kind === 'buttons' ? part.buttons.flatMap(({ action }) => (action === 'run' ? [] : [action])) : [],
  );

interface Message extends MessageRef {
  card: Card;
  /** The message below which it stands. */
  readonly thread?: string;
}

export interface MadeUpSlack {
  readonly directory: SlackDirectory;
  readonly messenger: Messenger;
  /** What Slack's flags say of people; whoever is not in it is a member. */
  readonly standings: Map<string, Standing>;
  /** Confirmed e-mail addresses by person. */
  readonly emails: Map<string, string>;
  /** Which people are in which user group. */
  readonly usergroups: Map<string, ReadonlySet<string>>;
  /** Every message that is there, oldest first. A test may take one away. */
  readonly messages: Message[];
  /** Channels in which the bot may not speak. */
  readonly closed: Set<string>;
  /** What kind of channel each is; whichever is not in it is one of our own. */
  readonly places: Map<string, ChannelPlace>;
  /** What somebody could not have read in a message that was sent. */
  readonly unreadable: string[];
  /** What was sent through response URLs, with whether it replaced what was there. */
  readonly replies: { readonly url: string; readonly card: Card; readonly replace: boolean }[];
}

/** Slack without a wire. Troubles by name: `person`, `userGroupMembers`, `post`, `posted` (after it is there), `update`, `reply`, `direct`. */
export function createSlack(troubles: Troubles, effects: string[]): MadeUpSlack {
  let count = 0;
  const messages: Message[] = [];
  const standings = new Map<string, Standing>([
    ['U0GUEST', 'guest'],
    ['U0STRANGER', 'stranger'],
    ['U0ROBOT', 'bot'],
    ['U0LEFT', 'deactivated'],
    ['U0UNKNOWN', 'unknown'],
  ]);
  const closed = new Set<string>();
  const emails = new Map<string, string>();
  const usergroups = new Map<string, ReadonlySet<string>>();
  const places = new Map<string, ChannelPlace>();
  const replies: MadeUpSlack['replies'] = [];
  const unreadable: string[] = [];

  const see = (card: Card) => void unreadable.push(...unreadableCard(card));

  const put = async (channel: string, card: Card, thread?: string): Promise<MessageRef> => {
    if (closed.has(channel)) throw edgeError('not_in_channel', { retryable: false });
    see(card);
    count += 1;
    const ref = { channel: channelId(channel), ts: `${count}.0` };
    messages.push({ ...ref, card, ...(thread === undefined ? {} : { thread }) });
    effects.push(`Slack posts in ${channel}`);
    await troubles.meet('posted');
    return ref;
  };

  const about = (slack: SlackUserId): SlackPerson => {
    const email = emails.get(slack);
    const known = { slack, team: HOME, name: slack.slice(2), standing: standings.get(slack) ?? 'member' };
    return email === undefined ? known : { ...known, email };
  };

  return {
    standings,
    emails,
    usergroups,
    messages,
    closed,
    places,
    replies,
    unreadable,
    directory: {
      async person(slack) {
        await troubles.meet('person');
        return about(slack);
      },
      async personByEmail(email) {
        await troubles.meet('personByEmail');
        const [found] = [...emails].find(([, known]) => known.toLowerCase() === email.toLowerCase()) ?? [];
        return found === undefined ? undefined : about(slackUserId(found));
      },
      async membersByEmail() {
        await troubles.meet('membersByEmail');
        const members = [...emails].map(([id, email]) => [email.toLowerCase(), about(slackUserId(id))] as const);
        return new Map(members.filter(([, { standing }]) => standing === 'member'));
      },
      async userGroupMembers(ids) {
        await troubles.meet('userGroupMembers');
        return new Map([...usergroups].filter(([id]) => ids.includes(id)));
      },
      async channelPlace(channel) {
        await troubles.meet('channelPlace');
        return places.get(channel) ?? 'ours';
      },
    },
    messenger: {
      async post(channel, card, thread) {
        await troubles.meet('post');
        return await put(channel, card, thread);
      },
      async update({ channel, ts }, card) {
        await troubles.meet('update');
        const message = messages.find((candidate) => candidate.channel === channel && candidate.ts === ts);
        if (message === undefined) throw edgeError('message_not_found', { retryable: false });
        see(card);
        message.card = card;
      },
      async reply(url, card, replace) {
        await troubles.meet('reply');
        see(card);
        replies.push({ url, card, replace });
        effects.push('Slack takes a reply');
      },
      async direct(person, card) {
        await troubles.meet('direct');
        await troubles.meet(`direct ${person}`);
        return await put(`D${person.slice(1)}`, card);
      },
    },
  };
}
