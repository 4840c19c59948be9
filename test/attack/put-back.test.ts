import { expect, test } from 'vitest';
import { makeWorld, policyOf } from '../workflows/made-up-world.ts';

const rules = [{ name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '0s' }];
/** Somebody with the database in hand keeps every approved row, and puts the first one back. */
const keep = `create table kept(version, record);
  create trigger keep after update on requests when new.record like '%"status":"approved"%'
  begin insert into kept values (new.version, new.record); end`;
const putBack = `update requests set open = 1, due_at = 0,
  version = (select min(version) from kept), record = (select record from kept order by version limit 1)`;

test('somebody who puts the row of a request that was carried out back has nobody logged off a second time', async () => {
  const world = await makeWorld({ onDisk: true, policy: policyOf({ rules }) });
  await world.say('U0BOB', '/logoff 101');
  world.sql(keep);
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(120_000);
  expect((await world.request()).status).toBe('done');
  for (const { id } of world.netserver.people.values()) world.netserver.on.add(id);
  world.sql(putBack);
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([[101]]);
  expect(world.logged).toContain('record_differs');
});

test('somebody who puts the row of a request that was cancelled back has nobody logged off', async () => {
  const world = await makeWorld({ onDisk: true, policy: policyOf({ rules }) });
  await world.say('U0BOB', '/logoff 101');
  world.sql(keep);
  await world.say('U0ALICE', '/logoff pause');
  await world.click('U0ALICE', 'approve');
  await world.say('U0BOB', '/logoff cancel 1');
  await world.say('U0ALICE', '/logoff resume');
  world.sql(putBack);
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([]);
});

const UNGUARD = 'drop trigger audit_no_delete; drop trigger audit_no_update';
/** What came after the approval, of this request or of everything. */
const LATER = `n > (select max(n) from audit where kind = 'approved')`;

test.each([
  ['taken out', `${UNGUARD}; delete from audit where request = 1 and ${LATER}`],
  ['taken out to the end of the record', `${UNGUARD}; delete from audit where ${LATER}`],
  [
    'taken out, and the rest numbered anew',
    `${UNGUARD}; delete from audit where request = 1 and ${LATER};
     update audit set n = (select max(n) + 1 from audit where kind = 'approved') where ${LATER}`,
  ],
  ['untied from the request', `${UNGUARD}; update audit set request = null where request = 1 and ${LATER}`],
  ['said to be of another request', `${UNGUARD}; update audit set request = 2 where request = 1 and ${LATER}`],
])('nor where the newest entries of the request are %s', async (_, hide) => {
  const world = await makeWorld({ onDisk: true, policy: policyOf({ rules }) });
  await world.say('U0BOB', '/logoff 101');
  world.sql(keep);
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(120_000);
  expect((await world.request()).status).toBe('done');
  // Something else is on record behind it.
  await world.say('U0GUEST', '/logoff 102');
  for (const { id } of world.netserver.people.values()) world.netserver.on.add(id);
  world.sql(hide);
  world.sql(putBack);
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([[101]]);
  expect(world.logged).toContain('record_differs');
});

test('what others write meanwhile, and an audit that begins with a stub, keep nobody from being logged off', async () => {
  const world = await makeWorld({ policy: policyOf({ rules }) });
  await world.say('U0GUEST', '/logoff 1');
  await world.clock.advance(60_000);
  const note = { kind: 'pruned', olderThan: 0 } as const;
  const pruned = await world.store.audit.prune(world.clock.now(), 10, (gone) => ({
    at: world.clock.now(),
    via: 'timer',
    policyVersion: 'aaaaaaaaaaaa',
    note: { ...note, ...gone },
  }));
  expect(pruned.pruned?.entries).toBe(2);
  await world.say('U0BOB', '/logoff 101');
  for (let time = 0; time < 600; time += 1) await world.say('U0GUEST', '/logoff 1');
  world.troubles.during('connect', () =>
    world.store.requests.note({
      at: 1,
      via: 'timer',
      policyVersion: 'aaaaaaaaaaaa',
      note: { kind: 'policy_activated' },
    }),
  );
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(120_000);
  expect(world.netserver.logOffs).toEqual([[101]]);
  expect((await world.request()).status).toBe('done');
});
