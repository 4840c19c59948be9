import { describe, expect, test } from 'vitest';
import { change, values } from '../workflows/made-up-window.ts';
import { makeWorld, policyOf } from '../workflows/made-up-world.ts';

describe('the window tells who is logged on', () => {
  test('to nobody who may not list that, but of themselves', async () => {
    const world = await makeWorld({ policy: policyOf({ identities: { U0ANNA: 101, U0BOB: 102 } }) });
    const seen = await change(world, 'U0BOB', values([101, 102, 104, 105]));
    expect(seen.match(/logged on now/g)).toHaveLength(1);
    expect(seen).toContain('Bo Dahl (bo, id 102, Sales)');
    expect(seen).toMatch(/id 102, Sales\).*: logged on now/);
    expect(seen).toMatch(/Anna Berg \(anna, id 101, Sales\)/);
  });

  test('to those who may list it', async () => {
    const world = await makeWorld({ policy: policyOf({ may_see: { who: ['helpdesk'] } }) });
    const seen = await change(world, 'U0BOB', values([101, 105]));
    expect(seen.match(/: logged on now/g)).toHaveLength(2);
  });
});

describe('a status answer', () => {
  const rules = [{ name: 'all', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' }];
  const paused = async () => {
    const world = await makeWorld({ policy: policyOf({ rules }) });
    await world.say('U0ALICE', '/logoff pause reason: break-in at the bank');
    return world;
  };

  test.each(['U0BOB', 'U0ALICE'])(
    'tells %s, who may do something, of SuperOffice and why it is paused',
    async (who) => {
      const world = await paused();
      const said = (await world.say(who, '/logoff status')).join();
      expect(said).toContain('SuperOffice 8.5.1');
      expect(said).toContain('(break-in at the bank)');
    },
  );

  test.each(['U0ZOE', 'U0GUEST'])('tells %s, whom no rule lets do anything, neither', async (who) => {
    const world = await paused();
    const before = world.netserver.calls.filter((call) => call === 'serverFacts').length;
    const said = (await world.say(who, '/logoff status')).join();
    expect(said).not.toMatch(/8\.5|web services|break-in/);
    expect(world.netserver.calls.filter((call) => call === 'serverFacts')).toHaveLength(before);
  });
});
