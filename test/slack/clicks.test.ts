import { describe, expect, test } from 'vitest';
import { denyModal, type Heard, listening, OPS, people, say, withButtons } from './listening.ts';
import { connected } from './local-slack.ts';

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('a click becomes who, what, which request and where; the answer is private', async () => {
    let heard: Heard | undefined;
    const { slack, edge } = await connected(mode, (edge) => {
      heard = listening(edge, { click: ({ answer }) => answer(say('counted')) });
    });
    const ref = await edge.messenger.post(OPS, withButtons);
    const taken = await slack.as('U0BOB').click(ref, 'Approve');
    expect(taken).toMatchObject({ acknowledged: true });
    await slack.until(() => slack.as('U0BOB').sees('C0OPS').length === 2);
    expect(heard?.clicks).toMatchObject([
      { who: { slack: 'U0BOB', team: 'T0HOME' }, action: 'approve', request: 17, message: ref },
    ]);
    expect(slack.as('U0BOB').latest('C0OPS')).toMatchObject({ text: 'counted', private: true });
    expect(slack.as('U0ALICE').sees('C0OPS').length).toBe(1);
  });

  test('a person from another workspace keeps that workspace, though the payload is of ours', async () => {
    let heard: Heard | undefined;
    const { slack, edge } = await connected(mode, (edge) => {
      heard = listening(edge);
    });
    await slack.as('U0OUT').click(await edge.messenger.post(OPS, withButtons), 'Approve');
    await slack.until(() => heard?.clicks.length === 1);
    expect(heard?.clicks[0]?.who).toEqual({ slack: 'U0OUT', team: 'T0AWAY' });
  });

  test('a button opens a modal, its submission has the note, the answer takes its place', async () => {
    let heard: Heard | undefined;
    const { slack, edge } = await connected(mode, (edge) => {
      heard = listening(edge, {
        click: async ({ openModal }) => void (await openModal(denyModal)),
        submit: ({ answer, note }) => answer(say(`denied: ${note}`)),
      });
    });
    const bob = slack.as('U0BOB');
    await bob.click(await edge.messenger.post(OPS, withButtons), 'Deny');
    await slack.until(() => bob.modals().length === 1);
    await bob.submit(bob.modal(), { Reason: ' not now ' });
    await slack.until(() => bob.modal().text.includes('denied'));
    expect(heard?.submissions).toMatchObject([{ who: { slack: 'U0BOB' }, kind: 'deny', request: 17, note: 'not now' }]);
    expect(bob.modal()).toMatchObject({ text: 'denied: not now', submit: undefined });
    expect(slack.journal.complaints()).toEqual([]);
  });

  test('who closes the window before the answer gets it as a direct message', async () => {
    const gate = Promise.withResolvers<void>();
    const { slack, edge } = await connected(mode, (edge) => {
      listening(edge, {
        click: async ({ openModal }) => void (await openModal(denyModal)),
        submit: async ({ answer }) => {
          await gate.promise;
          await answer(say('denied'));
        },
      });
    });
    const bob = slack.as('U0BOB');
    await bob.click(await edge.messenger.post(OPS, withButtons), 'Deny');
    await slack.until(() => bob.modals().length === 1);
    await bob.submit(bob.modal());
    await bob.close(bob.modal());
    gate.resolve();
    await slack.until(() => bob.sees('dm').length === 1);
    expect(bob.latest('dm').text).toBe('denied');
  });

  test('pages are turned in place; a page that may not be seen is not shown', async () => {
    const { slack, edge } = await connected(mode, (edge) => {
      listening(edge, {
        click: async ({ openModal }) => void (await openModal(people(0))),
        page: async (_who, _request, _kind, page) => (page === 1 ? people(1) : undefined),
      });
    });
    const bob = slack.as('U0BOB');
    await bob.click(await edge.messenger.post(OPS, withButtons), 'Show everyone');
    await slack.until(() => bob.modals().length === 1);
    await bob.click(bob.modal(), 'Next');
    await slack.until(() => bob.modal().text.includes('page 1'));
    expect(bob.modal().buttons).toEqual(['Previous']);
    await bob.click(bob.modal(), 'Previous');
    await slack.until(() => bob.modal().text.includes('cannot see this list'));
  });

  test('a submission whose work fails is still answered in its window', async () => {
    const { slack, edge } = await connected(mode, (edge) => {
      listening(edge, {
        click: async ({ openModal }) => void (await openModal(denyModal)),
        submit: () => Promise.reject(new Error('no')),
      });
    });
    const bob = slack.as('U0BOB');
    await bob.click(await edge.messenger.post(OPS, withButtons), 'Deny');
    await slack.until(() => bob.modals().length === 1);
    await bob.submit(bob.modal());
    await slack.until(() => bob.modal().text.includes('something went wrong'));
  });

  test.each(['17x', '017', '-1', '0', '1e3', '', '99999999999999999999'])(
    'a button with the value "%s" reaches nobody',
    async (value) => {
      let heard: Heard | undefined;
      const { slack, edge } = await connected(mode, (edge) => {
        heard = listening(edge);
      });
      const bob = slack.as('U0BOB');
      const first = await bob.click(await edge.messenger.post(OPS, withButtons), 'Approve');
      await slack.until(() => heard?.clicks.length === 1);
      const { delivery } = first;
      if (delivery === undefined) throw new Error('nothing was sent');
      const forged = {
        ...delivery,
        payload: { ...delivery.payload, actions: [{ type: 'button', action_id: 'approve', block_id: 'b', value }] },
      };
      expect(await slack.deliver(forged)).toMatchObject({ acknowledged: true });
      await slack.until(() => bob.sees('C0OPS').some((seen) => seen.text.startsWith('This does not belong')));
      expect(heard?.clicks.length).toBe(1);
    },
  );
});
