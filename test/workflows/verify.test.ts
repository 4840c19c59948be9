import { describe, expect, test } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { asked, expectEnd } from './asked.ts';
import { makeSurroundings, makeWorld } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

describe('looking who is gone', () => {
  test('says who is back, and that this is after having been gone', async () => {
    const world = await asked();
    await world.click('U0ALICE', 'approve');
    world.netserver.on.add(associateId(101));
    await world.clock.advance(3_000);
    await expectEnd(world, 'done', '1 person logged off (has logged on again since)');
  });

  test('cannot check anybody where NetServer refuses the archive: all are sent and named as not checked', async () => {
    const world = await makeWorld();
    world.troubles.fail('whoIsOn', edgeError('not_allowed', { retryable: false }), 1_000);
    world.netserver.on.delete(associateId(102));
    await world.say('U0BOB', '/logoff 101 102');
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    await expectEnd(world, 'unknown', '2 people could not be checked');
    expect(await world.shown('card')).toContain('Anna Berg (anna, id 101, Sales), @Anna Berg: could not be checked');
  });

  test('goes on over a silence and then tells what it sees', async () => {
    const world = await asked();
    world.troubles.during('logOff', () => world.troubles.fail('whoIsOn', edgeError('timeout'), 5));
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('line')).toContain('SuperOffice took the call; looking who is gone (0 of 1 so far)');
    await world.clock.advance(61_000);
    await expectEnd(world, 'done', '1 person logged off');
  });

  test('ends as not known where the archive stays silent', async () => {
    const world = await asked();
    world.troubles.during('logOff', () => world.troubles.fail('whoIsOn', edgeError('timeout'), 1_000));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    await expectEnd(world, 'unknown', '1 person could not be checked');
  });

  test('shows somebody who goes late', async () => {
    const world = await asked();
    world.netserver.deaf = true;
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(20_000);
    world.netserver.on.delete(associateId(101));
    await world.clock.advance(3_000);
    expect(await world.shown('line')).toBe('Request 1: 1 person logged off');
    await world.clock.advance(60_000);
    await expectEnd(world, 'done', '1 person logged off');
  });
});

test('an old look at the archive that comes late brings nobody back', async () => {
  const surroundings = await makeSurroundings();
  const first = await surroundings.start({ ticking: false });
  await first.say('U0BOB', '/logoff 101');
  surroundings.netserver.deaf = true;
  const answer = { late: () => {} };
  surroundings.troubles.during('logOff', () => {
    answer.late = surroundings.troubles.hang('whoIsOn');
  });
  await first.click('U0ALICE', 'approve');
  await surroundings.clock.advance(1_000);
  surroundings.netserver.on.delete(associateId(101));
  await surroundings.start();
  expect(await surroundings.shown('line')).toBe('Request 1: 1 person logged off');
  await surroundings.clock.advance(1_000);
  answer.late();
  await surroundings.clock.advance(61_000);
  expect(await surroundings.shown('line')).toBe('Request 1: 1 person logged off');
});

test('for somebody who leaves the company the card adds that they can now be deleted, the line says nothing of it', async () => {
  const world = await makeWorld();
  await world.say('U0BOB', '/logoff 101 reason: offboarding on Friday');
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(90_000);
  expect(await world.shown('card')).toContain('logged off; the SuperOffice user can now be deleted');
  expect(await world.shown('line')).not.toMatch(/deleted|offboarding|Anna/);
});

test('that somebody leaves is told to those who decide and who asked, and not to the one who leaves', async () => {
  const world = await makeWorld();
  await world.say('U0BOB', '/logoff 101 reason: offboarding on Friday');
  const before = async (who: string) => (await world.say(who, '/logoff status 1')).join();
  for (const who of ['U0BOB', 'U0ALICE']) expect(await before(who)).toContain('> offboarding on Friday');
  expect(await before('U0ANNA')).toContain('Anna Berg (anna, id 101, Sales)');
  expect(await before('U0ANNA')).not.toMatch(/offboarding|[Rr]eason/);
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(90_000);
  expect(await before('U0ALICE')).toContain('can now be deleted');
  expect(await before('U0ANNA')).not.toMatch(/offboarding|[Rr]eason|deleted/);
  expect((await world.say('U0ANNA', '/logoff why 1')).join()).not.toMatch(/offboarding|deleted/);
});

test('for anybody else it does not', async () => {
  const world = await makeWorld();
  await world.say('U0BOB', '/logoff 101 reason: asked about offboarding');
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(90_000);
  expect(await world.shown('card')).not.toContain('can be deleted');
});
