import type { Form, Modal } from '../core/cards/modal.ts';
import type { OpenWindow } from '../core/inputs.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { renderForm } from './form.ts';
import { textAt } from './payload.ts';
import { renderAnswerView, renderModal } from './render.ts';

/** What is needed to open windows and to change them. */
export interface Windows {
  readonly slack: SlackCaller;
  readonly timeZone: string;
}

/** The window was closed, or shows something newer by now. */
export const isPast = (error: unknown): boolean =>
  error instanceof SlackError && (error.code === 'view_gone' || error.detail === 'hash_conflict');

type Method = 'views.open' | 'views.push';
type Opener<Content> = (first: Content) => Promise<OpenWindow<Content>>;
type View = ReturnType<typeof renderForm>;

/** Opens a form with this trigger; `views.push` puts it on top of the one that holds the pressed button. */
export const formOpener = (windows: Windows, method: Method, trigger: string | undefined): Opener<Form> =>
  opener(windows, method, trigger, renderForm);

/** The same for a modal about a request. */
export const modalOpener = (windows: Windows, method: Method, trigger: string | undefined): Opener<Modal> =>
  opener(windows, method, trigger, renderModal);

function opener<Content>(
  { slack, timeZone }: Windows,
  method: Method,
  trigger: string | undefined,
  render: (content: Content, timeZone: string) => View,
): Opener<Content> {
  return async (first) => {
    const answer = await slack.once(method, { trigger_id: trigger, view: render(first, timeZone) });
    const view_id = textAt(answer, 'view', 'id');
    let hash = textAt(answer, 'view', 'hash');
    if (view_id === undefined) throw new SlackError({ code: 'bad_response', method, executed: 'maybe' });
    const change = async (view: View): Promise<boolean> => {
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
      show: (content) => change(render(content, timeZone)),
      tell: async (card) => void (await change(renderAnswerView(card, timeZone))),
    };
  };
}
