import type { ViewSubmitAction } from '@slack/bolt';
import type { ReviewHandlers, SubmittedKind } from '../core/inputs.ts';
import type { Listening } from './buttons.ts';
import { actorOf, metadataOf, textAt } from './payload.ts';
import { NOTE_ID, renderAnswerView } from './render.ts';
import { answers } from './words.ts';

const KINDS: Readonly<Record<SubmittedKind, SubmittedKind>> = {
  approve: 'approve',
  deny: 'deny',
  confirm: 'confirm',
};

/** Registers a listener for each modal that can be submitted. */
export function registerModals(edge: Listening, handlers: Pick<ReviewHandlers, 'submit'>): void {
  for (const kind of Object.values(KINDS)) {
    edge.app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: kind }, async ({ ack, body }) => {
      const [who, shown] = [actorOf(body), metadataOf(body.view)];
      const isOurs = who !== undefined && shown !== undefined;
      const view = renderAnswerView(isOurs ? answers.working : answers.forged, edge.timeZone);
      await ack({ response_action: 'update', view });
      if (!isOurs) return;
      const note = textAt(body, 'view', 'state', 'values', NOTE_ID, NOTE_ID, 'value')?.trim();
      await handlers.submit({
        who,
        kind,
        request: shown.request,
        ...(note === undefined || note === '' ? {} : { note }),
        answer: edge.answering.inWindow(body),
      });
    });
  }
}
