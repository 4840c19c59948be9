import { expect } from 'vitest';
import { makeWorld, type Surroundings } from './made-up-world.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;

/** A world with a request for these people, one click away from its dispatch. */
export async function asked(who = '101', options: Parameters<typeof makeWorld>[0] = {}): Promise<World> {
  const world = await makeWorld(options);
  await world.say('U0BOB', `/logoff ${who}`);
  return world;
}

/** The record ended so, and both the line and the card say these words. */
export async function expectEnd(world: Surroundings, status: string, words: string): Promise<void> {
  expect((await world.request()).status).toBe(status);
  expect(await world.shown('line')).toContain(words);
  expect(await world.shown('card')).toContain(words);
}
