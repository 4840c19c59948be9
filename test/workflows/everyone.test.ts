import { describe, expect, test } from 'vitest';
import { hire, refusedCodes } from './company.ts';
import { announced, come, go, MINUTE, quiet, rule, rules, SETTINGS, told } from './everyone-told.ts';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

describe('everyone', () => {
  test('is told in the channel and directly, reminded 10 and 2 minutes before, and logged off in one call', async () => {
    const world = await announced();
    expect(await world.shown('line')).toBe(
      'Request 1: announced; everyone who is logged on is logged off at 14:15\n[Stop]',
    );
    const notice =
      'Request 1: everyone who is logged on to the SuperOffice Windows client will be logged off at 14:15, asked for by @ALICE. Save your work and log off before then; unsaved work may be lost.\nReason\n> upgrade';
    expect(await world.shown('notice')).toBe(notice);
    expect(await world.shown('warn:101')).toBe(notice);
    expect(await world.shown('card')).toContain('When: 14:15 (until 14:15)\nApprovals: 1 of 1: @OLA at 14:00');
    await world.clock.advance(5 * MINUTE + 1_000);
    const reminder = 'Request 1: reminder: in about 10 minutes, at 14:15, everyone is logged off';
    expect(await world.shown('before10')).toContain(reminder);
    expect(await world.shown('before10:102')).toContain(reminder);
    expect(await world.shown('before2')).toBe('(nothing)');
    await world.clock.advance(8 * MINUTE);
    expect(await world.shown('before2:101')).toContain('in about 2 minutes, at 14:15');
    await world.clock.advance(2 * MINUTE - 3_000);
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(2_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    expect(await world.shown('line')).toContain('2 people logged off; 0 on now, watching who logs on again');
    await world.clock.advance(61_000);
    const ending = 'Request 1: 2 people logged off. 0 left: safe to upgrade.';
    expect(await world.shown('line')).toBe(ending);
    expect(await world.shown('notice')).toBe('Request 1: this announcement is over.');
    expect(await world.shown('before10')).toBe('Request 1: this reminder is over.');
    expect(await world.shown('before2')).toBe('Request 1: this reminder is over.');
    expect(await world.shown('over')).toBe(ending);
    expect(await world.shown('outcome')).toContain(ending);
    expect(await world.shown('card')).not.toContain('Left on the Windows client');
    expect(await told(world, 101)).toEqual([
      expect.stringContaining('will be logged off at 14:15'),
      expect.stringContaining('in about 10 minutes'),
      expect.stringContaining('in about 2 minutes'),
      'You were logged off the SuperOffice Windows client at 14:15, as everyone was. @ALICE asked for it and @OLA approved it. Reason: upgrade. Log on again when the person who asked for it says that it is over. (Request 1)',
    ]);
    const posted = (channel: string) => world.slack.messages.filter((message) => message.channel === channel).length;
    expect([posted('D0ANNA'), posted('D0BO'), posted('D0ALICE'), posted('C0HALL')]).toEqual([4, 4, 1, 5]);
  });

  test('is asked for twice by one person in two requests: each has its time', async () => {
    const world = await announced();
    expect(await world.say('U0ALICE', '/logoff everyone in 30m reason: upgrade')).toEqual([]);
    expect((await world.request(2)).status).toBe('awaiting_approval');
  });

  test('does not learn by that who else is on', async () => {
    const world = await announced();
    const read = (await world.say('U0ANNA', '/logoff status 1')).join();
    expect(read).toContain('When: 14:15');
    expect(read).not.toMatch(/Bo Dahl|id 10\d/);
    expect((await world.say('U0OLA', '/logoff status 1')).join()).toContain('Bo Dahl');
  });

  test('is whoever is on then: who came in time is told and logged off, who went is not, who is protected stays', async () => {
    const world = await announced('in 4m');
    expect(await told(world, 101)).toHaveLength(1);
    hire(world, 120, 'dina', 'Dina Foss');
    come(world, 1, 105);
    go(world, 102);
    await world.clock.advance(2 * MINUTE + 1_000);
    expect(await told(world, 102)).toHaveLength(1);
    expect(await world.shown('card')).toMatch(/Dina Foss .*: could not be warned: phone them/);
    expect(await world.shown('card')).toContain('Ada Min (id 1): protected: no rule can reach them');
    await world.clock.advance(2 * MINUTE);
    expect(world.netserver.logOffs.map((ids) => ids.toSorted())).toEqual([[101, 105, 120]]);
    await world.clock.advance(62_000);
    expect(await world.shown('card')).toContain('id 102, Sales), @Bo Dahl: was not logged on, so nothing was sent');
    expect(await world.shown('line')).toContain(
      '3 people logged off, 1 person was no longer logged on. 1 left on the Windows client: not safe to upgrade yet.',
    );
    expect(await world.shown('outcome')).toContain(
      'Left on the Windows client (1), as read at 14:05\n- Ada Min (id 1)',
    );
    expect(await world.shown('outcome')).not.toContain('[Log off who is left…]');
    // Nobody who went by themselves hears more than they were told.
    expect(await told(world, 102)).toHaveLength(1);
    const targets = (await world.audit()).flatMap((entry) =>
      'fact' in entry && entry.fact.kind === 'warned' ? [entry.fact.people.map(({ id }) => id).toSorted()] : [],
    );
    expect(targets).toEqual([
      [101, 102],
      [105, 120],
      // The reminder of those who were told before.
      [],
    ]);
  });

  test('who comes too late to be told is not sent, and is offered as a new request, as is who logs on again', async () => {
    const world = await announced('in 3m');
    await world.clock.advance(2 * MINUTE);
    come(world, 105);
    await world.clock.advance(MINUTE + 1_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    come(world, 101);
    await world.clock.advance(62_000);
    const outcome = await world.shown('outcome');
    expect(outcome).toContain('Anna Berg (id 101): has logged on again');
    expect(outcome).toContain('User 105 (id 105): logged on too late to be told in time');
    expect(outcome).toContain('[Log off who is left…]');
    // Names are for the one who asked and the approvers.
    expect(await world.shown('line')).not.toContain('Anna');
    expect(await world.shown('notice')).not.toContain('Anna');
    expect(await world.click('U0OLA', 'retry')).toEqual([
      expect.stringContaining('Only the person who asked can try this request again.'),
    ]);
    await world.click('U0ALICE', 'retry');
    const again = await world.request(2);
    expect(again).toMatchObject({ status: 'awaiting_approval', retryOf: 1, reason: 'upgrade' });
    expect(again.everyone).toBeUndefined();
    expect(again.targets.map(({ id }) => id)).toEqual([101, 105]);
    await world.click('U0OLA', 'approve', 2);
    await world.clock.advance(2 * MINUTE + 1_000);
    expect(world.netserver.logOffs.at(-1)).toEqual([101, 105]);
  });

  test('may be nobody: then nothing is sent, and it is safe', async () => {
    const world = await quiet();
    go(world, 101, 102);
    await world.say('U0ALICE', '/logoff everyone at 14:03');
    await world.submit('U0OLA', 'approve');
    expect(await world.shown('notice')).toContain('will be logged off at 14:03');
    await world.clock.advance(3 * MINUTE + 1_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('line')).toBe('Request 1: nobody to log off. 0 left: safe to upgrade.');
  });

  test('is logged off without having been told where the rule wants no warning', async () => {
    const world = await announced('in 3m', { warn: '0s' });
    await world.clock.advance(2 * MINUTE + 30_000);
    come(world, 105);
    await world.clock.advance(MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102, 105]]);
  });

  test('hears of it afterwards where they join at the call and nobody had to be told before', async () => {
    const world = await quiet({ warn: '0s' });
    go(world, 102);
    await world.say('U0ALICE', '/logoff everyone in 3m reason: upgrade');
    await world.submit('U0OLA', 'approve');
    await world.clock.advance(2 * MINUTE + 30_000);
    come(world, 102);
    await world.clock.advance(2 * MINUTE);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    expect(await told(world, 102)).toEqual([
      expect.stringContaining('You were logged off the SuperOffice Windows client at 14:03'),
    ]);
  });

  test('has the whole time that the rule wants, also where that ends later', async () => {
    const world = await quiet({ warn: '5m' });
    await world.say('U0ALICE', '/logoff everyone in 3m');
    await world.clock.advance(MINUTE);
    await world.submit('U0OLA', 'approve');
    expect(await world.shown('warn:101')).toContain('will be logged off at 14:06');
    await world.clock.advance(5 * MINUTE - 1_000);
    expect(world.netserver.logOffs).toEqual([]);
    await world.clock.advance(2_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('where that cannot be read afterwards, nobody says that it is safe', async () => {
    const world = await announced('in 3m');
    await world.clock.advance(3 * MINUTE + 10_000);
    world.troubles.fail('whoIsOn', edgeError('unavailable'), 100);
    await world.clock.advance(62_000);
    expect(await world.shown('line')).toBe(
      'Request 1: 2 people logged off. It could not be read who is left: look before you upgrade.',
    );
  });

  test('is nobody that is known where SuperOffice does not tell who is on', async () => {
    const world = await announced('in 3m');
    world.troubles.fail('whoIsOn', edgeError('not_allowed', { retryable: false }), 100);
    await world.clock.advance(3 * MINUTE + 1_000);
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('line')).toContain('it is not known who everyone is');
    expect((await told(world, 101)).at(-1)).toContain(
      'You were not logged off: the log-off that you were warned of was not carried out.',
    );
  });
});

describe('who may', () => {
  test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ['may not list who is on', 'U0ALICE', { may_see: {} }, 'not_for_everyone'],
    [
      'have a rule for a few people only',
      'U0BOB',
      { rules: [{ ...rule, who: 'helpdesk', targets: { at_most: 50 } }] },
      'no_rule_for_everyone',
    ],
    [
      'have a rule for a group only',
      'U0BOB',
      { rules: [{ ...rule, who: 'helpdesk', targets: { groups: ['Sales'] } }] },
      'no_rule_for_everyone',
    ],
    ['have no rule', 'U0EVE', {}, 'no_rule_for_person'],
    ['are no full members', 'U0GUEST', {}, 'not_a_member'],
    ['are in another channel', 'U0ALICE', { rules: [{ ...rule, channels: ['C0OTHER'] }] }, 'no_rule_for_channel'],
    ['give no reason', 'U0ALICE', { rules: [{ ...rule, reason: 'required' }] }, 'reason_missing'],
  ])('not those who %s: %s', async (_, who, settings, code) => {
    const world = await makeWorld({ policy: policyOf({ ...SETTINGS, rules: [rule], ...settings }) });
    expect((await world.say(who, '/logoff everyone in 30m')).join()).toContain('Nothing was done.');
    expect(await refusedCodes(world)).toEqual([code]);
    expect(await world.store.requests.listOpen(10)).toEqual([]);
  });

  test('not from a channel that is shared with others', async () => {
    const world = await quiet();
    world.slack.places.set('C0HALL', 'shared');
    await world.say('U0ALICE', '/logoff everyone in 30m');
    expect(await refusedCodes(world)).toEqual(['channel_shared']);
  });

  test('not at a time that cannot be meant', async () => {
    const world = await quiet();
    expect(await world.say('U0ALICE', '/logoff everyone in 8d')).toEqual([
      'That is more than 7 days ahead. Choose an earlier time. Nothing was done.',
    ]);
    expect(await world.say('U0ALICE', '/logoff everyone')).toEqual([
      'Say when: everyone is told beforehand. Understood so far: everyone. Type it like this: `/logoff everyone in 30m reason: upgrade`, or with `at 17:00` or `at 2026-12-01 17:00`. Nothing was done.',
    ]);
    expect(await world.store.requests.listOpen(10)).toEqual([]);
  });

  test('not where more are on than one message holds; more than max_targets may be', async () => {
    const surroundings = await makeSurroundings();
    const world = { ...surroundings, ...(await surroundings.start({ policy: rules({}, { max_targets: 2 }) })) };
    await world.say('U0ALICE', '/logoff everyone in 3m');
    expect((await world.request()).targets.length).toBe(7);
    for (let id = 2001; id <= 2994; id += 1) hire(world, id, `u${id}`, `U ${id}`);
    await world.say('U0ALICE', '/logoff everyone in 3m');
    expect(await refusedCodes(world)).toEqual(['too_many_on']);
  });

  test('approve although they are on as well, but never who asked', async () => {
    const world = await quiet();
    const leads = rules({}, { identities: { U0ALICE: 101, U0OLA: 102 } });
    const bot = await world.start({ policy: leads });
    await bot.say('U0ALICE', '/logoff everyone in 3m');
    expect((await bot.submit('U0ALICE', 'approve')).join()).toContain('You asked for this yourself');
    await bot.submit('U0OLA', 'approve');
    await world.clock.advance(3 * MINUTE + 1_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    // Who asked hears what became of themselves with the outcome.
    await world.clock.advance(62_000);
    expect(await world.shown('told:101')).toBe('(nothing)');
    expect(await world.shown('told:102')).toContain('You were logged off');
  });

  test('confirm it first where the rule wants that above some number, whatever that is', async () => {
    const world = await quiet({ confirm_above: 100 });
    await world.say('U0ALICE', '/logoff everyone in 3m');
    expect((await world.request()).status).toBe('awaiting_confirmation');
    expect(await world.click('U0ALICE', 'confirm')).toEqual(['(modal: Log off everyone?)']);
    await world.submit('U0ALICE', 'confirm');
    expect((await world.request()).status).toBe('awaiting_approval');
  });

  test('need an approval where the rule has a budget, whatever that is', async () => {
    const world = await quiet({ approvals: 0, budget: { people: 1_000, per: '1h' } });
    await world.say('U0ALICE', '/logoff everyone in 3m');
    expect(await world.request()).toMatchObject({ status: 'awaiting_approval', demand: { overBudget: true } });
  });
});
