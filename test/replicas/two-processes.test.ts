import { describe, expect, onTestFinished, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import type { LocalSlack } from '../../src/sandbox/slack/start.ts';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { openStore } from '../../src/store/open-store.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import { missingServer, postgresWorld } from '../store/postgres-world.ts';
import { HASTY, openSite } from './site.ts';

const REQUESTS = 200;
/** How many are under way at once. */
const AT_ONCE = 12;

const missing = await missingServer();

const address = ({ port }: BotProcess) => `http://127.0.0.1:${port}/slack/events`;

/** Gives each person's card as soon as it is posted. */
function cardsAsPosted(slack: LocalSlack): (id: number) => Promise<Message> {
  const posted = new Map<number, Message>();
  const awaited = new Map<number, (card: Message) => void>();
  slack.onEvent((event) => {
    if (event.type !== 'message' || event.change !== 'posted' || event.channel !== APPROVALS) return;
    const card = slack.workspace.find(event.channel, event.ts);
    const about = /^Request \d+: approval needed\..*Person Number (\d+) /.exec(card?.text ?? '')?.[1];
    if (card === undefined || about === undefined) return;
    posted.set(Number(about), card);
    awaited.get(Number(about))?.(card);
  });
  return (id) => {
    const there = posted.get(id);
    return there === undefined ? new Promise((resolve) => awaited.set(id, resolve)) : Promise.resolve(there);
  };
}

/** Does the work for each number, a few at once. */
async function eachOf(numbers: readonly number[], atOnce: number, work: (number: number) => Promise<void>) {
  const waiting = [...numbers];
  const take = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
}

async function twoProcesses() {
  const world = await postgresWorld();
  const needsTwo = [
    'approvals: 1\n    approvers: crm-leads\n    warn: 0s',
    'approvals: 2\n    approvers: crm-leads\n    warn: 0s',
  ] as const;
  const site = await openSite({ mode: 'http', database: world.url, many: REQUESTS, changes: [...HASTY, needsTwo] });
  onTestFinished(async () => {
    await site.close();
    await world.drop();
  });
  return { world, site };
}

describe.skipIf(missing !== undefined)(missing ?? 'two processes on one PostgreSQL', () => {
  test('200 requests, every click at both and many a command: one call, one live card, one right ending each', {
    timeout: 90_000,
  }, async () => {
    const { world, site } = await twoProcesses();
    const { slack, netserver } = site;
    const processes = await Promise.all([site.start(), site.start()]);
    const both = processes.map(address);
    const [alice, ola, bob] = [slack.as('U0ALICE'), slack.as('U0OLA'), slack.as('U0BOB')];

    /** The same at every process, at the same moment. */
    const everywhere = <T>(act: () => Promise<T>): Promise<T>[] =>
      both.map((url) => {
        slack.useRequestUrl(url);
        return act();
      });

    const cardAbout = cardsAsPosted(slack);
    const people = Array.from({ length: REQUESTS }, (_, at) => 1001 + at);
    await eachOf(people, AT_ONCE, async (id) => {
      slack.useRequestUrl(both[id % 2]);
      const said = await bob.say(HELPDESK, `/logoff ${id}`);
      expect(said.acknowledged).toBe(true);
      // Slack delivers again what it thinks was lost.
      const { delivery } = said;
      if (delivery !== undefined && id % 5 === 0) await Promise.all(everywhere(() => slack.deliver(delivery)));
      const card = await cardAbout(id);
      const clicks = everywhere(() => Promise.all([alice.click(card, 'Approve'), ola.click(card, 'Approve')]));
      for (const clicked of (await Promise.all(clicks)).flat()) expect(clicked.acknowledged).toBe(true);
    });

    const store = await openStore({ url: world.url, now: Date.now, access: 'read' });
    onTestFinished(() => store.close());
    await expect.poll(() => store.requests.listOpen(1), { timeout: 20_000, interval: 250 }).toEqual([]);
    await expect.poll(() => store.drawings.stale(Date.now(), 1), { timeout: 20_000, interval: 250 }).toEqual([]);

    const called = netserver.calls('LogOffWindowsUsers').map(([id]) => id);
    expect(called.toSorted()).toEqual(people);
    expect(netserver.calls('LogOffWindowsUsers').every((ids) => ids.length === 1)).toBe(true);

    for (let id = 1; id <= REQUESTS; id += 1) {
      const request = await store.requests.read(requestId(id));
      expect(request, `request ${id}`).toMatchObject({ status: 'done', results: [{ outcome: { kind: 'gone' } }] });
      expect(request?.approvals.map(({ by }) => by.slack).toSorted()).toEqual(['U0ALICE', 'U0OLA']);
    }
    expect(await store.requests.read(requestId(REQUESTS + 1))).toBeUndefined();

    const told = (channel: string) =>
      slack.workspace.messages(channel).filter(({ visibleTo }) => visibleTo === undefined);
    const cards = told(APPROVALS).map(({ text }) => text);
    expect(cards.filter((text) => /^Request \d+: 1 person logged off /.test(text))).toHaveLength(REQUESTS);
    expect(cards).toHaveLength(REQUESTS);
    expect(told(HELPDESK).filter(({ text }) => /^Request \d+: 1 person logged off$/m.test(text))).toHaveLength(
      REQUESTS,
    );
    expect(await store.audit.verify()).toMatchObject({ ok: true });
    expect(netserver.complaints()).toEqual([]);
  });
});
