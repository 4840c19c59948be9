import { describe, expect, it } from 'vitest';
import { APPROVALS, type Change, HELPDESK, SOON } from './cast.ts';
import { MODES, openTown } from './town.ts';

const MINUTE = 60_000;
const CONSENT: Change = ['    warn: 0s\n', '    consent: true\n'];

describe.each(MODES)('over %s', (mode) => {
  it('a pause holds what is approved, is told to the approvers, and ends with a word', async () => {
    const { bob, alice, ola, clock, line, card, calls, slack } = await openTown(mode, { settings: [SOON] });
    await ola.say('/logoff pause reason: month end');
    expect(ola.told()).toBe('All log-offs are paused. `/logoff resume` ends the pause.');
    expect(ola.hasty.sees(APPROVALS).at(-1)?.text).toContain(
      'Nobody is logged off for now: all log-offs are paused by @Ola Nordmann since 14:00 (month end).',
    );
    await bob.say('/logoff 102');
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: paused by @Ola Nordmann since 14:00 (month end); dropped unless resumed by 14:10');
    await clock.advance(MINUTE);
    expect(calls()).toEqual([]);
    await alice.say('/logoff resume');
    await clock.advance(30_000);
    expect(calls()).toEqual([[102]]);
    expect(line(1)).toBe('Request 1: 1 person logged off');
    const all = slack.as('U0ALICE').sees('C0AUDIT');
    expect(all.map(({ text }) => text).join('\n')).toMatch(/Nobody is logged off for now[\s\S]*ended the pause/);
  });

  it('the one concerned is asked directly, agrees, and is logged off without an approval', async () => {
    const { bob, anna, clock, line, card, calls } = await openTown(mode, { settings: [SOON, CONSENT] });
    await bob.say('/logoff 101 reason: hangs');
    expect(card(1).text).toMatch(/Approvals:\*? 0 of 1, or @Anna \S+ agrees/);
    const asked = anna.hasty.sees('D0ANNA').at(-1);
    if (asked === undefined) throw new Error('nobody was asked');
    expect(asked.text).toContain('asks to log you off the SuperOffice Windows client.');
    await anna.click(asked, 'Log me off now', { confirm: false });
    expect(calls()).toEqual([]);
    await anna.click(asked, 'Log me off now');
    expect(calls()).toEqual([[101]]);
    await clock.advance(30_000);
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(card(1).text).toMatch(/0 of 1; @Anna \S+ agreed at 14:00/);
    expect(card(1).buttons).not.toContain('Approve');
    const read = anna.hasty.sees('D0ANNA').filter((message) => !message.private);
    expect(read).toHaveLength(2);
    expect(read[1]?.text).toMatch(
      /You were logged off the SuperOffice Windows client at 14:00\. @Bob \S+ asked for it and you agreed\. Reason: hangs\. You can log on again/,
    );
  });

  it('a channel that is shared with another company is never typed in, and its card is no longer pressed', async () => {
    const { bob, alice, calls, card, slack, clock } = await openTown(mode);
    await bob.say('/logoff 102');
    const asked = card(1);
    await clock.advance(61_000);
    slack.workspace.setChannel(HELPDESK, { is_ext_shared: true });
    slack.workspace.setChannel(APPROVALS, { is_ext_shared: true });
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toContain('This channel is shared with other companies now');
    expect(calls()).toEqual([]);
  });
});
