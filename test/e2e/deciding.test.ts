import { describe, expect, it } from 'vitest';
import { APPROVALS, SOON } from './cast.ts';
import { MODES, openTown } from './town.ts';

const MINUTE = 60_000;

describe.each(MODES)('over %s, an answer to a request', (mode) => {
  it('is a denial with a reason from a window: all read who said no and why, and nothing is sent', async () => {
    const { bob, alice, ola, line, card, calls } = await openTown(mode);
    await bob.say('/logoff 104 reason: wants a break');
    const asked = card(1);
    await alice.click(asked, 'Deny…');
    expect(alice.window()).toMatchObject({ title: 'Deny request 1', submit: 'Deny', close: 'Back' });
    expect(alice.window().text).toContain('Bob Berg asked to log off Bjørn Ås. One Deny ends the request.');
    expect(line(1)).toContain('waiting for approval');
    await alice.submit({ note: 'He is in a *meeting*. <!here>' });
    expect(alice.window().text).toContain('You denied request 1. Nobody was logged off.');
    expect(line(1)).toBe(
      'Request 1: denied by @Alice Lund at 14:00. Nothing was done. Reason: He is in a *meeting*. <!here>',
    );
    expect(card(1).text).toContain('*Why denied:* He is in a *meeting*. <!here>');
    expect(card(1).buttons).toEqual([]);
    await ola.click(asked, 'Approve');
    expect(ola.answered()).toBe(
      'Request 1 is already finished: denied by @Alice Lund at 14:00. Nothing was done. Nothing changed.',
    );
    expect(calls()).toEqual([]);
  });

  it.each([
    ['Deny…', '104', 'Deny request 1'],
    ['Show everyone', '104', 'Request 1'],
    ['Approve', '101 102 103 104 105 106', 'Log off 6 people?'],
  ])('has its window before anybody is looked up: %s', async (button, who, title) => {
    const { ola, alice, slack, clock, card } = await openTown(mode);
    await ola.say(`/logoff ${who}`);
    const asked = card(1);
    // What Slack said a minute ago is asked anew.
    await clock.advance(2 * MINUTE);
    const before = slack.journal.calls().length;
    await alice.click(asked, button);
    const called = slack.journal
      .calls()
      .slice(before)
      .map(({ method }) => method);
    expect(called.indexOf('views.open')).toBe(0);
    expect(called.indexOf('users.info')).toBeGreaterThan(0);
    expect(alice.window().title).toBe(title);
  });

  it('whose window Slack does not open any more is asked for again', async () => {
    const { bob, alice, slack, card, log } = await openTown(mode);
    await bob.say('/logoff 104');
    slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await alice.click(card(1), 'Deny…');
    expect(alice.answered()).toBe('That took too long for Slack to open a window. Press it again. Nothing changed.');
    expect(log.some((line) => line.includes('window_not_opened'))).toBe(true);
    slack.faults.next('views.update', { kind: 'rate_limited', retryAfter: 30 });
    await alice.click(card(1), 'Deny…');
    expect(alice.answered()).toContain('Slack did not fill the window. Close it and press the button again');
    await alice.click(card(1), 'Deny…');
    expect(alice.window().title).toBe('Deny request 1');
  });

  it('is a denial without a reason, too', async () => {
    const { bob, ola, line, card, calls } = await openTown(mode);
    await bob.say('/logoff 104');
    await ola.click(card(1), 'Deny…');
    await ola.submit();
    expect(line(1)).toBe('Request 1: denied by @Ola Nordmann at 14:00. Nothing was done.');
    expect(calls()).toEqual([]);
  });

  it('counts once, however often the button is pressed: one call, and each press gets its answer', async () => {
    const { bob, alice, slack, clock, card, calls, quiet } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102');
    const asked = card(1);
    await Promise.all([alice.hasty.click(asked, 'Approve'), alice.hasty.click(asked, 'Approve')]);
    await quiet();
    const answers = slack
      .as('U0ALICE')
      .sees(APPROVALS)
      .filter((message) => message.private)
      .map(({ text }) => text);
    expect(answers.toSorted()).toEqual([
      expect.stringMatching(
        /^Request 1 has already been decided: .* Approved by @Alice Lund at 14:00\. Nothing changed\.$/,
      ),
      expect.stringMatching(/^You approved request 1\./),
    ]);
    await clock.advance(12_000);
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toMatch(
      /is already finished: 1 person logged off\.? Approved by @Alice Lund at 14:00\. Nothing/,
    );
    expect(calls()).toEqual([[102]]);
  });

  it('wins a race of fifty clicks by two approvers, the requester and a bystander: one call, the right ids', async () => {
    const { as, bob, slack, clock, card, line, calls, quiet } = await openTown(mode, { settings: [SOON] });
    await bob.say('/logoff 102 104 105');
    const asked = card(1);
    const crowd = ['U0ALICE', 'U0OLA', 'U0BOB', 'U0ANNA', 'U0ALICE'].map((id) => as(id).hasty);
    await Promise.all(Array.from({ length: 50 }, (_, at) => crowd[at % crowd.length]?.click(asked, 'Approve')));
    await quiet();
    expect(calls()).toEqual([[102, 104, 105]]);
    const answers = slack.workspace.messages(APPROVALS).filter(({ visibleTo }) => visibleTo !== undefined);
    const count = (words: string, to: RegExp) =>
      answers.filter(({ text, visibleTo = '' }) => text.includes(words) && to.test(visibleTo)).length;
    expect(answers).toHaveLength(50);
    expect(count('You approved request 1.', /^U0(?:ALICE|OLA)$/)).toBe(1);
    expect(count('has already been decided', /^U0(?:ALICE|OLA)$/)).toBe(29);
    expect(count('You asked for this yourself', /^U0BOB$/)).toBe(10);
    expect(count('You are not among the approvers', /^U0ANNA$/)).toBe(10);
    await clock.advance(12_000);
    expect(line(1)).toBe('Request 1: 3 people logged off');
    expect(card(1).text).toMatch(/\*Approvals:\* 1 of 1: @(?:Alice Lund|Ola Nordmann) at 14:00\n/);
    expect(calls()).toHaveLength(1);
  });

  it('needs another approver where the rule asks for two; two at the same moment both count', async () => {
    const two = ['    targets: any\n    approvals: 1', '    targets: any\n    approvals: 2'] as const;
    const third = ['{ users: [U0ALICE, U0OLA] }', '{ users: [U0ALICE, U0OLA, U0ANNA] }'] as const;
    const { alice, ola, anna, card, line, calls, quiet } = await openTown(mode, { settings: [two, third] });
    await anna.say('/logoff 102');
    const asked = card(1);
    await alice.click(asked, 'Approve');
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toBe('Request 1: Your approval already counts. Somebody else must approve too.');
    await anna.click(asked, 'Approve');
    expect(anna.answered()).toContain('You asked for this yourself');
    expect(line(1)).toContain('waiting for approval (1 of 2)');
    expect(card(1).text).toContain('*Approvals:* 1 of 2: @Alice Lund at 14:00');
    expect(calls()).toEqual([]);
    await ola.click(asked, 'Approve');
    expect(calls()).toEqual([[102]]);

    await anna.say('/logoff 104');
    const next = card(2);
    await Promise.all([alice, ola].map(({ hasty }) => hasty.click(next, 'Approve')));
    await quiet();
    expect(calls()).toEqual([[102], [104]]);
    expect(card(2).text).toContain('*Approvals:* 2 of 2: ');
  });

  it('counts for the request that the button carries: a forged number or action changes nothing', async () => {
    const { bob, slack, card, line, calls, quiet } = await openTown(mode);
    await bob.say('/logoff 102');
    const pressForged = async (action: string, value: string) => {
      // A response URL answers five times only, so each forgery is made from a click of its own.
      const { delivery } = await bob.click(card(1), 'Approve');
      const forged = JSON.stringify(delivery)
        .replaceAll('"action_id":"approve"', `"action_id":"${action}"`)
        .replaceAll('"value":"1"', `"value":"${value}"`);
      await slack.deliver(JSON.parse(forged));
      await quiet();
      return bob.answered();
    };
    for (const action of ['approve', 'deny', 'cancel', 'show_everyone']) {
      expect(await pressForged(action, '2'), action).toBe(
        'There is no request 2 that you can see. `/logoff status` lists those that you can.',
      );
      for (const value of ['01', '1 2', '-1', '1e0', '']) {
        expect(await pressForged(action, value), `${action} ${value}`).toMatch(/^This does not belong to one of my/);
      }
    }
    expect(await pressForged('self_destruct', '1')).toBe(
      'I do not know this button or command any more. Type the command again; `/logoff help` shows what there is. Nothing was done.',
    );
    expect(line(1)).toContain('waiting for approval');
    expect(calls()).toEqual([]);
  });

  it('comes too late: nobody answered, the buttons go, and nothing is done', async () => {
    const { bob, alice, clock, card, line, calls } = await openTown(mode);
    await bob.say('/logoff 102');
    const asked = card(1);
    clock.pause(30 * MINUTE);
    // Before the clock's own look at the records.
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toBe(
      'Request 1: The time for this request is over, so nothing was done. Ask again if it is still needed.',
    );
    await clock.advance(1_000);
    expect(line(1)).toBe('Request 1: Nobody answered by 14:30. Nothing was done.');
    expect(card(1).text).toContain('*Status:* Nobody answered by 14:30. Nothing was done.');
    expect(card(1).notification).toContain('Nobody answered by 15:30 CET. Nothing was done.');
    expect(card(1).buttons).toEqual([]);
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toContain('is already finished: Nobody answered by 14:30. Nothing was done.');
    expect(calls()).toEqual([]);
  });

  it('to one of two requests for the same people leaves the rest to the other; the later card names the first', async () => {
    const { bob, ola, alice, netserver, slack, card, fate, clock, calls, quiet } = await openTown(mode, {
      settings: [SOON],
    });
    await bob.say('/logoff 102 104');
    await ola.say('/logoff 104 105');
    expect(card(1).text).not.toContain('Also open');
    expect(card(2).text).toContain('Also open for some of these people: request 1.');
    netserver.trouble('LogOffWindowsUsers', { kind: 'slow', ms: 200 }, { times: 1 });
    await alice.hasty.click(card(2), 'Approve');
    // The call has arrived, and is not answered yet.
    await slack.until(() => netserver.troubles().length === 0);
    await alice.hasty.click(card(1), 'Approve');
    await quiet();
    await clock.advance(12_000);
    expect(calls().toSorted()).toEqual([[102], [104, 105]]);
    expect(fate(1, 104)).toBe('handled by request 2');
    expect(fate(1, 102)).toBe('logged off');
    expect(fate(2, 104)).toBe('logged off');
  });
});
