import { describe, expect, test } from 'vitest';
import { blockKitProblems, viewProblems } from '../../../src/sandbox/slack/block-kit/problems.ts';
import { button, modal, section } from './workspace.ts';

const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const many = (n: number, make: (i: number) => unknown) => Array.from({ length: n }, (_, i) => make(i));
const plain = (text: string) => ({ type: 'plain_text', text });
const confirm = (title: number, text: number, yes: number) => ({
  title: plain('t'.repeat(title)),
  text: plain('x'.repeat(text)),
  confirm: plain('y'.repeat(yes)),
  deny: plain('No'),
});
const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const options = (n: number, text = 'o') => many(n, (i) => ({ text: plain(text), value: `v${i}` }));

describe('what fits is taken, one more is refused', () => {
  const cases: [string, unknown[], unknown[]][] = [
    ['50 blocks', many(50, () => ({ type: 'divider' })), many(51, () => ({ type: 'divider' }))],
    ['3,000 characters of section', [section('x'.repeat(3000))], [section('x'.repeat(3001))]],
    [
      '150 characters of header',
      [{ type: 'header', text: plain('h'.repeat(150)) }],
      [{ type: 'header', text: plain('h'.repeat(151)) }],
    ],
    [
      '10 fields',
      [{ type: 'section', fields: many(10, () => plain('f')) }],
      [{ type: 'section', fields: many(11, () => plain('f')) }],
    ],
    [
      '2,000 characters of field',
      [{ type: 'section', fields: [plain('f'.repeat(2000))] }],
      [{ type: 'section', fields: [plain('f'.repeat(2001))] }],
    ],
    ['25 elements of actions', [actions(...many(25, () => button('b')))], [actions(...many(26, () => button('b')))]],
    [
      '10 elements of context',
      [{ type: 'context', elements: many(10, () => plain('c')) }],
      [{ type: 'context', elements: many(11, () => plain('c')) }],
    ],
    ['75 characters on a button', [actions(button('b'.repeat(75)))], [actions(button('b'.repeat(76)))]],
    [
      '2,000 characters of value',
      [actions(button('b', { value: 'v'.repeat(2000) }))],
      [actions(button('b', { value: 'v'.repeat(2001) }))],
    ],
    [
      '255 characters of action_id',
      [actions(button('b', { action_id: 'a'.repeat(255) }))],
      [actions(button('b', { action_id: 'a'.repeat(256) }))],
    ],
    [
      '255 characters of block_id',
      [{ type: 'divider', block_id: 'a'.repeat(255) }],
      [{ type: 'divider', block_id: 'a'.repeat(256) }],
    ],
    [
      '100 characters of dialog title',
      [actions(button('b', { confirm: confirm(100, 1, 1) }))],
      [actions(button('b', { confirm: confirm(101, 1, 1) }))],
    ],
    [
      '300 characters of dialog text',
      [actions(button('b', { confirm: confirm(1, 300, 1) }))],
      [actions(button('b', { confirm: confirm(1, 301, 1) }))],
    ],
    [
      '30 characters of dialog button',
      [actions(button('b', { confirm: confirm(1, 1, 30) }))],
      [actions(button('b', { confirm: confirm(1, 1, 31) }))],
    ],
    [
      '100 options',
      [actions({ type: 'static_select', options: options(100) })],
      [actions({ type: 'static_select', options: options(101) })],
    ],
    [
      '75 characters of option',
      [actions({ type: 'static_select', options: options(1, 'o'.repeat(75)) })],
      [actions({ type: 'static_select', options: options(1, 'o'.repeat(76)) })],
    ],
    [
      '5 options of overflow',
      [actions({ type: 'overflow', options: options(5) })],
      [actions({ type: 'overflow', options: options(6) })],
    ],
    ['the length of all blocks', many(4, () => section('x'.repeat(3000))), many(5, () => section('x'.repeat(2700)))],
  ];
  test.each(cases)('%s', (_name, fits, tooMuch) => {
    expect(blockKitProblems(fits, 'message')).toEqual([]);
    expect(blockKitProblems(tooMuch, 'message')).toHaveLength(1);
  });
});

describe('what has no place is refused, and the answer says where', () => {
  const cases: [string, unknown[], string][] = [
    ['an unknown block', [{ type: 'carousel_of_joy' }], 'unsupported type: carousel_of_joy [json-pointer:/blocks/0]'],
    ['an unknown element', [actions({ type: 'lever' })], 'unsupported type: lever [json-pointer:/blocks/0/elements/0]'],
    ['an input element in actions', [actions({ type: 'plain_text_input' })], 'unsupported type: plain_text_input'],
    ['mrkdwn on a button', [actions({ ...button('b'), text: { type: 'mrkdwn', text: 'b' } })], 'must be plain_text'],
    ['mrkdwn in a header', [{ type: 'header', text: { type: 'mrkdwn', text: 'h' } }], 'must be plain_text'],
    ['empty text', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ['a section of nothing', [{ type: 'section' }], 'missing required field'],
    ['an unknown property', [{ type: 'divider', color: 'red' }], 'invalid additional property: color'],
    ['a style that is none', [actions(button('b', { style: 'loud' }))], 'must be one of: primary, danger'],
    [
      'a block id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'block_id "a" already exists',
    ],
    [
      'an action id twice in a block',
      [actions(button('a', { action_id: 'x' }), button('b', { action_id: 'x' }))],
      'action_id "x" already exists',
    ],
    ['something that is no block', ['text'], 'must provide an object'],
    ['an unknown rich text element', [rich({ type: 'sparkle' })], 'unsupported type: sparkle'],
    [
      'rich text outside a section',
      [{ type: 'rich_text', elements: [{ type: 'text', text: 'a' }] }],
      'unsupported type: text',
    ],
    ['empty rich text', [rich({ type: 'text', text: '' })], 'must be more than 0 characters'],
    ['a date without a time', [rich({ type: 'date', format: '{time}' })], 'missing required field: timestamp'],
  ];
  test.each(cases)('%s', (_name, blocks, problem) => {
    const problems = blockKitProblems(blocks, 'message');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('an action id may stand again in another block', () => {
    const row = actions(button('a', { action_id: 'x' }));
    expect(blockKitProblems([row, row], 'message')).toEqual([]);
  });

  test('good rich text of every kind is taken', () => {
    const line = {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'a', style: { bold: true } },
        { type: 'user', user_id: 'U1' },
        { type: 'usergroup', usergroup_id: 'S1' },
        { type: 'channel', channel_id: 'C1' },
        { type: 'link', url: 'https://example.com', text: 'x' },
        { type: 'emoji', name: 'wave' },
        { type: 'date', timestamp: 1_700_000_000, format: '{time}', fallback: 'then' },
      ],
    };
    const block = {
      type: 'rich_text',
      elements: [
        line,
        { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [line] },
        { type: 'rich_text_quote', elements: line.elements },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
      ],
    };
    expect(blockKitProblems([block], 'message')).toEqual([]);
  });
});

describe('a modal', () => {
  test('holds 100 blocks, and not one more', () => {
    const blocks = (n: number) => modal({ blocks: many(n, () => ({ type: 'divider' })) });
    expect(viewProblems(blocks(100))).toEqual([]);
    expect(viewProblems(blocks(101))).toEqual(['no more than 100 items allowed [json-pointer:/view/blocks]']);
  });

  test.each([
    ['title', plain('t'.repeat(24)), plain('t'.repeat(25))],
    ['submit', plain('t'.repeat(24)), plain('t'.repeat(25))],
    ['close', plain('t'.repeat(24)), plain('t'.repeat(25))],
    ['private_metadata', 'm'.repeat(3000), 'm'.repeat(3001)],
    ['callback_id', 'c'.repeat(255), 'c'.repeat(256)],
  ])('has a limit for its %s', (key, fits, tooMuch) => {
    expect(viewProblems(modal({ [key]: fits }))).toEqual([]);
    expect(viewProblems(modal({ [key]: tooMuch }))).toHaveLength(1);
  });

  test('needs a submit button where it has inputs, and takes no table', () => {
    const { submit: _submit, ...without } = modal();
    expect(viewProblems(without)[0]).toContain('submit');
    expect(blockKitProblems([{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }], 'message')).toEqual([]);
    expect(blockKitProblems([{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }], 'modal')).toHaveLength(1);
  });

  test('over 250 kB is too large', () => {
    const blocks = many(100, () => section('x'.repeat(2999)));
    expect(viewProblems(modal({ blocks }))).toEqual(['view_too_large']);
  });
});
