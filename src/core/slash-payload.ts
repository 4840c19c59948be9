import { z } from 'zod';
import { say } from './cards/answers.ts';
import { type Card, text } from './cards/card.ts';
import { channelIdSchema, slackUserIdSchema } from './ids.ts';

/** What a slash command needs of Slack's payload; nothing of it is believed to be there. */
export const slashPayloadSchema = z.object({
  user_id: slackUserIdSchema,
  team_id: z.string().min(1),
  channel_id: channelIdSchema,
  /** Nothing typed behind the command may come as nothing at all. */
  text: z.string().default(''),
  /** Names the command: the same one twice is one request. */
  trigger_id: z.string().min(1),
  response_url: z.string().min(1),
});

export const unreadableCard: Card = say(
  text('Slack sent me this command in a way that I cannot read. Nothing was done; please type it again.'),
);
