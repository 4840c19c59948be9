import { describe, expect, it, test } from 'vitest';
import { describeDuration, describeInstant, durationSchema } from '../../src/core/time.ts';
import { NOON } from './made-up.ts';

describe('durations in the settings', () => {
  test.each([
    ['0s', 0],
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['180d', 15_552_000_000],
    ['366d', 31_622_400_000],
    ['007s', 7_000],
  ])('%s are %d milliseconds', (typed, milliseconds) => expect(durationSchema.parse(typed)).toBe(milliseconds));

  test.each([
    '',
    '30',
    's',
    '-1s',
    '+1s',
    '1.5h',
    '1 h',
    ' 1h',
    '1h ',
    '1H',
    '1w',
    '1ms',
    '1h30m',
    '999999999s',
    '1h\n',
    '١s',
  ])('%j is refused', (typed) => expect(durationSchema.safeParse(typed).success).toBe(false));

  test.each(['367d', '8785h', '99999999s'])('%s is longer than a year, and says so', (typed) => {
    expect(durationSchema.safeParse(typed).error?.issues[0]?.message).toBe('must be at most 366d');
  });
});

describe('lengths of time in words', () => {
  test.each([
    [0, '0 s'],
    [1_000, '1 s'],
    [90_000, '90 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [5_400_000, '90 min'],
    [86_400_000, '1 d'],
    [90_000_000, '25 h'],
  ])('%d milliseconds are %s', (duration, words) => expect(describeDuration(duration)).toBe(words));
});

describe('moments in plain text', () => {
  it('are told in the zone of the settings, with the zone', () => {
    expect(describeInstant(NOON, 'Europe/Oslo')).toBe('13:00 CET');
    expect(describeInstant(NOON, 'UTC')).toBe('12:00 UTC');
    expect(describeInstant(NOON, 'Europe/Oslo', true)).toBe('22 Nov 2026, 13:00 CET');
  });

  it('say 00, not 24, at midnight, and follow summer time', () => {
    expect(describeInstant(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00 UTC');
    expect(describeInstant(Date.UTC(2026, 6, 1, 12), 'Europe/Oslo')).toBe('14:00 CEST');
  });
});
