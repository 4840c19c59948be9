import { expect, test } from 'vitest';
import { makeWorld, policyOf } from '../workflows/made-up-world.ts';

const rules = [{ name: 'all', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '0s' }];

/** Bo's second account, Eva's, may approve; its address is on Bo's card in SuperOffice. */
async function boTwice() {
  const world = await makeWorld({ policy: policyOf({ identities: { U0BOB: 102 }, rules }) });
  world.slack.emails.set('U0EVA', 'bob.two@example.com');
  world.netserver.emails.set(102, 'bob.two@example.com');
  return world;
}

test('an address on a second card does not untie the two accounts of one person: no approval before', async () => {
  const world = await boTwice();
  await world.say('U0BOB', '/logoff 101');
  world.netserver.emails.set(107, 'bob.two@example.com');
  expect((await world.click('U0EVA', 'approve')).join()).toContain('You and the requester may be the same');
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([]);
});

test('nor does it let one of the people concerned approve for the others', async () => {
  const world = await boTwice();
  world.netserver.emails.set(102, '');
  for (const id of [106, 107]) world.netserver.emails.set(id, 'bob.two@example.com');
  await world.say('U0BOB', '/logoff 101 107');
  expect((await world.click('U0EVA', 'approve')).join()).not.toContain('You approved request 2.');
  await world.say('U0BOB', '/logoff 105 108');
  expect((await world.click('U0EVA', 'approve', 2)).join()).toContain('You approved request 2.');
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([[105, 108]]);
});

test('and it gives no right', async () => {
  const world = await makeWorld({ policy: policyOf({ trust_email: ['example.com'] }) });
  world.slack.emails.set('U0ZED', 'zed@example.com');
  for (const id of [106, 107]) world.netserver.emails.set(id, 'zed@example.com');
  expect((await world.say('U0ZED', '/logoff me')).join()).toContain('I do not know for certain');
  expect((await world.say('U0ZED', '/logoff 106')).join()).toContain('No rule lets you log these people off');
});
