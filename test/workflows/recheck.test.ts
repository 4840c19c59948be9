import { describe, expect, test } from 'vitest';
import { associateId, channelId } from '../../src/core/ids.ts';
import { asked, expectEnd } from './asked.ts';
import { plain } from './made-up-slack.ts';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const REFUSED = edgeError('refused_connection');

describe('the re-check right before the call', () => {
  test('aborts where an approver is a guest by then', async () => {
    const world = await asked();
    world.troubles.fail('findAssociates', edgeError('timeout'));
    await world.click('U0ALICE', 'approve');
    world.slack.standings.set('U0ALICE', 'guest');
    await world.clock.advance(6_000);
    await expectEnd(world, 'aborted', 'not carried out, nobody was logged off. The approvals given no longer count');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('aborts where an approver is no longer among those whom Slack names', async () => {
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { usergroups: ['S0LEADS'] } };
    const world = await makeWorld({ policy: policyOf({ people }) });
    world.slack.usergroups.set('S0LEADS', new Set(['U0ALICE']));
    await world.say('U0BOB', '/logoff 101');
    world.troubles.during('findAssociates', () => void world.slack.usergroups.set('S0LEADS', new Set()));
    world.troubles.fail('whoIsOn', edgeError('timeout'));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(6_000);
    await expectEnd(world, 'aborted', 'The approvals given no longer count');
  });

  test('aborts where the requester is a guest by then', async () => {
    const world = await asked();
    world.slack.standings.set('U0BOB', 'guest');
    await world.click('U0ALICE', 'approve');
    await expectEnd(world, 'aborted', 'The person who asked is no longer a full member of this workspace.');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('aborts where the rules in force now let nobody do so', async () => {
    const surroundings = await makeSurroundings();
    const older = await surroundings.start();
    await older.say('U0BOB', '/logoff 101');
    surroundings.troubles.fail('findAssociates', edgeError('timeout'));
    await older.click('U0ALICE', 'approve');
    await surroundings.start({ policy: policyOf({ never: ['ANNA'] }, 'bbbbbbbbbbbb') });
    await surroundings.clock.advance(6_000);
    await expectEnd(surroundings, 'aborted', 'None of these people can be logged off any more.');
    expect(surroundings.netserver.logOffs).toEqual([]);
  });

  test('goes on with fewer people and says so', async () => {
    const world = await asked('101 102');
    world.netserver.people.delete(102);
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
    expect(await world.shown('card')).toContain('Bo Dahl (id 102): no longer in SuperOffice');
  });

  test('leaves out who is not logged on any more', async () => {
    const world = await asked('101 102');
    world.netserver.on.delete(associateId(102));
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off, 1 person was not logged on');
  });

  test('leaves people to another request that is at them', async () => {
    const world = await asked('101');
    await world.say('U0BOB', '/logoff 101 102');
    world.netserver.deaf = true;
    await world.click('U0ALICE', 'approve', 1);
    await world.click('U0ALICE', 'approve', 2);
    expect(world.netserver.logOffs).toEqual([[101], [102]]);
    expect(await world.shown('card', 2)).toContain('handled by request 1');
  });

  test.each(['findAssociates', 'whoIsOn', 'person'])(
    'waits while %s is silent, and goes on when it answers',
    async (call) => {
      const world = await asked();
      const [answer] = await world.say('U0ANNA', '/logoff status 1');
      expect(answer).toContain('waiting for approval');
      // The click itself needs to know who pressed: the silence starts after it.
      world.troubles.during('save', () => world.troubles.fail(call, edgeError('timeout'), 4));
      await world.click('U0ALICE', 'approve');
      expect((await world.request()).status).toBe('approved');
      await world.clock.advance(30_000);
      expect(world.netserver.logOffs).toEqual([[101]]);
    },
  );

  test('gives up at the deadline where nobody answers, and does not fire later', async () => {
    const world = await asked();
    world.troubles.fail('findAssociates', edgeError('timeout'), 1_000);
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(599_000);
    expect((await world.request()).status).toBe('approved');
    await world.clock.advance(2_000);
    await expectEnd(world, 'expired', 'dropped at 14:10: SuperOffice does not answer. Nothing was done.');
    world.troubles.heal();
    await world.clock.advance(3_600_000);
    expect(world.netserver.logOffs).toEqual([]);
  });
});

describe('a record that was changed behind the back of the bot', () => {
  const tamper = `update requests set record = replace(record, '"id":101', '"id":102')`;

  test('is never acted on: nothing is sent and the operator is told', async () => {
    const world = await asked('101', { onDisk: true });
    world.sql(tamper);
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('aborted');
    expect(await world.shown('line')).toContain('does not agree with its audit trail, so nothing was sent');
    expect(world.logged).toContain('record_differs');
    await world.clock.advance(3_600_000);
    expect(world.netserver.logOffs).toEqual([]);
  });

  test.each([
    ['other_row', 'the row of version 2', tamper],
    [
      'older_row',
      'the entries go to version 2',
      "update requests set version = 1, record = json_set(record, '$.version', 1)",
    ],
    ['bad_entry', 'entry 2, behind', "drop trigger audit_no_update; update audit set text = 'x' where request = 1"],
    ['audit_cut', 'entry 4, behind', 'drop trigger audit_no_delete; delete from audit where n = 4'],
  ])('is told to the operator with its place: %s', async (code, place, statement) => {
    const surroundings = await makeSurroundings({ onDisk: true });
    const told: unknown[] = [];
    const log = (_: string, what: string, fields: unknown) => {
      if (what === 'record_differs') told.push(fields);
    };
    const bot = await surroundings.start({ wrap: (made) => ({ ...made, log }) });
    await bot.say('U0BOB', '/logoff 101');
    surroundings.troubles.fail('proven', edgeError('database_busy'));
    await bot.click('U0ALICE', 'approve');
    surroundings.sql(statement);
    await surroundings.clock.advance(6_000);
    expect(told).toEqual([{ request: 1, code, why: expect.stringContaining(place) }]);
    expect(surroundings.netserver.logOffs).toEqual([]);
  });

  test.each([
    ['a mistake of the program', new TypeError('made up')],
    ['a database that cannot be asked again', edgeError('database_failed', { retryable: false })],
  ])('is not what is made of %s: it is tried again', async (_, error) => {
    const world = await asked();
    world.troubles.fail('proven', error, 2);
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('approved');
    await world.clock.advance(12_000);
    expect(world.logged).not.toContain('record_differs');
    expect(world.logged.filter((code) => code === 'reconcile_failed')).toHaveLength(2);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('is told in the audit channel', async () => {
    const surroundings = await makeSurroundings({ onDisk: true });
    const bot = await surroundings.start({ wrap: (made) => ({ ...made, auditChannel: channelId('C0AUDIT') }) });
    await bot.say('U0BOB', '/logoff 101');
    surroundings.sql(tamper);
    await bot.click('U0ALICE', 'approve');
    const told = surroundings.slack.messages.filter(({ channel }) => channel === 'C0AUDIT');
    expect(told.map(({ card }) => plain(card))).toEqual([
      'Request 1 does not agree with its audit trail, so nothing was sent. Somebody or something changed the database outside the bot.',
    ]);
  });

  test('is not acted on between two attempts either', async () => {
    const world = await asked('101', { onDisk: true });
    world.troubles.fail('connect', REFUSED);
    await world.click('U0ALICE', 'approve');
    world.sql(tamper);
    await world.clock.advance(6_000);
    expect(world.logged.filter((code) => code === 'record_differs')).toHaveLength(1);
    await expectEnd(world, 'failed', 'nobody was logged off. The record of this request does not agree');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('is not acted on where approvals were written into it', async () => {
    const world = await asked('101', { onDisk: true });
    const approved = `json_set(json_remove(record, '$.expiresAt'), '$.status', 'approved', '$.dispatchBy', ${world.clock.now() + 600_000})`;
    world.sql(`update requests set record = ${approved}, due_at = 0`);
    await world.clock.advance(2_000);
    expect((await world.request()).status).toBe('aborted');
    expect(world.netserver.logOffs).toEqual([]);
  });
});
