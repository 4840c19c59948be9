import { expect, it } from 'vitest';
import { text } from '../../src/core/cards/card.ts';
import { channelId } from '../../src/core/ids.ts';
import { announce } from '../../src/workflows/operator/announce.ts';
import { createTestClock } from '../test-clock.ts';
import { createSlack, plain } from './made-up-slack.ts';
import { createTroubles, edgeError } from './troubles.ts';

const AUDIT = 'C0AUDIT';
const HOUR = 3_600_000;

function channel(auditChannel: string | undefined = AUDIT) {
  const troubles = createTroubles();
  const { directory, messenger, messages, closed } = createSlack(troubles, []);
  const clock = createTestClock();
  const logged: string[] = [];
  const where = auditChannel === '' ? undefined : channelId(auditChannel);
  const world = {
    clock,
    directory,
    messenger,
    log: (_: string, code: string) => void logged.push(code),
    auditChannel: where,
  };
  return { world, clock, troubles, closed, logged, said: () => messages.map(({ card }) => plain(card)) };
}

it('a line is posted in the audit channel at once; without such a channel there is nothing to do', async () => {
  const { world, said } = channel();
  await announce([text('News.')], world);
  expect(said()).toEqual(['News.']);
  const silent = channel('');
  await announce([text('News.')], silent.world);
  expect([silent.said(), silent.logged]).toEqual([[], []]);
});

it('where Slack is away nobody waits for it: the line comes later, once', async () => {
  const { world, clock, troubles, said } = channel();
  troubles.fail('post', edgeError('unreachable'), 2);
  await announce([text('News.')], world);
  expect(said()).toEqual([]);
  await clock.advance(5_000);
  expect(said()).toEqual([]);
  await clock.advance(30_000);
  expect(said()).toEqual(['News.']);
  await clock.advance(HOUR);
  expect(said()).toEqual(['News.']);
  expect(clock.waiting()).toBe(0);
});

it('it is given up after five tries, and the log says so', async () => {
  const { world, clock, troubles, logged, said } = channel();
  troubles.fail('post', edgeError('unreachable'), 99);
  await announce([text('News.')], world);
  await clock.advance(5 * HOUR);
  expect(said()).toEqual([]);
  expect(logged).toEqual([...Array.from({ length: 5 }, () => 'not_announced'), 'announcement_given_up']);
  expect(clock.waiting()).toBe(0);
});

it('what cannot get better is not tried again, and what may have been posted is not said twice', async () => {
  const shut = channel();
  shut.closed.add(AUDIT);
  await announce([text('News.')], shut.world);
  expect([shut.clock.waiting(), shut.logged]).toEqual([0, ['not_announced', 'announcement_given_up']]);
  const maybe = channel();
  maybe.troubles.fail('posted', edgeError('timeout', { executed: 'maybe' }));
  await announce([text('News.')], maybe.world);
  await maybe.clock.advance(HOUR);
  expect([maybe.clock.waiting(), maybe.said()]).toEqual([0, ['News.']]);
});

it('Slack is left alone as long as it asks to be', async () => {
  const { world, clock, troubles, said } = channel();
  troubles.fail('post', edgeError('rate_limited', { retryAfter: 60_000 }));
  await announce([text('News.')], world);
  await clock.advance(59_000);
  expect(said()).toEqual([]);
  await clock.advance(1_000);
  expect(said()).toEqual(['News.']);
});
