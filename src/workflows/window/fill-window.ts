import { say } from '../../core/cards/answers.ts';
import { type Card, text } from '../../core/cards/card.ts';
import { momentForm } from '../../core/cards/compose.ts';
import type { Form, FormKind } from '../../core/cards/modal.ts';
import { EdgeError } from '../../core/errors.ts';
import type { ChannelId } from '../../core/ids.ts';
import type { Answer, OpenForm, OpenWindow } from '../../core/inputs.ts';
import { recordsTrouble } from '../commands/refuse.ts';
import type { World } from '../world.ts';

/** What is put into a window: a form to fill in, or an answer that ends it. */
export type Shown<Content = Form> = { readonly form: Content } | { readonly card: Card };

const NOT_FILLED =
  'Slack did not fill the window. Close it and type the command again in a minute, or name the people in it: `/logoff help` shows how. Nothing was done.';
const NOT_OPENED =
  'Slack did not open the window in time. Type the command again, or name the people in it: `/logoff help` shows how. Nothing was done.';

/**
 * Opens a window before anything is looked up, since Slack opens none after 3 seconds, and then puts in what `look`
 * finds. Never throws for what the outside world does.
 */
export async function openAndFill(
  at: { readonly kind: FormKind; readonly channel: ChannelId; readonly open: OpenForm; readonly answer: Answer },
  look: () => Promise<Shown>,
  world: Pick<World, 'log'>,
): Promise<void> {
  let window: OpenWindow;
  try {
    window = await at.open(momentForm(at.kind, at.channel));
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    world.log('warn', 'window_not_opened', { code: error.code });
    return await at.answer(say(text(NOT_OPENED)));
  }
  const shown = await look().catch((error: unknown): Shown => {
    if (!(error instanceof EdgeError)) throw error;
    return { card: recordsTrouble(error, world) };
  });
  if ((await put(shown, window, world)) === 'refused') await at.answer(say(text(NOT_FILLED)));
}

/** Puts something into a window, unless it was closed. `refused`: Slack did not take it, which the log tells. */
export async function put<Content>(
  shown: Shown<Content>,
  window: OpenWindow<Content>,
  { log }: Pick<World, 'log'>,
): Promise<'shown' | 'closed' | 'refused'> {
  try {
    if ('form' in shown) return (await window.show(shown.form)) ? 'shown' : 'closed';
    await window.tell(shown.card);
    return 'shown';
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    log('warn', 'window_not_filled', { code: error.code });
    return 'refused';
  }
}
