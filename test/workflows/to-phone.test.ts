import { describe, expect, test } from 'vitest';
import { peopleModal } from '../../src/core/cards/modals.ts';
import { hire } from './company.ts';
import { announced, MINUTE } from './everyone-told.ts';
import { plain } from './made-up-slack.ts';
import { makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const rule = { name: 'helpdesk', who: 'helpdesk', targets: 'any', warn: '2m' };
const NO_APPROVAL = policyOf({ identities: { U0ANNA: 101, U0BO: 102 }, rules: [{ ...rule, approvals: 0 }] });

/** Bob logs people off where nobody has to approve it. */
async function asked(who: string) {
  const world = await makeWorld({ policy: NO_APPROVAL });
  hire(world, 120, 'dina', 'Dina Foss');
  await world.say('U0BOB', `/logoff ${who}`);
  expect((await world.request()).status).toBe('warning');
  return world;
}

describe('whoever cannot be warned', () => {
  test('is named to who asked, once, where there is no card that approvers read', async () => {
    const world = await asked('101 120');
    expect(await world.shown('card')).toBe('(nothing)');
    expect(await world.shown('phone')).toBe(
      'Request 1: people are being warned; log-off at 14:02. 1 person could not be warned: phone them.\n- Dina Foss (dina, id 120, Sales): could not be warned: phone them',
    );
    await world.clock.advance(MINUTE);
    const sent = world.slack.messages.filter(({ channel }) => channel === 'D0BOB');
    expect(sent).toHaveLength(1);
    await world.clock.advance(2 * MINUTE);
    expect(await world.shown('phone')).toBe('Request 1: nobody needs to be phoned about this log-off any more.');
  });

  test('joins them in the same message where Slack turns out not to reach them', async () => {
    const world = await makeWorld({ policy: NO_APPROVAL });
    hire(world, 120, 'dina', 'Dina Foss');
    world.troubles.fail('direct U0BO', edgeError('cannot_dm', { retryable: false }));
    await world.say('U0BOB', '/logoff 101 102 120');
    await world.clock.advance(2_000);
    expect(await world.shown('phone')).toContain('2 people could not be warned: phone them.');
    expect(await world.shown('phone')).toContain('Bo Dahl');
    expect(world.slack.messages.filter(({ channel }) => channel === 'D0BOB')).toHaveLength(1);
  });

  test('is nobody where all were told, and then nothing is said', async () => {
    const world = await asked('101 102');
    expect(await world.shown('phone')).toBe('(nothing)');
  });

  test('stands on the card where there is one, before those who were told, with the count', async () => {
    const world = await announced('in 5m');
    for (let id = 2001; id <= 2022; id += 1) hire(world, id, `u${id}`, `U ${id}`);
    await world.clock.advance(3 * MINUTE);
    expect(await world.shown('phone')).toBe('(nothing)');
    const card = await world.shown('card');
    expect(card).toContain('To phone: 22');
    expect(card).toContain('U 2001');
    expect(card).not.toContain('Anna Berg');
    expect(card).toContain('and 4 more');
    const { parts } = peopleModal(await world.request(), 0, 'people');
    expect(plain({ summary: [], parts })).toMatch(/- U 2022 [^\n]*phone them\n- Anna Berg/);
  });
});
