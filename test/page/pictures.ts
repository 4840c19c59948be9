import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type Draw, PICTURES, playScenes, wordsOf } from './picture-scenes.ts';
import { noteIn, smallerPng } from './smaller-png.ts';
import { startVisit } from './visit.ts';

/** Draws the pictures of the README anew: `npm run pictures`. */
const MOST_BYTES = 100_000;

/**
 * Draws one in light and one in dark colours. Each has in it the hash of itself, without what differs by itself, and the
 * hash of its words: one that would be the same is left alone, and a test knows one whose words are others now.
 */
const draw: Draw = async (scene) => {
  const { name, what, differs } = scene;
  const page = what.page();
  await page.mouse.move(0, 0);
  const clock = await page.locator('#clock').textContent();
  if (clock?.includes(' 14:00:') !== true)
    throw new Error('it took more than a minute, so the times are others: try again');
  const words = await wordsOf(scene);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = `${PICTURES}${name}-${colorScheme}.png`;
    const steady = await what.screenshot({ mask: [...differs] });
    const note = `${createHash('sha256').update(steady).digest('hex')} ${words}`;
    const isCurrent = existsSync(path) && noteIn(await readFile(path)) === note;
    const small = isCurrent ? await readFile(path) : smallerPng(await what.screenshot(), note);
    if (!isCurrent) await writeFile(path, small);
    const did = isCurrent ? 'as before' : 'new';
    process.stdout.write(`${path.slice(path.indexOf('docs/'))} ${Math.round(small.length / 1024)} kB, ${did}\n`);
    if (small.length > MOST_BYTES) throw new Error(`${name} is too large`);
  }
};

await mkdir(PICTURES, { recursive: true });
const visit = await startVisit();
try {
  await playScenes(visit, draw);
} finally {
  await visit.close();
}
