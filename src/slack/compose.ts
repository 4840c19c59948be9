import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { Form } from '../core/cards/modal.ts';
import type { ComposeHandlers, LookedUp, Verdict } from '../core/inputs.ts';
import { plainText } from './blocks.ts';
import type { Listening } from './buttons.ts';
import { option, PICK_ACTION, renderForm, WHO_PAGES } from './form.ts';
import { formValues, parseAssociate, shownForm } from './form-state.ts';
import { FIELD_ERROR, OPTION_TEXT } from './limits.ts';
import { type Draw, newestOnly } from './newest-press.ts';
import { actorOf, at, textAt } from './payload.ts';
import { cutWords, oneLine } from './plain.ts';
import { renderAnswerView } from './render.ts';
import { formOpener, isPast } from './windows.ts';
import { answers } from './words.ts';

/** As a record, so that a new field that is looked up does not compile until it is listened for. */
const LOOKED_UP: Readonly<Record<LookedUp, LookedUp>> = { people: 'people', group: 'group' };

/** Registers a listener for everything that can be done in a form. */
export function registerCompose(edge: Listening, handlers: ComposeHandlers): void {
  const presses = newestOnly();
  for (const field of Object.values(LOOKED_UP)) {
    edge.app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: field }, async ({ ack, body }) => {
      const who = actorOf(body);
      const found = who === undefined ? undefined : await handlers.suggest(who, field, textAt(body, 'value') ?? '');
      if (found === undefined || found.choices.length === 0) return await ack({ options: [] });
      const group = { label: plainText(found.label, OPTION_TEXT), options: found.choices.map(option) };
      await ack({ option_groups: [group] });
    });
    edge.app.action<BlockAction>({ type: 'block_actions', action_id: field }, async ({ ack, body }) => {
      await ack();
      await change(edge, handlers, body, presses);
    });
  }
  edge.app.action<BlockAction>({ type: 'block_actions', action_id: PICK_ACTION }, async ({ ack, body, payload }) => {
    await ack();
    await pick(edge, handlers, body, at(payload, 'value'));
  });
  for (const [action_id, step] of Object.entries(WHO_PAGES)) {
    edge.app.action<BlockAction>({ type: 'block_actions', action_id }, async ({ ack, body }) => {
      await ack();
      await turnPage(edge, handlers, body, step, presses);
    });
  }
  edge.app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: 'compose' }, async ({ ack, body }) => {
    const [who, shown] = [actorOf(body), shownForm(body.view)];
    if (who === undefined || shown === undefined) {
      await ack({ response_action: 'update', view: renderAnswerView(answers.forged, edge.timeZone) });
      return;
    }
    const view_id = body.view.id;
    const acknowledge = async (verdict: Verdict) => {
      if (verdict.kind === 'errors') return await ack({ response_action: 'errors', errors: cutEach(verdict.errors) });
      presses.end(view_id);
      await ack({ response_action: 'update', view: renderAnswerView(answers.working, edge.timeZone) });
    };
    const show = async (form: Form) => {
      try {
        await edge.slack.repeatable('views.update', { view_id, view: renderForm(form, edge.timeZone) });
        presses.again(view_id);
        return true;
      } catch (error) {
        if (!isPast(error)) throw error;
        return false;
      }
    };
    const window = { show, tell: edge.answering.inWindow(body) };
    const key = `window ${view_id}`;
    await handlers.submit({ who, channel: shown.channel, values: formValues(body.view), key, window }, acknowledge);
  });
}

const cutEach = (errors: Extract<Verdict, { kind: 'errors' }>['errors']): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([field, words]) => [field, cutWords(oneLine(words), FIELD_ERROR)]));

type Presses = ReturnType<typeof newestOnly>;

/** Draws a form in place of the one that was pressed in, if it is still there. */
const drawing =
  ({ slack, timeZone }: Listening, body: BlockAction, form: Form): Draw =>
  async (hash) => {
    try {
      const where = { view_id: textAt(body, 'view', 'id'), ...(hash === undefined ? {} : { hash }) };
      return textAt(
        await slack.repeatable('views.update', { ...where, view: renderForm(form, timeZone) }),
        'view',
        'hash',
      );
    } catch (error) {
      if (isPast(error)) return undefined;
      throw error;
    }
  };

const pressedAt = (body: BlockAction): string => textAt(body.actions[0], 'action_ts') ?? '';

async function change(edge: Listening, handlers: ComposeHandlers, body: BlockAction, presses: Presses): Promise<void> {
  const [who, shown] = [actorOf(body), shownForm(body.view)];
  if (who === undefined || shown?.kind !== 'compose') return await edge.answering.inWindow(body)(answers.forged);
  const { id = '', hash } = body.view ?? {};
  await presses.press(id, pressedAt(body), hash, async () => {
    const form = await handlers.change(who, shown.channel, formValues(body.view));
    return form === undefined ? undefined : drawing(edge, body, form);
  });
}

async function turnPage(
  edge: Listening,
  handlers: ComposeHandlers,
  body: BlockAction,
  step: number,
  presses: Presses,
): Promise<void> {
  const answer = edge.answering.inWindow(body);
  const [who, shown] = [actorOf(body), shownForm(body.view)];
  if (who === undefined || shown?.kind !== 'who') return await answer(answers.forged);
  const { id = '', hash } = body.view ?? {};
  const page = Math.max(0, shown.page + step);
  await presses.press(id, pressedAt(body), hash, async () => {
    const form = await handlers.page(who, shown.channel, page, shown.group);
    if (form !== undefined) return drawing(edge, body, form);
    await answer(answers.noSuchPage);
    return undefined;
  });
}

async function pick(edge: Listening, handlers: ComposeHandlers, body: BlockAction, value: unknown): Promise<void> {
  const answer = edge.answering.inWindow(body);
  const [who, shown, associate] = [actorOf(body), shownForm(body.view), parseAssociate(value)];
  if (who === undefined || shown === undefined || associate === undefined) return await answer(answers.forged);
  const open = formOpener(edge, 'views.push', textAt(body, 'trigger_id'));
  await handlers.pick({ who, channel: shown.channel, associate, open, answer });
}
