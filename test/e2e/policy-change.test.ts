import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODES, openTown } from './town.ts';

describe.each(MODES)('other rules at a start, over %s', (mode) => {
  it('are told in the audit channel, what turns from no to yes first; the same rules are not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-change-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const town = await openTown(mode, { database: `sqlite:${join(folder, 'logoff.db')}` });
    const told = () => town.slack.transcript('C0AUDIT').split('The rules ').length - 1;
    await town.stop();
    await town.start();
    await town.quiet();
    expect(told()).toBe(0);
    town.revise(['at_most: 5', 'at_most: 6']);
    await town.stop();
    await town.start();
    await town.quiet();
    expect(told()).toBe(1);
    expect(town.slack.transcript('C0AUDIT')).toMatch(
      /The rules [0-9a-f]{12} are in force now, in place of [0-9a-f]{12}\.[\s\S]*From no to yes[\s\S]*U0BOB for 6 people: no -> with 1 approval/,
    );
    await town.bob.say('/logoff why');
    expect(town.bob.told()).toContain('In this channel you may');
  });
});
