import { describe, expect, it } from 'vitest';
import { APPROVALS, type Change, SOON } from './cast.ts';
import { MODES, openTown, type Town } from './town.ts';

const MINUTE = 60_000;
const WARN: Change = ['    warn: 0s\n', '    warn: 2m\n    targets_may_stop: true\n'];

/** Anna's newest direct message from the bot. */
const read = ({ anna }: Town, back = 1) => {
  const found = anna.hasty
    .sees('D0ANNA')
    .filter((message) => !message.private)
    .at(-back);
  if (found === undefined) throw new Error('Anna was told nothing');
  return found;
};

describe.each(MODES)('over %s, somebody who is to be logged off', (mode) => {
  it('is warned, asks for more time, is ready, is logged off, and reads what became of it', async () => {
    const town = await openTown(mode, { settings: [SOON, WARN] });
    const { bob, alice, anna, clock, calls, line, card } = town;
    await bob.say('/logoff 101 reason: the client hangs');
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: people are being warned; log-off at 14:02');
    const warning = read(town);
    expect(warning.text).toContain(
      'You will be logged off the SuperOffice Windows client at 14:02 (in 2 minutes). Save your work now;',
    );
    expect(warning.text).toContain('the client hangs');
    expect(warning.buttons).toEqual(['Log me off now', '10 more minutes', 'Stop the log-off']);
    expect(warning.notification).toContain('at 15:02 CET. Save your work now');
    await clock.advance(MINUTE);
    await anna.click(warning, '10 more minutes');
    expect(anna.told('D0ANNA')).toContain('You now have until 14:11.');
    expect(card(1).text).toContain('warned, asked for more time');
    expect(read(town).text).toContain('at 14:11');
    await clock.advance(5 * MINUTE);
    expect(calls()).toEqual([]);
    await anna.click(read(town), 'Log me off now');
    expect(calls()).toEqual([[101]]);
    await clock.advance(15_000);
    expect(read(town, 2).buttons).toEqual([]);
    expect(read(town).text).toBe(
      'You were logged off the SuperOffice Windows client at 14:06. @Bob Berg asked for it and @Alice Lund approved it. Reason: the client hangs. You can log on again. (Request 1)',
    );
    expect(bob.hasty.sees('D0BOB').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Request 1: 1 person logged off\n.*Anna Olsen.*: logged off$/s),
    ]);
  });

  it.each(['the line', 'the card', 'the message'])('is not logged off where somebody stops it on %s', async (where) => {
    const town = await openTown(mode, { settings: [SOON, WARN] });
    const { bob, alice, ola, anna, clock, calls, line, card } = town;
    await bob.say('/logoff 101');
    await alice.click(card(1), 'Approve');
    if (where === 'the card') await ola.click(card(1), 'Stop');
    if (where === 'the message') await anna.click(read(town), 'Stop the log-off');
    if (where === 'the line') {
      const typed = bob.hasty.sees('C0HELPDESK').findLast((message) => !message.private);
      if (typed !== undefined) await bob.click(typed, 'Stop');
    }
    await clock.advance(3 * MINUTE);
    expect(calls()).toEqual([]);
    const who = { 'the line': '@Bob Berg', 'the card': '@Ola Nordmann (approver)' };
    const by = where === 'the line' || where === 'the card' ? who[where] : 'one of the people concerned';
    expect(line(1)).toBe(`Request 1: stopped by ${by} at 14:00. Nothing was done.`);
    expect(read(town).buttons).toEqual([]);
  });

  it('approvers who do not answer are reminded once, below the card', async () => {
    const { bob, alice, clock, card } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    await clock.advance(16 * MINUTE);
    const reminders = alice.hasty.sees(APPROVALS).filter(({ text }) => text.includes('still waiting for approval'));
    expect(reminders.map(({ text }) => text)).toEqual([
      'Request 1: still waiting for approval until 14:30. Asked again: @Alice Lund, @Ola Nordmann. The card above has the buttons.',
    ]);
    expect(card(1).buttons).toContain('Approve');
  });
});
