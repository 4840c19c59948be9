import type { ChannelId } from '../core/ids.ts';
import { type SlackCaller, slackCaller } from './client.ts';
import { isShared, type SlackDirectory, slackDirectory } from './directory.ts';
import { SlackError } from './errors.ts';
import { slackIdentity } from './identity.ts';
import type { Log } from './log.ts';
import { at, textAt } from './payload.ts';

export interface InspectionOptions {
  readonly botToken: string;
  readonly apiUrl?: string;
  readonly log: Log;
  /** Hears what Slack's clock says with each answer. */
  readonly onDate: (date: string) => void;
}

/** Whom the bot token belongs to, and what it may do. */
export interface SlackBot {
  readonly team: string;
  readonly teamId: string;
  readonly name: string;
  readonly userId: string;
  /** Absent for a token that is no bot's. */
  readonly botId?: string;
  /** Absent where the answer did not say. */
  readonly scopes?: readonly string[];
}

export interface SlackChannelState {
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isMember: boolean;
  readonly isShared: boolean;
  readonly people?: number;
}

export interface SlackGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly isDisabled: boolean;
}

/** Looks at what the bot will find in Slack. It only reads, each thing once; nothing is posted and nobody is told. */
export interface SlackInspection {
  bot(): Promise<SlackBot>;
  /** The id of the app that the bot belongs to. */
  appOf(botId: string): Promise<string | undefined>;
  channel(id: ChannelId): Promise<SlackChannelState>;
  /** Who is in a channel, up to `most`; `whole` says whether that was everybody. */
  membersOf(id: ChannelId, most: number): Promise<{ readonly ids: readonly string[]; readonly whole: boolean }>;
  /** The user groups, those that are switched off too. */
  groups(): Promise<readonly SlackGroup[]>;
  readonly directory: Pick<SlackDirectory, 'person' | 'userGroupMembers'>;
}

export function inspectSlack(options: InspectionOptions): SlackInspection {
  const { once } = slackCaller(options.botToken, options);
  // Somebody waits in front of it: what fails is told, not tried again.
  const slack: SlackCaller = { once, repeatable: once };
  const flag = (value: unknown, name: string) => at(value, name) === true;
  return {
    directory: slackDirectory(slack, slackIdentity(slack), options.log),
    async bot() {
      const method = 'auth.test';
      const answer = await once(method, {});
      const [teamId, userId] = [textAt(answer, 'team_id'), textAt(answer, 'user_id')];
      if (teamId === undefined || userId === undefined) throw unreadable(method);
      const botId = textAt(answer, 'bot_id');
      // The package puts the header x-oauth-scopes here.
      const scopes = at(answer, 'response_metadata', 'scopes');
      return {
        team: textAt(answer, 'team') ?? teamId,
        teamId,
        name: textAt(answer, 'user') ?? userId,
        userId,
        ...(botId === undefined ? {} : { botId }),
        ...(Array.isArray(scopes)
          ? { scopes: scopes.filter((scope) => typeof scope === 'string' && scope !== '') }
          : {}),
      };
    },
    async appOf(botId) {
      return textAt(await once('bots.info', { bot: botId }), 'bot', 'app_id');
    },
    async channel(id) {
      const method = 'conversations.info';
      const found = at(await once(method, { channel: id, include_num_members: true }), 'channel');
      if (textAt(found, 'id') !== id) throw unreadable(method);
      const people = at(found, 'num_members');
      return {
        name: textAt(found, 'name') ?? id,
        isPrivate: flag(found, 'is_private'),
        isArchived: flag(found, 'is_archived'),
        isMember: flag(found, 'is_member'),
        isShared: isShared(found),
        ...(typeof people === 'number' ? { people } : {}),
      };
    },
    async membersOf(id, most) {
      const method = 'conversations.members';
      const answer = await once(method, { channel: id, limit: most });
      const ids = at(answer, 'members');
      if (!Array.isArray(ids)) throw unreadable(method);
      const whole = textAt(answer, 'response_metadata', 'next_cursor') === undefined;
      return { ids: ids.filter((member) => typeof member === 'string'), whole };
    },
    async groups() {
      const method = 'usergroups.list';
      const found = at(await once(method, { include_disabled: true }), 'usergroups');
      if (!Array.isArray(found)) throw unreadable(method);
      return found.flatMap((group: unknown): readonly SlackGroup[] => {
        const id = textAt(group, 'id');
        if (id === undefined) return [];
        const handle = textAt(group, 'handle') ?? id;
        const isDisabled = Number(at(group, 'date_delete') ?? 0) > 0;
        return [{ id, handle, name: textAt(group, 'name') ?? handle, isDisabled }];
      });
    },
  };
}

/**
 * Asks whether Slack accepts the app token. Only for the address of a connection: nothing is connected to it, as Slack
 * would send commands there that the running bot should get.
 */
export async function tryAppToken(appToken: string, options: Omit<InspectionOptions, 'botToken'>): Promise<void> {
  const { once } = slackCaller(appToken, options);
  await once('apps.connections.open', {});
}

const unreadable = (method: string): SlackError => new SlackError({ code: 'bad_response', method, executed: 'no' });
