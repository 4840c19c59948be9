import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Change, SOON } from './cast.ts';
import { MODES, openTown, type Town } from './town.ts';

const MINUTE = 60_000;
const SETTINGS: readonly Change[] = [
  SOON,
  ['    warn: 0s\n', '    warn: 2m\n'],
  ['may_see: { who: [helpdesk]', 'may_see: { who: [crm-leads]'],
];

/** What Anna was told directly, the oldest first. */
const told = ({ anna }: Town) =>
  anna.hasty
    .sees('D0ANNA')
    .filter((message) => !message.private)
    .map(({ text }) => text.split('\n')[0]);

const ask = async ({ alice, ola, card }: Town, text: string) => {
  await alice.say(text);
  await ola.click(card(1), 'Approve');
  expect(ola.window().text).toContain(
    'everyone who is logged on to the SuperOffice Windows client at that time is logged off',
  );
  await ola.submit();
};

describe.each(MODES)('over %s, everyone', (mode) => {
  it('is told, reminded, and logged off in one call at the time that was announced; then it is said who is left', async () => {
    const town = await openTown(mode, { settings: SETTINGS });
    const { alice, bob, clock, calls, line, card, netserver, slack } = town;
    // 15:00 in Oslo.
    await ask(town, '/logoff everyone at 15:04 reason: upgrade');
    expect(card(1).text).toContain('14:04 (in 4 minutes)');
    expect(line(1)).toContain('will be logged off at 23 Nov 2026 14:04, asked for by @Alice Lund');
    expect(told(town)).toEqual([expect.stringContaining('will be logged off at 23 Nov 2026 14:04')]);
    const notice = bob.hasty.sees('C0HELPDESK').findLast(({ text }) => text.includes('everyone who is logged on'));
    expect(notice?.notification).toContain('logged off at 23 Nov 2026, 15:04 CET, asked for by');
    expect(notice?.text).toContain('upgrade');
    netserver.logOn(103);
    await clock.advance(2 * MINUTE + 1_000);
    expect(told(town)[1]).toContain('reminder: in about 2 minutes, at 14:04');
    expect(card(1).text).toContain('Per Hansen (per, id 103, Sales): could not be warned: phone them');
    await clock.advance(2 * MINUTE - 3_000);
    expect(calls()).toEqual([]);
    await clock.advance(3_000);
    expect(calls().map((ids) => ids.toSorted())).toEqual([[101, 102, 103, 104, 105]]);
    netserver.logOn(102);
    await clock.advance(15_000);
    expect(line(1)).toContain(
      '5 people logged off (1 of them has logged on again since). 1 left on the Windows client',
    );
    expect(told(town)[2]).toContain(
      'You were logged off the SuperOffice Windows client at 14:04, as everyone was. @Alice Lund asked for it and @Ola Nordmann approved it.',
    );
    const outcome = alice.hasty.sees('D0ALICE').at(-1);
    if (outcome === undefined) throw new Error('Alice was told nothing');
    expect(outcome.text).toContain('Jane Doe (id 102): has logged on again');
    // So much time passes here that Slack may take the bot's connection for dead and get a new one.
    await slack.until(() => mode === 'http' || slack.sockets.open() > 0, { within: 15_000, what: 'a connection' });
    await alice.click(outcome, 'Log off who is left…');
    expect(card(2).text).toContain('Jane Doe');
    expect(card(2).text).toContain('upgrade');
  });

  it('stays where it is stopped, also after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'logoff-e2e-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const town = await openTown(mode, { settings: SETTINGS, database: `sqlite:${join(folder, 'logoff.db')}` });
    const { alice, clock, calls, line, stop, start } = town;
    await ask(town, '/logoff everyone in 20m');
    await stop();
    clock.pause(5 * MINUTE);
    await start();
    await alice.say('/logoff status');
    expect(alice.told()).toContain(
      'announced; everyone who is logged on is logged off at 23 Nov 2026 14:20 (everyone, asked by',
    );
    await alice.say('/logoff cancel 1');
    await clock.advance(16 * MINUTE);
    expect(calls()).toEqual([]);
    expect(line(1)).toContain('stopped by @Alice Lund at 14:05. Nothing was done.');
    expect(told(town).at(-1)).toContain('You were not logged off: the log-off was stopped by @Alice Lund');
  });

  it('is not for those who may not, nor at a time that the clocks do not have', async () => {
    const town = await openTown(mode, { settings: SETTINGS });
    await town.bob.say('/logoff everyone in 30m');
    expect(town.bob.told()).toContain(
      'Only people who may see who is logged on can ask to log everyone off. Ask your CRM administrator.',
    );
    await town.alice.say('/logoff everyone at 2026-11-31 02:30');
    expect(town.alice.told()).toBe('There is no such day. Choose another. Nothing was done.');
    await town.bob.say('/logoff help');
    expect(town.bob.told()).not.toContain('everyone');
    await town.alice.say('/logoff help');
    expect(town.alice.told()).toContain('/logoff everyone in 30m reason: upgrade');
  });
});
