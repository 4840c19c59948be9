import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { MODES, openTown } from './town.ts';

const AUDIT = 'C0AUDIT';

describe.each(MODES)('over %s, looking back', (mode) => {
  it('the audit channel is told the last entry once a day, also over a restart, and it verifies', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-back-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const database = `sqlite:${join(folder, 'logoff.db')}`;
    const { slack, clock, bob, alice, card, quiet, stop, start } = await openTown(mode, { database });
    const lines = () =>
      slack
        .as('U0ALICE')
        .sees(AUDIT)
        .filter(({ text }) => text.startsWith('Audit record, '));
    await bob.say('/logoff 102 103 reason: locked out');
    await alice.click(card(1), 'Deny…');
    await stop();
    await start();
    await quiet();
    expect(lines().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Audit record, 23 Nov 2026, 15:00 CET: entry 1, hash [0-9a-f]{64}\.$/),
    ]);
    clock.pause(86_400_000);
    await clock.advance(61_000);
    const [n, hash = ''] = /entry (\d+), hash ([0-9a-f]{64})/.exec(lines().at(-1)?.text ?? '')?.slice(1) ?? [];
    expect(lines()).toHaveLength(2);
    const reader = await openStore({ url: database, now: clock.now, access: 'read' });
    expect(await reader.audit.verify({ n: Number(n), hash }).finally(() => reader.close())).toMatchObject({ ok: true });
  });

  it('history is shown privately to those who may see it, and nothing to others', async () => {
    const { bob, alice } = await openTown(mode);
    await bob.say('/logoff 102 103 reason: locked out');
    await alice.say('/logoff history jane.doe');
    expect(alice.told()).toMatch(
      /^One request about Jane Doe \(id 102\):\n• Request 1: .* by @.*Bob Berg.*: waiting for approval$/,
    );
    await bob.say('/logoff history jane.doe');
    expect(bob.told()).toBe('There is nothing here that you can see. Ask your CRM administrator whether you should.');
  });
});
