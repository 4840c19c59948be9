import { expect, test } from 'vitest';
import { company } from './company.ts';
import { edgeError } from './troubles.ts';

/** A company in which everybody who decides is known by an address only, so that SuperOffice's people must be read. */
async function byAddress() {
  const world = await company({ identities: {}, trust_email: ['example.com'] });
  world.slack.emails.set('U0ALICE', 'bjorn@example.com');
  return world;
}

test.each([
  ['deny', '101', '(modal: Deny request 1)'],
  ['approve', '101 102 103 105 106 107', '(modal: Log off 6 people?)'],
  ['show_everyone', '101', '(modal: Request 1)'],
] as const)(
  'the window behind %s opens at once, although SuperOffice hangs and was never read',
  async (action, who, opened) => {
    const world = await byAddress();
    await world.say('U0BOB', `/logoff ${who}`);
    world.netserver.nothingAtHand = true;
    const goOn = world.troubles.hang('readPeople');
    expect(await world.click('U0ALICE', action)).toEqual([opened]);
    goOn();
  },
);

test('what is submitted in such a window is judged by all that can be known', async () => {
  const world = await byAddress();
  await world.say('U0BOB', '/logoff bjorn.a 102');
  world.netserver.nothingAtHand = true;
  expect(await world.click('U0ALICE', 'deny')).toEqual(['(modal: Deny request 1)']);
  expect(await world.submit('U0ALICE', 'deny')).toEqual([
    'Request 1: You are one of the people to be logged off, so somebody else must decide about the others.',
  ]);
  expect((await world.request()).status).toBe('awaiting_approval');
});

test('in such a window stands why it could not be filled where Slack does not say who pressed', async () => {
  const world = await byAddress();
  await world.say('U0BOB', '/logoff 101');
  world.troubles.fail('person', edgeError('timeout'), 1);
  expect(await world.click('U0ALICE', 'deny')).toEqual([
    'Slack did not answer. Try again in a minute. Nothing changed.',
  ]);
});

test('a denial is taken while SuperOffice is away', async () => {
  const world = await byAddress();
  await world.say('U0BOB', '/logoff 101');
  world.netserver.nothingAtHand = true;
  world.troubles.fail('readPeople', edgeError('refused_connection'), 10);
  expect(await world.click('U0ALICE', 'deny')).toEqual(['(modal: Deny request 1)']);
  await world.submit('U0ALICE', 'deny', 1, 'not today');
  expect((await world.request()).status).toBe('denied');
});
