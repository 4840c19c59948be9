import type { Choice, FormKind, FormValues } from '../core/cards/modal.ts';
import { type AssociateId, associateIdSchema, type ChannelId } from '../core/ids.ts';
import { at, parseChannel, parseJson, textAt } from './payload.ts';

/** Where a form of ours stands and what it shows. */
export interface ShownForm {
  readonly kind: FormKind;
  readonly channel: ChannelId;
  readonly page: number;
  readonly group?: number;
}

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** A form's private metadata as we write it; nothing where it is not ours. */
export function shownForm(view: unknown): ShownForm | undefined {
  const written = parseJson(textAt(view, 'private_metadata') ?? '');
  const kind = textAt(written, 'kind');
  const channel = parseChannel(at(written, 'channel'));
  if ((kind !== 'compose' && kind !== 'who') || kind !== at(view, 'callback_id') || channel === undefined)
    return undefined;
  const group = count(at(written, 'group'));
  return { kind, channel, page: count(at(written, 'page')) ?? 0, ...(group === undefined ? {} : { group }) };
}

/** An id as an option or button of ours carries it: digits without a leading zero, and nothing else. */
export function parseAssociate(value: unknown): AssociateId | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value)
    ? associateIdSchema.safeParse(Number(value)).data
    : undefined;
}

const groupId = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : undefined;

const labelled = <Id extends number>(option: unknown, id: Id): Choice<Id> => ({
  id,
  label: textAt(option, 'text', 'text') ?? `${id}`,
});

/** What is filled in, with everything dropped that is no value of ours. */
export function formValues(view: unknown): FormValues {
  const state = (field: string) => at(view, 'state', 'values', field, field);
  const options = at(state('people'), 'selected_options');
  const people = (Array.isArray(options) ? options : []).flatMap((option: unknown) => {
    const id = parseAssociate(at(option, 'value'));
    return id === undefined ? [] : [labelled(option, id)];
  });
  const chosen = at(state('group'), 'selected_option');
  const group = groupId(at(chosen, 'value'));
  const text = textAt(state('text'), 'value');
  return {
    people,
    ...(group === undefined ? {} : { group: labelled(chosen, group) }),
    ...(text === undefined ? {} : { text }),
  };
}
