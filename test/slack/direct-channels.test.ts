import { describe, expect, test } from 'vitest';
import { type Card, text } from '../../src/core/cards/card.ts';
import { slackUserId } from '../../src/core/ids.ts';
import { pair } from './local-slack.ts';

const BOB = slackUserId('U0BOB');
const card = (words: string): Card => ({ summary: [text(words)], parts: [{ kind: 'paragraph', text: [text(words)] }] });

describe('the channel in which the bot speaks to one person', () => {
  test('is asked for once, however much there is to say', async () => {
    const { slack, edge } = await pair('socket');
    await edge.messenger.direct(BOB, card('one'));
    await edge.messenger.direct(BOB, card('two'));
    await edge.messenger.direct(slackUserId('U0ALICE'), card('three'));
    expect(slack.journal.calls('conversations.open').map(({ args }) => args['users'])).toEqual(['U0BOB', 'U0ALICE']);
    expect(
      slack
        .as('U0BOB')
        .sees('dm')
        .map((seen) => seen.text),
    ).toEqual(['one', 'two']);
  });

  test('is asked for again where Slack knows it no more', async () => {
    const { slack, edge } = await pair('socket');
    await edge.messenger.direct(BOB, card('one'));
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'channel_not_found' });
    await expect(edge.messenger.direct(BOB, card('two'))).rejects.toMatchObject({ code: 'channel_not_found' });
    await edge.messenger.direct(BOB, card('two'));
    expect(slack.journal.calls('conversations.open')).toHaveLength(2);
    expect(
      slack
        .as('U0BOB')
        .sees('dm')
        .map((seen) => seen.text),
    ).toEqual(['one', 'two']);
  });

  test('is kept where a post only may have failed', async () => {
    const { slack, edge } = await pair('socket');
    await edge.messenger.direct(BOB, card('one'));
    slack.faults.next('chat.postMessage', { kind: 'reset', when: 'after the effect' });
    await expect(edge.messenger.direct(BOB, card('two'))).rejects.toMatchObject({ executed: 'maybe' });
    await edge.messenger.direct(BOB, card('three'));
    expect(slack.journal.calls('conversations.open')).toHaveLength(1);
  });

  test('is not remembered where Slack gave none', async () => {
    const { slack, edge } = await pair('socket');
    slack.faults.next('conversations.open', { kind: 'error', error: 'user_not_found' });
    await expect(edge.messenger.direct(BOB, card('one'))).rejects.toMatchObject({ code: 'user_gone' });
    await edge.messenger.direct(BOB, card('two'));
    expect(slack.as('U0BOB').latest('dm').text).toBe('two');
  });
});
