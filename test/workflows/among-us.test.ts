import { describe, expect, test } from 'vitest';
import { text } from '../../src/core/cards/card.ts';
import { channelId } from '../../src/core/ids.ts';
import { announce } from '../../src/workflows/operator/announce.ts';
import { announcePolicy } from '../../src/workflows/operator/announce-policy.ts';
import { plain } from './made-up-slack.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const AUDIT = 'C0AUDIT';

type World = Awaited<ReturnType<typeof makeWorld>>;
type Slack = Pick<World, 'slack'>;

const said = ({ slack }: Slack, channel: string): readonly string[] =>
  slack.messages.filter((message) => message.channel === channel).map(({ card }) => plain(card));

const TOLD =
  'Request 1: nobody can approve it: the approvals channel is shared with another company or workspace, so nothing more is ' +
  'told or decided there. Tell your CRM administrator to name a channel of your own.';

describe('an approvals channel that is shared with others', () => {
  test('gets no card: whoever asked is told at once what to do, and nothing is told in it', async () => {
    const world = await makeWorld();
    world.slack.places.set(APPROVALS, 'shared');
    await world.say('U0BOB', '/logoff 101 reason: leaving on Friday');
    expect(said(world, APPROVALS)).toEqual([]);
    expect(said(world, 'D0BOB')).toEqual([TOLD]);
    expect(world.logged).toContain('card_not_shown');
    expect(world.logged).toContain('channel_is_shared');
    await world.clock.advance(3_600_000);
    expect(said(world, APPROVALS)).toEqual([]);
  });

  test('gets the card as soon as the sharing has ended', async () => {
    const world = await makeWorld();
    world.slack.places.set(APPROVALS, 'shared');
    await world.say('U0BOB', '/logoff 101');
    world.slack.places.set(APPROVALS, 'ours');
    await world.clock.advance(10_000);
    expect(await world.shown('card')).toContain('[Approve]');
  });

  test('keeps the card as it was where it became shared later, without a name more', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    const before = await world.shown('card');
    world.slack.places.set(APPROVALS, 'shared');
    await world.say('U0BOB', '/logoff cancel 1');
    await world.clock.advance(60_000);
    expect((await world.request()).status).toBe('cancelled');
    expect(await world.shown('card')).toBe(before);
    expect(await world.shown('line')).toContain('cancelled');
  });

  test('gets no reminder', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.slack.places.set(APPROVALS, 'shared');
    await world.clock.advance(16 * 60_000);
    expect((await world.request()).reminded).toBe(true);
    expect(said(world, APPROVALS)).toHaveLength(1);
  });

  test('is told of no pause', async () => {
    const world = await makeWorld();
    world.slack.places.set(APPROVALS, 'shared');
    await world.say('U0OLA', '/logoff pause reason: month end');
    await world.say('U0OLA', '/logoff resume');
    expect(said(world, APPROVALS)).toEqual([]);
    expect(world.logged).toContain('announcement_given_up');
  });

  test('is left for the one that the settings name after the next start: the card is posted anew there', async () => {
    const surroundings = await makeSurroundings();
    const old = await surroundings.start();
    await old.say('U0BOB', '/logoff 101');
    surroundings.slack.places.set(APPROVALS, 'shared');
    await old.reconciler.stop();
    const bot = await surroundings.start({
      wrap: (world) => ({ ...world, approvalsChannel: channelId('C0OURS') }),
    });
    await bot.say('U0BOB', '/logoff cancel 1');
    await surroundings.clock.advance(1_000);
    expect(said(surroundings, 'C0OURS')).toEqual([expect.stringContaining('cancelled')]);
    expect(said(surroundings, APPROVALS)).toEqual([expect.stringContaining('[Approve]')]);
  });
});

test('where Slack does not tell what kind of channel it is, the card waits until it does', async () => {
  const world = await makeWorld();
  const { channelPlace } = world.slack.directory;
  let isSilent = true;
  Object.assign(world.slack.directory, {
    channelPlace: async (channel: Parameters<typeof channelPlace>[0]) => {
      if (isSilent && channel === APPROVALS) throw edgeError('timeout');
      return await channelPlace(channel);
    },
  });
  await world.say('U0BOB', '/logoff 101');
  expect(said(world, APPROVALS)).toEqual([]);
  isSilent = false;
  await world.clock.advance(5_000);
  expect(await world.shown('card')).toContain('[Approve]');
});

describe('an audit channel that is shared with others', () => {
  test('is told neither news nor what new rules change', async () => {
    const surroundings = await makeSurroundings();
    surroundings.slack.places.set(AUDIT, 'shared');
    const { world } = await surroundings.start({
      wrap: (found) => ({ ...found, auditChannel: channelId(AUDIT) }),
    });
    await announce([text('News.')], world);
    await announcePolicy({ version: '111111111111' }, { ...world, policy: policyOf({}, '222222222222') });
    await surroundings.clock.advance(3_600_000);
    expect(said(surroundings, AUDIT)).toEqual([]);
    expect(surroundings.logged).toContain('announcement_given_up');
    expect(surroundings.logged).toContain('policy_not_announced');
  });
});
