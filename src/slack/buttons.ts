import type { App, BlockAction } from '@slack/bolt';
import type { ButtonAction } from '../core/cards/card.ts';
import type { ReviewHandlers } from '../core/inputs.ts';
import type { Answering } from './answering.ts';
import { RUN_ACTION } from './blocks.ts';
import type { SlackCaller } from './client.ts';
import { SlackError } from './errors.ts';
import { actorOf, at, messageOf, metadataOf, parseRequest, textAt } from './payload.ts';
import { PAGE_ACTIONS, renderModal } from './render.ts';
import { modalOpener } from './windows.ts';
import { answers } from './words.ts';

/** As a record, so that a new action does not compile until it is listened for. */
const ACTIONS: Readonly<Record<ButtonAction, ButtonAction>> = {
  approve: 'approve',
  deny: 'deny',
  cancel: 'cancel',
  confirm: 'confirm',
  consent: 'consent',
  ready: 'ready',
  snooze: 'snooze',
  show_everyone: 'show_everyone',
  retry: 'retry',
};

const RUNS = new RegExp(`^${RUN_ACTION}\\d+$`);

export interface Listening {
  readonly app: App;
  readonly slack: SlackCaller;
  readonly answering: Answering;
  readonly timeZone: string;
}

/** Registers a listener for each button on cards and for the page buttons of modals. */
export function registerButtons(edge: Listening, handlers: Pick<ReviewHandlers, 'click' | 'page' | 'run'>): void {
  for (const action of Object.values(ACTIONS)) {
    edge.app.action<BlockAction>({ type: 'block_actions', action_id: action }, async ({ ack, body, payload }) => {
      await ack();
      await press(edge, handlers, action, body, at(payload, 'value'));
    });
  }
  edge.app.action<BlockAction>({ type: 'block_actions', action_id: RUNS }, async ({ ack, body, payload }) => {
    await ack();
    await run(edge, handlers, body, at(payload, 'value'));
  });
  for (const [action_id, step] of Object.entries(PAGE_ACTIONS)) {
    edge.app.action<BlockAction>({ type: 'block_actions', action_id }, async ({ ack, body }) => {
      await ack();
      await turnPage(edge, handlers, body, step);
    });
  }
}

async function press(
  edge: Listening,
  handlers: Pick<ReviewHandlers, 'click'>,
  action: ButtonAction,
  body: BlockAction,
  value: unknown,
): Promise<void> {
  const answer = edge.answering.forPayload(body) ?? (async () => undefined);
  const [who, message] = [actorOf(body), messageOf(body)];
  const request = typeof value === 'string' ? parseRequest(value) : undefined;
  if (who === undefined || request === undefined) return await answer(answers.forged);
  // On top of the window that holds the button, where it is in one.
  const method = textAt(body, 'view', 'id') === undefined ? 'views.open' : 'views.push';
  const openModal = modalOpener(edge, method, textAt(body, 'trigger_id'));
  await handlers.click({ who, action, request, ...(message === undefined ? {} : { message }), openModal, answer });
}

/** A button that carries a command. Pressing the same one again is the same command, so the message is its key. */
async function run(
  edge: Listening,
  handlers: Pick<ReviewHandlers, 'run'>,
  body: BlockAction,
  value: unknown,
): Promise<void> {
  const answer = edge.answering.forPayload(body) ?? (async () => undefined);
  const [who, message, replyUrl] = [actorOf(body), messageOf(body), textAt(body, 'response_url')];
  if (who === undefined || message === undefined || replyUrl === undefined || typeof value !== 'string') {
    return await answer(answers.forged);
  }
  const key = `press ${message.channel} ${message.ts} ${value}`;
  await handlers.run({ who, channel: message.channel, command: value, key, replyUrl, answer });
}

async function turnPage(
  edge: Listening,
  handlers: Pick<ReviewHandlers, 'page'>,
  body: BlockAction,
  step: number,
): Promise<void> {
  const answer = edge.answering.inWindow(body);
  const [who, shown] = [actorOf(body), metadataOf(body.view)];
  if (who === undefined || shown === undefined) return await answer(answers.forged);
  if (shown.kind !== 'people' && shown.kind !== 'approve' && shown.kind !== 'confirm')
    return await answer(answers.forged);
  const modal = await handlers.page(who, shown.request, shown.kind, Math.max(0, shown.page + step));
  if (modal === undefined) return await answer(answers.noSuchPage);
  const where = { view_id: textAt(body, 'view', 'id'), hash: textAt(body, 'view', 'hash') };
  try {
    await edge.slack.repeatable('views.update', { ...where, view: renderModal(modal, edge.timeZone) });
  } catch (error) {
    // The window was closed, or shows another page since a second, quicker press.
    if (!(error instanceof SlackError && (error.code === 'view_gone' || error.detail === 'hash_conflict'))) throw error;
  }
}
