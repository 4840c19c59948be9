import type { Json } from '../json.ts';
import type { SlackChannel, SlackUser } from '../options.ts';
import { type View, viewObject } from '../views.ts';
import type { Message } from '../workspace.ts';
import { messageObject, type World } from '../world.ts';
import type { Interactive } from './elements.ts';
import { type Filled, stateOf } from './view-state.ts';

/** Slack's old verification token: still sent, proves nothing. */
const TOKEN = 'local-verification-token';

/** What a payload calls the channel: private ones and direct messages have no name there. */
function channelName(channel: SlackChannel): string {
  if (channel.is_im) return 'directmessage';
  return channel.is_private ? 'privategroup' : channel.name;
}

function issueUrl(world: World, user: string, channel: string, source: string | undefined): string {
  return `${world.origin()}${world.responseUrls.issue({ user, channel, source })}`;
}

/** What every interactive payload has. `team` is ours even for outsiders; `user.team_id` is theirs. */
function envelope(world: World, user: SlackUser): Json {
  const { id, domain } = world.workspace.team;
  return {
    team: { id, domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id ?? id },
    api_app_id: world.app.id,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A slash command, with exactly Slack's fields. */
export function slashPayload(
  world: World,
  user: SlackUser,
  channel: SlackChannel,
  command: string,
  text: string,
): Json {
  const { id, domain } = world.workspace.team;
  return {
    token: TOKEN,
    team_id: id,
    team_domain: domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: issueUrl(world, user.id, channel.id, undefined),
    trigger_id: world.triggers.issue({ user: user.id }),
  };
}

function actionOf(world: World, { block, element }: Interactive, chosen: Json): Json {
  const kept = ['action_id', 'text', 'value', 'type', 'style', 'confirm', 'url', 'placeholder'];
  const own = Object.entries(element).filter(([key]) => kept.includes(key));
  return { ...Object.fromEntries(own), ...chosen, block_id: block['block_id'], action_ts: world.workspace.timestamp() };
}

/** A press or choice in a message. Private messages are not shown to the app again, only their place in the container. */
export function messageActionPayload(
  world: World,
  user: SlackUser,
  channel: SlackChannel,
  message: Message,
  interactive: Interactive,
  chosen: Json,
  filled: Filled,
): Json {
  const isEphemeral = message.visibleTo !== undefined;
  return {
    type: 'block_actions',
    ...envelope(world, user),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: isEphemeral },
    trigger_id: world.triggers.issue({ user: user.id }),
    channel: { id: channel.id, name: channelName(channel) },
    ...(isEphemeral ? {} : { message: messageObject(world, message) }),
    state: { values: stateOf(message.blocks, filled) },
    response_url: issueUrl(world, user.id, channel.id, message.ts),
    actions: [actionOf(world, interactive, chosen)],
  };
}

function shown(world: World, view: View, filled: Filled): Json {
  return viewObject(view, world.workspace.team.id, world.app, stateOf(view.blocks, filled));
}

/** A press or choice in a modal. */
export function viewActionPayload(
  world: World,
  user: SlackUser,
  view: View,
  interactive: Interactive,
  chosen: Json,
  filled: Filled,
): Json {
  return {
    type: 'block_actions',
    ...envelope(world, user),
    container: { type: 'view', view_id: view.id },
    trigger_id: world.triggers.issue({ user: user.id, view: view.id }),
    view: shown(world, view, filled),
    actions: [actionOf(world, interactive, chosen)],
  };
}

/** The submit button of a modal. */
export function submissionPayload(world: World, user: SlackUser, view: View, filled: Filled): Json {
  return {
    type: 'view_submission',
    ...envelope(world, user),
    trigger_id: world.triggers.issue({ user: user.id, view: view.id }),
    view: shown(world, view, filled),
    response_urls: [],
  };
}

/** The close button of a modal. */
export function closedPayload(world: World, user: SlackUser, view: View, filled: Filled, isCleared: boolean): Json {
  return { type: 'view_closed', ...envelope(world, user), view: shown(world, view, filled), is_cleared: isCleared };
}

/** What a person typed so far into a menu whose options the app provides. */
export function suggestionPayload(
  world: World,
  user: SlackUser,
  at: Interactive,
  value: string,
  where: View | Message,
): Json {
  const base = {
    type: 'block_suggestion',
    ...envelope(world, user),
    action_id: at.element['action_id'],
    block_id: at.block['block_id'],
    value,
  };
  if ('ts' in where) {
    const container = { type: 'message', message_ts: where.ts, channel_id: where.channel, is_ephemeral: false };
    const channel = { id: where.channel, name: world.workspace.channel(where.channel)?.name };
    return { ...base, container, channel, message: messageObject(world, where) };
  }
  return { ...base, container: { type: 'view', view_id: where.id }, view: shown(world, where, {}) };
}
