import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Card, text } from '../../src/core/cards/card.ts';
import { channelId, slackUserId } from '../../src/core/ids.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { SlackError } from '../../src/slack/errors.ts';
import { slackFetch } from '../../src/slack/fetch.ts';
import { listen, shut } from '../../src/slack/health.ts';
import { responseUrls } from '../../src/slack/response-url.ts';
import { BOT_TOKEN, pair } from './local-slack.ts';

const OPS = channelId('C0OPS');
const card = (words: string): Card => ({ summary: [text(words)], parts: [{ kind: 'paragraph', text: [text(words)] }] });
const SECRET_WORDS = 'words that must not be in errors';

async function failure(work: Promise<unknown>): Promise<SlackError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SlackError)) throw new Error(`no SlackError but ${String(error)}`);
  const shown = `${error.stack} ${JSON.stringify(error)}`;
  expect(shown).not.toContain(BOT_TOKEN);
  expect(shown).not.toContain(SECRET_WORDS);
  expect(error.cause).toBeUndefined();
  return error;
}

describe('posting', () => {
  test('a card is posted once, without previews of links, and can be updated', async () => {
    const { slack, edge } = await pair('socket');
    const ref = await edge.messenger.post(OPS, card('first'));
    expect(ref.channel).toBe('C0OPS');
    await edge.messenger.update(ref, card('second'));
    expect(
      slack
        .as('U0ALICE')
        .sees('C0OPS')
        .map((seen) => seen.text),
    ).toEqual(['second']);
    expect(slack.journal.calls('chat.postMessage')[0]?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
  });

  test('a direct message opens the conversation first', async () => {
    const { slack, edge } = await pair('socket');
    const ref = await edge.messenger.direct(slackUserId('U0BOB'), card('hello'));
    expect(ref.channel).toMatch(/^D/);
    expect(slack.as('U0BOB').latest('dm').text).toBe('hello');
  });

  test.each<[string, string, string, 'no' | 'maybe', boolean]>([
    ['not_in_channel', 'not_in_channel', 'not_in_channel', 'no', false],
    ['channel_not_found', 'channel_not_found', 'channel_not_found', 'no', false],
    ['is_archived', 'is_archived', 'is_archived', 'no', false],
    ['messages_tab_disabled', 'messages_tab_disabled', 'messages_tab_disabled', 'no', false],
    ['token_revoked', 'invalid_auth', 'token_revoked', 'no', false],
    ['account_inactive', 'invalid_auth', 'account_inactive', 'no', false],
    ['missing_scope', 'missing_scope', 'missing_scope', 'no', false],
    ['msg_blocks_too_long', 'invalid_message', 'msg_blocks_too_long', 'no', false],
    ['restricted_action', 'refused', 'restricted_action', 'no', false],
    ['internal_error', 'unavailable', 'internal_error', 'maybe', true],
    ['fatal_error', 'unavailable', 'fatal_error', 'maybe', true],
  ])('Slack says %s: %s', async (said, code, detail, executed, retryable) => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('chat.postMessage', { kind: 'error', error: said });
    expect(await failure(edge.messenger.post(OPS, card(SECRET_WORDS)))).toMatchObject({
      code,
      detail,
      executed,
      retryable,
    });
  });

  test('real refusals: not a member, no such channel, archived, no such message, too few scopes', async () => {
    const { slack, edge } = await pair('socket');
    const post = (channel: string) => failure(edge.messenger.post(channelId(channel), card(SECRET_WORDS)));
    expect(await post('C0ALONE')).toMatchObject({ code: 'not_in_channel' });
    expect(await post('C0NOWHERE')).toMatchObject({ code: 'channel_not_found' });
    expect(await post('C0OLD')).toMatchObject({ code: 'is_archived' });
    expect(await failure(edge.messenger.update({ channel: OPS, ts: '1.2' }, card('x')))).toMatchObject({
      code: 'message_not_found',
    });
    slack.grant([]);
    expect(await post('C0OPS')).toMatchObject({ code: 'missing_scope', method: 'chat.postMessage' });
  });

  test.each<[string, Fault, object]>([
    [
      'a server error',
      { kind: 'status', status: 503, body: SECRET_WORDS },
      { code: 'unavailable', executed: 'maybe', retryable: true },
    ],
    [
      'a proxy page with status 200',
      { kind: 'status', status: 200, body: `<html>${SECRET_WORDS}</html>` },
      { code: 'bad_response', executed: 'maybe' },
    ],
    [
      'a reset before the effect',
      { kind: 'reset', when: 'before the effect' },
      { code: 'network', executed: 'maybe', retryable: true },
    ],
    [
      'a reset after the effect',
      { kind: 'reset', when: 'after the effect' },
      { code: 'network', executed: 'maybe', retryable: true },
    ],
    [
      'a limit',
      { kind: 'rate_limited', retryAfter: 7 },
      { code: 'rate_limited', executed: 'no', retryable: true, retryAfter: 7_000 },
    ],
  ])('after %s a post is not repeated', async (_, fault, expected) => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('chat.postMessage', fault);
    expect(await failure(edge.messenger.post(OPS, card(SECRET_WORDS)))).toMatchObject(expected);
    expect(slack.journal.calls('chat.postMessage').length).toBe(1);
    expect(slack.as('U0ALICE').sees('C0OPS').length).toBe(
      fault.kind === 'reset' && fault.when === 'after the effect' ? 1 : 0,
    );
  });

  test('an update after a reset is repeated, since it cannot do harm', async () => {
    const { slack, edge } = await pair('socket');
    const ref = await edge.messenger.post(OPS, card('first'));
    slack.faults.next('chat.update', { kind: 'reset', when: 'before the effect' });
    await edge.messenger.update(ref, card('second'));
    expect(slack.as('U0ALICE').latest('C0OPS').text).toBe('second');
  });

  test('a refused connection is surely not executed', async () => {
    const server = createServer();
    const port = await listen(server, '127.0.0.1', 0);
    await shut(server);
    const { edge } = await pair('socket', { apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(await failure(edge.messenger.post(OPS, card(SECRET_WORDS)))).toMatchObject({
      code: 'network',
      executed: 'no',
    });
  });

  test('a limit without a time to wait is taken for 30 seconds', async () => {
    const server = createServer((_, response) => response.writeHead(429).end());
    const port = await listen(server, '127.0.0.1', 0);
    onTestFinished(() => shut(server));
    const { edge } = await pair('socket', { apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(await failure(edge.messenger.post(OPS, card(SECRET_WORDS)))).toMatchObject({
      code: 'rate_limited',
      retryAfter: 30_000,
    });
  });

  test.each([302, 307])('a redirect (%i) is not followed', async (status) => {
    const paths: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    const port = await listen(server, '127.0.0.1', 0);
    onTestFinished(() => shut(server));
    const { edge } = await pair('socket', { apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(await failure(edge.messenger.post(OPS, card(SECRET_WORDS)))).toMatchObject({
      code: 'network',
      detail: 'redirected',
      executed: 'maybe',
    });
    expect(paths).toEqual(['/api/chat.postMessage']);
  });

  test('a silent server ends in a timeout', async () => {
    const server = createServer(() => undefined);
    const port = await listen(server, '127.0.0.1', 0);
    onTestFinished(() => shut(server));
    await expect(slackFetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

describe('response URLs', () => {
  test('are used for everybody in the channel, and replaced', async () => {
    const { slack, edge } = await pair('http');
    edge.app.command('/logoff', async ({ ack, command }) => {
      await ack();
      await edge.messenger.reply(command.response_url, card('waiting'), false);
      await edge.messenger.reply(command.response_url, card('done'), true);
    });
    const { port } = await edge.start();
    slack.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
    await slack.as('U0ALICE').say('C0OPS', '/logoff 101');
    await slack.until(() => slack.transcript('C0OPS').includes('done'));
    expect(
      slack
        .as('U0BOB')
        .sees('C0OPS')
        .map((seen) => seen.text),
    ).toEqual(['done']);
  });

  test.each<[string, Fault, object]>([
    ['used up', { kind: 'error', error: 'used_url' }, { code: 'used_url', executed: 'no', retryable: false }],
    ['too old', { kind: 'error', error: 'expired_url' }, { code: 'expired_url', executed: 'no', retryable: false }],
    ['gone without a word', { kind: 'status', status: 404 }, { code: 'expired_url', executed: 'no' }],
    ['limited', { kind: 'rate_limited', retryAfter: 3 }, { code: 'rate_limited', retryAfter: 3_000 }],
    ['failing', { kind: 'status', status: 500 }, { code: 'unavailable', executed: 'maybe' }],
    ['cut', { kind: 'reset', when: 'before the effect' }, { code: 'network', executed: 'maybe' }],
  ])('%s', async (_, fault, expected) => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('response_url', fault);
    const url = `${new URL(slack.apiUrl).origin}/commands/T0HOME/1/x`;
    expect(await failure(edge.messenger.reply(url, card(SECRET_WORDS), false))).toMatchObject({
      method: 'response_url',
      ...expected,
    });
  });

  test.each([
    'https://hooks.slack.com.evil.example/x',
    'http://hooks.slack.com/x',
    'https://169.254.169.254/',
    'nothing',
  ])('at Slack itself, %s is not used', async (url) => {
    const post = responseUrls(undefined).post(
      url,
      { text: 'x', blocks: [] },
      { responseType: 'ephemeral', replace: false },
    );
    expect(await failure(post)).toMatchObject({ code: 'refused', detail: 'foreign_url' });
  });
});
