import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { hire } from '../workflows/company.ts';
import { makeWorld, policyOf } from '../workflows/made-up-world.ts';
import { edgeError } from '../workflows/troubles.ts';

const rules = [{ name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '0s' }];

test('thirty requests of one person do not keep the card of another from the approvers, where Slack takes a post a second', async () => {
  const people = { helpdesk: { users: ['U0BOB', 'U0BEA'] }, leads: { users: ['U0ALICE'] } };
  const world = await makeWorld({ policy: policyOf({ rules, people }) });
  const post = world.slack.messenger.post;
  let last = Number.NEGATIVE_INFINITY;
  Object.assign(world.slack.messenger, {
    post: async (...args: Parameters<typeof post>) => {
      if (world.clock.now() - last < 1_000) throw edgeError('rate_limited', { retryAfter: 1_000 });
      last = world.clock.now();
      return await post(...args);
    },
  });
  for (let n = 0; n < 30; n += 1) {
    hire(world, 1_001 + n, `crowd${n}`, `Crowd ${n}`);
    await world.say('U0BOB', `/logoff ${1_001 + n}`);
  }
  await world.say('U0BEA', '/logoff 102');
  await world.clock.advance(5 * 60_000);
  const cards = await Promise.all(
    Array.from({ length: 31 }, (_, n) => world.store.drawings.read(requestId(n + 1), 'card')),
  );
  expect(cards.filter((card) => card?.ts === undefined)).toEqual([]);
});
