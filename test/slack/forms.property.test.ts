import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, Form } from '../../src/core/cards/modal.ts';
import { associateId, channelId } from '../../src/core/ids.ts';
import { viewProblems } from '../../src/sandbox/slack/block-kit/problems.ts';
import { option, renderForm } from '../../src/slack/form.ts';
import { anyPart, anyString, anyText } from './cards.ts';

const ZONE = 'Europe/Oslo';
const id = fc.integer({ min: 1, max: 2_147_483_647 }).map(associateId);
const choice = fc
  .record({ id, label: anyString, more: fc.option(anyString, { nil: undefined }) })
  .map(({ more, ...rest }) => ({ ...rest, ...(more === undefined ? {} : { more }) }));

const people = fc.record({
  kind: fc.constant('people' as const),
  label: anyString,
  hint: anyString,
  initial: fc.array(choice, { maxLength: 30 }),
});
const group = fc
  .record({ label: anyString, hint: anyString, initial: fc.option(choice, { nil: undefined }) })
  .map(({ initial, ...rest }): Field => ({ kind: 'group', ...rest, ...(initial === undefined ? {} : { initial }) }));
const reason = fc
  .record({ label: anyString, hint: anyString, max: fc.integer({ min: -5, max: 10_000 }), initial: anyString })
  .map((rest): Field => ({ kind: 'text', ...rest }));

const form: fc.Arbitrary<Form> = fc
  .record({
    kind: fc.constantFrom('compose' as const, 'who' as const),
    title: anyString,
    channel: fc.constant(channelId('C0OPS')),
    intro: fc.array(anyPart, { maxLength: 5 }),
    fields: fc.tuple(people, group, reason),
    withFields: fc.boolean(),
    rows: fc.array(fc.record({ text: anyString, more: anyText, pick: fc.record({ label: anyString, id }) }), {
      maxLength: 60,
    }),
    parts: fc.array(anyPart, { maxLength: 30 }),
    submit: fc.option(anyString, { nil: undefined }),
    close: anyString,
    pages: fc.option(
      fc.record({ page: fc.integer({ min: 0, max: 50 }), of: fc.integer({ min: 1, max: 51 }), group: fc.nat() }),
      { nil: undefined },
    ),
  })
  .map(({ withFields, fields, submit, pages, ...rest }) => ({
    ...rest,
    fields: withFields ? fields : [],
    ...(submit === undefined ? {} : { submit }),
    ...(pages === undefined ? {} : { pages }),
  }));

test('Slack takes every form, whatever people and groups are called', () => {
  fc.assert(
    fc.property(form, (any) => {
      const view = renderForm(any, ZONE);
      expect(viewProblems(view)).toEqual([]);
      expect(Object.keys(JSON.parse(view.private_metadata ?? '{}')).sort()).toEqual(
        (any.pages === undefined ? ['channel', 'kind'] : ['channel', 'group', 'kind', 'page']).sort(),
      );
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('Slack takes every option: at most 75 characters, whole, never empty, the id as its value', () => {
  fc.assert(
    fc.property(choice, (any) => {
      const drawn = option(any);
      for (const text of [drawn.text.text, drawn.description?.text ?? 'x']) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(75);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }
      expect(drawn.value).toBe(`${any.id}`);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});
