import { viewProblems } from '../block-kit/problems.ts';
import { type Json, objectOf, textOf } from '../json.ts';
import type { View } from '../views.ts';
import { lookUp } from './click.ts';
import { findInteractive, type Interactive, interactives, labels } from './elements.ts';
import { closedPayload, submissionPayload } from './payloads.ts';
import { type Desk, NOT_SENT, personOf, send, type Taken } from './person.ts';
import { type Filled, type Filling, fill, inputState, isEmpty, keyOf } from './view-state.ts';

export interface Submitted extends Taken {
  /** What Slack itself (an input left empty) or the app found wrong, by block id. The modal stays open. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The person's modal by id, or the one on top; throws where there is none. */
export function modalOf(desk: Desk, person: string, id: string | undefined): View {
  const stack = desk.world.views.stack(person);
  const view = id === undefined ? stack.at(-1) : stack.find((each) => each.id === id);
  if (view === undefined) throw new Error(`${personOf(desk, person).name} has no such modal open`);
  return view;
}

async function filling(desk: Desk, person: string, view: View, at: Interactive, value: Filling): Promise<Json> {
  const external = textOf(at.element['type']).includes('external_select');
  if (!external) return fill(at.element, value);
  const which = { action_id: textOf(at.element['action_id']), block_id: textOf(at.block['block_id']) };
  const find = async (each: unknown): Promise<Json> =>
    typeof each === 'string' ? lookUp(desk, person, { view: view.id }, which, each) : objectOf(each);
  if (at.element['type'] === 'external_select') return fill(at.element, await find(value));
  const found: Json[] = [];
  for (const each of Array.isArray(value) ? value : [value]) found.push(await find(each));
  return fill(at.element, found);
}

/** What Slack's own client refuses before anything is sent: empty inputs, text that is too short or too long. */
function ownErrors(view: View, filled: Filled): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const interactive of interactives(view.blocks)) {
    const { block, element } = interactive;
    const state = inputState(interactive, filled);
    if (block['type'] !== 'input' || state === undefined) continue;
    const id = textOf(block['block_id']);
    const { length } = textOf(state['value']);
    const { min_length: least, max_length: most } = element;
    if (isEmpty(state)) {
      if (block['optional'] !== true) errors[id] = 'Please complete this required field.';
    } else if (typeof least === 'number' && length < least) errors[id] = `Must be at least ${least} characters.`;
    else if (length > (typeof most === 'number' ? most : 3000)) errors[id] = 'Too long.';
  }
  return errors;
}

/** Does to the modals what the app's answer says; returns the errors that it put into the modal. */
function carryOut(desk: Desk, view: View, answer: Json): Readonly<Record<string, string>> {
  const { views, journal } = desk.world;
  const trouble = (problems: readonly string[]): Readonly<Record<string, string>> => {
    journal.complain('answer to a view_submission', 'invalid_arguments', problems);
    return { '': 'We had some trouble connecting. Try again?' };
  };
  switch (answer['response_action']) {
    case undefined:
      views.close(view);
      return {};
    case 'clear':
      views.clear(view.user);
      return {};
    case 'errors': {
      const errors: Record<string, string> = {};
      for (const [id, text] of Object.entries(objectOf(answer['errors']))) errors[id] = String(text);
      const known = view.blocks.filter(({ type }) => type === 'input').map((block) => block['block_id']);
      const strange = Object.keys(errors).filter((id) => !known.includes(id));
      if (strange.length > 0) return trouble(strange.map((id) => `no input block ${id}`));
      views.setErrors(view, errors);
      return errors;
    }
    case 'update':
    case 'push': {
      const problems = viewProblems(answer['view']);
      if (problems.length > 0) return trouble(problems);
      const content = objectOf(answer['view']);
      if (answer['response_action'] === 'update') views.update(view, content);
      else if (views.push(view.user, content) === undefined) return trouble(['push_limit_reached']);
      return {};
    }
    default:
      return trouble([`no response_action ${String(answer['response_action'])}`]);
  }
}

/** A person fills in inputs (by label, action id or block id) of a modal; nothing is sent. Gives all that is filled in. */
export async function fillIn(
  desk: Desk,
  person: string,
  id: string | undefined,
  values: Readonly<Record<string, Filling>>,
): Promise<Filled> {
  const view = modalOf(desk, person, id);
  let filled: Filled = desk.filled.get(view.id) ?? {};
  for (const [which, value] of Object.entries(values)) {
    const interactive = findInteractive(view.blocks, which);
    if (interactive === undefined) throw new Error(`no input "${which}" in the modal, only: ${labels(view.blocks)}`);
    filled = { ...filled, [keyOf(interactive)]: await filling(desk, person, view, interactive, value) };
  }
  desk.filled.set(view.id, filled);
  return filled;
}

/** A person fills in inputs and presses the submit button of a modal. */
export async function submit(
  desk: Desk,
  person: string,
  id: string | undefined,
  values: Readonly<Record<string, Filling>>,
): Promise<Submitted> {
  const user = personOf(desk, person);
  const view = modalOf(desk, person, id);
  if (view.content['submit'] === undefined) throw new Error('the modal has no submit button');
  const filled = await fillIn(desk, person, view.id, values);
  const errors = ownErrors(view, filled);
  if (Object.keys(errors).length > 0) return { ...NOT_SENT, errors };
  const taken = await send(desk, { kind: 'interactive', payload: submissionPayload(desk.world, user, view, filled) });
  if (!taken.acknowledged) return { ...taken, errors: { '': 'We had some trouble connecting. Try again?' } };
  return { ...taken, errors: carryOut(desk, view, taken.body) };
}

/** A person closes a modal; the app hears of it only where the view asks for that. */
export async function close(desk: Desk, person: string, id: string | undefined): Promise<Taken> {
  const user = personOf(desk, person);
  const view = modalOf(desk, person, id);
  const { views } = desk.world;
  const all = view.content['clear_on_close'] === true;
  if (all) views.clear(person);
  else views.close(view);
  if (view.content['notify_on_close'] !== true) return NOT_SENT;
  const payload = closedPayload(desk.world, user, view, desk.filled.get(view.id) ?? {}, all);
  return send(desk, { kind: 'interactive', payload });
}
