import type { SlackChannel } from '../options.ts';
import type { Message } from '../workspace.ts';
import { botIsIn, messageObject, type World } from '../world.ts';
import { contentOf } from './message-content.ts';
import { type Answer, type Args, fine, type Method, type Methods, type Refusal, refuse } from './method.ts';

function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'ok' in value && value.ok === false;
}

/** Where the bot may write: its channels, and a person's direct messages by the person's id. */
function placeFor(args: Args, world: World): SlackChannel | Refusal {
  const id = args.text('channel');
  if (id === '') return refuse('invalid_arguments', ['missing required field: channel']);
  const person = /^[UW]/.test(id) ? world.workspace.user(id) : undefined;
  const channel = person === undefined ? world.workspace.channel(id) : world.workspace.dm(person.id);
  if (channel === undefined) return refuse('channel_not_found');
  if (!botIsIn(world, channel)) return refuse(channel.is_private ? 'channel_not_found' : 'not_in_channel');
  if (channel.is_im && !world.workspace.messagesTab()) return refuse('messages_tab_disabled');
  return channel.is_archived ? refuse('is_archived') : channel;
}

/** A message that the bot wrote and may still change, in a place that it can see. */
function ownMessage(args: Args, world: World, error: string): Message | Refusal {
  const channel = world.workspace.channel(args.text('channel'));
  if (channel === undefined || (channel.is_private && !botIsIn(world, channel))) return refuse('channel_not_found');
  const message = world.workspace.find(channel.id, args.text('ts'));
  if (message === undefined || message.visibleTo !== undefined) return refuse('message_not_found');
  if (message.user !== world.app.botUserId) return refuse(error);
  return channel.is_archived ? refuse('is_archived') : message;
}

function postMessage(args: Args, world: World): Answer {
  const place = placeFor(args, world);
  if (isRefusal(place)) return place;
  const content = contentOf(args, 'new');
  if (isRefusal(content)) return content;
  const thread = args.has('thread_ts') ? { thread_ts: args.text('thread_ts') } : {};
  const message = world.workspace.post({ channel: place.id, user: world.app.botUserId, ...content, ...thread });
  return fine({ channel: place.id, ts: message.ts, message: messageObject(world, message) });
}

function postEphemeral(args: Args, world: World): Answer {
  const place = placeFor(args, world);
  if (isRefusal(place)) return place;
  const user = world.workspace.user(args.text('user'));
  if (user === undefined || !place.members.includes(user.id)) return refuse('user_not_in_channel');
  const content = contentOf(args, 'new');
  if (isRefusal(content)) return content;
  const draft = { channel: place.id, user: world.app.botUserId, visibleTo: user.id, ...content };
  return fine({ message_ts: world.workspace.post(draft).ts });
}

function update(args: Args, world: World): Answer {
  const message = ownMessage(args, world, 'cant_update_message');
  if (isRefusal(message)) return message;
  const content = contentOf(args, 'changed');
  if (isRefusal(content)) return content;
  const changed = world.workspace.change(message, content);
  return fine({ channel: changed.channel, ts: changed.ts, text: changed.text, message: messageObject(world, changed) });
}

function remove(args: Args, world: World): Answer {
  const message = ownMessage(args, world, 'cant_delete_message');
  if (isRefusal(message)) return message;
  world.workspace.remove(message);
  return fine({ channel: message.channel, ts: message.ts });
}

function permalink(args: Args, world: World): Answer {
  const channel = world.workspace.channel(args.text('channel'));
  if (channel === undefined || !botIsIn(world, channel)) return refuse('channel_not_found');
  const message = world.workspace.find(channel.id, args.text('message_ts'));
  if (message === undefined || message.visibleTo !== undefined) return refuse('message_not_found');
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return fine({ channel: channel.id, permalink: `https://${world.workspace.team.domain}.slack.com/${path}` });
}

const write = (run: Method['run']): Method => ({ scope: 'chat:write', run });

/** Posting, changing, deleting and linking to messages. */
export const chatMethods: Methods = {
  'chat.postMessage': write(postMessage),
  'chat.postEphemeral': write(postEphemeral),
  'chat.update': write(update),
  'chat.delete': write(remove),
  'chat.getPermalink': { run: permalink },
};
