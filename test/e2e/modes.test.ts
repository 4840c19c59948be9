import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MODES } from './raise-town.ts';

/** What there is in one mode only. */
const ONE_MODE: Readonly<Record<string, string>> = {
  'signed-requests.test.ts': 'only HTTP has signatures and timestamps',
  'ten-thousand.test.ts':
    'one of its two looks in each: reading 10,000 people takes long, and the way to Slack has no part in it',
  'modes.test.ts': 'this one',
};

const folder = new URL('./', import.meta.url);
const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));

it.each(tests.filter((name) => !Object.hasOwn(ONE_MODE, name)))('%s is told over Socket Mode and over HTTP', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const opened = text.match(/\b(?:openTown|raiseTown)\(\s*([^\s,)]+)/g) ?? [];
  expect(opened.length).toBeGreaterThan(0);
  expect(opened.filter((call) => !/\(\s*mode$/.test(call))).toEqual([]);
  expect(text).toMatch(/\.each\(MODES\)/);
});

it('there are two modes', () => {
  expect(MODES).toEqual(['socket', 'http']);
  expect(Object.keys(ONE_MODE).every((name) => tests.includes(name))).toBe(true);
});
