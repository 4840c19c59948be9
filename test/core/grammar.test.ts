import { describe, expect, it, test } from 'vitest';
import { MAX_REASON, type MisunderstandingCode } from '../../src/core/command.ts';
import { parseCommand } from '../../src/core/grammar.ts';
import { read } from './read-command.ts';

const because = (reason: string) => [101, { reason }];

describe('people', () => {
  test.each<[string, unknown]>([
    ['101', [101]],
    ['101 102', [101, 102]],
    ['101,102', [101, 102]],
    ['101, 102;103 ,104', [101, 102, 103, 104]],
    ['  101 \t\n 102  ', [101, 102]],
    [',,101,,', [101]],
    ['101 101 0101 102 101', [101, 102]],
    ['007', [7]],
    ['1', [1]],
    ['2147483647', [2147483647]],
    ['me', ['me']],
    ['ME, Me me', ['me']],
    ['<@U0BOB>', ['U0BOB']],
    ['<@U0BOB|bob>', ['U0BOB']],
    ['<@W0BOB|bob> <@U0BOB> <@U0BOB|other name>', ['W0BOB', 'U0BOB']],
    ['<@U0BOB|Bob Berg>', ['U0BOB']],
    ['<@U0BOB|a "quoted" because reason: name> 101', ['U0BOB', 101]],
    ['101 <@U0BOB|bob>, me', [101, 'U0BOB', 'me']],
    ['jane.doe', ['name jane.doe']],
    ['jane.doe, 101, JANE.DOE, 101', ['name jane.doe', 101, 'name JANE.DOE']],
    ['Jane Doe, Jane Roe', ['name Jane', 'name Doe', 'name Jane', 'name Roe']],
    ['jane.doe 101 ola', ['name jane.doe', 101, 'name ola']],
    ['jane@example.com', ['name jane@example.com']],
    ['<mailto:jane@example.com|jane@example.com>', ['name jane@example.com']],
    ['101, <mailto:jane@example.com>;me', [101, 'name jane@example.com', 'me']],
    ["O'Brien", ["name O'Brien"]],
    ['R&amp;D', ['name R&D']],
    ['Bjørn, Åse; Ζωή', ['name Bjørn', 'name Åse', 'name Ζωή']],
    ['1e3', ['name 1e3']],
    ['0x65', ['name 0x65']],
    ['101.', ['name 101.']],
    ['١٠١', ['name ١٠١']],
    ['"everyone"', ['name everyone']],
    ['group:everyone', ['group everyone']],
  ])('%j names %j', (typed, expected) => expect(read(typed)).toEqual(expected));

  test.each<[string, MisunderstandingCode]>([
    ['0', 'bad_id'],
    ['00', 'bad_id'],
    ['2147483648', 'bad_id'],
    ['99999999999999999999999999', 'bad_id'],
    ['00000000000000000000000101', 'bad_id'],
    ['1.5', 'bad_id'],
    ['+5', 'bad_id'],
    ['-5', 'bad_id'],
    ['101 1.0', 'bad_id'],
    ['#101', 'bad_word'],
    ['reason', 'bad_word'],
    ['101 reason', 'bad_word'],
    ['group:', 'bad_word'],
    ['group: reason: crash', 'bad_word'],
    ['group:because crash', 'bad_word'],
    ['group:""', 'bad_word'],
    ['""', 'bad_word'],
    ['"" 101', 'bad_word'],
    ['jane"doe', 'bad_word'],
    [`${'x'.repeat(101)}`, 'name_too_long'],
    [`101 "${'x'.repeat(101)}" 102`, 'name_too_long'],
    [`group:${'x'.repeat(101)}`, 'name_too_long'],
    ['@jane', 'plain_at_name'],
    ['101 @jane.doe', 'plain_at_name'],
    ['@', 'plain_at_name'],
    ['<@U0BOB', 'bad_word'],
    ['<@u0bob>', 'bad_word'],
    ['<@B0ROBOT>', 'bad_word'],
    ['<@U0BOB><@U0OLA>', 'bad_word'],
    ['x<@U0BOB>', 'bad_word'],
    ['&lt;@U0BOB&gt;', 'bad_word'],
    [`<@U${'A'.repeat(31)}>`, 'bad_word'],
    ['<!channel>', 'bad_word'],
    ['<!subteam^S0SALES|@sales>', 'bad_word'],
    ['<#C0GENERAL|general>', 'bad_word'],
    [',;,', 'nobody_named'],
    ['reason: crash', 'nobody_named'],
    ['because', 'nobody_named'],
    ['because crash', 'nobody_named'],
  ])('%j is refused as %s', (typed, expected) => expect(read(typed)).toBe(expected));

  it('says which word was not understood and what was understood before it', () => {
    const parsed = parseCommand('101 me "Jane Doe" <@U0BOB|bob> &lt;5&amp; 102');
    expect(parsed).toEqual({
      ok: false,
      problem: { code: 'bad_word', word: '<5&', understood: ['101', 'me', '"Jane Doe"', '<@U0BOB>'] },
    });
  });

  it('repeats at most 80 characters of a wrong word, and no half of a character', () => {
    const parsed = parseCommand(`101 #${'😀'.repeat(20)}${'😀'.repeat(40)}`);
    const word = parsed.ok ? '' : parsed.problem.word;
    expect(word.length).toBe(80);
    expect(word.isWellFormed()).toBe(true);
  });
});

describe('what cannot be seen', () => {
  test.each<[string, unknown]>([
    ['1\u200B01', [101]],
    ['101\u200B 102', [101, 102]],
    ['\uFEFF101', [101]],
    ['\u2068101\u2069', [101]],
    ['\u202E101', [101]],
    ['1\u00AD01', [101]],
    ['101\u0000102', [101, 102]],
    ['101\u0007 102', [101, 102]],
    ['1\u200D01', ['name 1\u200D01']],
    ['help\u200B', 'help'],
    ['\u200F', 'compose'],
    ['101 \u200Breason: crash', because('crash')],
    ['101 reason: \u202Edekcol', because('dekcol')],
    ['101 reason: family 👩\u200D👧', because('family 👩\u200D👧')],
  ])('%j never splits a number in two', (typed, expected) => expect(read(typed)).toEqual(expected));

  it('leaves no half characters in a reason', () => {
    expect(read('101 reason: a\uD800b')).toEqual(because('a\uFFFDb'));
  });
});

describe('the reason', () => {
  test.each<[string, unknown]>([
    ['101 reason: locked out', because('locked out')],
    ['101 reason:locked out', because('locked out')],
    ['101 Reason : locked out', because('locked out')],
    ['101 REASON: locked   out\n now', because('locked out now')],
    ['101,reason: x', because('x')],
    ['101 because locked out', because('locked out')],
    ['101 Because locked out', because('locked out')],
    ['101 because: locked out', because('locked out')],
    ['101 "locked out"', [101, { quoted: 'locked out' }]],
    ['101 "locked out', [101, { quoted: 'locked out' }]],
    ['101 “locked out”', [101, { quoted: 'locked out' }]],
    ['101 „locked out“', [101, { quoted: 'locked out' }]],
    ['101 «locked out»', [101, { quoted: 'locked out' }]],
    ['101 reason: "locked out"', because('locked out')],
    ['101 because “locked out”', because('locked out')],
    ['101 reason: "a" and "b"', because('"a" and "b"')],
    ['101 reason: locked out because of a crash', because('locked out because of a crash')],
    ['101 because the reason: crash', because('the reason: crash')],
    ['101 "because of a crash"', [101, { quoted: 'because of a crash' }]],
    ['101 reason: "say ""when"""', because('say "when"')],
    ['101 reason: mail <mailto:jane@example.com|jane@example.com>', because('mail jane@example.com')],
    ['101 reason: 102 103 <@U0BOB>', because('102 103 <@U0BOB>')],
    ['101 reason: R&amp;D &lt;urgent&gt; &amp;lt;', because('R&D <urgent> &lt;')],
    ['101 treason: x', [101, 'name treason:', 'name x']],
    ['101 becausex', [101, 'name becausex']],
    ['101 reason crash', 'bad_word'],
    ['101"x"', 'bad_word'],
    ['101 reason:', 'empty_reason'],
    ['101 reason:   ', 'empty_reason'],
    ['101 because', 'empty_reason'],
    ['101 because:', 'empty_reason'],
    ['101 ""', 'empty_reason'],
    ['101 "', 'empty_reason'],
    ['101 reason: ""', 'empty_reason'],
  ])('%j gives %j', (typed, expected) => expect(read(typed)).toEqual(expected));

  it('may have 500 characters and no more', () => {
    expect(MAX_REASON).toBe(500);
    expect(read(`101 reason: ${'x'.repeat(500)}`)).toEqual(because('x'.repeat(500)));
    expect(read(`101 reason: ${'x'.repeat(501)}`)).toBe('reason_too_long');
    expect(read(`101 reason: ${'x  '.repeat(200)}`)).toEqual(because('x '.repeat(200).trim()));
    expect(read(`101 reason: ${'&amp;'.repeat(500)}`)).toEqual(because('&'.repeat(500)));
    expect(read(`101 "${'x'.repeat(500)}"`)).toEqual([101, { quoted: 'x'.repeat(500) }]);
    expect(read(`101 "${'x'.repeat(501)}"`)).toBe('reason_too_long');
  });

  it('is looked at after the people: a wrong word is named first', () => {
    expect(read(`101 #jane reason: ${'x'.repeat(501)}`)).toBe('bad_word');
  });
});

describe('8,000 characters', () => {
  const fill = (piece: string) => piece.repeat(Math.ceil(8_000 / piece.length)).slice(0, 8_000);
  const many = Array.from({ length: 1_600 }, (_, index) => 1_000 + index).join(' ');
  test.each<[string, string]>([
    ['spaces', `reason${fill(' ')}x`],
    ['quotes', fill('" ')],
    ['closing quotes', `"${fill('”')}`],
    ['reasons', fill('reason ')],
    ['becauses', fill(' because')],
    ['open mentions', fill('<@U')],
    ['a mention without end', `<@U${fill('A')}`],
    ['labels without end', fill('<@U1|')],
    ['digits', fill('9')],
    ['commas', fill(',')],
    ['zero-width spaces', fill('\u200B')],
    ['entities', `1 reason: ${fill('&amp;')}`],
    ['groups', fill('group:')],
    ['groups without a name', fill('group: ')],
    ['open quotes', fill('“„«')],
    ['doubled quotes', `"${fill('””')}`],
    ['a reason of doubled quotes', `1 reason: "${fill('""')}x`],
    ['addresses', fill('<mailto:')],
    ['a name', fill('jane')],
    ['line separators', fill('\u2028"')],
    ['different ids', many],
    ['one id again and again', fill('1 ')],
  ])('of %s are read to the end', (_name, typed) => {
    expect(() => parseCommand(typed)).not.toThrow();
  });

  it('keeps every id in the order typed', () => {
    expect(read(many)).toEqual(Array.from({ length: 1_600 }, (_, index) => 1_000 + index));
  });
});
