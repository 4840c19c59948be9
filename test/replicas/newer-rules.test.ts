import { describe, expect, onTestFinished, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import { missingServer, postgresWorld } from '../store/postgres-world.ts';
import { askHealth, openSite } from './site.ts';

const missing = await missingServer();

async function site() {
  const world = await postgresWorld();
  const opened = await openSite({ mode: 'http', database: world.url });
  onTestFinished(async () => {
    await opened.close();
    await world.drop();
  });
  const at = (port: number) => opened.slack.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  /** Where the records say that the card of request 1 stands. */
  const noted = async () => {
    const store = await openStore({ url: world.url, now: Date.now, access: 'read' });
    return (await store.drawings.read(requestId(1), 'card').finally(() => store.close()))?.ts;
  };
  return { ...opened, at, noted };
}

describe.skipIf(missing !== undefined)(missing ?? 'a second process on the same PostgreSQL', () => {
  test('brings newer rules: the older one is not ready any more, says so, and decides nothing', async () => {
    const { slack, netserver, start, revise, at } = await site();
    const older = await start();
    expect(await askHealth(older, '/readyz')).toMatchObject({
      status: 200,
      body: { state: 'ready', slack: 'connected', database: 'writable', policy: 'active', clock: 'steady' },
    });
    revise(['max_targets: 50', 'max_targets: 40']);
    const newer = await start();
    await expect
      .poll(() => askHealth(older, '/readyz'), { timeout: 8_000, interval: 250 })
      .toMatchObject({
        status: 503,
        body: {
          state: 'not_ready',
          slack: 'connected',
          database: 'writable',
          policy: 'replaced',
          clock: 'steady',
        },
      });
    expect((await askHealth(older, '/healthz')).status).toBe(200);
    expect((await askHealth(newer, '/readyz')).status).toBe(200);

    at(older.port);
    await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
    await slack.until(() =>
      slack.transcript(HELPDESK).includes('Newer rules are in force, and this copy of the bot does not have them yet'),
    );
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
    at(newer.port);
    await slack.as('U0ANNA').say(HELPDESK, '/logoff me');
    await slack.until(() => slack.transcript(HELPDESK).includes('Request 1: 1 person logged off'));
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[101]]);
  });

  test('sees a card too many for what it is: its first click makes a pointer of it, on whichever process', async () => {
    const { slack, netserver, start, at, noted } = await site();
    const [first, second] = await Promise.all([start(), start()]);
    at(first.port);
    // The card arrives, its acknowledgement does not: it is posted once more.
    slack.faults.always('chat.postMessage', { kind: 'reset', when: 'after the effect' });
    await slack.as('U0BOB').say(HELPDESK, '/logoff 102');
    const cards = () =>
      slack
        .as('U0ALICE')
        .sees(APPROVALS)
        .filter((message) => !message.private);
    await slack.until(() => cards().length === 1 && slack.transcript(HELPDESK).includes('Request 1: waiting'));
    slack.faults.clear();
    await slack.until(() => cards().length === 2, { within: 8_000, what: 'the second card' });
    const [copy, card] = cards();
    if (copy === undefined || card === undefined) throw new Error('two cards were seen');
    await slack.until(() => slack.transcript(HELPDESK).split('Request 1: waiting').length >= 3);
    // Until the second card is noted nobody can know that the first is none any more.
    await expect.poll(noted, { timeout: 5_000 }).toBe(card.ts);
    at(second.port);
    await slack.as('U0ALICE').click(copy, 'Approve');
    await slack.until(() => cards()[0]?.buttons.length === 0);
    expect(cards()[0]?.text).toContain('this copy of the card is out of date');
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);
    await slack.as('U0ALICE').click(card, 'Approve');
    await slack.until(() => cards()[1]?.text.includes('1 person logged off'), { within: 8_000 });
    expect(cards()).toHaveLength(2);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[102]]);
  });
});
