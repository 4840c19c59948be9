import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { type LocalWorld, openLocalWorld } from '../../src/sandbox/page/local-world.ts';
import { type ServedPage, servePage } from '../../src/sandbox/page/serve-page.ts';

/** A Monday at 14:00 in UTC, so that every run draws the same times. */
const MONDAY_14_00 = Date.UTC(2026, 2, 2, 14);

export const PEOPLE = {
  bob: 'U0BOB',
  alice: 'U0ALICE',
  ola: 'U0OLA',
  anna: 'U0ANNA',
  jane: 'U0JANE',
  gus: 'U0GUS',
  erin: 'U0ERIN',
} as const;
export type Name = keyof typeof PEOPLE;

export interface VisitOptions {
  /** False: nobody answers in the local world. */
  readonly bot?: boolean;
  /** Who sits down stays for all tests of the file, and is found there. */
  readonly areStaying?: boolean;
}

export interface Looks {
  readonly colours?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
}

/** A browser on the page of a local world with the bot in it. */
export interface Visit {
  readonly world: LocalWorld;
  readonly url: string;
  readonly browser: Browser;
  /** Sits down as that person in a window of their own. */
  as(name: Name, looks?: Looks): Promise<Seat>;
  /** What browsers and the two servers complained about, and what was fetched from elsewhere. */
  mistakes(): readonly string[];
  /** Nobody leaves a window of Slack open behind them; all stand up, unless they are staying. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Somebody at the page. */
export interface Seat {
  readonly page: Page;
  open(channel: string): Promise<void>;
  say(words: string): Promise<void>;
  /** The newest message in the open channel that has these words; waits until it is there. */
  message(words: string | RegExp): Locator;
  /** Presses a button in it and says yes where it asks once more. */
  press(message: Locator, label: string): Promise<void>;
  /** Waits until the conversation shows these words. */
  reads(words: string | RegExp): Promise<void>;
}

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];
const PATIENCE = 20_000;

/** Shorter than people need, long enough for everything that can be seen. */
const LOOK = '{ for: 2s, every: 1s, watch: 3s }';

/** Starts everything; `close` ends it. Rejects where the browser or the bot does not start. */
export async function startVisit({ bot = true, areStaying = false }: VisitOptions = {}): Promise<Visit> {
  const world = await openLocalWorld({ startAt: MONDAY_14_00, timeZone: 'UTC', verify: LOOK });
  const served: ServedPage = await servePage(world, 0);
  if (bot) await world.keeper.start();
  const contexts: BrowserContext[] = [];
  const staying = new Map<Name, Seat>();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', ...QUIET] });
  const mistakes: string[] = [];
  return {
    world,
    url: served.url,
    browser,
    mistakes: () => [
      ...mistakes,
      ...world.netserver.complaints().map(({ message }) => message),
      ...world.slack.journal.complaints().map(({ where, error }) => `${where}: ${error}`),
    ],
    async as(name, { colours = 'light', size = { width: 1360, height: 860 } } = {}) {
      const there = staying.get(name);
      if (there !== undefined) return there;
      const context = await browser.newContext({ colorScheme: colours, viewport: size, reducedMotion: 'reduce' });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) mistakes.push(message.text());
      });
      page.on('pageerror', (error) => mistakes.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(served.url)) mistakes.push(`fetched from elsewhere: ${request.url()}`);
      });
      await page.goto(`${served.url}#${PEOPLE[name]}`);
      await page.locator('#page[data-ready]').waitFor();
      const seat = sit(page);
      if (areStaying) staying.set(name, seat);
      return seat;
    },
    async leave() {
      if (!areStaying) for (const context of contexts.splice(0)) await context.close();
      for (const person of Object.values(PEOPLE).map(world.slack.as)) {
        for (const { view } of person.modals().toReversed()) await person.close(view);
      }
    },
    async close() {
      await browser.close();
      await served.close();
      await world.close();
    },
  };
}

function sit(page: Page): Seat {
  const log = page.getByRole('log');
  const message = (words: string | RegExp) => log.getByRole('article').filter({ hasText: words }).last();
  return {
    page,
    async open(channel) {
      if (!(await page.locator('.left').isVisible())) await page.locator('[data-show="people"]').click();
      await page.locator('#channels, #direct').getByRole('button', { name: channel }).click();
    },
    async say(words) {
      await page.getByRole('combobox', { name: /^Message / }).fill(words);
      await page.keyboard.press('Enter');
    },
    message,
    async press(where, label) {
      await where.getByRole('button', { name: label, exact: true }).click();
      const yes = page.locator('dialog.dialog[open] .slack-button').last();
      if (await yes.isVisible()) await yes.click();
    },
    reads: async (words) => void (await message(words).waitFor()),
  };
}
