import { describe, expect, it } from 'vitest';
import { ELSEWHERE, SEVERAL, SOON } from './cast.ts';
import { MODES, openTown } from './town.ts';

const MINUTE = 60_000;

describe.each(MODES)('over %s, typed in a channel that the bot is not in, a request', (mode) => {
  it('is shown there all the same, to everybody, and updated to the outcome', async () => {
    const { bob, alice, slack, card, line, calls, clock, provoked } = await openTown(mode, { settings: [SOON] });
    provoked('chat.postMessage not_in_channel');
    await bob.say('/logoff 102 reason: crashed', ELSEWHERE);
    expect(slack.transcript(ELSEWHERE)).toBe('SuperOffice log-off: Request 1: waiting for approval\n[Cancel request]');
    await alice.click(card(1), 'Approve');
    expect(slack.transcript(ELSEWHERE)).toBe('SuperOffice log-off: Request 1: 1 person logged off');
    await clock.advance(12_000);
    expect(line(1, ELSEWHERE)).toBe('Request 1: 1 person logged off');
    expect(slack.as('U0ALICE').sees(ELSEWHERE)).toHaveLength(1);
    expect(calls()).toEqual([[102]]);
  });

  it('may be a direct message of several people, of which Slack does not tell the bot what it is', async () => {
    const { bob, alice, card, line, calls, provoked } = await openTown(mode);
    provoked('conversations.info missing_scope', 'chat.postMessage channel_not_found');
    await bob.say('/logoff 102', SEVERAL);
    expect(line(1, SEVERAL)).toBe('Request 1: waiting for approval');
    await alice.click(card(1), 'Approve');
    expect(line(1, SEVERAL)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[102]]);
  });

  it('is taken back with its button', async () => {
    const { bob, slack, card, line, calls, provoked } = await openTown(mode);
    provoked('chat.postMessage not_in_channel');
    await bob.say('/logoff 102', ELSEWHERE);
    await bob.click(bob.hasty.latest(ELSEWHERE), 'Cancel request');
    expect(line(1, ELSEWHERE)).toBe('Request 1: cancelled by @Bob Berg at 14:00. Nothing was done.');
    expect(card(1).buttons).toEqual([]);
    expect(slack.as('U0ALICE').sees(ELSEWHERE)).toHaveLength(1);
    expect(calls()).toEqual([]);
  });

  it('ends in a direct message where Slack takes nothing through the response URL any more', async () => {
    const { bob, line, clock, provoked } = await openTown(mode);
    provoked('chat.postMessage not_in_channel');
    await bob.say('/logoff 102', ELSEWHERE);
    clock.pause(30 * MINUTE);
    await clock.advance(1_000);
    expect(bob.hasty.latest('dm').text).toBe('Request 1: Nobody answered by 14:30. Nothing was done.');
    expect(line(1, ELSEWHERE)).toContain('waiting for approval');
  });

  it('is answered in words where it is refused', async () => {
    const { bob, slack } = await openTown(mode);
    await bob.say('/logoff 999', ELSEWHERE);
    expect(bob.told(ELSEWHERE)).toMatch(
      /^None of these people can be logged off\. Nothing was done\.\n.*\n• id 999: .*nobody/,
    );
    expect(slack.as('U0ALICE').sees(ELSEWHERE)).toEqual([]);
  });
});

describe.each(MODES)('over %s, typed to the bot itself, a request', (mode) => {
  it('is shown in that conversation', async () => {
    const { bob, alice, card } = await openTown(mode);
    await bob.say('/logoff 102', 'dm');
    expect(bob.hasty.latest('dm').text).toContain('Request 1: waiting for approval');
    await alice.click(card(1), 'Approve');
    expect(bob.hasty.latest('dm').text).toBe('Request 1: 1 person logged off');
  });
});
