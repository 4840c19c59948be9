import type { Json } from '../json.ts';
import type { SlackChannel } from '../options.ts';
import { botIsIn, type World } from '../world.ts';
import { type Answer, type Args, fine, type Method, type Methods, missingScope, refuse } from './method.ts';
import { page } from './page.ts';

function scopeFor(channel: SlackChannel): string {
  if (channel.is_im) return 'im:read';
  if (channel.is_mpim) return 'mpim:read';
  return channel.is_private ? 'groups:read' : 'channels:read';
}

function channelObject(channel: SlackChannel, world: World): Json {
  const isPrivate = channel.is_private ?? false;
  const isIm = channel.is_im ?? false;
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isPrivate && !isIm,
    is_group: isPrivate,
    is_im: isIm,
    is_mpim: channel.is_mpim ?? false,
    is_private: isPrivate || isIm,
    is_archived: channel.is_archived ?? false,
    is_shared: channel.is_shared ?? channel.is_ext_shared ?? channel.is_org_shared ?? false,
    is_ext_shared: channel.is_ext_shared ?? false,
    is_org_shared: channel.is_org_shared ?? false,
    is_member: botIsIn(world, channel),
    context_team_id: world.workspace.team.id,
  };
}

/** Runs only for a channel that the bot may look at; a private one where it is not a member does not exist for it. */
function aboutChannel(run: Method['run']): Method {
  return {
    run: (args, world) => {
      const channel = world.workspace.channel(args.text('channel'));
      if (channel === undefined) return refuse('channel_not_found');
      const needed = scopeFor(channel);
      if (!world.scopes().includes(needed)) return missingScope(needed, world);
      const hidden = (channel.is_private || channel.is_im) && !botIsIn(world, channel);
      return hidden ? refuse('channel_not_found') : run(args, world);
    },
  };
}

function info(args: Args, world: World): Answer {
  const channel = world.workspace.channel(args.text('channel'));
  if (channel === undefined) return refuse('channel_not_found');
  const count = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
  return fine({ channel: { ...channelObject(channel, world), ...count } });
}

function open(args: Args, world: World): Answer {
  const ids = args
    .text('users')
    .split(',')
    .filter((id) => id !== '');
  const [id] = ids;
  if (id === undefined) return refuse('users_list_not_supplied');
  if (ids.length > 1) return missingScope('mpim:write', world);
  const user = world.workspace.user(id);
  if (user === undefined) return refuse('user_not_found');
  if (user.deleted) return refuse('user_disabled');
  if (user.is_bot) return refuse('cannot_dm_bot');
  const before = world.workspace.channels().length;
  const channel = world.workspace.dm(user.id);
  const known = world.workspace.channels().length === before;
  return fine({ channel: { id: channel.id }, ...(known ? { no_op: true, already_open: true } : {}) });
}

function members(args: Args, world: World): Answer {
  const channel = world.workspace.channel(args.text('channel'));
  if (channel === undefined) return refuse('channel_not_found');
  const part = page(channel.members, args);
  if (part === undefined) return refuse('invalid_cursor');
  return fine({ members: part.items, response_metadata: { next_cursor: part.next } });
}

/** What the bot may ask about channels, and how it opens direct messages. */
export const conversationMethods: Methods = {
  'conversations.info': aboutChannel(info),
  'conversations.members': aboutChannel(members),
  'conversations.open': { scope: 'im:write', run: open },
};
