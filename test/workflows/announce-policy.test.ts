import { describe, expect, it } from 'vitest';
import { channelId } from '../../src/core/ids.ts';
import { announcePolicy, putInForce } from '../../src/workflows/operator/announce-policy.ts';
import { isInForce } from '../../src/workflows/records.ts';
import { plain } from './made-up-slack.ts';
import { makeSurroundings, policyOf } from './made-up-world.ts';

const AUDIT = channelId('C0AUDIT');
const RULES = [{ name: 'own session', who: 'anyone', targets: 'self', approvals: 0 }];
const WIDER = [...RULES, { name: 'night', who: 'leads', targets: { at_most: 2 }, approvals: 0 }];
const rulesJson = (rules: readonly unknown[]) => JSON.stringify({ people: { leads: { users: ['U0ALICE'] } }, rules });

async function started() {
  const surroundings = await makeSurroundings();
  const { world } = await surroundings.start();
  const at = (version: string, rules: readonly unknown[]) => ({
    ...world,
    auditChannel: AUDIT,
    policy: policyOf({ people: { leads: { users: ['U0ALICE'] } }, never: [], identities: {}, rules }, version),
  });
  const posted = () =>
    surroundings.slack.messages.filter(({ channel }) => channel === AUDIT).map(({ card }) => plain(card));
  return { ...surroundings, at, posted };
}

describe('when a process starts with other rules', () => {
  it('they are put in force with an audit entry, older processes see it, and the audit channel reads what changed', async () => {
    const { at, posted, audit } = await started();
    const [old, now] = [at('111111111111', RULES), at('222222222222', WIDER)];
    await putInForce(rulesJson(RULES), old);
    expect(await isInForce(old)).toBe(true);
    const before = await putInForce(rulesJson(WIDER), now);
    expect(before).toEqual({ version: '111111111111', rules: rulesJson(RULES) });
    expect([await isInForce(old), await isInForce(now)]).toEqual([false, true]);
    await announcePolicy(before ?? { version: '' }, now);
    expect(posted()).toEqual([
      expect.stringMatching(
        /^The rules 222222222222 are in force now, in place of 111111111111\. \nFrom no to yes\n- U0ALICE for 1 to 2 people: no -> without approval \("night"\)/,
      ),
    ]);
    const notes = (await audit()).flatMap((entry) => ('note' in entry ? [entry.note] : []));
    expect(notes.at(-1)).toEqual({ kind: 'policy_activated', previous: '111111111111' });
  });

  it('nothing is told by a start with the same rules, nor twice by two that start together', async () => {
    const { at } = await started();
    const now = at('222222222222', WIDER);
    const told = await Promise.all([putInForce(rulesJson(WIDER), now), putInForce(rulesJson(WIDER), now)]);
    expect(told.filter((before) => before !== undefined)).toHaveLength(1);
    expect(await putInForce(rulesJson(WIDER), now)).toBeUndefined();
  });

  it('rules that cannot be read any more are named without a comparison', async () => {
    const { at, posted } = await started();
    await announcePolicy({ version: '111111111111', rules: '{"rules":[{"old":"shape"}]}' }, at('222222222222', WIDER));
    await announcePolicy({ version: '111111111111' }, at('222222222222', WIDER));
    expect(posted()).toEqual([expect.stringContaining('not known'), expect.stringContaining('not known')]);
  });

  it('a Slack that does not answer is logged, and stops nothing', async () => {
    const { at, slack, logged } = await started();
    slack.closed.add(AUDIT);
    await announcePolicy({ version: '111111111111', rules: rulesJson(RULES) }, at('222222222222', WIDER));
    expect(logged).toContain('policy_not_announced');
  });

  it('where no audit channel is set the log has it', async () => {
    const { at, slack, logged } = await started();
    const { auditChannel: _, ...world } = at('222222222222', WIDER);
    await announcePolicy({ version: '111111111111', rules: rulesJson(RULES) }, { ...world, auditChannel: undefined });
    expect(slack.messages).toEqual([]);
    expect(logged).toContain('policy_changed');
  });
});
