import { expect, test } from 'vitest';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const LEADS = { users: ['U0ALICE', 'U0OLA', 'U0EVA'] };
const rules = [{ name: 'two of us', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }];

async function approvedByAlice() {
  const world = await makeWorld({
    policy: policyOf({ people: { helpdesk: { users: ['U0BOB'] }, leads: LEADS }, rules }),
  });
  await world.say('U0BOB', '/logoff 101');
  await world.click('U0ALICE', 'approve');
  return world;
}

test('an approver who has left by the time of the second approval does not count: another one is asked for', async () => {
  const world = await approvedByAlice();
  world.slack.standings.set('U0ALICE', 'deactivated');
  expect(await world.click('U0OLA', 'approve')).toEqual(['You approved request 1. It has 1 of 2 approvals.']);
  expect(await world.shown('card')).toContain(
    'Approvals: 1 of 2: @OLA at 14:00; the approval of @ALICE does not count any more',
  );
  expect(world.netserver.logOffs).toEqual([]);
  await world.click('U0EVA', 'approve');
  expect(world.netserver.logOffs).toEqual([[101]]);
  expect(await world.shown('card')).toContain('Approvals: 2 of 2: @OLA at 14:00, @EVA at 14:00');
});

test('who is back may approve once more', async () => {
  const world = await approvedByAlice();
  world.slack.standings.set('U0ALICE', 'deactivated');
  await world.click('U0OLA', 'approve');
  world.slack.standings.set('U0ALICE', 'member');
  await world.click('U0ALICE', 'approve');
  expect(world.netserver.logOffs).toEqual([[101]]);
  expect(await world.shown('card')).not.toContain('does not count');
});

test('where Slack does not tell who approved before, that counts, and is looked at again before the call', async () => {
  const world = await approvedByAlice();
  const { person } = world.slack.directory;
  Object.assign(world.slack.directory, {
    person: async (id: Parameters<typeof person>[0]) => {
      if (id === 'U0ALICE') throw edgeError('timeout');
      return await person(id);
    },
  });
  await world.click('U0OLA', 'approve');
  expect((await world.request()).status).toBe('approved');
  Object.assign(world.slack.directory, { person });
  await world.clock.advance(6_000);
  expect(world.netserver.logOffs).toEqual([[101]]);
});
