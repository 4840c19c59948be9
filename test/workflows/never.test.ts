import { describe, expect, test } from 'vitest';
import { associateId, channelId } from '../../src/core/ids.ts';
import { checkNever } from '../../src/workflows/operator/check-never.ts';
import { hire, openRequests } from './company.ts';
import { rules } from './everyone-told.ts';
import { plain } from './made-up-slack.ts';
import { actor, handlersOf, opens } from './made-up-window.ts';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const BACKUP = 'svc-backup@corp.local';
const PROTECTED = 'Nightly copies (id 130): protected: no rule can reach them';

/** Protects by the name that a service logs on with, which is not its login. */
async function protecting(settings: Readonly<Record<string, unknown>> = {}) {
  const world = await makeWorld({ policy: policyOf({ never: [BACKUP.toUpperCase()], ...settings }) });
  hire(world, 130, 'SVCB', 'Nightly copies', { userName: BACKUP });
  return world;
}

describe('somebody protected by the name that they log on with', () => {
  test.each([`/logoff ${BACKUP}`, '/logoff svcb', '/logoff "Nightly copies"', '/logoff 130'])(
    'is not logged off by %s',
    async (typed) => {
      const world = await protecting();
      expect((await world.say('U0BOB', typed)).join()).toContain(PROTECTED);
      expect(await openRequests(world)).toBe(0);
    },
  );

  test('nor where only the list of all users says what people log on with', async () => {
    const world = await protecting();
    world.netserver.old = true;
    expect((await world.say('U0BOB', '/logoff 130')).join()).toContain(PROTECTED);
  });

  test('nor where that list cannot be read: who is protected is then not known', async () => {
    const world = await protecting();
    world.netserver.old = true;
    world.troubles.fail('readPeople', edgeError('timeout'), 50);
    expect((await world.say('U0BOB', '/logoff 130')).join()).toContain('Nothing was done.');
    expect(await openRequests(world)).toBe(0);
  });

  test('nor where they log on with it only since it was approved', async () => {
    const world = await protecting();
    hire(world, 131, 'NEWB', 'New backup', { userName: 'old@corp.local' });
    await world.say('U0BOB', '/logoff 131 101');
    hire(world, 131, 'NEWB', 'New backup', { userName: BACKUP });
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('nor where everyone is', async () => {
    const world = await makeWorld({ policy: rules({ warn: '0s' }, { never: [BACKUP] }) });
    hire(world, 130, 'SVCB', 'Nightly copies', { userName: BACKUP });
    await world.say('U0ALICE', '/logoff everyone in 1m reason: upgrade');
    await world.submit('U0OLA', 'approve');
    await world.clock.advance(120_000);
    expect(world.netserver.logOffs.flat()).toContain(101);
    expect(world.netserver.logOffs.flat()).not.toContain(130);
  });
});

describe('whom nothing lets the bot log off', () => {
  const suggested = async (world: Awaited<ReturnType<typeof protecting>>, typed: string) =>
    (await handlersOf(world).suggest(actor('U0BOB'), 'people', typed)).choices.map(({ label }) => label);

  test('is not offered in the picker', async () => {
    const world = await protecting();
    expect(await suggested(world, 'nightly')).toEqual([]);
    expect(await suggested(world, 'log-off')).toEqual([]);
  });

  test('is not asked for again and again at each letter, and kept from nobody where SuperOffice does not tell', async () => {
    const world = await protecting();
    await suggested(world, 'a');
    await suggested(world, 'an');
    expect(world.netserver.calls.filter((call) => call === 'self')).toHaveLength(1);
    const other = await protecting();
    other.troubles.fail('self', edgeError('timeout'));
    expect(await suggested(other, 'anna')).toHaveLength(1);
  });

  test('makes no group worth offering', async () => {
    const world = await protecting();
    world.netserver.groups.set(5, 'Services');
    hire(world, 130, 'SVCB', 'Nightly copies', { userName: BACKUP, groupId: 5 });
    const groups = await handlersOf(world).suggest(actor('U0BOB'), 'group', '');
    expect(groups.choices.map(({ label }) => label)).toEqual(['Sales']);
  });

  test.each(['svcbb', 'logoff-bott'])('is no near miss of %s', async (typed) => {
    const world = await protecting();
    expect((await world.say('U0BOB', `/logoff ${typed}`)).join()).toContain(
      `Nobody you may log off is called "${typed}"`,
    );
  });

  test('has no button in the list of who is on, the bot itself included', async () => {
    const world = await protecting({ may_see: { who: ['helpdesk'] } });
    world.netserver.on.add(associateId(9));
    const shown = (await opens(world, 'U0BOB', '/logoff who')).shown.at(-1)?.split('\n');
    expect(shown).toContain('Log-off bot (logoff-bot, id 9, Sales) the bot itself');
    expect(shown).toContain('Nightly copies (SVCB, id 130, Sales) protected: no rule can reach them');
    expect(shown).toContain('Anna Berg (anna, id 101, Sales) @U0ANNA [Log off…]');
  });

  test('is refused by name where exactly they are named', async () => {
    const world = await protecting();
    expect((await world.say('U0BOB', '/logoff logoff-bot')).join()).toContain("this is the bot's own account");
  });
});

describe('an entry of the never list that nobody fits', () => {
  test('is told at each start in the log, and once a day in the audit channel', async () => {
    const town = await makeSurroundings();
    const { world } = await town.start({
      policy: policyOf({ never: [1, 'svc-bakcup'] }),
      wrap: (made) => ({ ...made, auditChannel: channelId('C0AUDIT') }),
    });
    for (const _ of [1, 2]) await checkNever(await world.people.read(), town.store.duties, world);
    expect(town.logged.filter((code) => code === 'never_matches_nobody')).toHaveLength(2);
    const told = town.slack.messages.filter(({ channel }) => channel === 'C0AUDIT').map(({ card }) => plain(card));
    expect(told).toEqual([
      'never: "svc-bakcup" protects nobody: no user in SuperOffice has this login, nor logs on with it. Correct it, or remove it.',
    ]);
  });

  test('is nothing to tell where there is none', async () => {
    const town = await makeSurroundings();
    const { world } = await town.start();
    await checkNever(await world.people.read(), town.store.duties, world);
    expect(town.logged).not.toContain('never_matches_nobody');
  });
});
