import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { PICTURES, playScenes, wordsOf } from './picture-scenes.ts';
import { noteIn } from './smaller-png.ts';
import { visiting } from './visiting.ts';

const world = visiting({ areStaying: true });

it('the pictures of the README say what the bot says now; otherwise `npm run pictures` draws them anew', async () => {
  const drawn: string[] = [];
  await playScenes(world.visit, async (scene) => {
    const words = await wordsOf(scene);
    for (const colours of ['light', 'dark']) {
      const file = `${scene.name}-${colours}.png`;
      drawn.push(file);
      expect.soft(noteIn(await readFile(PICTURES + file))?.split(' ')[1], file).toBe(words);
    }
  });
  expect((await readdir(PICTURES)).sort()).toEqual(drawn.sort());
});
