import { z } from 'zod';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { type Home, standingOf } from './standing.ts';

/** A full member of the workspace. `email` only where Slack says that it is confirmed. */
export interface Member {
  readonly slack: string;
  readonly name: string;
  readonly email?: string;
}

const PAGE = 200;
const answerSchema = z.object({
  members: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string().optional(),
      real_name: z.string().optional(),
      is_email_confirmed: z.boolean().optional(),
      profile: z.looseObject({ email: z.string().optional() }).optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** All full members, read page by page: no guests, bots, deactivated people or people from elsewhere. */
export async function listMembers(slack: SlackCaller, home: () => Promise<Home>): Promise<readonly Member[]> {
  const method = 'users.list';
  const ours = await home();
  const found: Member[] = [];
  let cursor = '';
  do {
    const answer = answerSchema.safeParse(
      await slack.repeatable(method, { limit: PAGE, ...(cursor === '' ? {} : { cursor }) }),
    );
    if (!answer.success) throw new SlackError({ code: 'bad_response', method, executed: 'no' });
    for (const user of answer.data.members) {
      if (standingOf(user, user.id, ours) !== 'member') continue;
      const email = user.is_email_confirmed === true ? user.profile?.email : undefined;
      const name = user.real_name ?? user.name ?? user.id;
      found.push({ slack: user.id, name, ...(email === undefined ? {} : { email }) });
    }
    cursor = answer.data.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return found;
}
