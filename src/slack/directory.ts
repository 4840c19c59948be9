import { Keyv } from 'keyv';
import { type ChannelId, type SlackUserId, slackUserIdSchema } from '../core/ids.ts';
import type { Standing } from '../core/people.ts';
import type { ChannelPlace } from '../core/policy/decide.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import type { Log } from './log.ts';
import { listMembers } from './members.ts';
import { at, textAt } from './payload.ts';
import { singleFlight } from './single-flight.ts';
import { type Home, standingOf } from './standing.ts';

/** How long what Slack said of people and groups is believed. */
const BELIEVED_FOR = 60_000;

interface SlackPerson {
  readonly slack: SlackUserId;
  readonly team: string;
  readonly name: string;
  readonly standing: Standing;
  /** Only where Slack says that the address is confirmed. */
  readonly email?: string;
}

type ChannelProblem = 'channel_not_found' | 'is_archived' | 'not_in_channel' | 'shared';

export interface SlackDirectory {
  /** Throws a SlackError where Slack does not answer. A person that Slack does not know has the standing `unknown`. */
  person(id: SlackUserId): Promise<SlackPerson>;
  /** Who has this address; nothing where nobody has. */
  personByEmail(email: string): Promise<SlackPerson | undefined>;
  /** Full members with a confirmed address, by the address in small letters: one reading in place of many questions. */
  membersByEmail(): Promise<ReadonlyMap<string, SlackPerson>>;
  /** Members of these user groups now; a group that Slack did not tell about is missing. */
  userGroupMembers(ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** What kind of channel this is. Throws a SlackError where Slack does not answer. */
  channelPlace(channel: ChannelId): Promise<ChannelPlace>;
  /** What keeps this channel from being the one where approvals are asked for; never cached. */
  channelProblems(channel: ChannelId): Promise<readonly ChannelProblem[]>;
}

/** It stays in this process's memory, so no text form need be made; each command looks in here some six times. */
function memory<T>(): Keyv<T> {
  const cache = new Keyv<T>({ ttl: BELIEVED_FOR, throwOnErrors: true });
  cache.serialize = undefined;
  cache.deserialize = undefined;
  return cache;
}

/** People, user groups and channels as Slack knows them, remembered in this process for a minute. */
export function slackDirectory(slack: SlackCaller, home: () => Promise<Home>, log: Log): SlackDirectory {
  const people = memory<SlackPerson>();
  const emails = memory<string>();
  const groups = memory<readonly string[]>();
  const places = memory<ChannelPlace>();
  const placeFlight = singleFlight<ChannelPlace>();
  const personFlight = singleFlight<SlackPerson>();
  const groupFlight = singleFlight<readonly string[]>();

  async function lookUp(id: SlackUserId): Promise<SlackPerson> {
    try {
      const [ours, answer] = await Promise.all([home(), slack.repeatable('users.info', { user: id })]);
      const user = at(answer, 'user');
      const name = textAt(user, 'real_name') ?? textAt(user, 'profile', 'real_name') ?? textAt(user, 'name') ?? id;
      const found = {
        slack: id,
        team: textAt(user, 'team_id') ?? ours.teamId,
        name,
        standing: standingOf(user, id, ours),
      };
      const email = textAt(user, 'profile', 'email');
      return email !== undefined && at(user, 'is_email_confirmed') === true ? { ...found, email } : found;
    } catch (error) {
      if (!(error instanceof SlackError) || error.code !== 'user_gone') throw error;
      return { slack: id, team: '', name: id, standing: 'unknown' };
    }
  }

  async function members(group: string): Promise<readonly string[]> {
    const method = 'usergroups.users.list';
    const users = at(await slack.repeatable(method, { usergroup: group }), 'users');
    if (!Array.isArray(users)) throw new SlackError({ code: 'bad_response', method, executed: 'no' });
    return users.filter((user) => typeof user === 'string');
  }

  const person = (id: SlackUserId): Promise<SlackPerson> =>
    personFlight(id, async () => {
      const known = await people.get(id);
      if (known !== undefined) return known;
      const found = await lookUp(id);
      await people.set(id, found);
      return found;
    });

  async function idByEmail(email: string): Promise<string> {
    try {
      return textAt(await slack.repeatable('users.lookupByEmail', { email }), 'user', 'id') ?? '';
    } catch (error) {
      if (error instanceof SlackError && error.code === 'user_gone') return '';
      throw error;
    }
  }

  return {
    person,
    async personByEmail(email) {
      const known = await emails.get(email);
      const id = known ?? (await idByEmail(email));
      if (known === undefined) await emails.set(email, id);
      const slackId = slackUserIdSchema.safeParse(id);
      return slackId.success ? await person(slackId.data) : undefined;
    },

    async membersByEmail() {
      const [{ teamId: team }, members] = await Promise.all([home(), listMembers(slack, home)]);
      return new Map(
        members.flatMap(({ slack: id, name, email }) => {
          const known = slackUserIdSchema.safeParse(id);
          if (email === undefined || !known.success) return [];
          return [[email.toLowerCase(), { slack: known.data, team, name, standing: 'member' as const, email }]];
        }),
      );
    },

    async userGroupMembers(ids) {
      const found = new Map<string, ReadonlySet<string>>();
      const ask = (id: string) =>
        groupFlight(id, async () => {
          const known = await groups.get(id);
          if (known !== undefined) return known;
          const now = await members(id);
          await groups.set(id, now);
          return now;
        });
      for (const [id, result] of await settle([...new Set(ids)], ask)) {
        if (result.status === 'fulfilled') found.set(id, new Set(result.value));
        else log('warn', 'slack_user_group_unknown', { group: id, error: textAt(result.reason, 'code') });
      }
      return found;
    },

    channelPlace: (channel) =>
      placeFlight(channel, async () => {
        // A direct message that the bot has no part in; Slack tells nothing of it without a scope of its own.
        if (channel.startsWith('D')) return 'hidden';
        const known = await places.get(channel);
        if (known !== undefined) return known;
        const found = await placeOf(slack, channel);
        await places.set(channel, found);
        return found;
      }),

    async channelProblems(channel) {
      try {
        const found = at(await slack.repeatable('conversations.info', { channel }), 'channel');
        const on = (...flags: string[]) => flags.some((flag) => at(found, flag) === true);
        return [
          ...(on('is_archived') ? (['is_archived'] as const) : []),
          ...(on('is_member') ? [] : (['not_in_channel'] as const)),
          ...(isShared(found) ? (['shared'] as const) : []),
        ];
      } catch (error) {
        if (error instanceof SlackError && error.code === 'channel_not_found') return ['channel_not_found'];
        throw error;
      }
    },
  };
}

/** Shared with another company or workspace, or about to be. */
export const isShared = (channel: unknown): boolean =>
  ['is_shared', 'is_ext_shared', 'is_org_shared', 'is_pending_ext_shared'].some((flag) => at(channel, flag) === true);

async function placeOf(slack: SlackCaller, channel: ChannelId): Promise<ChannelPlace> {
  const method = 'conversations.info';
  try {
    const found = at(await slack.repeatable(method, { channel }), 'channel');
    if (textAt(found, 'id') !== channel) throw new SlackError({ code: 'bad_response', method, executed: 'no' });
    return isShared(found) ? 'shared' : 'ours';
  } catch (error) {
    if (error instanceof SlackError && (error.code === 'channel_not_found' || isOfSeveral(error))) return 'hidden';
    throw error;
  }
}

/** A direct message of several people, of which Slack tells nothing without a scope of its own. */
const isOfSeveral = ({ code, detail }: SlackError): boolean => code === 'missing_scope' && detail === 'mpim:read';

async function settle<T>(
  ids: readonly string[],
  ask: (id: string) => Promise<T>,
): Promise<(readonly [string, PromiseSettledResult<T>])[]> {
  const results = await Promise.allSettled(ids.map(ask));
  return ids.flatMap((id, index) => {
    const result = results[index];
    return result === undefined ? [] : [[id, result] as const];
  });
}
