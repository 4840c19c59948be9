import { toRetry } from '../request/everyone.ts';
import type { Request } from '../request/request.ts';
import { isStoppable } from '../request/review.ts';
import { type Button, type Card, type Text, text } from './card.ts';
import { describeStatus, requestLabel } from './ending.ts';
import { retryButton } from './retry-button.ts';
import { stopButton } from './stop-button.ts';

/** The one line where the command was typed. It names nobody: everybody in that channel can read it. */
export function lineCard(request: Request): Card {
  const why: Text = request.status === 'denied' && request.note !== undefined ? [text(` Reason: ${request.note}`)] : [];
  const line: Text = [...requestLabel(request), ...describeStatus(request), ...why];
  const cancellable = request.status === 'awaiting_approval' || request.status === 'awaiting_confirmation';
  const cancel: Button = { action: 'cancel', label: 'Cancel request', request: request.id };
  const confirm: Button = { action: 'confirm', label: 'Look and confirm…', request: request.id, style: 'primary' };
  const first = request.status === 'awaiting_confirmation' ? [confirm] : [];
  const stop = isStoppable(request) ? [stopButton(request, 'Stop')] : [];
  const last = toRetry(request).length > 0 ? [retryButton(request)] : stop;
  const buttons = cancellable ? [...first, cancel] : last;
  return {
    summary: line,
    parts: [{ kind: 'paragraph', text: line }, ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : [])],
  };
}
