import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signSlackRequest } from '../../../src/sandbox/slack/http-delivery.ts';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { openApp, type RawApp } from './raw-app.ts';
import { button, call, modal, openSlack } from './workspace.ts';

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

test('signatures are those of the example that Slack publishes', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  expect(signSlackRequest('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
    'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  );
});

describe('slash commands', () => {
  test('arrive signed, as a form, with exactly the fields that Slack sends', async () => {
    await slack.as('U0BOB').say('dm', '/logoff 101');
    const { headers, body = '' } = app.requests[0] ?? {};
    expect(headers?.['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers?.['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/);
    const form = Object.fromEntries(new URLSearchParams(body));
    expect(form).toMatchObject({ command: '/logoff', text: '101', channel_id: 'D0BOB', channel_name: 'directmessage' });
    expect(Object.keys(form).toSorted()).toEqual(
      'api_app_id channel_id channel_name command is_enterprise_install response_url team_domain team_id text token trigger_id user_id user_name'.split(
        ' ',
      ),
    );
  });

  test.each([
    [
      '/logoff @bob, @crm-leads in #ops & <x>',
      '<@U0BOB|bob>, <!subteam^S0LEADS|@crm-leads> in <#C0OPS|ops> &amp; &lt;x&gt;',
    ],
    ['/logoff @nobody a@bob <@U0BOB>', '@nobody a@bob &lt;@U0BOB&gt;'],
    ['/raw @bob & #ops', '@bob &amp; #ops'],
  ])('%s arrives as %s', async (typed, text) => {
    const said = await slack.as('U0BOB').say('#ops', typed);
    expect(said.delivery?.payload['text']).toBe(text);
  });

  test('do not exist for outsiders, for other names, or without the scope', async () => {
    expect(await slack.as('U0OUT').say('#ops', '/logoff 101')).toMatchObject({ sent: false });
    expect(await slack.as('U0BOB').say('#ops', '/login 101')).toMatchObject({ sent: false });
    slack.grant([]);
    expect(await slack.as('U0BOB').say('#ops', '/logoff 101')).toMatchObject({ sent: false });
    expect(app.requests).toEqual([]);
    expect(slack.as('U0BOB').latest('#ops').text).toBe('/logoff is not a valid command.');
  });

  test('fail before the eyes of the person when nobody answers with 200', async () => {
    app.answer(500);
    const said = await slack.as('U0BOB').say('#ops', '/logoff 101');
    expect(said).toMatchObject({ acknowledged: false, problem: 'dispatch_failed', status: 500 });
    expect(slack.as('U0BOB').latest('#ops').text).toBe('/logoff failed with the error "dispatch_failed"');
  });

  test('can be sent again, with a bad, a missing or an old signature', async () => {
    const { delivery } = await slack.as('U0BOB').say('#ops', '/logoff 101');
    if (delivery === undefined) throw new Error('nothing was sent');
    const sign = (n: number) => app.requests[n]?.headers['x-slack-signature'];
    await slack.deliver(delivery, { timestamp: 1_700_000_000 });
    await slack.deliver(delivery, { timestamp: 1_700_000_000, signature: 'tampered' });
    await slack.deliver(delivery, { signature: 'missing' });
    expect(app.requests.map(({ body }) => body)).toEqual(Array(4).fill(app.requests[0]?.body));
    expect(app.requests[1]?.headers['x-slack-request-timestamp']).toBe('1700000000');
    expect(sign(2)).toMatch(/^v0=[0-9a-f]{64}$/);
    expect(sign(2)).not.toBe(sign(1));
    expect(sign(3)).toBeUndefined();
  });
});

describe('triggers', () => {
  const open = (trigger_id: string | undefined, view = modal()) => call(slack, 'views.open', { trigger_id, view });

  test('open one view, and only one', async () => {
    const { trigger_id } = await command();
    expect(await open(trigger_id, modal({ title: { type: 'plain_text', text: 'x'.repeat(25) } }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
    expect(await open(trigger_id)).toMatchObject({ ok: true, view: { callback_id: 'deny' } });
    expect(await open(trigger_id)).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' });
  });

  test('live three seconds on the clock', async () => {
    const first = await command();
    time += 3_000;
    expect(await open(first['trigger_id'])).toMatchObject({ ok: true });
    const second = await command();
    time += 3_001;
    expect(await open(second['trigger_id'])).toMatchObject({ error: 'expired_trigger_id' });
  });

  test('a view is changed by id, not over a newer one, and pushed only from inside, up to three', async () => {
    const { trigger_id } = await command();
    const opened = await open(
      trigger_id,
      modal({ blocks: [{ type: 'actions', elements: [button('More', { action_id: 'more' })] }] }),
    );
    expect(opened).toMatchObject({ ok: true });
    const bob = slack.as('U0BOB');
    const { view } = bob.modal();
    const update = (more: object) => call(slack, 'views.update', { view_id: view, view: modal(), ...more });
    expect(await update({ hash: '1.2' })).toMatchObject({ error: 'hash_conflict' });
    expect(
      await call(slack, 'views.push', { trigger_id: (await command())['trigger_id'], view: modal() }),
    ).toMatchObject({
      error: 'not_found',
    });
    const more = async () => {
      const { delivery } = await bob.click({ view }, 'More');
      return call(slack, 'views.push', { trigger_id: delivery?.payload['trigger_id'], view: modal() });
    };
    expect(await more()).toMatchObject({ ok: true, view: { root_view_id: view, previous_view_id: view } });
    expect(await more()).toMatchObject({ ok: true });
    expect(await more()).toMatchObject({ error: 'push_limit_reached' });
    expect(bob.modals()).toHaveLength(3);
    expect(await update({})).toMatchObject({ ok: true });
    expect(await call(slack, 'views.update', { view_id: 'V0NONE', view: modal() })).toMatchObject({
      error: 'not_found',
    });
  });
});

describe('a press', () => {
  test('carries who, where, what, and the message as it stands', async () => {
    const blocks = [
      { type: 'actions', block_id: 'row', elements: [button('Go', { action_id: 'go', value: '17', style: 'danger' })] },
    ];
    await call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'a', blocks });
    const alice = slack.as('U0ALICE');
    const { delivery } = await alice.click(alice.latest('#ops'), 'Go');
    expect(delivery?.payload).toMatchObject({
      type: 'block_actions',
      team: { id: 'T0OURS', domain: 'ours' },
      user: { id: 'U0ALICE', username: 'alice', team_id: 'T0OURS' },
      api_app_id: 'A0APP',
      container: { type: 'message', channel_id: 'C0OPS', is_ephemeral: false },
      channel: { id: 'C0OPS', name: 'ops' },
      message: { text: 'a', bot_id: 'B0BOT', blocks: [{ block_id: 'row' }] },
      state: { values: {} },
      is_enterprise_install: false,
      enterprise: null,
      actions: [
        { action_id: 'go', block_id: 'row', value: '17', type: 'button', style: 'danger', text: { text: 'Go' } },
      ],
    });
  });

  test('on what is not there, or not for these eyes, is an error of the test', async () => {
    const blocks = [{ type: 'actions', elements: [button('Go')] }];
    await call(slack, 'chat.postEphemeral', { channel: 'C0OPS', user: 'U0BOB', text: 'a', blocks });
    const message = slack.as('U0BOB').latest('#ops');
    await expect(slack.as('U0BOB').click(message, 'Stop')).rejects.toThrow('only: Go');
    await expect(slack.as('U0ALICE').click(message, 'Go')).rejects.toThrow('no such message');
    expect(() => slack.as('U0BOB').sees('#secret')).toThrow('cannot see');
  });

  test('a choice from a menu carries the option', async () => {
    const options = ['One', 'Two'].map((text) => ({ text: { type: 'plain_text', text }, value: text.toLowerCase() }));
    const blocks = [{ type: 'actions', elements: [{ type: 'overflow', action_id: 'more', options }] }];
    await call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'a', blocks });
    const bob = slack.as('U0BOB');
    const { delivery } = await bob.choose(bob.latest('#ops'), 'more', 'Two');
    expect(delivery?.payload['actions']).toMatchObject([{ type: 'overflow', selected_option: { value: 'two' } }]);
  });
});
