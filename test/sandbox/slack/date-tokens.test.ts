import { expect, test } from 'vitest';
import { renderDate } from '../../../src/sandbox/slack/date-tokens.ts';

const AT = Date.UTC(2026, 10, 23, 14);

test.each<[number, string]>([
  [0, 'in 0 seconds'],
  [1, 'in 1 second'],
  [119, 'in 1 minute'],
  [720, 'in 12 minutes'],
  [7_200, 'in 2 hours'],
  [-59, '59 seconds ago'],
  [-86_400, '1 day ago'],
])('%i seconds from now read "%s"', (ahead, words) => {
  expect(renderDate(AT / 1_000 + ahead, '{ago}', 'UTC', AT)).toBe(words);
});

test('other tokens do not depend on when they are read', () => {
  expect(renderDate(AT / 1_000, '{date_num} {time}', 'Europe/Oslo', 0)).toBe('2026-11-23 15:00');
});
