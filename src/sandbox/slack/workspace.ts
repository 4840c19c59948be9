import { randomBytes } from 'node:crypto';
import type { Events } from './events.ts';
import { isJson, type Json } from './json.ts';
import type { SlackChannel, SlackOptions, SlackUser, SlackUserGroup, Team } from './options.ts';

export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** A person's id, or the bot's. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly edited?: { readonly user: string; readonly ts: string };
  /** One person alone sees it; it cannot be found, changed or linked to by others. */
  readonly visibleTo?: string;
  readonly thread_ts?: string;
}

interface Draft {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Json[];
  readonly visibleTo?: string;
  readonly thread_ts?: string;
}

export interface Workspace {
  readonly team: Team;
  users(): readonly SlackUser[];
  user(id: string): SlackUser | undefined;
  /** Changes a person (deactivated, made a guest, ...). */
  setUser(id: string, change: Partial<SlackUser>): void;
  channels(): readonly SlackChannel[];
  /** By id, or by `#name`. */
  channel(idOrName: string): SlackChannel | undefined;
  setChannel(id: string, change: Partial<SlackChannel>): void;
  /** Whether the app's Messages Tab is on; without it Slack takes no direct message from the bot. */
  messagesTab(): boolean;
  setMessagesTab(isOn: boolean): void;
  /** The direct messages between a person and the bot; made on first use. */
  dm(user: string): SlackChannel;
  groups(): readonly SlackUserGroup[];
  setGroup(id: string, users: readonly string[]): void;
  messages(channel: string): readonly Message[];
  find(channel: string, ts: string): Message | undefined;
  post(draft: Draft): Message;
  /** Puts new words and blocks in place of a message. */
  change(message: Message, content: Pick<Message, 'text' | 'blocks'>): Message;
  remove(message: Message): void;
  timestamp(): string;
}

/** What Slack adds by itself: block ids and action ids that the app left out. */
export function withIds(blocks: readonly Json[]): readonly Json[] {
  const id = (): string => randomBytes(3).toString('base64url');
  const element = (value: unknown): unknown =>
    isJson(value) && typeof value['type'] === 'string' && !['mrkdwn', 'plain_text', 'image'].includes(value['type'])
      ? { action_id: id(), ...value }
      : value;
  return blocks.map((block) => {
    const named: Json = { block_id: id(), ...block };
    if (block['type'] === 'actions' && Array.isArray(block['elements'])) {
      named['elements'] = block['elements'].map((each: unknown) => element(each));
    }
    if (block['accessory'] !== undefined) named['accessory'] = element(block['accessory']);
    if (block['element'] !== undefined) named['element'] = element(block['element']);
    return named;
  });
}

/** The people, channels and messages, as plain state: it checks no permission and no limit. */
export function createWorkspace(options: SlackOptions, now: () => number, events: Events): Workspace {
  const users = new Map(options.users.map((user) => [user.id, user]));
  const channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  const groups = new Map((options.userGroups ?? []).map((group) => [group.id, group]));
  const messages: Message[] = [];
  let last = 0;
  let hasMessagesTab = true;

  const tell = (message: Message, change: 'posted' | 'updated' | 'deleted'): void => {
    const { channel, ts, visibleTo } = message;
    events.emit({ type: 'message', change, channel, ts, ...(visibleTo === undefined ? {} : { visibleTo }) });
  };
  const timestamp = (): string => {
    last = Math.max(now() * 1000, last + 1);
    return `${Math.floor(last / 1_000_000)}.${String(Math.floor(last % 1_000_000)).padStart(6, '0')}`;
  };

  return {
    team: options.team,
    users: () => [...users.values()],
    user: (id) => users.get(id),
    setUser(id, change) {
      const user = users.get(id);
      if (user === undefined) throw new Error(`no user ${id} in the local Slack`);
      users.set(id, { ...user, ...change });
      events.emit({ type: 'directory' });
    },
    channels: () => [...channels.values()],
    channel: (idOrName) =>
      channels.get(idOrName) ?? [...channels.values()].find(({ name, is_im }) => !is_im && `#${name}` === idOrName),
    setChannel(id, change) {
      const channel = channels.get(id);
      if (channel === undefined) throw new Error(`no channel ${id} in the local Slack`);
      channels.set(id, { ...channel, ...change });
      events.emit({ type: 'directory' });
    },
    messagesTab: () => hasMessagesTab,
    setMessagesTab(isOn) {
      hasMessagesTab = isOn;
    },
    dm(user) {
      const id = `D${user.slice(1)}`;
      const known = channels.get(id);
      if (known !== undefined) return known;
      const made = { id, name: 'directmessage', is_im: true, members: [user, options.app.botUserId] };
      channels.set(id, made);
      return made;
    },
    groups: () => [...groups.values()],
    setGroup(id, members) {
      const group = groups.get(id);
      if (group === undefined) throw new Error(`no user group ${id} in the local Slack`);
      groups.set(id, { ...group, users: members });
      events.emit({ type: 'directory' });
    },
    messages: (channel) => messages.filter((message) => message.channel === channel),
    find: (channel, ts) => messages.find((message) => message.channel === channel && message.ts === ts),
    post({ blocks, ...draft }) {
      const message: Message = { ...draft, ts: timestamp(), blocks: withIds(blocks ?? []) };
      messages.push(message);
      tell(message, 'posted');
      return message;
    },
    change(message, { text, blocks }) {
      const edited = { user: message.user, ts: timestamp() };
      const changed: Message = { ...message, text, blocks: withIds(blocks), edited };
      const index = messages.findIndex(({ channel, ts }) => channel === message.channel && ts === message.ts);
      if (index >= 0) messages[index] = changed;
      tell(changed, 'updated');
      return changed;
    },
    remove(message) {
      const index = messages.findIndex(({ channel, ts }) => channel === message.channel && ts === message.ts);
      if (index >= 0) messages.splice(index, 1);
      tell(message, 'deleted');
    },
    timestamp,
  };
}
