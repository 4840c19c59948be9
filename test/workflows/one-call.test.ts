import { describe, expect, test } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const X = associateId(105);

const ends = async (world: Surroundings, ...ids: readonly number[]) =>
  await Promise.all(
    ids.map(async (id) => {
      const request = await world.request(id);
      return 'results' in request
        ? `${request.status} ${request.results.map(({ outcome }) => outcome.kind)}`
        : request.status;
    }),
  );

const HELPDESK = { people: { helpdesk: { users: ['U0BOB', 'U0CARL'] }, leads: { users: ['U0ALICE', 'U0OLA'] } } };

/** Two requests for one person by two of the helpdesk, the second one for somebody else besides. */
async function twoFor() {
  const world = await makeWorld({ policy: policyOf(HELPDESK) });
  await world.say('U0BOB', '/logoff 105');
  await world.say('U0CARL', '/logoff 105 106');
  return world;
}

describe('two requests for one person', () => {
  test('that are approved together make one call, also where both must look again because their numbers are 7 apart', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 105');
    for (const other of ['101', '102', '106', '107', '108', '101 102']) await world.say('U0BOB', `/logoff ${other}`);
    await world.say('U0BOB', '/logoff 105 106');
    const looksOn = [world.troubles.hang('whoIsOn'), world.troubles.hang('whoIsOn')];
    await world.click('U0ALICE', 'approve', 1);
    await world.click('U0ALICE', 'approve', 8);
    for (const goOn of looksOn) goOn();
    await world.clock.advance(120_000);
    expect(world.netserver.logOffs.flat().filter((id) => id === 105)).toEqual([105]);
    expect(await ends(world, 1, 8)).toEqual(['done gone', 'done gone,see']);
  });

  test('make one call where one sends while the other is still looking things up', async () => {
    const world = await twoFor();
    world.netserver.deaf = true;
    const slow = world.troubles.hang('whoIsOn');
    await world.click('U0ALICE', 'approve', 2);
    await world.click('U0ALICE', 'approve', 1);
    expect(world.netserver.logOffs).toEqual([[105]]);
    expect((await world.request(1)).status).toBe('verifying');
    slow();
    await world.clock.advance(1_000);
    expect(world.netserver.logOffs).toEqual([[105], [106]]);
  });

  test('make one call where the first one is over before the other has looked everything up', async () => {
    const world = await twoFor();
    const slow = world.troubles.hang('whoIsOn');
    await world.click('U0ALICE', 'approve', 2);
    await world.clock.advance(1);
    await world.click('U0ALICE', 'approve', 1);
    await world.clock.advance(61_000);
    expect(await ends(world, 1)).toEqual(['done gone']);
    world.netserver.on.add(X);
    slow();
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[105], [106]]);
    expect(await ends(world, 2)).toEqual(['done gone,see']);
  });

  test('make one call where the first one was over before the other was approved, although the person is back', async () => {
    const world = await twoFor();
    await world.click('U0ALICE', 'approve', 1);
    await world.clock.advance(20_000);
    world.netserver.on.add(X);
    await world.clock.advance(60_000);
    expect(await ends(world, 1)).toEqual(['done back']);
    await world.click('U0ALICE', 'approve', 2);
    expect(world.netserver.logOffs).toEqual([[105], [106]]);
    expect(await world.shown('card', 2)).toContain('handled by request 1');
  });

  test('are two calls where the second one was opened after the first call', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 105');
    await world.click('U0ALICE', 'approve', 1);
    await world.clock.advance(20_000);
    world.netserver.on.add(X);
    await world.say('U0BOB', '/logoff 105');
    await world.clock.advance(60_000);
    await world.click('U0ALICE', 'approve', 2);
    expect(world.netserver.logOffs).toEqual([[105], [105]]);
  });

  test('do not wait for each other where neither call was made', async () => {
    const world = await twoFor();
    world.troubles.fail('connect', edgeError('refused_connection'), 2);
    await world.click('U0ALICE', 'approve', 1);
    await world.click('U0ALICE', 'approve', 2);
    expect(await ends(world, 1, 2)).toEqual(['dispatching', 'dispatching']);
    await world.clock.advance(90_000);
    expect(world.netserver.logOffs.flat().toSorted()).toEqual([105, 106]);
  });
});
