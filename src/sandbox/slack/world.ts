import type { Events } from './events.ts';
import type { Journal } from './journal.ts';
import type { Json } from './json.ts';
import type { SlackApp, SlackChannel } from './options.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Message, Workspace } from './workspace.ts';

/** Everything that the parts of the local Slack share. */
export interface World {
  readonly app: SlackApp;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly sockets: SocketMode;
  readonly journal: Journal;
  readonly events: Events;
  readonly now: () => number;
  /** The scopes in force now; a test may take some away. */
  scopes(): readonly string[];
  /** `http://127.0.0.1:<port>`. */
  origin(): string;
}

/** True where the bot is a member. */
export function botIsIn(world: World, channel: SlackChannel): boolean {
  return channel.members.includes(world.app.botUserId);
}

/** The message as the Web API and payloads show it. */
export function messageObject(world: World, message: Message): Json {
  const { user, ts, text, blocks, edited, thread_ts } = message;
  const byBot = user === world.app.botUserId;
  return {
    type: 'message',
    user,
    ts,
    text,
    team: world.workspace.team.id,
    ...(byBot ? { bot_id: world.app.botId, app_id: world.app.id } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(edited === undefined ? {} : { edited }),
    ...(thread_ts === undefined ? {} : { thread_ts }),
  };
}
