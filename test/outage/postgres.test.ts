import { describe, expect, onTestFinished, test } from 'vitest';
import { APPROVALS, HELPDESK } from '../e2e/cast.ts';
import { askHealth, openSite } from '../replicas/site.ts';
import { cuttingProxy } from '../store/cutting-proxy.ts';
import { missingServer, postgresWorld } from '../store/postgres-world.ts';

const missing = await missingServer();

describe.skipIf(missing !== undefined)(missing ?? 'with PostgreSQL gone', () => {
  test('commands are refused in words, nothing is sent, the process is not ready; when it is back all goes on', async () => {
    const world = await postgresWorld();
    const proxy = await cuttingProxy(world.url);
    const { slack, netserver, start, close } = await openSite({ mode: 'socket', database: proxy.url });
    onTestFinished(async () => {
      await close();
      await proxy.close();
      await world.drop();
    });
    const bot = await start();
    const said = (channel: string) => slack.transcript(channel);
    const card = (start: string) =>
      slack
        .as('U0ALICE')
        .sees(APPROVALS)
        .findLast(({ text }) => text.startsWith(start));
    await slack.as('U0BOB').say(HELPDESK, '/logoff 102');
    const first = await slack.until(() => card('Request 1: log off'));

    // Approved, and waiting for SuperOffice, when the database goes.
    await netserver.refuse();
    await slack.as('U0ALICE').click(first, 'Approve');
    await slack.until(() => card('Request 1: log off')?.text.includes('approved'), {
      what: 'the approval on the card',
    });
    await proxy.stop();
    await netserver.accept();
    await slack.as('U0BOB').say(HELPDESK, '/logoff 104');
    await slack.until(() => said(HELPDESK).includes('The bot cannot write its records at the moment'), {
      within: 15_000,
    });
    const gone = { slack: 'connected', database: 'database_unavailable', policy: 'unread', clock: 'steady' };
    await expect
      .poll(() => askHealth(bot, '/readyz'), { timeout: 10_000, interval: 250 })
      .toMatchObject({ status: 503, body: gone });
    expect((await askHealth(bot, '/healthz')).status).toBe(200);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([]);

    await proxy.start();
    await slack.until(() => said(HELPDESK).includes('Request 1: 1 person logged off'), { within: 15_000 });
    await slack.as('U0BOB').say(HELPDESK, '/logoff 104');
    await slack.until(() => card('Request 2: log off'));
    await expect.poll(async () => (await askHealth(bot, '/readyz')).status, { timeout: 8_000 }).toBe(200);
    expect(netserver.calls('LogOffWindowsUsers')).toEqual([[102]]);
    expect(bot.lines.join('\n')).toContain('"database_state"');
  }, 60_000);
});
