import { describe, expect, test } from 'vitest';
import { text } from '../../src/core/cards/card.ts';
import { momentForm } from '../../src/core/cards/compose.ts';
import type { Form, FormValues } from '../../src/core/cards/modal.ts';
import { associateId } from '../../src/core/ids.ts';
import type { ComposeHandlers, FormSubmission, Pick } from '../../src/core/inputs.ts';
import { registerCompose } from '../../src/slack/compose.ts';
import type { SlackEdge } from '../../src/slack/connect.ts';
import { formOpener } from '../../src/slack/windows.ts';
import { OPS, say } from './listening.ts';
import { connected } from './local-slack.ts';

const jane = { id: associateId(102), label: 'Jane Doe', more: 'id 102, jane.doe' };
const per = { id: associateId(103), label: 'Per Hansen' };

const compose = (values: FormValues = { people: [] }): Form => ({
  kind: 'compose',
  title: 'Log people off',
  channel: OPS,
  intro: [],
  fields: [
    { kind: 'people', label: 'People', hint: 'Type', initial: values.people },
    { kind: 'group', label: 'Group', hint: 'Pick', ...(values.group === undefined ? {} : { initial: values.group }) },
    { kind: 'text', label: 'Reason', hint: 'Why', max: 500 },
  ],
  rows: [],
  parts: [{ kind: 'paragraph', text: [text(`chosen: ${values.people.map(({ id }) => id).join(' ')}`)] }],
  submit: 'Send',
  close: 'Cancel',
});
const who = (page: number): Form => ({
  ...compose(),
  kind: 'who',
  fields: [],
  rows: [{ text: `Those of page ${page}`, more: [text('more')], pick: { label: 'Log off…', id: associateId(102) } }],
  pages: { page, of: 3, group: 4 },
});

interface Heard {
  readonly picks: Pick[];
  readonly typed: string[];
  readonly submissions: FormSubmission[];
  readonly pages: (readonly [number, number | undefined])[];
}

/** Registers everything, with a command that opens `form`. */
function hearing(edge: SlackEdge, form: Form, does: Partial<ComposeHandlers> = {}): Heard {
  const heard: Heard = { picks: [], typed: [], submissions: [], pages: [] };
  edge.app.command('/logoff', async ({ ack, command }) => {
    await ack();
    const window = await formOpener(edge, 'views.open', command.trigger_id)(momentForm(form.kind, OPS));
    await window.show(form);
  });
  registerCompose(edge, {
    async pick(pick) {
      heard.picks.push(pick);
      await pick.open(compose({ people: [jane] }));
    },
    async suggest(_who, field, typed) {
      heard.typed.push(`${field} ${typed}`);
      return { label: '2 people', choices: [jane, per] };
    },
    change: does.change ?? (async (_who, _channel, values) => compose(values)),
    async submit(submission, acknowledge) {
      heard.submissions.push(submission);
      await (does.submit ?? (async (_, ack) => await ack({ kind: 'working' })))(submission, acknowledge);
    },
    async page(_who, _channel, page, group) {
      heard.pages.push([page, group]);
      return does.page === undefined ? who(page) : undefined;
    },
  });
  return heard;
}

describe.each(['socket', 'http'] as const)('over %s, a form', (mode) => {
  const start = async (form: Form, does: Partial<ComposeHandlers> = {}) => {
    let heard: Heard | undefined;
    const both = await connected(mode, (edge) => {
      heard = hearing(edge, form, does);
    });
    const bob = both.slack.as('U0BOB');
    await bob.say('C0OPS', '/logoff');
    await both.slack.until(() => bob.modals().length === 1);
    await both.slack.until(() => !bob.modal().text.includes('One moment'));
    if (heard === undefined) throw new Error('nothing was registered');
    return { ...both, bob, heard };
  };

  test('keeps only kind and channel in its metadata', async () => {
    const { slack } = await start(compose());
    const views = slack.journal.calls().filter(({ method }) => method.startsWith('views.'));
    expect(views.map(({ method }) => method)).toEqual(['views.open', 'views.update']);
    for (const { args } of views) {
      const view: unknown = typeof args['view'] === 'string' ? JSON.parse(args['view']) : args['view'];
      expect(view).toMatchObject({ private_metadata: '{"kind":"compose","channel":"C0OPS"}' });
    }
  });

  test('offers what is found under a heading, and says what was chosen at once', async () => {
    const { bob, heard, slack } = await start(compose());
    const options = await bob.typeahead(bob.modal(), 'People', 'ja');
    expect(heard.typed).toEqual(['people ja']);
    expect(options).toEqual([
      {
        text: { type: 'plain_text', text: 'Jane Doe', emoji: false },
        value: '102',
        description: { type: 'plain_text', text: 'id 102, jane.doe', emoji: false },
      },
      { text: { type: 'plain_text', text: 'Per Hansen', emoji: false }, value: '103' },
    ]);
    await bob.choose(bob.modal(), 'People', [...options]);
    await slack.until(() => bob.modal().text.includes('chosen: 102 103'));
  });

  test('that is submitted gives what was filled in; the answer takes its place', async () => {
    const { bob, heard, slack } = await start(compose(), {
      submit: async ({ window }, acknowledge) => {
        await acknowledge({ kind: 'working' });
        await window.tell(say('Request 17'));
      },
    });
    const people = await bob.lookUp(bob.modal(), 'People', 'Jane Doe');
    const group = await bob.lookUp(bob.modal(), 'Group', 'Per Hansen');
    const sent = await bob.submit(bob.modal(), { People: [people], Group: group, Reason: 'crash' });
    expect(sent).toMatchObject({ acknowledged: true, errors: {} });
    await slack.until(() => bob.modal().text === 'Request 17');
    expect(heard.submissions).toMatchObject([
      {
        who: { slack: 'U0BOB', team: 'T0HOME' },
        channel: 'C0OPS',
        values: { people: [{ id: 102 }], group: { id: 103 }, text: 'crash' },
        key: expect.stringMatching(/^window V/),
      },
    ]);
    expect(slack.journal.complaints()).toEqual([]);
  });

  test('shows errors at their fields and stays open', async () => {
    const long = 'no '.repeat(400);
    const { bob, slack } = await start(compose(), {
      submit: (_, acknowledge) => acknowledge({ kind: 'errors', errors: { people: 'Nobody.\u202e', group: long } }),
    });
    const { errors } = await bob.submit(bob.modal());
    expect(errors['people']).toBe('Nobody.');
    expect(errors['group']?.length).toBeLessThanOrEqual(300);
    expect(bob.modal().submit).toBe('Send');
    expect(slack.journal.complaints()).toEqual([]);
  });

  test('a preview that is late does not bring back a form that was submitted', async () => {
    const gate = Promise.withResolvers<void>();
    const { bob, slack, heard } = await start(compose(), {
      change: async (_who, _channel, values) => {
        await gate.promise;
        return compose(values);
      },
      submit: async ({ window }, acknowledge) => {
        await acknowledge({ kind: 'working' });
        await window.tell(say('Request 17'));
      },
    });
    const option = await bob.lookUp(bob.modal(), 'People', 'Jane Doe');
    await bob.choose(bob.modal(), 'People', [option]);
    await bob.submit(bob.modal());
    await slack.until(() => bob.modal().text === 'Request 17');
    gate.resolve();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bob.modal().text).toBe('Request 17');
    expect(heard.submissions).toHaveLength(1);
  });

  test('of quick choices only the newest is drawn, in whatever order they are found out', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    const { bob, slack } = await start(compose(), {
      change: async (_who, _channel, values) => {
        const gate = gates[asked];
        asked += 1;
        await gate?.promise;
        return compose(values);
      },
    });
    const [first = {}, second = {}] = await bob.typeahead(bob.modal(), 'People', '');
    const window = bob.modal();
    await bob.choose(window, 'People', [first]);
    await slack.until(() => asked === 1);
    await bob.choose(window, 'People', [second]);
    await slack.until(() => asked === 2);
    gates[1]?.resolve();
    await slack.until(() => bob.modal().text.includes('chosen: 103'));
    gates[0]?.resolve();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bob.modal().text).toContain('chosen: 103');
  });

  test('with pages turns them in place, with its group; a page that may not be seen is not shown', async () => {
    const { bob, slack, heard } = await start(who(0));
    expect(bob.modal().buttons).toEqual(['Log off…', 'Next']);
    await bob.click(bob.modal(), 'Next');
    await slack.until(() => bob.modal().text.includes('Those of page 1'));
    expect(bob.modal().buttons).toEqual(['Log off…', 'Previous', 'Next']);
    expect(heard.pages).toEqual([[1, 4]]);
    const refused = await start(who(0), { page: async () => undefined });
    await refused.bob.click(refused.bob.modal(), 'Next');
    await refused.slack.until(() => refused.bob.modal().text.includes('cannot see this list'));
  });

  test('beside a person opens another on top of it', async () => {
    const { bob, slack, heard } = await start(who(0));
    await bob.click(bob.modal(), 'Log off…');
    await slack.until(() => bob.modals().length === 2);
    expect(heard.picks).toMatchObject([{ who: { slack: 'U0BOB' }, channel: 'C0OPS', associate: 102 }]);
    expect(bob.modal().text).toContain('chosen: 102');
    expect(slack.journal.calls('views.push')).toHaveLength(1);
  });

  test('that is forged reaches nobody', async () => {
    const { bob, slack, heard } = await start(compose());
    const { delivery } = await bob.submit(bob.modal());
    if (delivery === undefined) throw new Error('nothing was sent');
    const view = Object(delivery.payload['view']);
    for (const private_metadata of [
      '',
      '{}',
      '{"kind":"who","channel":"C0OPS"}',
      '{"kind":"compose","channel":"nowhere"}',
      '{"kind":"compose","channel":17}',
    ]) {
      const forged = { ...delivery, payload: { ...delivery.payload, view: { ...view, private_metadata } } };
      const { acknowledged, body } = await slack.deliver(forged);
      expect(acknowledged).toBe(true);
      expect(JSON.stringify(body)).toContain('does not belong to one of my requests');
    }
    const odd = ['0', '-1', '102x', '1e3', '99999999999', ' 5', ''].map((value) => ({ value }));
    const people = { people: { type: 'multi_external_select', selected_options: [{ value: '102' }, ...odd, null, 7] } };
    const state = { values: { people, group: { group: { selected_option: { value: '4;' } } } } };
    await slack.deliver({ ...delivery, payload: { ...delivery.payload, view: { ...view, state } } });
    await slack.until(() => heard.submissions.length === 2);
    expect(heard.submissions[1]?.values).toEqual({ people: [{ id: 102, label: '102' }] });
  });
});

test('a window that Slack does not open is an error; one that was closed shows nothing more', async () => {
  const opened: boolean[] = [];
  const { slack, edge } = await connected('socket', (edge) => {
    edge.app.command('/logoff', async ({ ack, command }) => {
      await ack();
      const window = await formOpener(edge, 'views.open', command.trigger_id)(compose());
      await slack.until(() => bob.modals().length === 1);
      await bob.close(bob.modal());
      opened.push(await window.show(compose()));
      await window.tell(say('too late'));
    });
  });
  const bob = slack.as('U0BOB');
  await bob.say('C0OPS', '/logoff');
  await slack.until(() => opened.length === 1);
  expect(opened).toEqual([false]);
  await expect(formOpener(edge, 'views.open', 'no-trigger')(compose())).rejects.toMatchObject({
    code: 'trigger_expired',
    executed: 'no',
  });
});
