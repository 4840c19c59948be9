import { type ButtonAction, type Card, text } from '../../src/core/cards/card.ts';
import type { Modal } from '../../src/core/cards/modal.ts';
import { channelId, requestId } from '../../src/core/ids.ts';
import type { Click, ReviewHandlers, Submission } from '../../src/core/inputs.ts';
import { registerButtons } from '../../src/slack/buttons.ts';
import type { SlackEdge } from '../../src/slack/connect.ts';
import { registerModals } from '../../src/slack/modals.ts';

export const OPS = channelId('C0OPS');
const id = requestId(17);
export const say = (words: string): Card => ({
  summary: [text(words)],
  parts: [{ kind: 'paragraph', text: [text(words)] }],
});
const labels: readonly (readonly [ButtonAction, string])[] = [
  ['approve', 'Approve'],
  ['deny', 'Deny'],
  ['show_everyone', 'Show everyone'],
];
export const withButtons: Card = {
  summary: [text('Request 17')],
  parts: [{ kind: 'buttons', buttons: labels.map(([action, label]) => ({ action, label, request: id })) }],
};
export const denyModal: Modal = {
  kind: 'deny',
  title: 'Deny request 17',
  request: id,
  parts: [],
  submit: 'Deny',
  close: 'Back',
  input: { label: 'Reason', hint: '', max: 500, optional: true },
};
export const people = (page: number): Modal => ({
  kind: 'people',
  title: 'Request 17',
  request: id,
  parts: [{ kind: 'paragraph', text: [text(`This is page ${page}.`)] }],
  close: 'Close',
  pages: { page, of: 2 },
});

export interface Heard {
  readonly clicks: Click[];
  readonly submissions: Submission[];
}

/** Registers all listeners with handlers that note what they hear; `does` is what they do besides. */
export function listening(edge: SlackEdge, does: Partial<ReviewHandlers> = {}): Heard {
  const heard: Heard = { clicks: [], submissions: [] };
  const handlers: ReviewHandlers = {
    async click(click) {
      heard.clicks.push(click);
      await does.click?.(click);
    },
    async submit(submission) {
      heard.submissions.push(submission);
      await does.submit?.(submission);
    },
    run: does.run ?? (async () => undefined),
    page: does.page ?? (async (_who, _request, _kind, page) => people(page)),
  };
  registerButtons(edge, handlers);
  registerModals(edge, handlers);
  return heard;
}
