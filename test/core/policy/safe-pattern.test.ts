import { describe, expect, it, test } from 'vitest';
import { fits, patternProblem } from '../../../src/core/policy/safe-pattern.ts';

describe('patterns for reasons', () => {
  test.each([
    '^[A-Z]+-[0-9]+',
    '^(?:CRM|HD)-\\d{1,6}$',
    '^(a|b)c',
    '[A-Z]+-[0-9]+',
    'CRM-[0-9]+',
    '[)(|*+]+',
    '[^\\]]+$',
    '\\p{L}+ \\u{1F600}',
    '(?<ticket>\\d+)$',
    '(?:ab){2,3}',
    '\\(\\d+\\)',
    'å🙂+',
  ])('%s is taken', (pattern) => expect(patternProblem(pattern)).toBeUndefined());

  test.each([
    ['', /empty/],
    ['a'.repeat(201), /at most 200 characters/],
    ['(', /no regular expression/],
    ['a{2,1}', /no regular expression/],
    ['\\-', /no regular expression/],
    ['(a+)+', /very long/],
    ['(a*)*b', /very long/],
    ['(?:a|a)*b', /very long/],
    ['(?:a|ab){1,40}c', /very long/],
    ['(a?){40}', /very long/],
    [`${'a?'.repeat(40)}${'a'.repeat(40)}`, /very long/],
    ['.*.*.*x', /very long/],
    ['^a+b+|c+d+e+', /very long/],
    ['(?:(?:a{0}){9999}){9999}', /very long/],
    ['a{100000}', /very long/],
    ['^a+a+a+a{100}b', /very long/],
    ['^a{1,500}a{1,500}(?:a{1,9}a{1,9}){1}.{400}b', /very long/],
    ['^(?:a?){26}b', /very long/],
    ['^(?:a{1,10}a{1,10}){4}b', /very long/],
    ['^(?:(?:a?){5}){5}b', /very long/],
    ['^(?:$|\\b){30}b', /very long/],
    ['(a)\\1', /references back/],
    ['(?<x>a)\\k<x>', /references back/],
    ['(?=a)b', /looking/],
    ['(?!a)b', /looking/],
    ['(?<=a)b', /looking/],
    ['(?<!a)b', /looking/],
    ['(?i:a)b', /flags/],
  ])('%s is refused', (pattern, why) => expect(patternProblem(pattern)).toMatch(why));

  test.each([
    ['^.{0,500}.{0,200}x', 'a'],
    ['[A-Z]+[A-Z]+x', 'A'],
    ['^[a-z]*[a-z ]*$', 'a'],
    ['(?:a|b)c+d', 'c'],
    ['^a+a+a+b', 'a'],
    ['^(a?){23}b', 'a'],
    ['^(?:[a-z]?){23}\\p{Lu}', 'a'],
    // A pattern that blocks would hang the run here.
  ])('the worst text for %s comes to an end', (pattern, letter) => {
    expect(patternProblem(pattern)).toBeUndefined();
    expect(fits(pattern, `${letter.repeat(499)}!`)).toBe(false);
  });

  it('only the first 500 characters are looked at', () => {
    expect(fits('x$', `${'a'.repeat(499)}x${'b'.repeat(10_000)}`)).toBe(true);
    expect(fits('b', `${'a'.repeat(500)}b`)).toBe(false);
  });
});
