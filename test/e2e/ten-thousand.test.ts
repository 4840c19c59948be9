import { expect, it } from 'vitest';
import { manyGroups, manyUsers } from '../../src/sandbox/netserver/many-users.ts';
import { openTown } from './town.ts';

const words = (option: unknown): string => JSON.stringify(option);

it('with 10,000 users people are suggested, and only those whom a rule lets one reach', async () => {
  const town = await openTown('socket', {
    settings: [['targets: { at_most: 5 }', 'targets: { groups: [Support, Vertrieb & Service] }']],
  });
  const { bob, ola, anna, netserver, slack, quiet } = town;
  for (const group of manyGroups) netserver.addGroup(group);
  const everybody = manyUsers(10_000, 2_000);
  for (const user of everybody) netserver.addAssociate(user);
  // The next start reads everybody.
  await town.stop();
  await town.start();

  await ola.say('/logoff');
  const suggested = (who: typeof ola, field: string, typed: string) => who.hasty.typeahead(who.window(), field, typed);
  for (const typed of [
    '',
    'a',
    'an',
    'ann',
    'anna',
    'anna ols',
    'bjorn',
    'Bjørn',
    'Σοφ',
    '美咲',
    '2',
    '2345',
    'zzzz',
    "d'arcy",
  ]) {
    expect((await suggested(ola, 'People', typed)).length).toBeLessThanOrEqual(100);
  }
  for (const typed of ['', 's', 'ØKO', '営']) await suggested(ola, 'User group', typed);
  expect(await suggested(ola, 'People', '')).toHaveLength(100);
  expect(await suggested(ola, 'People', '2345')).toHaveLength(1);
  expect(await suggested(ola, 'User group', '')).toHaveLength(8);

  // Bob may reach two groups only; Anna herself.
  await bob.say('/logoff');
  const bobs = new Set(everybody.filter(({ groupId }) => groupId === 2 || groupId === 4).map(({ id }) => `${id}`));
  for (const typed of ['', 'anna', 'jane', 'b']) {
    const options = await suggested(bob, 'People', typed);
    expect(options.length).toBeGreaterThan(0);
    expect(options.filter(({ value }) => !bobs.has(String(value)) && Number(value) >= 2_000)).toEqual([]);
  }
  expect((await suggested(bob, 'User group', '')).map(words).join()).not.toContain('Økonomi');
  await anna.say('/logoff');
  expect(await suggested(anna, 'People', '')).toHaveLength(1);

  // Everybody of a group that is larger than one request may be.
  const window = ola.window();
  const group = await ola.hasty.lookUp(window, 'User group', 'Management');
  await ola.hasty.choose(window, 'User group', group);
  await quiet();
  expect(ola.window().text).toContain(
    'These are more people than one request may hold. Make several requests. One request holds at most 50 people.',
  );
  expect((await ola.submit()).errors['group']).toContain('Make several requests. One request holds at most 50 people.');

  expect(slack.journal.complaints()).toEqual([]);
});

it('with 10,000 users and more than 100 of a name, the heading of the list says so', { timeout: 60_000 }, async () => {
  const town = await openTown('http');
  const { ola, netserver, slack } = town;
  for (const user of manyUsers(10_000, 2_000)) netserver.addAssociate({ ...user, groupId: 4 });
  await town.stop();
  await town.start();
  await ola.say('/logoff');
  const view = ola.window();
  const jane = await ola.hasty.lookUp(view, 'People', '2345');
  const { delivery } = await ola.hasty.choose(view, 'People', [jane]);
  if (delivery === undefined) throw new Error('nothing was sent');
  const asking = { type: 'block_suggestion', action_id: 'people', block_id: 'people', value: 'anna' };
  const { body } = await slack.deliver({ ...delivery, payload: { ...delivery.payload, ...asking } });
  expect(body).toMatchObject({
    option_groups: [
      { label: { type: 'plain_text', text: expect.stringMatching(/^First 100 of \d{3}: type more letters$/) } },
    ],
  });
  await town.quiet();
});
