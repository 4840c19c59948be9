import { describe, expect, test } from 'vitest';
import { bold, type Card, type Part, person, text, time, until } from '../../src/core/cards/card.ts';
import { requestId, slackUserId } from '../../src/core/ids.ts';
import { cut, cutWords, manyLines, oneLine } from '../../src/slack/plain.ts';
import { renderCard, renderModal } from '../../src/slack/render.ts';

const ZONE = 'Europe/Oslo';
const AT = Date.UTC(2026, 10, 22, 13, 30);
const bob = person({ slack: slackUserId('U0BOB'), name: 'Bob' });
const draw = (...parts: Part[]) => renderCard({ summary: [text('s')], parts }, ZONE).blocks;
const id = requestId(17);

describe('parts as blocks', () => {
  test('a heading is plain text, cut at 150', () => {
    expect(draw({ kind: 'heading', text: 'Log off *3* <people>' })).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Log off *3* <people>', emoji: false } },
    ]);
    expect(draw({ kind: 'heading', text: 'ab '.repeat(80) })[0]).toMatchObject({
      text: { text: expect.stringMatching(/^.{100,149}…$/) },
    });
  });

  test('a paragraph escapes what was typed, mentions people and moves times to the reader', () => {
    const [block] = draw({
      kind: 'paragraph',
      text: [bold('Asked'), text(' by '), bob, text(': <!channel> & @here '), time(AT)],
    });
    const date = `<!date^${AT / 1_000}^{time}|14:30 CET>`;
    expect(block).toEqual({
      type: 'section',
      text: { type: 'mrkdwn', verbatim: true, text: `*Asked* by <@U0BOB>: &lt;!channel&gt; &amp; @\u2060here ${date}` },
    });
  });

  test('a dated time says its day', () => {
    const [block] = draw({ kind: 'note', text: [{ kind: 'time', at: AT, dated: true }] });
    expect(block).toMatchObject({
      type: 'context',
      elements: [{ text: `<!date^${AT / 1_000}^{date_short_pretty} {time}|22 Nov 2026, 14:30 CET>` }],
    });
  });

  test('how long it is until then is counted down by Slack, and said as a time where it is not', () => {
    const [block] = draw({ kind: 'note', text: [until(AT)] });
    expect(block).toMatchObject({ elements: [{ text: `<!date^${AT / 1_000}^({ago})|(14:30 CET)>` }] });
  });

  test('a bold run keeps its stars inside its spaces, and does without where it holds stars itself', () => {
    const [block] = draw({ kind: 'paragraph', text: [bold(' a '), text('b'), bold('c*d')] });
    expect(block).toMatchObject({ text: { text: '*a* bc*d' } });
  });

  test('facts are a row each', () => {
    const [block] = draw({
      kind: 'facts',
      rows: [
        { label: 'Who', value: [bob] },
        { label: 'Why', value: [text('crash\nnow')] },
      ],
    });
    expect(block).toMatchObject({ text: { text: '*Who:* <@U0BOB>\n*Why:* crash now' } });
  });

  test('names in a list and words in a quotation are elements that know no markup', () => {
    const blocks = draw(
      { kind: 'list', items: [[text('*Evil* <@U0X> \u202e'), bold('b')], []] },
      { kind: 'quote', text: 'a\r\nb <!here>' },
    );
    expect(blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: '*Evil* <@U0X> ' },
                  { type: 'text', text: 'b', style: { bold: true } },
                ],
              },
              { type: 'rich_text_section', elements: [{ type: 'text', text: '–' }] },
            ],
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: 'a\nb <!here>' }] }],
      },
    ]);
  });

  test('a button carries the request id and nothing else, its dialog within limits', () => {
    const confirm = { title: 'Log off?', text: 'word '.repeat(100), yes: 'Approve', no: 'Back' };
    const [block] = draw({
      kind: 'buttons',
      buttons: [{ action: 'approve', label: 'Approve', request: id, style: 'primary', confirm }],
    });
    expect(block).toMatchObject({
      type: 'actions',
      elements: [
        {
          action_id: 'approve',
          value: '17',
          style: 'primary',
          confirm: { text: { text: expect.stringMatching(/^(word )+word…$/) } },
        },
      ],
    });
  });

  test('the same action twice makes two rows, since its id must be unique in one', () => {
    const cancel = (n: number) => ({ action: 'cancel' as const, label: `Cancel ${n}`, request: requestId(n) });
    const rows = draw({ kind: 'buttons', buttons: [cancel(1), cancel(2)] }, { kind: 'buttons', buttons: [cancel(3)] });
    expect(new Set(rows.map((row) => row.block_id)).size).toBe(3);
  });

  test('a long paragraph is split between words, nothing is lost', () => {
    const words = Array.from({ length: 1_200 }, (_, n) => `w${n}`).join(' ');
    const blocks = draw({ kind: 'paragraph', text: [text(words)] });
    const drawn = blocks.map((block) => (block.type === 'section' ? block.text?.text : '')).join(' ');
    expect(drawn).toBe(words);
    expect(blocks.length).toBeGreaterThan(1);
  });

  test('a list that is too long for a message is shortened, the parts after it stay whole', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => [text(`Person number ${n} (login${n}, ${n})`)]);
    const blocks = draw({ kind: 'list', items }, { kind: 'paragraph', text: [text('The end.')] });
    expect(blocks[0]).toMatchObject({
      elements: [{}, { elements: [{ text: expect.stringMatching(/^and \d{3} more$/) }] }],
    });
    expect(blocks.at(-1)).toMatchObject({ text: { text: 'The end.' } });
  });

  test('what says nothing is not drawn; a card without parts shows its summary', () => {
    expect(
      draw({ kind: 'paragraph', text: [text(' ')] }, { kind: 'list', items: [] }, { kind: 'quote', text: '' }),
    ).toEqual([]);
    expect(draw()).toMatchObject([{ type: 'section', text: { text: 's' } }]);
  });
});

describe('the plain text of a card', () => {
  const card: Card = {
    summary: [bob, text(' asks for <3>')],
    parts: [
      { kind: 'heading', text: 'Request 17' },
      { kind: 'facts', rows: [{ label: 'Until', value: [time(AT)] }] },
      { kind: 'list', items: [[text('Anna'), bold('!')], [text('Ola')]] },
      { kind: 'quote', text: 'because\nI @channel' },
      {
        kind: 'buttons',
        buttons: [
          { action: 'approve', label: 'Approve', request: id },
          { action: 'deny', label: 'Deny', request: id },
        ],
      },
    ],
  };

  test('says everything: summary first, mentions kept, times in words', () => {
    expect(renderCard(card, ZONE).text).toBe(
      [
        '<@U0BOB> asks for &lt;3&gt;',
        'Request 17',
        'Until: 14:30 CET',
        '• Anna!',
        '• Ola',
        '&gt; because',
        '&gt; I @\u2060channel',
        'Buttons: Approve, Deny',
      ].join('\n'),
    );
  });

  test('shortens lists before it loses what follows', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => [text(`Person number ${n}`)]);
    const { text: plain } = renderCard(
      {
        summary: [text('s')],
        parts: [
          { kind: 'list', items },
          { kind: 'note', text: [text('The end.')] },
        ],
      },
      ZONE,
    );
    expect(plain).toMatch(/and 900 more\nThe end\.$/);
  });

  test('is never cut inside an entity or a character', () => {
    const { text: plain } = renderCard({ summary: [text(`${'&'.repeat(900)}${'😀'.repeat(900)}`)], parts: [] }, ZONE);
    expect(plain).toMatch(/^(&amp;)+(😀)*…$/u);
    expect(plain.length).toBeGreaterThan(3_990);
  });
});

describe('a modal', () => {
  const modal = { kind: 'people' as const, title: 'Request 17', request: id, parts: [], close: 'Close' };

  test('keeps the request, its kind and the page, nothing else', () => {
    const view = renderModal({ ...modal, pages: { page: 1, of: 3 } }, ZONE);
    expect(view.callback_id).toBe('people');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({ request: 17, kind: 'people', page: 1 });
  });

  test.each([
    [0, ['page_next']],
    [1, ['page_prev', 'page_next']],
    [2, ['page_prev']],
  ])('page %i of 3 has the buttons %j', (page, expected) => {
    const { blocks } = renderModal({ ...modal, pages: { page, of: 3 } }, ZONE);
    expect(blocks.at(-1)).toMatchObject({ elements: expected.map((action_id) => ({ action_id, value: '17' })) });
  });

  test('asks for a note of the given length', () => {
    const input = { label: 'Reason', hint: 'The requester will read it.', max: 500, optional: true };
    expect(renderModal({ ...modal, kind: 'deny', submit: 'Deny', input }, ZONE).blocks).toMatchObject([
      {
        type: 'input',
        block_id: 'note',
        optional: true,
        element: { action_id: 'note', multiline: true, max_length: 500 },
      },
    ]);
  });
});

describe('typed text', () => {
  test.each([
    ['line ends become spaces', oneLine('a\r\nb\nc\u2028d\te'), 'a b c d e'],
    ['controls and direction marks go', oneLine('a\u0000\u202eb\u2066c\ufeff\u200f'), 'abc'],
    ['joined emoji stay', oneLine('👩‍👩‍👧'), '👩‍👩‍👧'],
    ['halves of characters become a mark', oneLine('a\ud800b'), 'a\ufffdb'],
    ['a quotation keeps its lines', manyLines('a\r\nb\u0007'), 'a\nb'],
    ['nothing is cut that fits', cut('abc', 3), 'abc'],
    ['a cut shows', cut('abcd', 3), 'ab…'],
    ['a cut leaves characters whole', cut('a😀b', 3), 'a…'],
    ['a cut between words', cutWords('one two three', 10), 'one two…'],
    ['a cut in one long word', cutWords('a verylongword', 8), 'a veryl…'],
  ])('%s', (_, made, expected) => expect(made).toBe(expected));
});
