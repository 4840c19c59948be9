import type { Acknowledgement, Deliver, Delivery } from '../delivery.ts';
import type { SlackChannel, SlackUser } from '../options.ts';
import type { World } from '../world.ts';
import type { Filled } from './view-state.ts';

/** Slack's own bot, which tells people what went wrong. */
export const SLACKBOT = 'USLACKBOT';

/** What a person has at hand: the workspace, the way to the app, and what they filled in so far. */
export interface Desk {
  readonly world: World;
  readonly deliver: Deliver;
  readonly timeZone: string;
  readonly shouldEscape: (command: string) => boolean | undefined;
  /** By view id, or by person and message. */
  readonly filled: Map<string, Filled>;
}

/** How something that a person did came out. */
export interface Taken extends Acknowledgement {
  /** False where nothing was sent to the app: the person cancelled, or Slack itself said no. */
  readonly sent: boolean;
  /** What was sent, for sending it again. */
  readonly delivery?: Delivery;
}

/** The outcome of something that never left the person's screen. */
export const NOT_SENT: Taken = { sent: false, acknowledged: false, ms: 0, body: {} };

/** Sends and adds what was sent to the result. */
export async function send(desk: Desk, delivery: Delivery): Promise<Taken> {
  return { ...(await desk.deliver(delivery)), sent: true, delivery };
}

/** The person, as they are now; throws for an unknown id. */
export function personOf(desk: Desk, id: string): SlackUser {
  const user = desk.world.workspace.user(id);
  if (user === undefined) throw new Error(`no user ${id} in the local Slack`);
  return user;
}

/** The channel by id or `#name`; `dm` is the direct messages with the app. */
export function channelOf(desk: Desk, person: string, channel: string): SlackChannel {
  const found = channel === 'dm' ? desk.world.workspace.dm(person) : desk.world.workspace.channel(channel);
  if (found === undefined) throw new Error(`no channel ${channel} in the local Slack`);
  return found;
}
