import { expect, it } from 'vitest';
import type { Delivery } from '../../src/sandbox/slack/delivery.ts';
import { HELPDESK } from './cast.ts';
import { openTown } from './town.ts';

const MINUTE = 60_000;

const sent = (delivery: Delivery | undefined): Delivery => {
  if (delivery === undefined) throw new Error('nothing was sent');
  return delivery;
};

it('the same signed request twice does nothing twice: a command makes one request', async () => {
  const { bob, slack, card, quiet } = await openTown('http');
  const typed = await bob.say('/logoff 102');
  for (let time = 0; time < 3; time += 1) {
    expect(await slack.deliver(sent(typed.delivery))).toMatchObject({ acknowledged: true, status: 200 });
  }
  await quiet();
  expect(slack.transcript(HELPDESK)).toBe('SuperOffice log-off: Request 1: waiting for approval\n[Cancel request]');
  expect(() => card(2)).toThrow('nothing like');
});

it('the same signed request twice does nothing twice: a click counts once', async () => {
  const { bob, alice, slack, card, calls, quiet } = await openTown('http');
  await bob.say('/logoff 102');
  const { delivery } = await alice.click(card(1), 'Approve');
  await Promise.all([slack.deliver(sent(delivery)), slack.deliver(sent(delivery))]);
  await quiet();
  expect(alice.answered()).toContain('has already been decided');
  expect(calls()).toEqual([[102]]);
});

it('a request that is not signed, wrongly signed, too old or from the future is turned away, and nothing happens', async () => {
  const { bob, slack, clock, log, line, card, alice, calls, quiet } = await openTown('http');
  await bob.say('/logoff 102');
  const { delivery } = await alice.click(card(1), 'Deny…');
  const approve: Delivery = JSON.parse(
    JSON.stringify(delivery).replaceAll('"action_id":"deny"', '"action_id":"approve"'),
  );
  const now = Math.floor(clock.now() / 1000);
  for (const how of [
    { signature: 'missing' },
    { signature: 'tampered' },
    { timestamp: now - 6 * 60 },
    { timestamp: now + 6 * 60 },
  ] as const) {
    expect(await slack.deliver(approve, how), JSON.stringify(how)).toMatchObject({ acknowledged: false, status: 401 });
  }
  clock.pause(6 * MINUTE);
  expect(await slack.deliver(approve, { timestamp: now })).toMatchObject({ acknowledged: false, status: 401 });
  await quiet();
  expect(line(1)).toContain('waiting for approval');
  expect(calls()).toEqual([]);
  expect(log.filter((entry) => /slack_bad_signature|slack_timestamp_ahead/.test(entry))).toHaveLength(5);
  // The same words, rightly signed, do count.
  await slack.deliver(approve);
  await quiet();
  expect(calls()).toEqual([[102]]);
});
