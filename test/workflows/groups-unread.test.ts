import { describe, expect, test } from 'vitest';
import { expectEnd } from './asked.ts';
import { refusedCodes } from './company.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

/** The helpdesk and the leads are user groups in Slack; the first rule is stricter than what comes after it. */
const GROUPED = policyOf({
  identities: { U0ANNA: 101 },
  people: {
    helpdesk: { usergroups: ['S0DESK'] },
    leads: { users: ['U0OLA'], usergroups: ['S0LEADS'] },
    trainees: { usergroups: ['S0TRAINEES'] },
  },
  may_see: { who: ['helpdesk'], history: ['leads'] },
  rules: [
    { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
    { name: 'trainees', who: 'trainees', targets: 'any', approvals: 2, approvers: 'leads' },
    { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' },
  ],
});

const SAYS = 'Slack did not tell who is in a user group that the rules name, so nobody counts as a member of it.';

async function grouped() {
  const world = await makeWorld({ policy: GROUPED });
  world.slack.usergroups
    .set('S0DESK', new Set(['U0BOB', 'U0TIM']))
    .set('S0LEADS', new Set(['U0ALICE']))
    .set('S0TRAINEES', new Set(['U0TIM']));
  return world;
}

const silent = ({ slack }: Surroundings, ...groups: readonly string[]) => {
  for (const group of groups) slack.usergroups.delete(group);
};

describe('where Slack does not tell who is in a user group', () => {
  test('nobody is in it, and the one who asks reads why, as the audit does', async () => {
    const world = await grouped();
    silent(world, 'S0DESK');
    for (const typed of ['/logoff 102', '/logoff bo', '/logoff 101 102 reason: crashed', '/logoff 999']) {
      expect((await world.say('U0BOB', typed)).join(), typed).toContain(SAYS);
    }
    expect(new Set(await refusedCodes(world))).toEqual(new Set(['groups_unread']));
    expect(await world.store.requests.listOpen(9)).toEqual([]);
  });

  test('what surely is allowed by a rule above is done all the same', async () => {
    const world = await grouped();
    silent(world, 'S0DESK', 'S0LEADS', 'S0TRAINEES');
    await world.say('U0ANNA', '/logoff me');
    expect(world.netserver.logOffs).toEqual([[101]]);
    expect((await world.say('U0ANNA', '/logoff help')).join()).toContain(SAYS);
    expect((await world.say('U0ANNA', '/logoff why')).join()).toContain(SAYS);
  });

  test('a stricter rule that may be theirs is not passed over for a looser one', async () => {
    const world = await grouped();
    silent(world, 'S0TRAINEES');
    expect((await world.say('U0TIM', '/logoff 102')).join()).toContain(SAYS);
    expect(await world.store.requests.listOpen(9)).toEqual([]);
  });

  test('an approver whose right hangs on it reads so, and the request waits for them', async () => {
    const world = await grouped();
    await world.say('U0BOB', '/logoff 102');
    silent(world, 'S0LEADS');
    for (const action of ['approve', 'deny'] as const) {
      expect((await world.click('U0ALICE', action)).join(), action).toContain(SAYS);
    }
    expect((await world.request()).status).toBe('awaiting_approval');
    world.slack.usergroups.set('S0LEADS', new Set(['U0ALICE']));
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[102]]);
  });

  test('an approved request waits for the answer, and goes on with it', async () => {
    const world = await grouped();
    await world.say('U0BOB', '/logoff 102');
    world.troubles.fail('findAssociates', edgeError('timeout'));
    await world.click('U0ALICE', 'approve');
    silent(world, 'S0LEADS');
    await world.clock.advance(60_000);
    expect((await world.request()).status).toBe('approved');
    expect(world.logged).toContain('recheck_waits');
    world.slack.usergroups.set('S0LEADS', new Set(['U0ALICE']));
    await world.clock.advance(6_000);
    expect(world.netserver.logOffs).toEqual([[102]]);
  });

  test('it is given up when the time for it is over, and nobody is logged off', async () => {
    const world = await grouped();
    await world.say('U0BOB', '/logoff 102');
    world.troubles.fail('findAssociates', edgeError('timeout'));
    await world.click('U0ALICE', 'approve');
    silent(world, 'S0DESK');
    await world.clock.advance(601_000);
    await expectEnd(world, 'expired', 'Nothing was done.');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('somebody who stops a request, dispatch or looks back reads why they cannot', async () => {
    const world = await grouped();
    await world.say('U0BOB', '/logoff 102');
    world.troubles.fail('findAssociates', edgeError('timeout'), 1_000);
    await world.click('U0OLA', 'approve');
    silent(world, 'S0LEADS', 'S0DESK');
    expect((await world.click('U0ALICE', 'cancel')).join()).toContain(SAYS);
    expect((await world.say('U0ALICE', '/logoff pause')).join()).toContain(SAYS);
    expect((await world.say('U0ALICE', '/logoff resume')).join()).toContain(SAYS);
    expect((await world.say('U0ALICE', '/logoff history')).join()).toContain(SAYS);
    expect((await world.request()).status).toBe('approved');
    expect(await world.store.pauses.current()).toBeUndefined();
  });

  test('the card says that nobody in it is called, and does not say that nobody can approve', async () => {
    const world = await grouped();
    silent(world, 'S0LEADS');
    await world.say('U0BOB', '/logoff 102');
    const card = await world.shown('card');
    expect(card).toContain('Asking: @OLA');
    expect(card).toContain(
      'Slack does not tell who is in a user group of the approvers, so nobody in that group is notified.',
    );
    const alone = await makeWorld({
      policy: policyOf({ people: { helpdesk: { users: ['U0BOB'] }, leads: { usergroups: ['S0LEADS'] } } }),
    });
    await alone.say('U0BOB', '/logoff 102');
    expect(await alone.shown('card')).toContain('Slack does not tell who is in a user group');
    expect(await alone.shown('card')).not.toContain('Nobody can approve this');
  });
});
