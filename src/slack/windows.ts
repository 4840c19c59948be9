import type { Form } from '../core/cards/modal.ts';
import type { OpenForm } from '../core/inputs.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { renderForm } from './form.ts';
import { textAt } from './payload.ts';
import { renderAnswerView } from './render.ts';

/** What is needed to open windows and to change them. */
export interface Windows {
  readonly slack: SlackCaller;
  readonly timeZone: string;
}

/** The window was closed, or shows something newer by now. */
export const isPast = (error: unknown): boolean =>
  error instanceof SlackError && (error.code === 'view_gone' || error.detail === 'hash_conflict');

/** Opens a window with this trigger; `views.push` puts it on top of the one that holds the pressed button. */
export function formOpener(
  { slack, timeZone }: Windows,
  method: 'views.open' | 'views.push',
  trigger: string | undefined,
): OpenForm {
  return async (first) => {
    const answer = await slack.once(method, { trigger_id: trigger, view: renderForm(first, timeZone) });
    const view_id = textAt(answer, 'view', 'id');
    let hash = textAt(answer, 'view', 'hash');
    if (view_id === undefined) throw new SlackError({ code: 'bad_response', method, executed: 'maybe' });
    const change = async (view: ReturnType<typeof renderForm>): Promise<boolean> => {
      try {
        const changed = await slack.repeatable('views.update', {
          view_id,
          ...(hash === undefined ? {} : { hash }),
          view,
        });
        hash = textAt(changed, 'view', 'hash');
        return true;
      } catch (error) {
        if (!isPast(error)) throw error;
        return false;
      }
    };
    return {
      show: (form: Form) => change(renderForm(form, timeZone)),
      tell: async (card) => void (await change(renderAnswerView(card, timeZone))),
    };
  };
}
