import { describe, expect, test } from 'vitest';
import { settle } from '../test-clock.ts';
import type { Life } from '../workflows/gates.ts';
import { makeSurroundings, policyOf } from '../workflows/made-up-world.ts';

const rule = { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '0s' };
const STRICT = policyOf({ rules: [rule] }, 'strict000000');
const LOOSE = policyOf({ rules: [{ ...rule, approvals: 0 }] }, 'loose0000000');
const MORE_LEADS = policyOf(
  { people: { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE', 'U0EVE'] } }, rules: [rule] },
  'moreleads000',
);

/** A process that stands still at its next call of this name until it is let go; it notices nothing of that. */
function stopsAt(name: string): Life & { arm(): void; letGo(): void; reached(): boolean } {
  let armed = false;
  let reached = false;
  let letGo = () => {};
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    calls: [],
    alive: () => true,
    arm: () => {
      armed = true;
    },
    letGo: () => letGo(),
    reached: () => reached,
    async gate(called, call) {
      if (armed && called === name) {
        armed = false;
        reached = true;
        await free;
      }
      return await call();
    },
  };
}

describe('whoever stops an old copy of the bot in the middle, starts the new one and lets the old one go on', () => {
  test('has no request carried out that only the old rules let through', async () => {
    const surroundings = await makeSurroundings();
    const life = stopsAt('requests.open');
    const old = await surroundings.start({ policy: LOOSE, life, ticking: false });
    life.arm();
    await old.say('U0BOB', '/logoff 101');
    expect(life.reached()).toBe(true);
    await surroundings.start({ policy: STRICT });
    life.letGo();
    await settle();
    expect(await surroundings.request()).toMatchObject({ status: 'approved', policyVersion: LOOSE.version });
    await surroundings.clock.advance(3_600_000);
    expect(await surroundings.request()).toMatchObject({ status: 'aborted', code: 'approvals_no_longer_count' });
    expect(surroundings.netserver.logOffs).toEqual([]);
  });

  test('has no approval count of somebody who is an approver by the old rules alone', async () => {
    const surroundings = await makeSurroundings();
    const life = stopsAt('requests.save');
    const old = await surroundings.start({ policy: MORE_LEADS, life, ticking: false });
    await old.say('U0BOB', '/logoff 101');
    life.arm();
    await old.click('U0EVE', 'approve');
    expect(life.reached()).toBe(true);
    await surroundings.start({ policy: STRICT });
    life.letGo();
    await settle();
    expect((await surroundings.request()).approvals.map(({ by }) => by.slack)).toEqual(['U0EVE']);
    await surroundings.clock.advance(3_600_000);
    expect((await surroundings.request()).status).toBe('aborted');
    expect(surroundings.netserver.logOffs).toEqual([]);
  });

  test('has no call leave that the old one was about to claim', async () => {
    const surroundings = await makeSurroundings();
    const life = stopsAt('requests.save');
    const old = await surroundings.start({ policy: LOOSE, life, ticking: false });
    life.arm();
    await old.say('U0BOB', '/logoff 101');
    expect(life.reached()).toBe(true);
    await surroundings.start({ policy: STRICT, ticking: false });
    life.letGo();
    await surroundings.clock.advance(60_000);
    expect((await surroundings.request()).status).toBe('approved');
    await surroundings.start({ policy: STRICT });
    await surroundings.clock.advance(3_600_000);
    expect((await surroundings.request()).status).toBe('aborted');
    expect(surroundings.netserver.logOffs).toEqual([]);
  });
});
