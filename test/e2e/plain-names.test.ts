import { describe, expect, it } from 'vitest';
import { MODES, openTown } from './town.ts';

const AUDIT = 'C0AUDIT';
const PLAIN = { commands: [{ name: '/logoff', should_escape: false }] };

describe.each(MODES)('over %s, an @name that arrives as plain text', (mode) => {
  it('is answered, and the operator is told once that should_escape may be off', async () => {
    const { bob, alice, slack, log } = await openTown(mode, { slack: PLAIN });
    await bob.say('/logoff @anna');
    expect(bob.told()).toContain('@anna');
    await alice.say('/logoff 102 @bob');
    const told = slack.workspace.messages(AUDIT).filter(({ text }) => text.includes('should_escape'));
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringContaining('Somebody typed an @name and Slack sent it as plain text'),
    ]);
    expect(log.filter((line) => line.includes('"msg":"slack_sends_plain_names"'))).toHaveLength(1);
    // Whom they meant is theirs.
    expect(log.join('')).not.toContain('@anna');
  });

  it('is no news where a person has arrived as an id before: then nobody has that name', async () => {
    const { bob, slack, log } = await openTown(mode);
    await bob.say('/logoff @anna');
    await bob.say('/logoff @nobody');
    expect(log.filter((line) => line.includes('slack_sends_plain_names'))).toEqual([]);
    expect(slack.workspace.messages(AUDIT).filter(({ text }) => text.includes('should_escape'))).toEqual([]);
  });
});
