import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { call, openSlack, SCOPES, section } from './workspace.ts';

let slack: LocalSlack;
beforeEach(async () => {
  slack = await openSlack();
});
afterEach(() => slack.close());

describe('tokens and scopes', () => {
  test('a missing, a wrong and a misplaced token are told apart', async () => {
    expect(await call(slack, 'auth.test', {}, '')).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await call(slack, 'auth.test', {}, 'xoxb-other')).toMatchObject({ error: 'invalid_auth' });
    expect(await call(slack, 'apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call(slack, 'auth.test', {}, 'xapp-local')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call(slack, 'apps.connections.open', {}, 'xapp-local')).toMatchObject({ ok: true });
    expect(await call(slack, 'auth.test')).toMatchObject({
      ok: true,
      team_id: 'T0OURS',
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
    });
  });

  test.each([
    ['chat:write', 'chat.postMessage', { channel: 'C0OPS', text: 'a' }],
    ['users:read', 'users.info', { user: 'U0BOB' }],
    ['users:read.email', 'users.lookupByEmail', { email: 'bob@example.com' }],
    ['usergroups:read', 'usergroups.users.list', { usergroup: 'S0LEADS' }],
    ['channels:read', 'conversations.info', { channel: 'C0OPS' }],
    ['channels:read', 'conversations.members', { channel: 'C0OPS' }],
    ['groups:read', 'conversations.info', { channel: 'C0SECRET' }],
    ['im:write', 'conversations.open', { users: 'U0BOB' }],
  ])('without %s, %s says what is needed and what was provided', async (scope, method, args) => {
    const rest = SCOPES.filter((each) => each !== scope);
    slack.workspace.setChannel('C0SECRET', { members: ['U0ALICE', 'U0BOT'] });
    expect(await call(slack, method, args)).toMatchObject({ ok: true });
    slack.grant(rest);
    const refused = { ok: false, error: 'missing_scope', needed: scope, provided: rest.join(',') };
    expect(await call(slack, method, args)).toEqual(refused);
  });

  test('without users:read.email profiles hold no address', async () => {
    expect(await call(slack, 'users.info', { user: 'U0BOB' })).toHaveProperty('user.profile.email', 'bob@example.com');
    slack.grant(['users:read']);
    expect(await call(slack, 'users.info', { user: 'U0BOB' })).not.toHaveProperty('user.profile.email');
  });

  test('an unknown method and a strange content type are refused', async () => {
    expect(await call(slack, 'chat.shout')).toMatchObject({ ok: false, error: 'unknown_method' });
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', body: 'hello' });
    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_post_type' });
  });
});

describe('people and places', () => {
  test('users.list comes in pages and leaves outsiders out', async () => {
    const seen: unknown[] = [];
    let cursor: unknown = '';
    do {
      const page = await call(slack, 'users.list', { limit: 2, cursor });
      seen.push(page['members']);
      const meta = page['response_metadata'];
      cursor = typeof meta === 'object' && meta !== null && 'next_cursor' in meta ? meta.next_cursor : '';
    } while (cursor !== '');
    expect(seen.map((page) => (Array.isArray(page) ? page.length : -1))).toEqual([2, 1]);
    expect(JSON.stringify(seen)).not.toContain('U0OUT');
    expect(await call(slack, 'users.info', { user: 'U0OUT' })).toMatchObject({
      user: { team_id: 'T0THEIRS', is_stranger: true },
    });
  });

  test('looking up by e-mail finds active people of our own only', async () => {
    expect(await call(slack, 'users.lookupByEmail', { email: 'BOB@example.com' })).toMatchObject({
      user: { id: 'U0BOB' },
    });
    expect(await call(slack, 'users.lookupByEmail', { email: 'gone@example.com' })).toMatchObject({
      error: 'users_not_found',
    });
  });

  test('user groups tell their members as they are now', async () => {
    slack.workspace.setGroup('S0LEADS', ['U0BOB']);
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0LEADS' })).toEqual({
      ok: true,
      users: ['U0BOB'],
    });
    expect(await call(slack, 'usergroups.users.list', { usergroup: 'S0NONE' })).toMatchObject({
      error: 'no_such_subteam',
    });
  });

  test('a private channel without the bot does not exist for it', async () => {
    expect(await call(slack, 'conversations.info', { channel: 'C0SECRET' })).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await call(slack, 'conversations.info', { channel: 'C0OPS' })).toMatchObject({
      channel: { is_ext_shared: true, is_member: true },
    });
  });

  test('direct messages are opened once, and not with people who left', async () => {
    expect(await call(slack, 'conversations.open', { users: 'U0BOB' })).toEqual({ ok: true, channel: { id: 'D0BOB' } });
    expect(await call(slack, 'conversations.open', { users: 'U0BOB' })).toMatchObject({ already_open: true });
    expect(await call(slack, 'conversations.open', { users: 'U0GONE' })).toMatchObject({ error: 'user_disabled' });
  });

  test('direct messages are taken only while the Messages Tab of the app is on; channels do not care', async () => {
    const to = (channel: string) => call(slack, 'chat.postMessage', { channel, text: 'hello' });
    slack.workspace.setMessagesTab(false);
    expect(await to('U0BOB')).toMatchObject({ error: 'messages_tab_disabled' });
    expect(await to('C0OPS')).toMatchObject({ ok: true });
    slack.workspace.setMessagesTab(true);
    expect(await to('U0BOB')).toMatchObject({ ok: true });
  });
});

describe('messages', () => {
  test.each([
    ['C0ELSE', 'not_in_channel'],
    ['C0SECRET', 'channel_not_found'],
    ['C0NONE', 'channel_not_found'],
    ['C0OLD', 'is_archived'],
  ])('posting to %s is %s', async (channel, error) => {
    expect(await call(slack, 'chat.postMessage', { channel, text: 'a' })).toMatchObject({ ok: false, error });
    expect(slack.journal.complaints()).toMatchObject([{ where: 'chat.postMessage', error }]);
  });

  test('text has its limit, a smaller one for a change', async () => {
    const post = (n: number) => call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'x'.repeat(n) });
    expect(await post(40_001)).toMatchObject({ error: 'msg_too_long' });
    const { ts } = await post(40_000);
    const update = (n: number) => call(slack, 'chat.update', { channel: 'C0OPS', ts, text: 'x'.repeat(n) });
    expect(await update(4_001)).toMatchObject({ error: 'msg_too_long' });
    expect(await update(4_000)).toMatchObject({ ok: true });
    expect(await call(slack, 'chat.postMessage', { channel: 'C0OPS' })).toMatchObject({ error: 'no_text' });
  });

  test('bad blocks are refused with the place, and nothing is posted', async () => {
    const blocks = [section('x'.repeat(3001))];
    const at = 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(await call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'a', blocks })).toMatchObject({
      error: 'invalid_blocks',
      errors: [at],
      response_metadata: { messages: [`[ERROR] ${at}`] },
    });
    const long = Array.from({ length: 5 }, () => section('x'.repeat(2900)));
    expect(await call(slack, 'chat.postMessage', { channel: 'C0OPS', blocks: long })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
    expect(slack.transcript('#ops')).toBe('');
  });

  test('only own messages are changed, and a change without blocks takes them away', async () => {
    await slack.as('U0BOB').say('#ops', 'hello');
    const { ts: bobs } = slack.as('U0BOB').latest('#ops');
    const change = (ts: unknown, more = {}) =>
      call(slack, 'chat.update', { channel: 'C0OPS', ts, text: 'done', ...more });
    expect(await change(bobs)).toMatchObject({ error: 'cant_update_message' });
    expect(await change('1.000001')).toMatchObject({ error: 'message_not_found' });
    const { ts } = await call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'a', blocks: [section('a')] });
    expect(await change(ts)).toMatchObject({ ok: true });
    expect(slack.as('U0BOB').latest('#ops')).toMatchObject({ text: 'done', blocks: [], edited: true });
    expect(slack.workspace.messages('C0OPS')).toHaveLength(2);
    await call(slack, 'chat.delete', { channel: 'C0OPS', ts });
    expect(await change(ts)).toMatchObject({ error: 'message_not_found' });
  });

  test('a private message is seen by one person and cannot be changed', async () => {
    const sent = await call(slack, 'chat.postEphemeral', { channel: 'C0OPS', user: 'U0BOB', text: 'psst' });
    expect(slack.as('U0BOB').latest('#ops')).toMatchObject({ text: 'psst', private: true });
    expect(slack.as('U0ALICE').sees('#ops')).toEqual([]);
    const change = { channel: 'C0OPS', ts: sent['message_ts'], text: 'b' };
    expect(await call(slack, 'chat.update', change)).toMatchObject({ error: 'message_not_found' });
    const stranger = { channel: 'C0OPS', user: 'U0GONE', text: 'psst' };
    expect(await call(slack, 'chat.postEphemeral', stranger)).toMatchObject({ error: 'user_not_in_channel' });
  });

  test('people read names, dates and links, not tokens', async () => {
    const text =
      '<@U0BOB> &amp; <!subteam^S0LEADS> in <#C0OPS> at <!date^1700000000^{date_num} {time}|then> <https://a.b|here>';
    await call(slack, 'chat.postMessage', { channel: 'C0OPS', text });
    expect(slack.as('U0BOB').latest('#ops').text).toBe('@Bob Berg & @crm-leads in #ops at 2023-11-14 22:13 here');
  });
});

describe('faults on demand', () => {
  const post = () => call(slack, 'chat.postMessage', { channel: 'C0OPS', text: 'a' });

  test('429 says how long to wait, once', async () => {
    slack.faults.next('chat.postMessage', { kind: 'rate_limited', retryAfter: 7 });
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await post()).toMatchObject({ ok: true });
  });

  test('a reset before the effect leaves nothing, one after it leaves the message', async () => {
    slack.faults.next('chat.postMessage', { kind: 'reset', when: 'before the effect' });
    await expect(post()).rejects.toThrow();
    expect(slack.workspace.messages('C0OPS')).toHaveLength(0);
    slack.faults.next('*', { kind: 'reset', when: 'after the effect' });
    await expect(post()).rejects.toThrow();
    expect(slack.workspace.messages('C0OPS')).toHaveLength(1);
  });

  test('statuses, errors and delays come as asked, and faults are no complaints', async () => {
    slack.faults.next('chat.postMessage', { kind: 'status', status: 503 });
    expect((await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST' })).status).toBe(503);
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'internal_error' });
    expect(await post()).toEqual({ ok: false, error: 'internal_error' });
    slack.faults.next('chat.postMessage', { kind: 'delay', ms: 60 });
    const started = performance.now();
    expect(await post()).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeGreaterThan(50);
    expect(slack.journal.complaints()).toEqual([]);
  });

  test('a hang lasts until the caller gives up', async () => {
    slack.faults.always('auth.test', { kind: 'hang' });
    const hanging = fetch(`${slack.apiUrl}auth.test`, { method: 'POST', signal: AbortSignal.timeout(100) });
    await expect(hanging).rejects.toThrow();
    slack.faults.clear('auth.test');
    expect(await call(slack, 'auth.test')).toMatchObject({ ok: true });
  });

  test('the journal keeps every call, without tokens', async () => {
    await post();
    const form = new URLSearchParams({ token: 'xoxb-local', channel: 'C0OPS', text: 'b' });
    await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body: form });
    expect(slack.journal.calls('chat.postMessage')).toMatchObject([
      { args: { text: 'a' } },
      { args: { text: 'b' }, status: 200 },
    ]);
    expect(JSON.stringify(slack.journal.calls())).not.toContain('xoxb');
  });
});
