import type { App } from '@slack/bolt';
import { slashPayloadSchema, unreadableCard } from '../src/core/slash-payload.ts';
import type { CommandHandlers } from './index.ts';

/** `/logoff …`: asks to log people off the SuperOffice Windows client, and looks after such requests. */
export const logoff = {
  name: '/logoff',
  register(app: App, { take, answer, openForm, track }: CommandHandlers): void {
    app.command(logoff.name, async ({ ack, command }) => {
      // Slack gives three seconds. If the acknowledgement cannot be delivered, nothing may happen: the person was told
      // so.
      await ack();
      const read = slashPayloadSchema.safeParse(command);
      if (!read.success) {
        if (typeof command.response_url === 'string') await answer(command.response_url)(unreadableCard);
        return;
      }
      const { user_id, team_id, channel_id, text, trigger_id, response_url } = read.data;
      const input = {
        via: 'command' as const,
        who: { slack: user_id, team: team_id },
        channel: channel_id,
        text,
        key: trigger_id,
        replyUrl: response_url,
        openForm: openForm(trigger_id),
      };
      await track(take(input, answer(input.replyUrl, user_id)));
    });
  },
};
