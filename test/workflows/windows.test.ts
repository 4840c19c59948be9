import { expect, test } from 'vitest';
import type { OpenForm } from '../../src/core/inputs.ts';
import { opens } from './made-up-window.ts';
import { makeWorld } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const refusing: OpenForm = async () => {
  const refuse = () => Promise.reject(edgeError('rate_limited'));
  return { show: refuse, tell: refuse };
};

test('who looks at a window that Slack does not fill is told what to do instead', async () => {
  const world = await makeWorld();
  const { answers } = await opens(world, 'U0BOB', '/logoff', { open: refusing });
  expect(answers).toEqual([
    expect.stringMatching(/^Slack did not fill the window\. Close it and type the command again/),
  ]);
  expect(world.logged).toContain('window_not_filled');
});
