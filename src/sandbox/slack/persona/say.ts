import { textOf } from '../json.ts';
import type { SlackChannel, SlackUser } from '../options.ts';
import { reply } from '../replies.ts';
import { slashPayload } from './payloads.ts';
import { channelOf, type Desk, NOT_SENT, personOf, SLACKBOT, send, type Taken } from './person.ts';
import { escapeText, slashText } from './slash-text.ts';

function tell({ world }: Desk, user: SlackUser, channel: SlackChannel, text: string): void {
  world.workspace.post({ channel: channel.id, user: SLACKBOT, text, visibleTo: user.id });
}

/** Commands of the app exist for people of its own workspace only, and only while it has the scope for them. */
function knowsCommand({ world, shouldEscape }: Desk, user: SlackUser, command: string): boolean {
  const own = (user.team_id ?? world.workspace.team.id) === world.workspace.team.id;
  return own && shouldEscape(command) !== undefined && world.scopes().includes('commands');
}

/** Shows what the app answered in its acknowledgement, or why there was none. */
function showAnswer(desk: Desk, user: SlackUser, channel: SlackChannel, command: string, taken: Taken): void {
  const { world } = desk;
  if (!taken.acknowledged) {
    tell(desk, user, channel, `${command} failed with the error "${taken.problem ?? 'dispatch_failed'}"`);
    return;
  }
  if (textOf(taken.body['text']) === '' && taken.body['blocks'] === undefined) return;
  const place = {
    user: user.id,
    channel: channel.id,
    source: undefined,
    issued: world.now(),
    used: 0,
    made: undefined,
  };
  const refusal = reply(world, place, { ...taken.body, replace_original: false, delete_original: false });
  if (refusal === undefined) return;
  world.journal.complain(`acknowledgement of ${command}`, refusal.error, refusal.details);
  tell(desk, user, channel, `${command} failed with the error "${refusal.error}"`);
}

/**
 * What a person types into a channel they are in: a slash command goes to the app, everything else is a message.
 * Resolves once the app has acknowledged the command (or did not in time, which the person is told).
 */
export async function say(desk: Desk, person: string, where: string, typed: string): Promise<Taken> {
  const { world } = desk;
  const user = personOf(desk, person);
  const channel = channelOf(desk, person, where);
  if (!channel.members.includes(person)) throw new Error(`${user.name} is not in #${channel.name}`);
  if (!typed.startsWith('/')) {
    world.workspace.post({ channel: channel.id, user: person, text: escapeText(typed) });
    return NOT_SENT;
  }
  const [command = typed] = typed.split(/\s/, 1);
  if (!knowsCommand(desk, user, command)) {
    tell(desk, user, channel, `${command} is not a valid command.`);
    return NOT_SENT;
  }
  const text = slashText(typed.slice(command.length).trim(), desk.shouldEscape(command) === true, world.workspace);
  const payload = slashPayload(world, user, channel, command, text);
  const taken = await send(desk, { kind: 'slash_commands', payload });
  showAnswer(desk, user, channel, command, taken);
  return taken;
}
