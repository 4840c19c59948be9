import { describe, expect, test } from 'vitest';
import { peopleModal } from '../../src/core/cards/modals.ts';
import { plain } from './made-up-slack.ts';
import { change, values } from './made-up-window.ts';
import { makeSurroundings, policyOf } from './made-up-world.ts';

const RULES = [
  { name: 'own session', who: 'anyone', targets: 'self', approvals: 0 },
  { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' },
  { name: 'leads', who: 'leads', targets: 'any', approvals: 0, warn: '2m' },
];

/** Ola denied Bob's request for Anna; the leads need nobody's approval. */
async function denied(more: Readonly<Record<string, unknown>> = {}) {
  const surroundings = await makeSurroundings();
  const rules = RULES.map((rule) => (rule.name === 'leads' ? { ...rule, ...more } : rule));
  const policy = policyOf({ identities: { U0ANNA: 101 }, may_see: { who: ['leads'] }, rules });
  // A day is long for a clock that ticks each second.
  const world = { ...surroundings, ...(await surroundings.start({ policy, ticking: false })) };
  await world.say('U0BOB', '/logoff 101');
  await world.submit('U0OLA', 'deny', 1, 'month end');
  return world;
}

const SAID =
  /^Request 2: nobody has to approve it, but a request for this person was denied in the last 24 hours\. You can still stop it\.\n- Denied before: request 1 by @OLA, .*: month end$/;

describe('an earlier denial, where no card says it since nobody has to approve', () => {
  test('is told to who asks, while they can still stop it', async () => {
    const world = await denied();
    const [answer, ...more] = await world.say('U0ALICE', '/logoff 101');
    expect(answer).toMatch(SAID);
    expect(more).toEqual([]);
    expect((await world.request(2)).status).toBe('warning');
  });

  test('is told in the window before anything is sent', async () => {
    const world = await denied();
    expect(await change(world, 'U0ALICE', values([101]))).toContain('- Denied before: request 1 by @OLA');
    expect(await change(world, 'U0BOB', values([101]))).not.toContain('Denied before');
  });

  test('stands above the list that who asks must confirm', async () => {
    const world = await denied({ confirm_above: 1 });
    await world.say('U0ALICE', '/logoff 101 102');
    expect(await world.click('U0ALICE', 'confirm', 2)).toEqual(['(modal: Log off 2 people?)']);
    const [once, record] = [await world.request(1), await world.request(2)];
    const { parts } = peopleModal(record, 0, 'confirm', once.status === 'denied' ? [once] : []);
    expect(plain({ summary: [], parts })).toContain('Denied before: request 1 by @OLA');
  });

  test('is told for everyone as well', async () => {
    const world = await denied();
    const answers = await world.say('U0ALICE', '/logoff everyone in 5m');
    expect(answers.join()).toContain('a request for some of those who are on was denied');
    expect(answers.join()).toContain('Denied before: request 1 by @OLA');
  });

  test('is not told after a day, to who logs themselves off, or where approvers read it on the card', async () => {
    const world = await denied();
    expect(await world.say('U0ANNA', '/logoff me')).toEqual([]);
    expect(await world.say('U0BOB', '/logoff 101')).toEqual([]);
    expect(await world.shown('card', 3)).toContain('Denied before');
    await world.clock.advance(24 * 60 * 60_000);
    expect(await world.say('U0ALICE', '/logoff 101')).toEqual([]);
  });
});
