import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODES, openTown, type TownOptions } from './town.ts';

const MINUTE = 60_000;

/** Options of a town whose records survive a restart. */
function onDisk(settings: NonNullable<TownOptions['settings']> = []): TownOptions {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { settings, database: `sqlite:${join(folder, 'logoff.db')}` };
}

describe.each(MODES)('over %s, the bot is restarted while a request', (mode) => {
  it('waits for approval: the buttons of the old card go on working', async () => {
    const { bob, alice, slack, card, line, calls, stop, start } = await openTown(mode, onDisk());
    await bob.say('/logoff 102');
    const asked = card(1);
    await stop();
    const missed = await alice.hasty.click(asked, 'Approve');
    expect(missed.acknowledged).toBe(false);
    await start();
    expect(line(1)).toContain('waiting for approval');
    await alice.click(asked, 'Approve');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[102]]);
    expect(
      slack
        .as('U0ALICE')
        .sees(asked.channel)
        .filter((message) => !message.private),
    ).toHaveLength(1);
  });

  it('waits for approval, and its time runs out meanwhile: it is expired at the start', async () => {
    const { bob, clock, card, line, calls, stop, start, quiet } = await openTown(mode, onDisk());
    await bob.say('/logoff 102');
    await stop();
    clock.pause(31 * MINUTE);
    await start();
    await quiet();
    expect(line(1)).toBe('Request 1: Nobody answered by 14:30. Nothing was done.');
    expect(card(1).buttons).toEqual([]);
    expect(calls()).toEqual([]);
  });

  it('is being looked after: it looks on, and never asks a second time', async () => {
    const { bob, alice, netserver, clock, card, line, calls, stop, start, quiet } = await openTown(
      mode,
      onDisk([['watch: 60s', 'watch: 30s']]),
    );
    await bob.say('/logoff 102 104');
    netserver.trouble('LogOffWindowsUsers', { kind: 'no-effect' }, { times: 1 });
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: SuperOffice took the call; looking who is gone (0 of 2 so far)');
    await stop();
    netserver.logOffDirectly(104);
    await start();
    await quiet();
    expect(line(1)).toBe('Request 1: SuperOffice took the call; looking who is gone (1 of 2 so far)');
    await clock.advance(30_000);
    expect(line(1)).toMatch(/^Request 1: 1 person logged off, 1 person still listed as logged on/);
    expect(calls()).toEqual([[102, 104]]);
  });

  it('is approved but NetServer is away: the new process takes it there', async () => {
    const { bob, alice, netserver, clock, card, line, calls, stop, start } = await openTown(mode, onDisk());
    await bob.say('/logoff 102');
    await netserver.refuse();
    await alice.click(card(1), 'Approve');
    await stop();
    await netserver.accept();
    await start();
    await clock.advance(2_000);
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[102]]);
  });

  it('stands under rules that have changed since: approvals that do not count any more release nothing', async () => {
    const options = onDisk();
    const first = await openTown(mode, options);
    await first.bob.say('/logoff 102');
    await first.netserver.refuse();
    await first.alice.click(first.card(1), 'Approve');
    first.revise(['{ users: [U0ALICE, U0OLA] }', '{ users: [U0OLA] }']);
    await first.stop();
    await first.netserver.accept();
    await first.start();
    await first.clock.advance(2_000);
    expect(first.line(1)).toContain('not carried out, nobody was logged off. The approvals given no longer count');
    expect(first.calls()).toEqual([]);
  });
});
