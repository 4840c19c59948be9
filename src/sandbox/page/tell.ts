import type { SlackChannel, SlackUser } from '../slack/options.ts';
import { SLACKBOT } from '../slack/persona/person.ts';
import type { SeenView } from '../slack/persona/seen.ts';
import type { Message } from '../slack/workspace.ts';
import type { Told, ToldChannel, ToldExchange, ToldMessage, ToldView } from './client/told.ts';
import type { LocalWorld } from './local-world.ts';

/** More than fits on a screen, less than makes it slow. */
const SHOWN_MESSAGES = 200;
const SHOWN_EXCHANGES = 100;

const PARTS: Readonly<Record<string, string>> = {
  U0BOB: 'helpdesk, asks',
  U0ALICE: 'CRM lead, approves',
  U0OLA: 'CRM lead, approves',
  U0ANNA: 'SuperOffice user',
  U0JANE: 'SuperOffice user',
  U0GUS: 'guest',
  U0ERIN: 'another workspace',
};

/** What has been read, up to which message, by person and channel. */
export type Reads = Map<string, string>;
export const readKey = (person: string, channel: string): string => `${person} ${channel}`;

/** Everything that the page of one person shows, as it is now. Throws for an unknown person. */
export function tellAll(world: LocalWorld, me: string, reads: Reads): Told {
  const { slack, netserver, clock } = world;
  const { users, channels, groups, team } = slack.workspace;
  const persona = slack.as(me);
  return {
    me,
    team: team.name,
    people: users()
      .filter(({ is_bot }) => !is_bot)
      .map(({ id, real_name }) => ({ id, name: real_name, part: PARTS[id] ?? '', unread: unreadOf(world, id, reads) })),
    names: {
      users: Object.fromEntries(users().map(({ id, real_name }) => [id, real_name])),
      channels: Object.fromEntries(channels().map(({ id, name }) => [id, name])),
      groups: Object.fromEntries(groups().map(({ id, handle }) => [id, handle])),
    },
    commands: world.commands,
    timeZone: world.timeZone,
    ahead: clock.ahead(),
    channels: persona.channels().map((channel) => tellChannel(world, me, channel, reads)),
    views: persona.modals().map(tellView),
    associates: netserver.associates().flatMap(({ id, name, fullName, groupId, deleted, userType }) => {
      if (deleted || userType !== 'InternalAssociate') return [];
      const group = netserver.group(groupId)?.name ?? '';
      return [{ id, login: name, name: fullName, group, on: netserver.isLoggedOn(id) }];
    }),
    exchanges: netserver
      .journal()
      .slice(-SHOWN_EXCHANGES)
      .map(
        ({ requestXml: _request, responseXml: _response, httpStatus, ...rest }): ToldExchange => ({
          ...rest,
          status: httpStatus,
        }),
      ),
    switches: world.switches.list(),
    bot: tellBot(world),
    complaints: [
      ...slack.journal
        .complaints()
        .map(({ where, error, details }) => `Slack: ${[where, error, ...details].join(', ')}`),
      ...netserver.complaints().map(({ operation, message }) => `NetServer: ${operation}, ${message}`),
    ],
  };
}

function tellBot({ keeper, slack }: LocalWorld): Told['bot'] {
  const state = keeper.state();
  const connections = slack.sockets.open();
  return state.is === 'failed' ? { is: state.is, connections, why: state.why } : { is: state.is, connections };
}

/** All that a person has not read, in all channels. */
const unreadOf = (world: LocalWorld, person: string, reads: Reads): number =>
  world.slack
    .as(person)
    .channels()
    .reduce((sum, { id }) => sum + unreadIn(world, person, id, reads).length, 0);

/** Messages of others since the last one that was read, as far as this person sees them. */
function unreadIn({ slack }: LocalWorld, person: string, channel: string, reads: Reads): readonly Message[] {
  const read = reads.get(readKey(person, channel)) ?? '';
  return slack.workspace
    .messages(channel)
    .filter(({ ts, user, visibleTo }) => ts > read && user !== person && (visibleTo ?? person) === person);
}

function tellChannel(world: LocalWorld, me: string, channel: SlackChannel, reads: Reads): ToldChannel {
  const { slack } = world;
  const users = new Map(slack.workspace.users().map((user) => [user.id, user]));
  const seen = slack.workspace
    .messages(channel.id)
    .filter(({ visibleTo }) => visibleTo === undefined || visibleTo === me);
  return {
    id: channel.id,
    name: channel.is_im ? (users.get('U0LOGOFF')?.real_name ?? channel.name) : channel.name,
    kind: kindOf(channel),
    members: channel.members.length,
    canWrite: channel.members.includes(me),
    unread: unreadIn(world, me, channel.id, reads).length,
    messages: seen.slice(-SHOWN_MESSAGES).map((message) => tellMessage(message, users)),
  };
}

function kindOf({ is_im, is_private, is_ext_shared }: SlackChannel): ToldChannel['kind'] {
  if (is_im) return 'direct';
  if (is_ext_shared) return 'shared';
  return is_private ? 'private' : 'open';
}

function tellMessage(
  { ts, user, text, blocks, visibleTo, edited }: Message,
  users: ReadonlyMap<string, SlackUser>,
): ToldMessage {
  const isSlack = user === SLACKBOT;
  const author = users.get(user);
  return {
    ts,
    from: isSlack ? 'Slackbot' : (author?.real_name ?? user),
    by: isSlack ? 'slack' : author?.is_bot ? 'app' : 'person',
    private: visibleTo !== undefined,
    edited: edited !== undefined,
    text,
    blocks,
  };
}

const tellView = ({ view, title, submit, close, blocks, errors }: SeenView): ToldView => ({
  id: view,
  title,
  submit,
  close,
  blocks,
  errors,
});
