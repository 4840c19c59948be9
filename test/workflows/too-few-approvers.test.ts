import { describe, expect, test } from 'vitest';
import { plain } from './made-up-slack.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const told = ({ slack }: Surroundings) =>
  slack.messages.filter(({ channel }) => channel === 'D0BOB').map(({ card }) => plain(card));
const rules = (more: Readonly<Record<string, unknown>>, leads: readonly string[]) =>
  policyOf({
    people: { helpdesk: { users: ['U0BOB'] }, leads: { users: leads } },
    rules: [{ name: 'a', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', ...more }],
  });

describe('who asks for what too few people can approve', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[], string]>([
    ['nobody', {}, ['U0BOB', 'U0GUEST'], 'nobody can approve it now: its rule names nobody besides you who may.'],
    ['one of two', { approvals: 2 }, ['U0ALICE', 'U0BOB'], 'it needs 2 approvals, and only 1 of those whom'],
  ])('is told once that it is %s', async (_, more, leads, words) => {
    const world = await makeWorld({ policy: rules(more, leads) });
    await world.say('U0BOB', '/logoff 101');
    expect(told(world)).toEqual([expect.stringContaining(`Request 1: ${words}`)]);
    expect(world.logged).toContain('too_few_approvers');
    await world.clock.advance(16 * 60_000);
    expect(told(world)).toHaveLength(1);
  });

  test('is told nothing where there are enough, or where the person may agree instead', async () => {
    const enough = await makeWorld({ policy: rules({}, ['U0ALICE']) });
    await enough.say('U0BOB', '/logoff 101');
    expect(told(enough)).toEqual([]);
    const agreed = await makeWorld({ policy: rules({ consent: true }, ['U0BOB']) });
    await agreed.say('U0BOB', '/logoff 101');
    expect(told(agreed)).toEqual([]);
  });

  test('is told when the card could be posted, where Slack did not take it at first', async () => {
    const world = await makeWorld({ policy: rules({}, ['U0BOB']) });
    world.troubles.fail('post', edgeError('timeout'), 2);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(10_000);
    expect(told(world)).toHaveLength(1);
  });
});
