import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { hire } from './company.ts';
import { announced, come, MINUTE, quiet, rules, told, type World } from './everyone-told.ts';
import { edgeError } from './troubles.ts';

describe('before the time', () => {
  test('it must be approved, or nothing happens', async () => {
    const world = await quiet();
    await world.say('U0ALICE', '/logoff everyone in 10m');
    expect(await world.request()).toMatchObject({ expiresAt: world.clock.now() + 10 * MINUTE });
    await world.clock.advance(5 * MINUTE + 1_000);
    expect(await world.shown('reminder')).toContain('still waiting for approval until 14:10');
    await world.clock.advance(5 * MINUTE);
    expect(await world.shown('line')).toBe('Request 1: Nobody answered by 14:10. Nothing was done.');
    expect(await told(world, 101)).toEqual([]);
    expect(await world.shown('notice')).toBe('(nothing)');
    expect(await world.shown('over')).toBe('(nothing)');
  });

  test('approvers have no more time than for anything else', async () => {
    const world = await quiet();
    await world.say('U0ALICE', '/logoff everyone in 7d');
    expect(await world.request()).toMatchObject({ expiresAt: world.clock.now() + 30 * MINUTE });
  });

  test.each([
    ['who asked', 'U0ALICE', 'stopped by @ALICE'],
    ['an approver', 'U0EVA', 'stopped by @EVA (approver)'],
  ])('%s can stop it, and those who were told hear so', async (_, who, words) => {
    const world = await announced('in 15m');
    expect((await world.say('U0OLA', '/logoff status')).join()).toContain(
      'Request 1: announced; everyone who is logged on is logged off at 14:15 (everyone, asked by @ALICE)',
    );
    await world.clock.advance(6 * MINUTE);
    expect((await world.say(who, '/logoff cancel 1')).join()).toContain(
      'You stopped request 1. Nobody was logged off.',
    );
    expect(await world.shown('line')).toContain(words);
    expect(await world.shown('notice')).toBe('Request 1: this announcement is over.');
    expect(await world.shown('before10')).toBe('Request 1: this reminder is over.');
    expect(await world.shown('over')).toContain(words);
    expect((await told(world, 101)).at(-1)).toContain('You were not logged off: the log-off was stopped by @');
    await world.clock.advance(15 * MINUTE);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('before2')).toBe('(nothing)');
  });

  test('nobody else moves it, starts it or stops it, whatever the rule says of people who are named', async () => {
    const world = await announced('in 3m', { targets_may_stop: true, snooze: { times: 1, for: '10m' } });
    expect(await world.shown('warn:101')).not.toContain('[');
    for (const action of ['ready', 'snooze'] as const) {
      expect((await world.click('U0ANNA', action)).join()).toContain('logged off at the time that was announced');
    }
    expect((await world.click('U0ANNA', 'cancel')).join()).toContain('Only the person who asked and the approvers');
    expect((await world.request()).status).toBe('warning');
    await world.clock.advance(3 * MINUTE + 1_000);
    expect(world.netserver.logOffs).toHaveLength(1);
  });

  test('a stop and the call at the same moment: one of the two, and the answer says which', async () => {
    for (const first of ['stop', 'call'] as const) {
      const world = await announced('in 3m');
      const answers: string[] = [];
      const stop = async () => void answers.push(...(await world.click('U0OLA', 'cancel')));
      await world.clock.advance(2 * MINUTE + 30_000);
      world.troubles.during(first === 'stop' ? 'findAssociates' : 'connect', stop);
      await world.clock.advance(40_000);
      const wanted = first === 'stop' ? ['stopped', 0] : ['Too late: SuperOffice has', 1];
      expect(world.netserver.logOffs).toHaveLength(Number(wanted[1]));
      expect(answers.join()).toContain(`${wanted[0]}`);
    }
  });

  test('a pause holds it up, also what would be announced, and it is given up when that is too long', async () => {
    const world = await quiet();
    await world.say('U0OLA', '/logoff pause reason: month end');
    await world.say('U0ALICE', '/logoff everyone in 3m');
    await world.submit('U0OLA', 'approve');
    await world.clock.advance(MINUTE);
    expect(await world.shown('notice')).toBe('(nothing)');
    await world.say('U0OLA', '/logoff resume');
    await world.clock.advance(6_000);
    expect(await world.shown('notice')).toContain('will be logged off at 14:03');
    await world.say('U0OLA', '/logoff pause');
    await world.clock.advance(12 * MINUTE + 1_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('line')).toContain('and not resumed in time. Nothing was done.');
  });

  test('who lost the right to ask ends it before anybody is reminded', async () => {
    const world = await announced('in 15m');
    world.slack.standings.set('U0ALICE', 'deactivated');
    await world.clock.advance(5 * MINUTE + 1_000);
    expect((await world.request()).status).toBe('aborted');
    expect(await world.shown('before10')).toBe('(nothing)');
    expect((await told(world, 101)).at(-1)).toContain('not carried out');
  });
});

describe('what cannot be told', () => {
  test('in the channel is told to who asked, who has to tell the others', async () => {
    const world = await quiet();
    world.slack.closed.add('C0HALL');
    await world.say('U0ALICE', '/logoff everyone in 15m');
    await world.submit('U0OLA', 'approve');
    expect(await world.shown('notice')).toContain('will be logged off at 14:15');
    expect(world.slack.messages.filter(({ channel }) => channel === 'D0ALICE')).toHaveLength(1);
    await world.clock.advance(16 * MINUTE);
    expect(world.netserver.logOffs).toHaveLength(1);
  });

  test('to somebody at once is tried for as long as it is of use', async () => {
    const world = await quiet();
    world.troubles.fail('direct U0BO', edgeError('unavailable'), 6);
    await world.say('U0ALICE', '/logoff everyone in 15m');
    await world.submit('U0OLA', 'approve');
    await world.clock.advance(3 * MINUTE);
    expect(await world.shown('warn:102')).toContain('will be logged off at 14:15');
    expect(await world.request()).toMatchObject({ until: world.clock.now() + 12 * MINUTE });
  });

  test('to somebody at all does not hold up the others', async () => {
    const world = await quiet();
    world.troubles.fail('direct U0BO', edgeError('user_gone', { retryable: false }), 100);
    await world.say('U0ALICE', '/logoff everyone in 3m');
    await world.submit('U0OLA', 'approve');
    await world.clock.advance(1_000);
    expect(await world.shown('card')).toMatch(/Bo Dahl .*: could not be warned: phone them/);
    expect(await world.shown('card')).toMatch(/Anna Berg .*: told/);
    await world.clock.advance(3 * MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    expect(world.slack.messages.filter(({ channel }) => channel === 'D0BO')).toEqual([]);
  });

  test('many people are looked up in Slack in one go', async () => {
    const world = await quiet();
    for (let id = 2001; id <= 2040; id += 1) {
      hire(world, id, `u${id}`, `U ${id}`, { email: `u${id}@example.com` });
      world.slack.emails.set(`U0N${id}`, `u${id}@example.com`);
    }
    await world.say('U0ALICE', '/logoff everyone in 15m');
    await world.submit('U0OLA', 'approve');
    expect(world.slack.messages.filter(({ channel }) => channel.startsWith('D0N'))).toHaveLength(40);
  });
});

describe('a process that stops', () => {
  const restart = async (world: World, away: number) => {
    await world.reconciler.stop();
    await world.clock.advance(away);
    const next = await world.start({ policy: rules() });
    await world.clock.advance(2_000);
    return { ...world, ...next };
  };

  test('before a reminder, and comes back after it: the reminder is given while it is one', async () => {
    const world = await announced('in 15m');
    const second = await restart(world, 6 * MINUTE);
    expect(await world.shown('before10:101')).toContain('in about 10 minutes');
    await restart(second, 8.5 * MINUTE);
    expect(await world.shown('before2')).toBe('(nothing)');
    await world.clock.advance(MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('over the time: those who were told are logged off when it is back, while SuperOffice may take it', async () => {
    const world = await announced('in 3m');
    come(world, 105);
    await restart(world, 5 * MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    await world.clock.advance(62_000);
    expect(await world.shown('outcome')).toContain('User 105 (id 105): logged on too late to be told in time');
  });

  test('for too long: nobody is logged off, and those who were told hear so', async () => {
    const world = await announced('in 3m');
    await restart(world, 14 * MINUTE);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('line')).toContain('not carried out by 14:13, so it was dropped. Nothing was done.');
    expect((await told(world, 101)).at(-1)).toContain('not carried out');
  });

  test('before it was announced: people have their time from the announcement', async () => {
    const world = await quiet();
    await world.say('U0ALICE', '/logoff everyone in 3m');
    world.troubles.fail('findAssociates', edgeError('unavailable'), 100);
    await world.submit('U0OLA', 'approve');
    await world.reconciler.stop();
    await world.clock.advance(4 * MINUTE);
    world.troubles.heal();
    await world.start({ policy: rules() });
    await world.clock.advance(2_000);
    expect(await world.shown('warn:101')).toContain('will be logged off at 14:06');
    await world.clock.advance(2 * MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('and the record is replayed to what it was, with every person who was added', async () => {
    const world = await announced('in 3m');
    come(world, 105);
    await world.clock.advance(5 * MINUTE);
    expect((await world.request()).status).toBe('done');
    expect((await world.store.audit.verify()).ok).toBe(true);
    const facts = (await world.store.requests.history(requestId(1))).map(({ fact }) => fact);
    const claimed = facts.find((fact) => fact.kind === 'dispatch_claimed');
    expect(claimed?.kind === 'dispatch_claimed' && claimed.sent).toEqual([101, 102, 105]);
  });
});
