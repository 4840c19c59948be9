import { type Json, objectOf, textOf } from '../json.ts';
import type { SlackChannel, SlackUser } from '../options.ts';
import { type Names, renderBlocks, renderMrkdwn } from '../plain-text.ts';
import type { View } from '../views.ts';
import type { Message } from '../workspace.ts';
import type { World } from '../world.ts';
import { interactives } from './elements.ts';
import { SLACKBOT } from './person.ts';

/** A message as a person sees it. */
export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  /** Who wrote it, by name. */
  readonly from: string;
  /** What is drawn, as plain text. */
  readonly text: string;
  /** What a phone's notification shows. */
  readonly notification: string;
  /** "Only visible to you". */
  readonly private: boolean;
  readonly edited: boolean;
  readonly blocks: readonly Json[];
  /** What can be pressed or chosen from. */
  readonly buttons: readonly string[];
}

/** A modal as a person sees it. */
export interface SeenView {
  readonly view: string;
  readonly title: string;
  readonly text: string;
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly blocks: readonly Json[];
  readonly buttons: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

/** Names for drawing, from the workspace as it is now. */
export function namesIn(world: World, timeZone: string): Names {
  const known = new Map([
    [SLACKBOT, 'Slackbot'],
    [world.app.botUserId, world.app.name ?? 'app'],
  ]);
  return {
    user: (id) => known.get(id) ?? world.workspace.user(id)?.real_name,
    channel: (id) => world.workspace.channel(id)?.name,
    group: (id) => world.workspace.groups().find((group) => group.id === id)?.handle,
    timeZone,
  };
}

function isFullMember(world: World, user: SlackUser): boolean {
  const own = (user.team_id ?? world.workspace.team.id) === world.workspace.team.id;
  return own && !user.is_restricted && !user.is_ultra_restricted && !user.deleted;
}

/** Members see a channel; full members see public channels too. */
export function maySee(world: World, user: SlackUser, channel: SlackChannel): boolean {
  if (channel.members.includes(user.id)) return true;
  return !channel.is_private && !channel.is_im && isFullMember(world, user);
}

/** One message, drawn. */
export function seeMessage(names: Names, message: Message): SeenMessage {
  const blocks = message.blocks;
  const plain = renderMrkdwn(message.text, names);
  return {
    channel: message.channel,
    ts: message.ts,
    from: names.user(message.user) ?? message.user,
    text: blocks.length > 0 ? renderBlocks(blocks, names) : plain,
    notification: plain,
    private: message.visibleTo !== undefined,
    edited: message.edited !== undefined,
    blocks,
    buttons: interactives(blocks).map(({ label, element }) => label || textOf(element['action_id'])),
  };
}

/** One modal, drawn. */
export function seeView(names: Names, view: View): SeenView {
  const button = (key: string): string | undefined => textOf(objectOf(view.content[key])['text']) || undefined;
  return {
    view: view.id,
    title: button('title') ?? '',
    text: renderBlocks(view.blocks, names),
    submit: button('submit'),
    close: button('close'),
    blocks: view.blocks,
    buttons: interactives(view.blocks).map(({ label, element }) => label || textOf(element['action_id'])),
    errors: view.errors,
  };
}
