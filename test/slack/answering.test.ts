import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { denyModal, listening, OPS, say, withButtons } from './listening.ts';
import { pair } from './local-slack.ts';

const limited = (retryAfter: number): Fault => ({ kind: 'rate_limited', retryAfter });
const gone: Fault = { kind: 'error', error: 'user_disabled' };

/** An edge that answers each press, with a clock that is moved by hand: `waits` holds what it waits for. */
async function pressed(prepare: (faults: Awaited<ReturnType<typeof pair>>['slack']['faults']) => void) {
  const waits: { readonly delay: number; readonly run: () => void }[] = [];
  const both = await pair('http', {
    after(delay, run) {
      waits.push({ delay, run });
      return () => undefined;
    },
  });
  const { slack, edge, lines } = both;
  listening(edge, {
    async click({ answer, openModal, action }) {
      if (action === 'deny') await openModal(denyModal);
      else await answer(say('approved'));
    },
    submit: ({ answer }) => answer(say('denied')),
  });
  const { port } = await edge.start();
  slack.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  const ref = await edge.messenger.post(OPS, withButtons);
  const alice = slack.as('U0ALICE');
  prepare(slack.faults);
  const told = () => alice.sees('C0OPS').flatMap((seen) => (seen.private ? [seen.text] : []));
  return {
    ...both,
    waits,
    alice,
    ref,
    told,
    direct: () => alice.sees('dm').map(({ text }) => text),
    codes: () => lines.map(({ level, code }) => `${level} ${code}`),
  };
}

describe('the answer to a press', () => {
  test('waits as long as Slack asks, and is given once more: nobody reads an apology', async () => {
    const { slack, edge, alice, ref, waits, told, direct, codes } = await pressed((faults) =>
      faults.next('response_url', limited(2)),
    );
    await alice.click(ref, 'Approve');
    await slack.until(() => waits.length === 1);
    expect([waits[0]?.delay, told()]).toEqual([2_000, []]);
    waits[0]?.run();
    await edge.settled();
    expect([told(), direct(), codes()]).toEqual([['approved'], [], []]);
  });

  test('comes as a direct message at once where the wait would be long, or it is refused again', async () => {
    const { edge, alice, ref, waits, told, direct, codes } = await pressed((faults) =>
      faults.next('response_url', limited(30)),
    );
    await alice.click(ref, 'Approve');
    await edge.settled();
    expect([waits, told(), direct(), codes()]).toEqual([[], [], ['approved'], []]);
  });

  test.each<[string, Fault]>([
    ['an error', { kind: 'status', status: 500 }],
    ['a connection that breaks off', { kind: 'reset', when: 'before the effect' }],
    ['a used address', { kind: 'error', error: 'used_url' }],
  ])('comes as a direct message after %s', async (_, fault) => {
    const { edge, alice, ref, direct, codes } = await pressed((faults) => faults.next('response_url', fault));
    await alice.click(ref, 'Approve');
    await edge.settled();
    expect([direct(), codes()]).toEqual([['approved'], []]);
  });

  test('that reaches nobody is a warning of its own, and no failure of what was done', async () => {
    const { edge, alice, ref, direct, lines } = await pressed((faults) => {
      faults.always('response_url', limited(30));
      faults.always('conversations.open', gone);
    });
    await alice.click(ref, 'Approve');
    await edge.settled();
    expect(direct()).toEqual([]);
    expect(lines).toMatchObject([
      {
        level: 'warn',
        code: 'answer_lost',
        fields: { method: 'response_url', code: 'rate_limited', direct: 'user_gone' },
      },
    ]);
  });
});

test('the answer to a submission comes as a direct message where Slack does not change the window', async () => {
  const { slack, edge, alice, ref, direct, codes } = await pressed(() => undefined);
  await alice.click(ref, 'Deny');
  await slack.until(() => alice.modals().length === 1);
  slack.faults.always('views.update', limited(30));
  await alice.submit(alice.modal(), { Reason: 'not now' });
  await edge.settled();
  expect([direct(), codes()]).toEqual([['denied'], []]);
});
