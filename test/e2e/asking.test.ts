import { describe, expect, it } from 'vitest';
import { APPROVALS, HELPDESK } from './cast.ts';
import { MODES, openTown } from './town.ts';

describe.each(MODES)('over %s, somebody asks and', (mode) => {
  it('an approver says yes: the people are logged off, and everybody reads what came out', async () => {
    const { bob, alice, slack, netserver, clock, card, line, calls } = await openTown(mode);
    const typed = await bob.say('/logoff 102, 103 because locked out after a crash');
    expect(typed).toMatchObject({ acknowledged: true, body: {} });
    expect(slack.transcript(HELPDESK)).toBe('SuperOffice log-off: Request 1: waiting for approval\n[Cancel request]');
    expect(card(1).text).toBe(
      [
        'Request 1: log off 2 people',
        '*Status:* waiting for approval',
        '*Asked by:* @Bob Berg, 23 Nov 2026 14:00',
        '*Rule:* helpdesk, a few people',
        '*Approvals:* 0 of 1',
        '*Answer until:* 14:30',
        '*Reason*',
        '> locked out after a crash',
        '*To be logged off the SuperOffice Windows client (2)*',
        '• Jane Doe (jane.doe, id 102, Sales): logged on now',
        '• Per Hansen (per, id 103, Sales): not logged on now',
        'Asking: @Alice Lund @Ola Nordmann',
        '[Approve] [Show everyone]',
        'Approving logs 2 people off immediately, without warning. Unsaved work may be lost.',
        '[Deny…]',
      ].join('\n'),
    );

    const { dialog } = await alice.click(card(1), 'Approve');
    expect(dialog).toEqual({
      title: 'Log off 2 people?',
      text: 'Jane Doe (jane.doe, id 102), Per Hansen (per, id 103) will be logged off the SuperOffice Windows client. Unsaved work may be lost.',
      confirm: 'Approve',
      deny: 'Back',
    });
    expect(alice.answered()).toContain('You approved request 1.');
    expect(calls()).toEqual([[102]]);
    expect(netserver.isLoggedOn(102)).toBe(false);
    expect(line(1)).toBe('Request 1: 1 person logged off');

    await clock.advance(60_000);
    expect(slack.transcript(HELPDESK)).toBe(
      'SuperOffice log-off: Request 1: 1 person logged off, 1 person was not logged on',
    );
    expect(card(1).text).toBe(
      [
        'Request 1: log off 2 people',
        '*Status:* 1 person logged off, 1 person was not logged on',
        '*Asked by:* @Bob Berg, 23 Nov 2026 14:00',
        '*Rule:* helpdesk, a few people',
        '*Approvals:* 1 of 1: @Alice Lund at 14:00',
        '*SuperOffice was asked:* 14:00',
        '*Reason*',
        '> locked out after a crash',
        '*What happened to each person (2)*',
        '• Jane Doe (jane.doe, id 102, Sales): logged off',
        '• Per Hansen (per, id 103, Sales): was not logged on, so nothing was sent',
      ].join('\n'),
    );
    expect(card(1).buttons).toEqual([]);
    expect(calls()).toHaveLength(1);
  });

  it('the rule asks for nobody: it is done at once, and no card is posted', async () => {
    const { anna, slack, clock, line, calls } = await openTown(mode);
    await anna.say('/logoff me reason: locked out');
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(calls()).toEqual([[101]]);
    await clock.advance(60_000);
    expect(line(1)).toBe('Request 1: 1 person logged off');
    expect(slack.transcript(APPROVALS)).toBe('');
  });

  it('the card calls each approver once, with who, whom and why in the words that phones show', async () => {
    const { bob, slack, card } = await openTown(mode);
    await bob.say('/logoff 102, 104 reason: upgrade');
    expect(card(1).notification).toMatch(
      /^Request 1: approval needed\. Bob Berg asks to log off Jane Doe and 1 more from SuperOffice\. Reason: upgrade\n/,
    );
    // The zone of the settings; blocks use the reader's own.
    expect(card(1).notification).toContain('Answer until: 15:30 CET');
    const posts = slack.journal.calls('chat.postMessage').filter(({ args }) => args['channel'] === APPROVALS);
    expect(posts).toHaveLength(1);
    for (const shown of [posts[0]?.args['text'], posts[0]?.args['blocks']]) {
      const mentions = String(shown).match(/<@U0(?:ALICE|OLA)>/g);
      expect(mentions?.toSorted()).toEqual(['<@U0ALICE>', '<@U0OLA>']);
    }
    const rows = card(1).blocks.flatMap(({ type, elements }) => (type === 'actions' ? [JSON.stringify(elements)] : []));
    const beside = (action: string) => rows.findIndex((row) => row.includes(`"action_id":"${action}"`));
    expect([beside('approve'), beside('deny')]).toEqual([0, 1]);
  });

  it('what was typed stays text: it is escaped and pings nobody', async () => {
    const { bob, slack, card } = await openTown(mode);
    await bob.say('/logoff 102 reason: <!channel> @here @everyone *bold* <https://evil.example|click> <@U0OLA> & more');
    expect(card(1).text).toContain('> <!channel> @here @everyone *bold* <https://evil.example|click> <@U0OLA> & more');
    const sent = slack.journal.calls('chat.postMessage').map(({ args }) => args);
    for (const { text, blocks } of sent) {
      expect(String(text)).not.toMatch(/<!|<http|@here|@everyone/);
      expect(String(blocks)).not.toMatch(/"(?:broadcast|link)"/);
      expect(String(blocks)).not.toMatch(/"type":"mrkdwn","text":"[^"]*evil/);
    }
  });

  it('an approver backs out of the dialog: nothing is sent, and the request waits on', async () => {
    const { bob, alice, card, line, calls } = await openTown(mode);
    await bob.say('/logoff 102');
    expect(await alice.click(card(1), 'Approve', { confirm: false })).toMatchObject({ sent: false });
    expect(line(1)).toContain('waiting for approval');
    expect(calls()).toEqual([]);
  });
});
