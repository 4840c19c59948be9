import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { blockKitProblems, viewProblems } from '../../src/sandbox/slack/block-kit/problems.ts';
import { renderAnswerView, renderCard, renderModal } from '../../src/slack/render.ts';
import { anyCard, anyPart, anyString, anyText } from './cards.ts';

const ZONE = 'Europe/Oslo';
/** What may follow a "<" in text that we send: our own mentions and dates. */
const OURS = /<@[UW]0[A-Z]+>|<!date\^\d+\^[^|^<>]*\|[^<>]*>/g;

const whole = (text: string) => text.isWellFormed() && !/[\p{Cc}\p{Bidi_Control}]/u.test(text.replaceAll('\n', ''));
const markupOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(markupOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string')
    return [value.text];
  return Object.values(value).flatMap(markupOf);
};
const neverPings = (markup: string) => {
  const rest = markup.replace(OURS, '');
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!amp;|lt;|gt;)/);
  expect(rest).not.toMatch(/@(?:here|channel|everyone|group)\b/i);
  expect(whole(markup)).toBe(true);
};

describe('whatever a card holds', () => {
  test('Slack takes its blocks and its text, and nothing typed in it calls anybody', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { text, blocks } = renderCard(card, ZONE);
        expect(blockKitProblems(blocks, 'message')).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4_000);
        neverPings(text);
        for (const markup of markupOf(blocks)) neverPings(markup);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  test('Slack takes it as an answer in a window', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(viewProblems(renderAnswerView(card, ZONE))).toEqual([]);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  test('Slack takes it as a modal with an input and pages', () => {
    const modal = fc.record({
      kind: fc.constantFrom('deny' as const, 'approve' as const, 'people' as const, 'message' as const),
      title: anyString,
      request: fc.integer({ min: 1, max: 9_999_999 }).map(requestId),
      parts: fc.array(anyPart, { maxLength: 40 }),
      submit: anyString,
      close: anyString,
      input: fc.record({
        label: anyString,
        hint: anyString,
        max: fc.integer({ min: -5, max: 10_000 }),
        optional: fc.boolean(),
      }),
      pages: fc.record({ page: fc.integer({ min: 0, max: 50 }), of: fc.integer({ min: 1, max: 51 }) }),
    });
    const optional = fc.record({ submit: fc.boolean(), input: fc.boolean(), pages: fc.boolean() });
    fc.assert(
      fc.property(modal, optional, ({ submit, input, pages, ...rest }, has) => {
        const view = renderModal(
          {
            ...rest,
            ...(has.submit ? { submit } : {}),
            ...(has.input ? { input } : {}),
            ...(has.pages ? { pages } : {}),
          },
          ZONE,
        );
        expect(viewProblems(view)).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('1 to 1,000 people with any names fit; who is left out is counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), anyText, (count, name) => {
        const items = Array.from({ length: count }, () => name);
        const card = { summary: name, parts: [{ kind: 'list' as const, items }] };
        const { text, blocks } = renderCard(card, ZONE);
        expect(blockKitProblems(blocks, 'message')).toEqual([]);
        const drawn = JSON.stringify(blocks);
        const lines = drawn.split('"rich_text_section"').length - 1;
        const more = Number(/and (\d+) more/.exec(drawn)?.[1] ?? 0);
        expect(lines - (more > 0 ? 1 : 0) + more).toBe(count);
        expect(text.length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
