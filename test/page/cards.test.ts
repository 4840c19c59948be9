import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { channels } from '../../src/sandbox/cast.ts';
import { renderCard } from '../../src/slack/render.ts';
import { everySample } from '../slack/card-samples.ts';
import { isMessage, viewOf } from '../slack/drawn.ts';
import { expectDrawn, FOLDER, inBothColours, picture } from './card-pictures.ts';
import { connectPuppet, type PuppetApp } from './puppet-app.ts';
import type { Seat } from './visit.ts';
import { visiting } from './visiting.ts';

const world = visiting({ bot: false, areStaying: true });
const ZONE = 'UTC';
const WIDTH = 1280;
const held: { app?: PuppetApp; bob?: Seat } = {};

beforeAll(async () => {
  await rm(FOLDER, { recursive: true, force: true });
  held.app = await connectPuppet(world.visit.world.slack);
  held.bob = await world.visit.as('bob', { size: { width: WIDTH, height: 900 } });
});
afterAll(() => held.app?.close());

function there() {
  const { app, bob } = held;
  if (app === undefined || bob === undefined) throw new Error('nobody is there');
  return { app, bob };
}

/** All messages of a maker below each other in one picture, and what a button asks before it acts. */
async function showMessages(name: string, messages: readonly object[]): Promise<void> {
  const {
    app,
    bob: { page },
  } = there();
  let last = '';
  for (const message of messages) last = await app.post(channels.helpdesk, message);
  const articles = page.getByRole('article');
  await page.locator(`article[data-ts="${last}"]`).waitFor();
  const height = await page.locator('#messages').evaluate((log) => log.scrollHeight);
  await page.setViewportSize({ width: WIDTH, height: height + 300 });
  await expectDrawn(articles.first());
  const [top, bottom] = [await articles.first().boundingBox(), await articles.last().boundingBox()];
  if (top === null || bottom === null) throw new Error('nothing is to be seen');
  const clip = { x: top.x, y: top.y, width: top.width, height: bottom.y + bottom.height - top.y };
  await inBothColours(page, name, (options) => page.screenshot({ ...options, clip }));
  const asks = articles.locator('button[aria-haspopup="dialog"]').first();
  if ((await asks.count()) === 0) return;
  await asks.click();
  const question = page.locator('dialog.dialog[open]');
  await picture(page, question, `${name}-question`);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
}

async function showWindow(name: string, view: object): Promise<void> {
  const { app, bob } = there();
  const before = app.commands();
  await bob.say('/logoff');
  await expect.poll(app.commands, { timeout: 10_000 }).toBe(before + 1);
  await app.open(view);
  const window = bob.page.locator('dialog.window[open]');
  await picture(bob.page, window, name);
  await bob.page.keyboard.press('Escape');
  await window.waitFor({ state: 'hidden' });
}

it.each(everySample)('%s is drawn as Slack would draw it', async (maker, samples) => {
  expect(samples.length).toBeGreaterThan(0);
  const messages = samples.map(([, shown]) => shown).filter(isMessage);
  if (messages.length > 0) {
    await showMessages(
      maker,
      messages.map((card) => ({ ...renderCard(card, ZONE) })),
    );
  }
  for (const [name, shown] of samples) {
    if (!isMessage(shown)) await showWindow(`${maker}-${name}`, viewOf(shown, ZONE));
  }
  const { workspace } = world.visit.world.slack;
  for (const message of workspace.messages(channels.helpdesk)) workspace.remove(message);
});
