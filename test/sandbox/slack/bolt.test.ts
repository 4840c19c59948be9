import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/start.ts';
import { boltOverHttp, boltOverSocket, type RunningApp } from './bolt-app.ts';
import { openSlack } from './workspace.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A toy with one of everything: command, card, button with a dialog, modal with a type-ahead menu. */
function listen(app: App): void {
  app.command('/logoff', async ({ ack, command, client, respond }) => {
    if (command.text === 'slow') return;
    await ack(command.text === 'help' ? 'Ask for help.' : undefined);
    if (command.text === 'help') return;
    await respond({ text: `one moment: ${command.text}` });
    const posted = await client.chat.postMessage({ channel: command.channel_id, text: 'starting' });
    await client.chat.update({
      channel: command.channel_id,
      ts: posted.ts ?? '',
      text: `Request by <@${command.user_id}>`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `Request by <@${command.user_id}>` } },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'approve',
              text: plain('Approve'),
              style: 'primary',
              value: '17',
              confirm: {
                title: plain('Sure?'),
                text: plain('Work may be lost'),
                confirm: plain('Yes'),
                deny: plain('No'),
              },
            },
            { type: 'button', action_id: 'deny', text: plain('Deny'), value: '17' },
          ],
        },
      ],
    });
  });
  app.action('approve', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const outsider = body.user.team_id !== body.team?.id;
    await respond({ text: outsider ? 'not you' : 'thank you', replace_original: false });
    if (outsider) return;
    const { channel, message } = body;
    await client.chat.update({ channel: channel?.id ?? '', ts: message?.ts ?? '', text: 'approved', blocks: [] });
  });
  app.action('deny', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'deny',
        private_metadata: '17',
        notify_on_close: true,
        title: plain('Deny'),
        submit: plain('Deny'),
        blocks: [
          {
            type: 'input',
            block_id: 'why',
            label: plain('Reason'),
            element: { type: 'plain_text_input', action_id: 'reason' },
          },
          {
            type: 'input',
            block_id: 'whom',
            optional: true,
            label: plain('Tell'),
            element: { type: 'external_select', action_id: 'person', min_query_length: 2 },
          },
        ],
      },
    });
  });
  app.options('person', async ({ ack, payload }) => {
    const all = ['Alice', 'Albert', 'Bob'].filter((name) => name.startsWith(payload.value));
    await ack({ options: all.map((name) => ({ text: plain(name), value: name.toLowerCase() })) });
  });
  app.view('deny', async ({ ack, view, client }) => {
    const reason = view.state.values['why']?.['reason']?.value ?? '';
    if (reason === 'no') {
      await ack({ response_action: 'errors', errors: { why: 'Say more' } });
      return;
    }
    await ack();
    const told = view.state.values['whom']?.['person']?.selected_option?.value ?? 'nobody';
    await client.chat.postMessage({
      channel: 'C0OPS',
      text: `denied ${view.private_metadata}: ${reason}, told ${told}`,
    });
  });
  app.view({ callback_id: 'deny', type: 'view_closed' }, async ({ ack, client }) => {
    await ack();
    await client.chat.postMessage({ channel: 'C0OPS', text: 'thought better of it' });
  });
}

describe.each([
  ['Socket Mode', boltOverSocket],
  ['HTTP', boltOverHttp],
])('a Bolt app over %s', (_mode, start) => {
  let slack: LocalSlack;
  let bolt: RunningApp;
  beforeEach(async () => {
    slack = await openSlack({ acknowledgeWithinMs: 700 });
    bolt = await start(slack, listen);
  });
  afterEach(async () => {
    await bolt.stop();
    await slack.close();
  });

  async function card() {
    const said = await slack.as('U0BOB').say('#ops', '/logoff @alice, 101 <now>');
    expect(said).toMatchObject({ sent: true, acknowledged: true });
    return slack.until(() =>
      slack
        .as('U0ALICE')
        .sees('#ops')
        .find(({ buttons }) => buttons.includes('Approve')),
    );
  }

  test('acknowledges a command, answers in private, posts a card and changes it', async () => {
    const seen = await card();
    expect(seen.text).toBe('Request by @Bob Berg\n[Approve] [Deny]');
    expect(slack.as('U0BOB').sees('#ops')[0]).toMatchObject({
      private: true,
      text: 'one moment: @Alice Ås, 101 <now>',
      from: 'logoff',
    });
    expect(slack.as('U0ALICE').sees('#ops')).toHaveLength(1);
    expect(slack.journal.complaints()).toEqual([]);
  });

  test('an answer in the acknowledgement is seen by the one who asked', async () => {
    expect(await slack.as('U0BOB').say('#ops', '/logoff help')).toMatchObject({ body: { text: 'Ask for help.' } });
    expect(slack.transcript('#ops')).toBe('logoff (only to Bob Berg): Ask for help.');
  });

  test('a press shows the dialog first, and cancelling it sends nothing', async () => {
    const seen = await card();
    const cancelled = await slack.as('U0ALICE').click(seen, 'Approve', { confirm: false });
    expect(cancelled).toMatchObject({ sent: false, dialog: { title: 'Sure?', confirm: 'Yes', deny: 'No' } });
    const pressed = await slack.as('U0ALICE').click(seen, 'Approve');
    expect(pressed).toMatchObject({ sent: true, acknowledged: true, dialog: { text: 'Work may be lost' } });
    await slack.until(() =>
      slack
        .as('U0BOB')
        .sees('#ops')
        .some(({ text }) => text === 'approved'),
    );
    expect(
      slack
        .as('U0ALICE')
        .sees('#ops')
        .some((message) => message.private && message.text === 'thank you'),
    ).toBe(true);
    expect(await slack.as('U0ALICE').click(seen, 'Approve')).toMatchObject({ sent: true, stale: true });
    await slack.until(() => slack.journal.calls('chat.update').length === 3);
  });

  test('a person from another workspace is known as one', async () => {
    const seen = await card();
    const { delivery } = await slack.as('U0OUT').click(seen, 'approve');
    expect(delivery?.payload).toMatchObject({ team: { id: 'T0OURS' }, user: { id: 'U0OUT', team_id: 'T0THEIRS' } });
    const answer = await slack.until(() =>
      slack
        .as('U0OUT')
        .sees('#ops')
        .find((message) => message.private),
    );
    expect(answer.text).toBe('not you');
  });

  test('a modal opens, offers people, complains, takes a submission and is gone', async () => {
    const seen = await card();
    const alice = slack.as('U0ALICE');
    await alice.click(seen, 'Deny');
    const view = await slack.until(() => alice.modals()[0]);
    expect(view).toMatchObject({ title: 'Deny', submit: 'Deny', text: expect.stringContaining('Reason:') });
    expect(await alice.typeahead(view.view, 'Tell', 'A')).toEqual([]);
    expect(await alice.typeahead(view.view, 'Tell', 'Al')).toHaveLength(2);
    expect(await alice.submit(view)).toMatchObject({
      sent: false,
      errors: { why: expect.stringContaining('required') },
    });
    expect(await alice.submit(view, { Reason: 'no' })).toMatchObject({ sent: true, errors: { why: 'Say more' } });
    expect(alice.modal().errors).toEqual({ why: 'Say more' });
    expect(await alice.submit(view, { Reason: 'too late', Tell: 'Alice' })).toMatchObject({
      acknowledged: true,
      errors: {},
    });
    expect(alice.modals()).toEqual([]);
    await slack.until(() => alice.latest('#ops').text === 'denied 17: too late, told alice');
  });

  test('closing a modal is told where the modal asks for that', async () => {
    const seen = await card();
    await slack.as('U0ALICE').click(seen, 'Deny');
    const view = await slack.until(() => slack.as('U0ALICE').modals()[0]);
    await slack.as('U0ALICE').close(view);
    await slack.until(() => slack.as('U0BOB').latest('#ops').text === 'thought better of it');
  });

  test('a command that is not acknowledged in time is an operation_timeout that the person sees', async () => {
    const said = await slack.as('U0BOB').say('#ops', '/logoff slow');
    expect(said).toMatchObject({ sent: true, acknowledged: false, problem: 'operation_timeout' });
    expect(said.ms).toBeGreaterThanOrEqual(650);
    expect(slack.as('U0BOB').latest('#ops')).toMatchObject({
      from: 'Slackbot',
      private: true,
      text: '/logoff failed with the error "operation_timeout"',
    });
  });
});
