import { describe, expect, test } from 'vitest';
import { company, openRequests, refusedCodes, targetsOf } from './company.ts';
import { edgeError } from './troubles.ts';

describe('where the people of SuperOffice cannot be read', () => {
  const down = async () => {
    const world = await company();
    world.troubles.fail('readPeople', edgeError('timeout'), 50);
    return world;
  };
  test('ids still work', async () => {
    const world = await down();
    expect(await world.say('U0BOB', '/logoff 101 reason: crash')).toEqual([]);
    expect(await targetsOf(world)).toEqual(['101 id']);
    expect(await world.shown('card')).toContain('- Anna Berg (anna, id 101, group 2), @Anna Berg: logged on now');
  });
  test('so do "me" and a mention where the settings tell who that is', async () => {
    const world = await down();
    await world.say('U0ANNA', '/logoff me');
    expect(await targetsOf(world)).toEqual(['101 me']);
    await world.say('U0BOB', '/logoff <@U0ANNA>');
    expect(await targetsOf(world, 2)).toEqual(['101 mention']);
  });
  test.each([
    '/logoff anna',
    '/logoff "Anna Berg"',
    '/logoff group:Sales',
    '/logoff 101 "crash"',
    '/logoff <@U0BJORN>',
  ])('names are refused in words: %s', async (typed) => {
    const world = await down();
    world.slack.emails.set('U0BJORN', 'bjorn@example.com');
    const [answer] = await world.say('U0BOB', typed);
    expect(answer).toContain('nobody can be found by name, group or mention. Type associate ids');
    expect(await refusedCodes(world)).toEqual(['people_unread']);
    expect(world.logged).toContain('people_unread');
    expect(await openRequests(world)).toBe(0);
  });
  test('a mention is refused with Slack’s name where Slack does not say who that is', async () => {
    const world = await company();
    world.troubles.during('person', () => world.troubles.fail('person', edgeError('timeout')));
    const [answer] = await world.say('U0BOB', '/logoff <@U0ANNA>');
    expect(answer).toContain('Slack did not answer. Try again in a minute.');
    expect(await refusedCodes(world)).toEqual(['slack']);
  });
});

describe('names that are not fresh', () => {
  test('are used, and the card says of when they are', async () => {
    const world = await company();
    world.netserver.staleSince = world.clock.now() - 20 * 60_000;
    await world.say('U0BOB', '/logoff anna');
    expect((await world.request()).peopleAsOf).toBe(world.netserver.staleSince);
    expect(await world.shown('card')).toContain('Names as of: 13:40 (SuperOffice could not be read again)');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect((await world.request()).status).toBe('done');
    expect(await world.shown('card')).toContain('Names as of: 13:40');
    expect(await world.store.audit.verify()).toMatchObject({ ok: true });
  });
  test('are nothing to speak of where everybody was named by id', async () => {
    const world = await company();
    world.netserver.staleSince = 1;
    await world.say('U0BOB', '/logoff 101');
    expect((await world.request()).peopleAsOf).toBeUndefined();
  });
});
