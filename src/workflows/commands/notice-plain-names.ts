import { type Text, text } from '../../core/cards/card.ts';
import { parseCommand } from '../../core/grammar.ts';
import { announce } from '../operator/announce.ts';
import type { World } from '../world.ts';

/** How Slack sends a person where the app asks for ids. */
const SENT_AS_ID = /<@[UW][A-Z0-9]+/u;

const WORDS: Text = [
  text(
    'Somebody typed an @name and Slack sent it as plain text, so the command was not understood. If that person exists in Slack, the app does not ask for ids: switch on should_escape for the command (App Manifest, see manifest.yml).',
  ),
];

/**
 * Whether the Slack app sends people as ids can be read with no token of the bot's; it shows when somebody types an @name.
 * The operator is told once, unless a person has arrived as an id before: then it was only a name that nobody has.
 */
export function noticePlainNames(
  world: Pick<World, 'auditChannel' | 'directory' | 'messenger' | 'log' | 'clock'>,
): (typed: string) => Promise<void> {
  let settled = false;
  return async (typed) => {
    if (settled) return;
    if (SENT_AS_ID.test(typed)) {
      settled = true;
      return;
    }
    const parsed = parseCommand(typed);
    if (parsed.ok || parsed.problem.code !== 'plain_at_name') return;
    settled = true;
    world.log('warn', 'slack_sends_plain_names', {
      hint: 'should_escape of the slash command may be off in the Slack app',
    });
    await announce(WORDS, world);
  };
}
