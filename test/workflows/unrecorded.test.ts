import { expect, test } from 'vitest';
import type { DrawingStore } from '../../src/workflows/ports.ts';
import { APPROVALS, makeSurroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

test('a card that was posted while the records took nothing is recorded later, not posted again', async () => {
  const surroundings = await makeSurroundings();
  const { clock, slack, store } = surroundings;
  let full = true;
  const drawings: DrawingStore = {
    ...store.drawings,
    save: (drawing, holder, release) =>
      full ? Promise.reject(edgeError('disk_full')) : store.drawings.save(drawing, holder, release),
  };
  const bot = await surroundings.start({ wrap: (world) => ({ ...world, drawings }) });
  await bot.say('U0BOB', '/logoff 101');
  await clock.advance(30 * 1_000);
  const cards = () => slack.messages.filter(({ channel }) => channel === APPROVALS);
  expect(cards()).toHaveLength(1);
  full = false;
  await clock.advance(10_000);
  await bot.click('U0ALICE', 'approve');
  await clock.advance(70_000);
  expect(cards()).toHaveLength(1);
  expect(await surroundings.shown('card')).toContain('1 person logged off');
});
