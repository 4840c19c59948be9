import { describe, expect, test } from 'vitest';
import { associateId, requestId } from '../../src/core/ids.ts';
import { hire } from './company.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const rule = { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '2m' };
const rules = (more: Readonly<Record<string, unknown>> = {}, version?: string) =>
  policyOf({ identities: { U0ANNA: 101, U0BO: 102 }, rules: [{ ...rule, ...more }] }, version);

/** Bob asks, Alice approves, and people are being warned. */
async function warned(who = '101 102', more: Readonly<Record<string, unknown>> = {}, reason = 'hangs') {
  const world = await makeWorld({ policy: rules(more) });
  await world.say('U0BOB', `/logoff ${who} reason: ${reason}`);
  await world.click('U0ALICE', 'approve');
  expect((await world.request()).status).toBe('warning');
  return world;
}

const directs = ({ slack }: Surroundings, user: string) =>
  slack.messages.filter(({ channel }) => channel === `D${user.slice(1)}`).length;

describe('somebody who is known by an e-mail address alone', () => {
  const FIVE = 'U0FIVE';
  async function byMail(who: string, reason?: string) {
    const world = await makeWorld({ policy: rules() });
    world.netserver.emails.set(105, 'u105@example.com');
    world.slack.emails.set(FIVE, 'u105@example.com');
    await world.say('U0BOB', `/logoff ${who} reason: ${reason ?? 'hangs'}`);
    return world;
  }
  const status = async (world: Surroundings & { say(who: string, typed: string): Promise<readonly string[]> }) =>
    (await world.say(FIVE, '/logoff status 1')).join();

  test('can look at the request of which they were told, and no earlier', async () => {
    const world = await byMail('105');
    expect(await status(world)).toContain('There is no request 1 that you can see.');
    await world.click('U0ALICE', 'approve');
    expect(await status(world)).toContain('User 105 (user105, id 105, Sales)');
    await world.clock.advance(200_000);
    expect(await world.shown('told:105')).toContain('You were logged off');
    expect(await status(world)).toContain('Request 1: log off 1 person');
    expect((await world.say(FIVE, '/logoff cancel 1')).join()).toContain('Request 1:');
  });

  test('reads neither a confidential reason nor who else is meant', async () => {
    const world = await byMail('101 105', 'HR-12 offboarding');
    await world.click('U0ALICE', 'approve');
    const read = await status(world);
    expect(read).toContain('Request 1: log off 2 people');
    expect(read).not.toMatch(/HR-12|Anna/);
    expect((await world.say(FIVE, '/logoff status')).join()).not.toContain('Anna');
  });

  test('still sees no request that was not told to them', async () => {
    const world = await byMail('105');
    world.slack.emails.set('U0ZOE', 'zoe@example.com');
    await world.click('U0ALICE', 'approve');
    expect((await world.say('U0ZOE', '/logoff status 1')).join()).toContain('There is no request 1 that you can see.');
  });
});

describe('people who are on', () => {
  test('are told by whom, when and why, and are logged off then', async () => {
    const world = await warned();
    expect(await world.shown('warn:101')).toBe(
      'You will be logged off the SuperOffice Windows client at 14:02 (until 14:02). Save your work now; unsaved work may be lost. Asked for by @BOB. (Request 1)\nReason\n> hangs\n[Log me off now] [10 more minutes]',
    );
    expect(await world.shown('line')).toBe('Request 1: people are being warned; log-off at 14:02\n[Stop]');
    expect(await world.shown('card')).toContain('@Anna Berg: warned, no answer yet');
    expect(await world.shown('card')).toContain('[Stop]');
    await world.clock.advance(119_000);
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(2_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('are told afterwards what became of it, once each, and so is who asked', async () => {
    const world = await warned('101');
    await world.clock.advance(200_000);
    expect(await world.shown('warn:101')).toBe(
      'This warning has ended. There is nothing more to answer here. (Request 1)',
    );
    expect(await world.shown('told:101')).toBe(
      'You were logged off the SuperOffice Windows client at 14:02. @BOB asked for it and @ALICE approved it. Reason: hangs. You can log on again. (Request 1)',
    );
    expect(await world.shown('outcome')).toContain('Request 1: 1 person logged off');
    await world.clock.advance(600_000);
    expect([directs(world, 'U0ANNA'), directs(world, 'U0BOB'), directs(world, 'U0ALICE')]).toEqual([2, 1, 0]);
    expect(world.slack.messages).toHaveLength(5);
  });

  test('are not told why where somebody leaves the company', async () => {
    const world = await warned('101', {}, 'HR-12 Offboarding of A. B.');
    expect(await world.shown('warn:101')).not.toContain('Offboarding');
    expect(await world.shown('card')).toContain('Offboarding');
  });

  test('are not warned where they agreed themselves, or asked for themselves', async () => {
    const world = await makeWorld({ policy: rules({ consent: true, who: 'anyone' }) });
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ANNA', 'consent');
    expect(world.netserver.logOffs).toEqual([[101]]);
    await world.say('U0BO', '/logoff 102');
    await world.click('U0ALICE', 'approve', 2);
    expect(world.netserver.logOffs).toEqual([[101], [102]]);
    await world.clock.advance(61_000);
    expect(await world.shown('told:101')).toContain('@BOB asked for it and you agreed. You can log on again.');
    // One message where who asked and who is concerned are one.
    expect(directs(world, 'U0BO')).toBe(1);
    expect(await world.shown('outcome', 2)).toBe(
      'You were logged off the SuperOffice Windows client at 14:00, as you asked. You can log on again. (Request 2)',
    );
  });

  test('who log on during the warning of others are warned as well', async () => {
    const world = await makeWorld({ policy: rules() });
    world.netserver.on.delete(associateId(102));
    await world.say('U0BOB', '/logoff 101 102');
    await world.click('U0ALICE', 'approve');
    expect(directs(world, 'U0BO')).toBe(0);
    world.netserver.on.add(associateId(102));
    await world.clock.advance(121_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('warn:102')).toContain('at 14:04');
    expect(await world.shown('warn:101')).toContain('at 14:04');
    await world.clock.advance(121_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });
});

describe('people who cannot be warned', () => {
  test('are named on the card, and have their time all the same', async () => {
    const world = await warned('101 105');
    expect(await world.shown('card')).toContain('User 105 (user105, id 105, Sales): could not be warned: phone them');
    await world.click('U0ANNA', 'ready');
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(121_000);
    expect(world.netserver.logOffs).toEqual([[101, 105]]);
  });

  test.each([
    ['since Slack does not know them any more', edgeError('user_gone', { retryable: false })],
    ['since Slack would take it much too late', edgeError('rate_limited', { retryAfter: 60_000 })],
  ])('%s are named too, and nothing more is tried', async (_, error) => {
    const world = await makeWorld({ policy: rules() });
    world.troubles.fail('direct U0BO', error);
    await world.say('U0BOB', '/logoff 101 102');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(2_000);
    expect(await world.shown('card')).toMatch(/Bo Dahl .*: could not be warned: phone them/);
    await world.clock.advance(117_000);
    expect(directs(world, 'U0BO')).toBe(0);
    await world.clock.advance(2_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('at once are tried again for a quarter of the time', async () => {
    const world = await makeWorld({ policy: rules() });
    world.troubles.fail('direct U0BO', edgeError('unavailable'), 2);
    await world.say('U0BOB', '/logoff 101 102');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(10_000);
    expect(await world.shown('warn:102')).toContain('[Log me off now]');
    expect(await world.shown('card')).not.toContain('could not be warned');
  });
});

describe('somebody who is warned', () => {
  test('can be ready: when all are, nobody waits', async () => {
    const world = await warned();
    expect((await world.click('U0ANNA', 'ready')).join()).toBe(
      'You are ready. You will be logged off at 14:02, or earlier if everybody else is ready.',
    );
    expect(await world.shown('warn:101')).toBe(
      'You are ready. You will be logged off at 14:02 or earlier. (Request 1)',
    );
    expect(await world.shown('card')).toContain('Ready: 1 of 2');
    expect(await world.shown('card')).toMatch(/Anna Berg .*: warned, ready/);
    await world.click('U0BO', 'ready');
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('can ask for more time, which the others and the card are told', async () => {
    const world = await warned();
    await world.clock.advance(60_000);
    const before = world.slack.messages.find(({ channel }) => channel === APPROVALS)?.card;
    expect((await world.click('U0ANNA', 'snooze')).join()).toBe('You now have until 14:11.');
    expect(await world.shown('warn:101')).toContain('at 14:11 (until 14:11). Save your work now');
    expect(await world.shown('warn:101')).toContain('[Log me off now]');
    expect(await world.shown('warn:101')).not.toContain('more minutes');
    expect(await world.shown('warn:102')).toContain('at 14:11 (until 14:11). Save your work now');
    expect(await world.shown('card')).toMatch(/Anna Berg .*: warned, asked for more time/);
    expect(world.slack.messages.find(({ channel }) => channel === APPROVALS)?.card).not.toEqual(before);
    expect((await world.click('U0ANNA', 'snooze')).join()).toContain('You cannot ask for more time again.');
    await world.clock.advance(9 * 60_000);
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('read from when on asking for more time is of use, where they have more than that at first', async () => {
    const world = await warned('101', { warn: '15m' });
    const shown = await world.shown('warn:101');
    expect(shown).toContain('More time counts from when you ask for it: before 14:05 you have more than that.');
    expect((await world.click('U0ANNA', 'snooze')).join()).toContain('You have more time than that already');
    await world.clock.advance(6 * 60_000);
    await world.click('U0ANNA', 'snooze');
    expect(await world.shown('warn:101')).toContain('at 14:16 (until 14:16). Save your work now');
    expect(await world.shown('warn:101')).not.toContain('more than that');
  });

  test('known by e-mail only can ask for time, and is not offered what takes a surer match', async () => {
    const world = await makeWorld({ policy: rules({ targets_may_stop: true }) });
    world.netserver.emails.set(105, 'u105@example.com');
    world.slack.emails.set('U0FIVE', 'u105@example.com');
    await world.say('U0BOB', '/logoff 105');
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('warn:105')).toMatch(/\n\[10 more minutes\]$/);
    expect((await world.click('U0FIVE', 'ready')).join()).toContain('Only somebody who was warned can answer this.');
    await world.click('U0FIVE', 'snooze');
    expect(await world.request()).toMatchObject({ status: 'warning', warned: { people: [{ snoozes: 1 }] } });
  });

  test('may go at once where the address is trusted', async () => {
    const trusting = policyOf({ trust_email: ['example.com'], rules: [rule] });
    const world = await makeWorld({ policy: trusting });
    world.netserver.emails.set(105, 'u105@example.com');
    world.slack.emails.set('U0FIVE', 'u105@example.com');
    await world.say('U0BOB', '/logoff 105');
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('warn:105')).toContain('[Log me off now]');
    await world.click('U0FIVE', 'ready');
    expect(world.netserver.logOffs).toEqual([[105]]);
  });

  test('is no longer changed by what does not concern them', async () => {
    const world = await warned();
    const { card } = world.slack.messages.find(({ channel }) => channel === 'D0BO') ?? {};
    await world.click('U0ANNA', 'ready');
    expect(world.slack.messages.find(({ channel }) => channel === 'D0BO')?.card).toBe(card);
  });
});

describe('Stop', () => {
  test.each([
    ['who asked', 'U0BOB', 'stopped by @BOB at 14:00. Nothing was done.', 0],
    ['an approver', 'U0OLA', 'stopped by @OLA (approver) at 14:00. Nothing was done.', 1],
  ])('by %s: nobody is logged off, and those who were warned are told', async (_, who, words, bob) => {
    const world = await warned('101');
    expect(await world.click(who, 'cancel')).toEqual(['You stopped request 1. Nobody was logged off.']);
    expect(await world.shown('line')).toBe(`Request 1: ${words}`);
    expect(await world.shown('card')).toContain(words);
    expect(await world.shown('told:101')).toContain('You were not logged off: the log-off was stopped by @');
    await world.clock.advance(200_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect([directs(world, 'U0ANNA'), directs(world, 'U0BOB')]).toEqual([2, bob]);
  });

  test('by one concerned where the rule says so, who is not named where it was typed', async () => {
    const world = await warned('101 102', { targets_may_stop: true });
    expect(await world.shown('warn:101')).toContain('[Stop the log-off]');
    await world.click('U0ANNA', 'cancel');
    expect(await world.shown('line')).toContain('stopped by one of the people concerned');
    expect(await world.shown('card')).toContain('Stopped by: @ANNA');
    expect(await world.shown('told:102')).toContain(
      'You were not logged off: the log-off was stopped by one of the people concerned',
    );
    expect(await world.shown('told:101')).toBe('(nothing)');
  });

  test('is not there for those concerned elsewhere', async () => {
    const world = await warned('101');
    expect(await world.shown('warn:101')).not.toContain('Stop');
    expect((await world.click('U0ANNA', 'cancel')).join()).toContain('Only the person who asked and the approvers');
    expect((await world.request()).status).toBe('warning');
  });

  test('and the call at the same moment: one of the two, and the answer says which', async () => {
    for (const first of ['stop', 'call'] as const) {
      const world = await warned('101');
      const answers: string[] = [];
      const stop = async () => void answers.push(...(await world.click('U0OLA', 'cancel')));
      // During the re-check the record is still free; once the call is claimed it is not.
      world.troubles.during(first === 'stop' ? 'findAssociates' : 'connect', stop);
      await world.clock.advance(125_000);
      const { status } = await world.request();
      const wanted = first === 'stop' ? ['cancelled', 'stopped', 0] : ['verifying', 'Too late: SuperOffice has', 1];
      expect([status, world.netserver.logOffs.length]).toEqual([wanted[0], wanted[2]]);
      expect(answers.join()).toContain(`${wanted[1]}`);
    }
  });
});

describe('a process that stops', () => {
  test('before the messages go out, and comes back when the time is over: people have their time from then', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ policy: rules() });
    surroundings.troubles.fail('direct', edgeError('unavailable'), 2);
    await first.say('U0BOB', '/logoff 101 102');
    await first.click('U0ALICE', 'approve');
    await first.reconciler.stop();
    await surroundings.clock.advance(180_000);
    await surroundings.start({ policy: rules() });
    await surroundings.clock.advance(5_000);
    expect(surroundings.netserver.logOffs).toEqual([]);
    expect(await surroundings.shown('warn:101')).toContain('at 14:05');
    await surroundings.clock.advance(130_000);
    expect(surroundings.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('during a warning takes it up where it was', async () => {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ policy: rules() });
    await first.say('U0BOB', '/logoff 101');
    await first.click('U0ALICE', 'approve');
    await first.reconciler.stop();
    await surroundings.clock.advance(60_000);
    await surroundings.start({ policy: rules() });
    await surroundings.clock.advance(59_000);
    expect(surroundings.netserver.logOffs).toEqual([]);
    await surroundings.clock.advance(2_000);
    expect(surroundings.netserver.logOffs).toEqual([[101]]);
    expect(directs(surroundings, 'U0ANNA')).toBe(2);
  });
});

describe('a pause during a warning', () => {
  test('holds the log-off, and those who are warned can read it', async () => {
    const world = await warned('101');
    await world.say('U0OLA', '/logoff pause reason: month end');
    await world.clock.advance(125_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('warn:101')).toContain(
      'Your log-off is paused by @OLA since 14:00 (month end). It goes ahead if resumed by 14:12.',
    );
    await world.say('U0OLA', '/logoff resume');
    await world.clock.advance(10_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });
});

describe('the approvers', () => {
  test('are reminded once, below the card, at half of their time', async () => {
    const world = await makeWorld({ policy: rules() });
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(14 * 60_000);
    expect(world.slack.messages).toHaveLength(2);
    await world.clock.advance(61_000);
    expect(await world.shown('reminder')).toBe(
      'Request 1: still waiting for approval until 14:30. Asked again: @ALICE, @OLA, @EVA. The card above has the buttons.',
    );
    const card = await world.store.drawings.read(requestId(1), 'card');
    expect(world.slack.messages.at(-1)).toMatchObject({ channel: APPROVALS, thread: card?.ts });
    await world.clock.advance(20 * 60_000);
    expect(await world.shown('reminder')).toBe('Request 1: no longer waiting for approval.');
    expect(world.slack.messages.filter(({ channel }) => channel === APPROVALS)).toHaveLength(2);
    expect(await world.shown('outcome')).toContain('Nobody answered by 14:30. Nothing was done.');
  });
});

test('many people are warned a few at a time, each once', async () => {
  const people = [101, 102, 105, 106, 107, 108, 111, 112, 113, 114, 115, 116, 117];
  const world = await makeWorld({
    policy: policyOf({
      identities: Object.fromEntries(people.map((id) => [`U0P${id}`, id])),
      rules: [rule],
    }),
  });
  for (const id of people.slice(6)) hire(world, id, `p${id}`, `Person ${id}`);
  await world.say('U0BOB', `/logoff ${people.join(' ')}`);
  await world.submit('U0ALICE', 'approve');
  await world.clock.advance(1_000);
  expect(people.map((id) => directs(world, `U0P${id}`))).toEqual(people.map(() => 1));
  await world.clock.advance(200_000);
  expect(world.netserver.logOffs).toEqual([people]);
  expect(people.map((id) => directs(world, `U0P${id}`))).toEqual(people.map(() => 2));
});
