import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../src/sandbox/netserver/troubles.ts';
import { type Change, HELPDESK, SOON } from './cast.ts';
import { MODES, openTown } from './town.ts';

const MINUTE = 60_000;
/** A call that is not answered costs its time limit in real time. */
const IMPATIENT: readonly Change[] = [['timeout: 15s', 'timeout: 1s'], SOON];

describe.each(MODES)('over %s, with SuperOffice in trouble,', (mode) => {
  it('a command is acknowledged within 3 s and refused in words while nothing answers', async () => {
    const { bob, netserver, line, calls, quiet } = await openTown(mode, { settings: IMPATIENT });
    netserver.trouble('*', { kind: 'hang' });
    const typed = await bob.hasty.say(HELPDESK, '/logoff 102');
    expect(typed.acknowledged && typed.ms < 3_000).toBe(true);
    await quiet();
    expect(bob.told()).toBe(
      'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. Nothing was done.',
    );
    netserver.clearTrouble();
    await bob.say('/logoff 102');
    expect(line(1)).toContain('waiting for approval');
    expect(calls()).toEqual([]);
  });

  it.each<readonly [what: string, trouble: Trouble]>([
    ['is never answered', { kind: 'hang', effect: true }],
    ['breaks off after it was carried out', { kind: 'reset-after' }],
    ['is answered with a web page', { kind: 'html', status: 500, effect: true }],
    ['is answered without a verdict', { kind: 'no-headers' }],
  ])('a call that %s is looked after, never repeated, and comes out as gone', async (_, trouble) => {
    const { bob, alice, netserver, clock, card, fate, line, calls } = await openTown(mode, { settings: IMPATIENT });
    await bob.say('/logoff 102 104');
    netserver.trouble('LogOffWindowsUsers', trouble, { times: 1 });
    await alice.click(card(1), 'Approve');
    await clock.advance(20_000);
    expect(line(1)).toBe('Request 1: 2 people logged off');
    expect(fate(1, 102)).toContain('logged off');
    expect(calls()).toEqual([[102, 104]]);
  });

  it('a call that was lost on the way is not repeated; those still on are called listed, not failed', async () => {
    const { bob, alice, netserver, clock, card, line, calls } = await openTown(mode, { settings: IMPATIENT });
    await bob.say('/logoff 102');
    netserver.trouble('LogOffWindowsUsers', { kind: 'reset-before' }, { times: 1 });
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: no clear answer from SuperOffice; looking who is gone (0 of 1 so far)');
    await clock.advance(20_000);
    expect(line(1)).toBe(
      'Request 1: SuperOffice gave no clear answer. ' +
        '1 person still listed as logged on (not logged off, or already back)',
    );
    expect(calls()).toEqual([[102]]);
  });

  it('a yes without an effect is no success', async () => {
    const { bob, alice, netserver, clock, card, fate, line } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102 104');
    netserver.trouble('LogOffWindowsUsers', { kind: 'no-effect' }, { times: 1 });
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: SuperOffice took the call; looking who is gone (0 of 2 so far)');
    await clock.advance(4_000);
    netserver.logOffDirectly(104);
    await clock.advance(20_000);
    expect(line(1)).toBe(
      'Request 1: 1 person logged off, 1 person still listed as logged on (not logged off, or already back)',
    );
    expect(fate(1, 102)).toContain('still listed as logged on: not logged off, or');
  });

  it('whoever logs on again after the lock-out is back, which is good news', async () => {
    const { bob, alice, netserver, clock, card, fate, line } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102 104');
    await alice.click(card(1), 'Approve');
    await clock.advance(6_000);
    netserver.logOn(102);
    await clock.advance(6_000);
    expect(line(1)).toBe('Request 1: 2 people logged off (1 of them has logged on again since)');
    expect(fate(1, 102)).toContain('logged off, and has logged on again since');
  });

  it('where it does not tell who is on, all are sent, and the card says that nobody could be checked', async () => {
    const { bob, alice, netserver, clock, card, fate, line, calls } = await openTown(mode, { settings: [SOON] });
    netserver.trouble('GetArchiveListByColumns', { kind: 'not-allowed' });
    await bob.say('/logoff 102 103');
    expect(fate(1, 103)).toContain('not known whether logged on');
    await alice.click(card(1), 'Approve');
    await clock.advance(2_000);
    expect(calls()).toEqual([[102, 103]]);
    expect(line(1)).toBe('Request 1: the outcome is not fully known. 2 people could not be checked');
    expect(fate(1, 102)).toContain('could not be checked');
  });

  it('a no is told with its reason, and who is still on is looked up', async () => {
    const { bob, alice, netserver, clock, card, line, calls } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    netserver.trouble('LogOffWindowsUsers', { kind: 'not-allowed' }, { times: 1 });
    await alice.click(card(1), 'Approve');
    await clock.advance(20_000);
    expect(line(1)).toBe(
      'Request 1: SuperOffice does not allow the bot to do this. Tell your CRM administrator. ' +
        '1 person still listed as logged on (not logged off, or already back)',
    );
    expect(calls()).toEqual([[102]]);
  });

  it('a ticket that ran out between is replaced by one logon, unseen', async () => {
    const { bob, alice, netserver, card, line, calls } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    netserver.expireTickets();
    await alice.click(card(1), 'Approve');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(netserver.calls('AuthenticateUsernamePassword')).toHaveLength(2);
    expect(calls().at(-1)).toEqual([102]);
    expect(netserver.journal().filter(({ loggedOff }) => loggedOff.length > 0)).toHaveLength(1);
  });

  it('a session that SuperOffice ends at once is not asked for again and again, and the line says what is wrong', async () => {
    const { bob, alice, netserver, clock, card, line, calls } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    netserver.trouble('LogOffWindowsUsers', {
      kind: 'exception',
      type: 'SuperOffice.Exceptions.SoSessionException',
      message: 'Authentication failed!',
    });
    await alice.click(card(1), 'Approve');
    await clock.advance(5 * MINUTE);
    expect(line(1)).toBe("Request 1: SuperOffice ends the bot's session at once; trying again until 14:10");
    await clock.advance(6 * MINUTE);
    expect(line(1)).toBe(
      'Request 1: failed, nobody was logged off. SuperOffice lets the bot log on and ends its session immediately. ' +
        'Tell your CRM administrator.',
    );
    expect(netserver.calls('AuthenticateUsernamePassword').length).toBeLessThan(8);
    expect(calls().length).toBeLessThan(16);
  });

  it('what it cannot take is tried until dispatch_within is over, then given up', async () => {
    const { bob, alice, netserver, clock, card, line, calls } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    await bob.say('/logoff 104');
    await netserver.refuse();
    await alice.click(card(1), 'Approve');
    await clock.advance(5 * MINUTE);
    expect(line(1)).toBe('Request 1: approved, but SuperOffice does not answer; trying again until 14:10');
    await alice.click(card(2), 'Approve');
    await clock.advance(5 * MINUTE);
    expect(line(1)).toBe('Request 1: dropped at 14:10: SuperOffice does not answer. Nothing was done.');
    await netserver.accept();
    await clock.advance(10_000);
    expect(line(2)).toBe('Request 2: 1 person logged off');
    expect(calls()).toEqual([[104]]);
  });

  it('a server that is dead is asked three times; then commands are refused at once, and what was approved waits for it', async () => {
    const { bob, alice, netserver, clock, card, line, calls, log } = await openTown(mode, { settings: IMPATIENT });
    await bob.say('/logoff 102');
    await bob.say('/logoff 104');
    netserver.trouble('*', { kind: 'hang' });
    await alice.click(card(1), 'Approve');
    await bob.say('/logoff 105');
    expect(bob.told()).toBe(
      'SuperOffice does not answer as it should at the moment. Try again in a minute; if it stays so, tell your CRM administrator. Nothing was done.',
    );
    const asked = () => netserver.journal().length;
    const before = asked();
    for (const id of [101, 102, 105]) {
      await bob.say(`/logoff ${id}`);
      expect(bob.told()).toBe(
        'SuperOffice is not responding. The bot checks every few seconds; ' +
          'try again in a minute. Nothing was done.',
      );
    }
    await alice.click(card(2), 'Approve');
    expect(asked()).toBe(before);
    expect(line(2)).toBe('Request 2: approved, but SuperOffice does not answer; trying again until 14:10');
    expect(log.filter((entry) => entry.includes('"msg":"netserver_silent"'))).toHaveLength(1);

    netserver.clearTrouble();
    for (let turn = 0; turn < 10 && calls().length < 2; turn += 1) await clock.advance(5_000);
    expect(calls().flat().toSorted()).toEqual([102, 104]);
    expect(line(2)).toBe('Request 2: 1 person logged off');
    expect(log.filter((entry) => entry.includes('"msg":"netserver_back"'))).toHaveLength(1);
  });

  it('wrong credentials are tried once, the operator reads why, and Slack reads nothing of it', async () => {
    const { bob, slack, netserver, clock, log, line, stop, start } = await openTown(mode, { settings: [SOON] });
    await stop();
    const before = netserver.calls('AuthenticateUsernamePassword').length;
    const logons = () => netserver.calls('AuthenticateUsernamePassword').length - before;
    netserver.trouble('AuthenticateUsernamePassword', { kind: 'wrong-password' });
    const told = () => log.filter((entry) => entry.includes('"msg":"netserver_logon_refused"'));
    await start();
    for (let minute = 0; minute < 4; minute += 1) {
      await bob.say('/logoff 102');
      expect(bob.told()).toBe('The bot cannot log on to SuperOffice. Tell your CRM administrator. Nothing was done.');
      await clock.advance(MINUTE);
    }
    expect(logons()).toBe(1);
    expect(told()).toEqual([
      expect.stringMatching(/"level":"error".*"reason":"credentials".*refused the user name or password/),
    ]);
    expect(slack.transcript(HELPDESK)).not.toMatch(/slackbot|password|local-password/i);
    netserver.clearTrouble();
    await clock.advance(MINUTE);
    await bob.say('/logoff 102');
    expect(line(1)).toContain('waiting for approval');
    expect(logons()).toBe(2);
  });
});
