import { say } from '../../core/cards/answers.ts';
import { type ButtonAction, type Card, text } from '../../core/cards/card.ts';
import type { Modal } from '../../core/cards/modal.ts';
import { momentModal } from '../../core/cards/modals.ts';
import { EdgeError } from '../../core/errors.ts';
import type { Click, OpenWindow } from '../../core/inputs.ts';
import type { Request } from '../../core/request/request.ts';
import { put, type Shown } from '../window/fill-window.ts';
import type { World } from '../world.ts';

const TOO_LATE = 'That took too long for Slack to open a window. Press it again. Nothing changed.';
const NOT_OPENED = 'Slack did not open the window. Press it again in a minute. Nothing changed.';
const NOT_FILLED = 'Slack did not fill the window. Close it and press the button again in a minute. Nothing changed.';

/** The buttons behind which a window opens. */
export type Opening = Extract<ButtonAction, 'approve' | 'deny' | 'confirm' | 'show_everyone'>;

export const isOpening = (action: ButtonAction): action is Opening =>
  action === 'approve' || action === 'deny' || action === 'confirm' || action === 'show_everyone';

/**
 * Opens a window before anybody is looked up, since Slack opens none later than 3 seconds after the press, and then puts in
 * what `look` finds: what is asked for, or why not. Gives what is to be said outside of it, where it could not be used.
 */
export async function openAndFillReview(
  request: Request,
  { openModal }: Pick<Click, 'openModal'>,
  look: () => Promise<Shown<Modal>>,
  world: Pick<World, 'log'>,
): Promise<Card | undefined> {
  let window: OpenWindow<Modal>;
  try {
    window = await openModal(momentModal(request));
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    world.log('warn', 'window_not_opened', { code: error.code });
    return say(text(error.code === 'trigger_expired' ? TOO_LATE : NOT_OPENED));
  }
  return (await put(await look(), window, world)) === 'refused' ? say(text(NOT_FILLED)) : undefined;
}
