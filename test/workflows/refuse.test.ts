import { describe, expect, test } from 'vitest';
import { change, values } from './made-up-window.ts';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

describe('whoever may not ask', () => {
  test.each([
    ['a guest', 'U0GUEST'],
    ['a stranger', 'U0STRANGER'],
    ['a bot', 'U0ROBOT'],
    ['a deactivated person', 'U0LEFT'],
    ['somebody of whom Slack does not say what they are', 'U0UNKNOWN'],
  ])('is refused, and the attempt is on record: %s', async (_, who) => {
    const world = await makeWorld({ policy: policyOf({ identities: { [who]: 101 } }) });
    const [answer] = await world.say(who, '/logoff me');
    expect(answer).toContain('Only full members of this workspace can use this.');
    await expectRefused(world, who, 'not_a_member');
  });

  test('is refused where the payload names another workspace than the profile', async () => {
    const world = await makeWorld();
    const [answer] = await world.say('U0BOB', '/logoff 101', { team: 'T0OTHER' });
    expect(answer).toContain('Only full members of this workspace can use this.');
    await expectRefused(world, 'U0BOB', 'not_a_member');
  });

  test('reads no names and asks NetServer nothing where no rule is theirs', async () => {
    const world = await makeWorld({
      policy: policyOf({ rules: [{ name: 'leads', who: 'leads', targets: 'any', approvers: 'leads' }] }),
    });
    let looked = false;
    world.troubles.during('findAssociates', () => {
      looked = true;
    });
    const [answer] = await world.say('U0ZOE', '/logoff 101');
    expect(answer).toContain('No rule lets you log anybody off.');
    expect(looked).toBe(false);
    await expectRefused(world, 'U0ZOE', 'no_rule_for_person');
  });

  test.each(['/logoff 1 101', '/logoff 101 7', '/logoff 101 555', '/logoff 102'])(
    'learns nothing of others where they may only log themselves off: %s',
    async (typed) => {
      const world = await makeWorld();
      const [answer] = await world.say('U0ANNA', typed);
      expect(answer).toContain('No rule lets you log these people off together.');
      expect(answer).not.toMatch(/Ada|Meeting|Bo Dahl|knows nobody/);
      await expectRefused(world, 'U0ANNA', 'no_rule_for_targets');
    },
  );

  test('is told the limit where they name too many', async () => {
    const world = await makeWorld({ policy: policyOf({ max_targets: 2 }) });
    const [answer] = await world.say('U0BOB', '/logoff 101 102 105');
    expect(answer).toContain('One request holds at most 2 people. Nothing was done.');
    await expectRefused(world, 'U0BOB', 'too_many');
  });

  test.each([
    ['the largest limit', [{ at_most: 1 }, { at_most: 2 }], '3 people; your rules allow at most 2 in one request.'],
    [
      'that of a rule for their group',
      [
        { at_most: 2, groups: ['Support'] },
        { at_most: 1, groups: ['Sales'] },
      ],
      'at most 1',
    ],
  ])('is told %s where a rule takes fewer', async (_, targets, words) => {
    const named = targets.map((whom, at) => ({ name: `${at}`, who: 'helpdesk', targets: whom, approvals: 0 }));
    const world = await makeWorld({ policy: policyOf({ rules: named }) });
    expect((await world.say('U0BOB', '/logoff 101 102 105')).join()).toContain(words);
    await expectRefused(world, 'U0BOB', 'no_rule_for_targets');
    expect(await change(world, 'U0BOB', values([101, 102, 105]))).toContain(words);
  });

  test('is told no limit where fewer would not do either', async () => {
    const rules = [{ name: 'few', who: 'helpdesk', targets: { at_most: 2, groups: ['Support'] }, approvals: 0 }];
    const world = await makeWorld({ policy: policyOf({ rules }) });
    expect((await world.say('U0BOB', '/logoff 101 102 105')).join()).not.toContain('at most');
  });
});

test('a SuperOffice without a Windows client is told as that, and nothing is recorded as a request', async () => {
  const world = await makeWorld();
  world.netserver.windowsClient = 'no';
  const [answer] = await world.say('U0BOB', '/logoff 101');
  expect(answer).toContain('Windows client');
  await expectRefused(world, 'U0BOB', 'no_windows_client');
});

describe('where somebody does not answer', () => {
  test('a command is refused in words when Slack does not say who asks', async () => {
    const world = await makeWorld();
    world.troubles.fail('person', edgeError('timeout'));
    const [answer] = await world.say('U0BOB', '/logoff 101');
    expect(answer).toContain('Slack did not answer. Try again in a minute.');
    await expectRefused(world, 'U0BOB', 'slack');
  });

  test.each(['findAssociates', 'self'])('a command is refused in words when NetServer is silent (%s)', async (call) => {
    const world = await makeWorld();
    world.troubles.fail(call, edgeError('timeout', { executed: 'maybe' }));
    const [answer] = await world.say('U0BOB', '/logoff 101');
    expect(answer).toContain(
      'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. Nothing was done.',
    );
    await expectRefused(world, 'U0BOB', 'timeout');
    await world.clock.advance(60_000);
    expect(await world.store.requests.listOpen(10)).toEqual([]);
  });

  test('the status says that the bot cannot log on, whatever is still known of the server', async () => {
    const world = await makeWorld();
    world.troubles.fail('self', edgeError('backing_off'));
    expect((await world.say('U0BOB', '/logoff status')).join()).toContain(
      'The bot cannot log on to SuperOffice. Tell your CRM administrator. Last known: SuperOffice 8.5.1',
    );
    expect((await world.say('U0BOB', '/logoff status')).join()).not.toContain('cannot log on');
  });

  test('only who is on may stay unknown: the request is made and says so', async () => {
    const world = await makeWorld();
    world.troubles.fail('whoIsOn', edgeError('timeout'));
    await world.say('U0BOB', '/logoff 101');
    expect(await world.shown('card')).toContain(
      'Anna Berg (anna, id 101, Sales), @Anna Berg: not known whether logged on',
    );
  });

  test('a command of which nobody knows whether it was recorded says so', async () => {
    const world = await makeWorld();
    world.troubles.fail('open', edgeError('database_unavailable', { executed: 'maybe' }));
    const [answer] = await world.say('U0BOB', '/logoff 101');
    expect(answer).toContain('it is not known whether this was recorded');
  });

  test('a command is refused in words when the records cannot be written', async () => {
    const world = await makeWorld();
    world.troubles.fail('open', edgeError('disk_full'));
    const [answer] = await world.say('U0BOB', '/logoff 101');
    expect(answer).toContain('The bot cannot write its records at the moment, so nothing was done.');
    await world.clock.advance(60_000);
    expect(world.netserver.logOffs).toEqual([]);
  });
});

describe('people who cannot be logged off', () => {
  test('are left out by name with the reason, and the rest goes on', async () => {
    const world = await makeWorld();
    const [answer] = await world.say('U0BOB', '/logoff 101 1 7 9 104 555');
    expect(answer?.split('\n')).toEqual([
      'Request 1 was made for Anna Berg. Left out:',
      '- Ada Min (id 1): protected: no rule can reach them',
      '- Meeting room 7 (id 7): not an internal user: cannot use the Windows client',
      "- Log-off bot (id 9): this is the bot's own account",
      '- Backup service (id 104): protected: no rule can reach them',
      '- id 555: nobody you may log off has this id',
    ]);
    expect(await world.shown('card')).toContain('Left out\n- Ada Min (id 1): protected');
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('do not count for the limit of a rule', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101 102 103 105 106 107 1');
    expect((await world.request()).targets).toHaveLength(6);
  });

  test('make no request where nobody is left, and the attempt is on record', async () => {
    const world = await makeWorld();
    const [answer] = await world.say('U0BOB', '/logoff 1 555');
    expect(answer).toContain('None of these people can be logged off. Nothing was done.');
    expect(answer).toContain('- id 555: nobody you may log off has this id');
    await expectRefused(world, 'U0BOB', 'nobody');
  });

  test('are named as retired but not left out where they only left', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 103');
    expect(await world.shown('card')).toContain('Cato Eide (cato, id 103, Sales) (retired user): logged on now');
    expect(await change(world, 'U0BOB', values([103]))).toContain('This user is retired in SuperOffice.');
    expect(await change(world, 'U0BOB', values([101, 103]))).toContain('1 of them is retired in SuperOffice.');
    expect(await change(world, 'U0BOB', values([101]))).not.toContain('retired');
  });
});

type World = Awaited<ReturnType<typeof makeWorld>>;

/** One entry in the audit, no request, nothing asked of NetServer, nothing shown to others. */
async function expectRefused(world: World, who: string, code: string): Promise<void> {
  const notes = (await world.audit()).flatMap((entry) => ('note' in entry ? entry.note : []));
  expect(notes.filter(({ kind }) => kind === 'command_refused')).toMatchObject([{ by: who, code }]);
  expect(await world.store.requests.listOpen(10)).toEqual([]);
  expect(world.netserver.logOffs).toEqual([]);
  expect(world.slack.messages).toEqual([]);
}
