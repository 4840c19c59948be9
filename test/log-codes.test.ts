import { expect, it } from 'vitest';
import { LOG_CODES } from '../src/log/log-codes.ts';
import { logCodes } from './docs/codes.ts';

it.each(['error', 'warn'] as const)('the list of codes at level %s is what the program logs', (level) => {
  const logged = [...logCodes().codes].filter(([, levels]) => levels.has(level));
  expect([...LOG_CODES[level]]).toEqual(logged.map(([code]) => code).sort());
});
