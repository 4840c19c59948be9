import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { openApp, type RawApp } from './raw-app.ts';
import { button, openSlack } from './workspace.ts';

let time = 1_800_000_000_000;
let slack: LocalSlack;
let app: RawApp;
beforeEach(async () => {
  time = 1_800_000_000_000;
  app = await openApp();
  slack = await openSlack({ now: () => time, requestUrl: app.url, acknowledgeWithinMs: 500 });
});
afterEach(async () => {
  await slack.close();
  app.close();
});

async function command(text = '101'): Promise<Record<string, string>> {
  const said = await slack.as('U0BOB').say('#ops', `/logoff ${text}`);
  return Object.fromEntries(Object.entries(said.delivery?.payload ?? {}).map(([key, value]) => [key, String(value)]));
}

async function respond(url: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe('response URLs', () => {
  test('take five posts', async () => {
    const { response_url = '' } = await command();
    for (let n = 1; n <= 5; n += 1)
      expect(await respond(response_url, { text: `${n}` })).toMatchObject({ status: 200 });
    expect(await respond(response_url, { text: '6' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } });
    expect(
      slack
        .as('U0BOB')
        .sees('#ops')
        .map(({ text }) => text),
    ).toEqual(['1', '2', '3', '4', '5']);
    expect(slack.as('U0ALICE').sees('#ops')).toEqual([]);
  });

  test('live thirty minutes on the clock', async () => {
    const { response_url = '' } = await command();
    time += 30 * 60_000;
    expect(await respond(response_url, { text: 'in time' })).toMatchObject({ status: 200 });
    time += 1;
    expect(await respond(response_url, { text: 'late' })).toEqual({
      status: 404,
      body: { ok: false, error: 'expired_url' },
    });
  });

  test('of a command replace what it posted for all, but never a private answer', async () => {
    const { response_url = '' } = await command();
    await respond(response_url, { text: 'private' });
    await respond(response_url, { text: 'again', replace_original: true });
    expect(
      slack
        .as('U0BOB')
        .sees('#ops')
        .map(({ text }) => text),
    ).toEqual(['private', 'again']);
    await respond(response_url, { text: 'for all', response_type: 'in_channel' });
    await respond(response_url, { text: 'for all, newer', replace_original: true });
    expect(
      slack
        .as('U0ALICE')
        .sees('#ops')
        .map(({ text }) => text),
    ).toEqual(['for all, newer']);
  });

  test('of a press replace and delete the message that was pressed, private ones too', async () => {
    const { response_url = '' } = await command();
    await respond(response_url, { blocks: [{ type: 'actions', elements: [button('Go')] }] });
    const bob = slack.as('U0BOB');
    const { delivery } = await bob.click(bob.latest('#ops'), 'go');
    expect(delivery?.payload).toMatchObject({
      container: { is_ephemeral: true, channel_id: 'C0OPS' },
      enterprise: null,
    });
    expect(delivery?.payload).not.toHaveProperty('message');
    const url = String(delivery?.payload['response_url']);
    expect(await respond(url, { text: 'went', replace_original: true })).toMatchObject({ status: 200 });
    expect(bob.sees('#ops').map(({ text }) => text)).toEqual(['went']);
    expect(await respond(url, { delete_original: true })).toMatchObject({ status: 200 });
    expect(bob.sees('#ops')).toEqual([]);
  });

  test('refuse what a message could not be, and say so in the complaints', async () => {
    const { response_url = '' } = await command();
    expect(await respond(response_url, { blocks: [{ type: 'nonsense' }] })).toMatchObject({ status: 400 });
    expect(slack.journal.complaints()).toMatchObject([{ where: 'response_url', error: 'invalid_blocks' }]);
  });
});
