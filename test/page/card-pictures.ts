import { mkdir } from 'node:fs/promises';
import type { Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { expect } from 'vitest';

/** Where the pictures of a run are, for looking at them. */
export const FOLDER = 'reports/cards';

/** Takes a picture in light and one in dark colours. */
export async function inBothColours(
  page: Page,
  name: string,
  take: (options: PageScreenshotOptions) => Promise<unknown>,
) {
  await mkdir(FOLDER, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await take({ path: `${FOLDER}/${name.replaceAll(/[^\w-]+/g, '-')}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Fails where something in there cannot be drawn. */
export async function expectDrawn(what: Locator): Promise<void> {
  await what.waitFor();
  expect(await what.locator('.cannot-draw').allTextContents()).toEqual([]);
}

/** Pictures of one thing; fails where something in it cannot be drawn. */
export async function picture(page: Page, what: Locator, name: string): Promise<void> {
  await expectDrawn(what);
  await inBothColours(page, name, (options) => what.screenshot(options));
}
