import { describe, expect, test, vi } from 'vitest';
import { channelId, slackUserId } from '../../src/core/ids.ts';
import { asked, expectEnd } from './asked.ts';
import { HALL } from './made-up-bot.ts';
import { plain } from './made-up-slack.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const kinds = async (world: { audit(): Promise<readonly object[]> }) =>
  (await world.audit()).flatMap((entry) => ('note' in entry ? [(entry.note as { kind: string }).kind] : []));

describe('/logoff pause', () => {
  test('stops what is approved until /logoff resume, and says so everywhere', async () => {
    const world = await asked();
    expect(await world.say('U0OLA', '/logoff pause reason: month end')).toEqual([
      'All log-offs are paused. `/logoff resume` ends the pause.',
    ]);
    expect(await world.click('U0ALICE', 'approve')).toEqual([
      'You approved request 1. All log-offs are paused by @OLA since 14:00 (month end). This request goes ahead if they are resumed by 14:10.',
    ]);
    await world.clock.advance(60_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect((await world.request()).status).toBe('approved');
    expect(await world.shown('line')).toMatch(/paused by @OLA since \d\d:\d\d \(month end\); dropped unless/);
    expect(await world.shown('card')).toContain('paused by @OLA');
    expect((await world.say('U0BOB', '/logoff status')).join()).toContain('All log-offs are paused by @OLA');
    expect((await world.say('U0ALICE', '/logoff resume')).join()).toContain('The pause has ended.');
    await world.clock.advance(70_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
    const said = world.slack.messages
      .filter(({ channel }) => channel === APPROVALS)
      .map(({ card }) => JSON.stringify(card));
    expect(said.filter((words) => /Nobody is logged off for now/.test(words))).toHaveLength(1);
    expect(said.filter((words) => /ended the pause/.test(words))).toHaveLength(1);
    expect(await kinds(world)).toEqual(['policy_activated', 'dispatch_paused', 'dispatch_resumed']);
  });

  test('is told in the audit channel as well, where there is one', async () => {
    const surroundings = await makeSurroundings();
    const bot = await surroundings.start({ wrap: (world) => ({ ...world, auditChannel: channelId('C0AUDIT') }) });
    await bot.say('U0OLA', '/logoff pause');
    await bot.say('U0OLA', '/logoff resume');
    expect(surroundings.slack.messages.filter(({ channel }) => channel === 'C0AUDIT')).toHaveLength(2);
  });

  test('is told to the approvers although Slack limits the first post', async () => {
    const world = await makeWorld();
    world.troubles.fail('post', edgeError('rate_limited', { retryAfter: 30_000 }));
    await world.say('U0OLA', '/logoff pause');
    const said = () => world.slack.messages.filter(({ channel }) => channel === APPROVALS).length;
    expect(said()).toBe(0);
    await world.clock.advance(30_000);
    expect(said()).toBe(1);
    await world.clock.advance(3_600_000);
    expect(said()).toBe(1);
  });

  test('is not told late where it is over by then', async () => {
    const world = await makeWorld();
    world.troubles.fail('post', edgeError('rate_limited', { retryAfter: 30_000 }));
    await world.say('U0OLA', '/logoff pause');
    await world.say('U0OLA', '/logoff resume');
    await world.clock.advance(3_600_000);
    const said = world.slack.messages.filter(({ channel }) => channel === APPROVALS).map(({ card }) => plain(card));
    expect(said).toEqual(['@OLA ended the pause: requests that are approved and still in time are carried out now.']);
  });

  test('is left out of the answer to a click where the records do not tell of it, and the click counts', async () => {
    const world = await asked();
    const current = vi.spyOn(world.store.pauses, 'current').mockRejectedValue(edgeError('database_unavailable'));
    expect((await world.click('U0ALICE', 'approve')).join()).toContain('You approved request 1.');
    current.mockRestore();
    expect(world.logged).toContain('pause_unread');
    expect((await world.request()).approvals).toHaveLength(1);
  });

  test('holds on every process, and the one that was paused elsewhere sends nothing', async () => {
    const surroundings = await makeSurroundings();
    const one = await surroundings.start();
    const other = await surroundings.start();
    await one.say('U0BOB', '/logoff 101');
    await one.say('U0OLA', '/logoff pause');
    await other.click('U0ALICE', 'approve');
    await surroundings.clock.advance(30_000);
    expect(surroundings.netserver.logOffs).toEqual([]);
    await other.say('U0ALICE', '/logoff resume');
    await surroundings.clock.advance(6_000);
    expect(surroundings.netserver.logOffs).toEqual([[101]]);
  });

  test('that comes between the look and the claim is obeyed', async () => {
    const surroundings = await makeSurroundings();
    const { pauses } = surroundings.store;
    const by = { slack: slackUserId('U0OLA'), team: 'T0HOME', name: 'OLA' };
    const note = { kind: 'dispatch_paused', by } as const;
    const bot = await surroundings.start({
      wrap: (world) => ({
        ...world,
        requests: {
          ...world.requests,
          async save(...what) {
            if (what[4] !== undefined)
              await pauses.pause({ by, since: 0 }, { at: 0, via: 'command', policyVersion: 'aaaaaaaaaaaa', note });
            return await world.requests.save(...what);
          },
        },
      }),
    });
    await bot.say('U0BOB', '/logoff 101');
    await bot.click('U0ALICE', 'approve');
    await surroundings.clock.advance(20_000);
    expect(surroundings.netserver.logOffs).toEqual([]);
    expect(surroundings.effects).not.toContain('record 1 dispatching');
    expect(await surroundings.shown('line')).toContain('paused by @OLA');
  });

  test('does not stop the time: what waits expires and says why', async () => {
    const world = await asked();
    await world.say('U0OLA', '/logoff pause');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(11 * 60_000);
    await expectEnd(world, 'expired', 'paused by @OLA');
    expect(await world.shown('line')).toContain('and not resumed in time. Nothing was done.');
    await world.say('U0OLA', '/logoff resume');
    await world.clock.advance(10_000);
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('that ended while SuperOffice is away is not blamed any more', async () => {
    const world = await asked();
    await world.say('U0OLA', '/logoff pause');
    await world.click('U0ALICE', 'approve');
    world.troubles.fail('findAssociates', edgeError('timeout'));
    await world.say('U0OLA', '/logoff resume');
    await world.clock.advance(6_000);
    expect(await world.shown('line')).not.toContain('paused');
  });

  test('is for approvers alone, and refused attempts are kept', async () => {
    const world = await makeWorld();
    for (const typed of ['/logoff pause', '/logoff resume']) {
      expect((await world.say('U0BOB', typed)).join()).toContain('Only approvers can pause or resume log-offs');
    }
    world.slack.standings.set('U0OLA', 'guest');
    expect((await world.say('U0OLA', '/logoff pause')).join()).toContain('Only full members');
    expect(await world.store.pauses.current()).toBeUndefined();
    expect(await kinds(world)).toEqual(['policy_activated', 'command_refused', 'command_refused', 'command_refused']);
  });

  test('twice is said to be once', async () => {
    const world = await makeWorld();
    await world.say('U0OLA', '/logoff pause');
    expect((await world.say('U0ALICE', '/logoff pause')).join()).toContain('All log-offs are already paused by @OLA');
    await world.say('U0OLA', '/logoff resume');
    expect(await world.say('U0OLA', '/logoff resume')).toEqual(['Log-offs are not paused. Nothing changed.']);
  });

  test('is on record although Slack takes no message about it', async () => {
    const world = await makeWorld();
    world.troubles.fail('post', edgeError('unavailable'));
    expect((await world.say('U0OLA', '/logoff pause')).join()).toContain('All log-offs are paused');
    expect(world.logged).toContain('not_announced');
  });

  test('may be typed in a shared channel, since it only stops; resume may not', async () => {
    const world = await makeWorld();
    world.slack.places.set(HALL, 'shared');
    await world.say('U0OLA', '/logoff pause');
    expect(await world.store.pauses.current()).toBeDefined();
    expect((await world.say('U0OLA', '/logoff resume')).join()).toContain('shared with other companies');
    expect(await world.store.pauses.current()).toBeDefined();
  });

  test('by rules that were replaced changes nothing', async () => {
    const surroundings = await makeSurroundings();
    const older = await surroundings.start();
    await surroundings.start({ policy: policyOf({}, 'bbbbbbbbbbbb') });
    expect((await older.say('U0OLA', '/logoff pause')).join()).toContain('Newer rules are in force');
    expect(await surroundings.store.pauses.current()).toBeUndefined();
  });
});
