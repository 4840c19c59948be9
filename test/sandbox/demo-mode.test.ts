import { expect, it } from 'vitest';
import { demoMode } from '../../src/sandbox/demo-mode.ts';

it.each<[string, Parameters<typeof demoMode>[0], 'page' | 'story']>([
  ['on a terminal', { argv: [], env: {}, isTerminal: true }, 'page'],
  ['without a terminal', { argv: [], env: {}, isTerminal: false }, 'story'],
  ['with CI set', { argv: [], env: { CI: 'true' }, isTerminal: true }, 'story'],
  ['with CI empty', { argv: [], env: { CI: '' }, isTerminal: true }, 'page'],
  ['with --story', { argv: ['--story'], env: {}, isTerminal: true }, 'story'],
  ['with --story and --page', { argv: ['--page', '--story'], env: {}, isTerminal: true }, 'story'],
  ['with --page where there is no terminal', { argv: ['--page'], env: { CI: '1' }, isTerminal: false }, 'page'],
])('%s: the right one of page and story', (_, terminal, mode) => expect(demoMode(terminal)).toBe(mode));
