import { describe, expect, it } from 'vitest';
import { HELPDESK } from './cast.ts';
import { MODES, openTown } from './town.ts';

const WRONG: readonly (readonly [typed: string, answer: RegExp])[] = [
  ['/logoff @jane', /^"@jane" is not a mention: .*Pick the person, or type their login.*Nothing was done\.$/],
  [
    '/logoff 102 0',
    /^"0" is not an associate id: ids are whole numbers from 1 to 2147483647\..*Understood so far: 102\./,
  ],
  [
    '/logoff 2147483648',
    /^"2147483648" is not an associate id.*Type it like this: `\/logoff jane.doe "Per Hansen" reason: .*`/,
  ],
  ['/logoff 10.5', /^"10\.5" is not an associate id/],
  ['/logoff reason: crash', /^It does not say whom to log off\./],
  ['/logoff 102 reason:', /^There is nothing after "reason:"\./],
  [`/logoff 102 reason: ${'long '.repeat(120)}`, /^The reason is longer than 500 characters\./],
  ['/logoff cancel', /^Which request\? Type its number\./],
  ['/logoff cancel seventeen', /^"seventeen" is not a request number\..*`\/logoff cancel 17`/],
  ['/logoff status 1 2', /^I do not know what "2" means here\./],
  ['/logoff me', /^I do not know .*you are\..*Nothing was done\.$/],
  ['/logoff @ola', /^I do not know .*@Ola Nordmann is\..*Nothing was done\.$/],
];

describe.each(MODES)('over %s, /logoff', (mode) => {
  it('help shows what this person may do, and nothing that they may not', async () => {
    const { bob, anna, ola, slack } = await openTown(mode);
    await bob.say('/logoff help');
    expect(bob.told()).toContain('log off at most 5 people in one request, after one approval by crm-leads');
    expect(bob.told()).not.toContain('log anybody off');
    await ola.say('/logoff help');
    expect(ola.told()).toContain('log anybody off, after one approval by crm-leads (rule "leads")');
    expect(bob.told()).toContain('at most 5 in one request');
    await anna.say('/logoff help');
    expect(anna.told()).toContain('log yourself off, without approval');
    expect(anna.told()).toContain('/logoff me: asks to log yourself off');
    expect(anna.told()).not.toMatch(/approval by|these people|group:Name/);
    expect(
      slack
        .transcript(HELPDESK)
        .split('\n')
        .filter((said) => /^SuperOffice/.test(said)),
    ).toEqual([
      expect.stringContaining('(only to Bob Berg)'),
      expect.stringContaining('(only to Ola Nordmann)'),
      expect.stringContaining('(only to Anna Olsen)'),
    ]);
  });

  it('status lists open requests to those whom they concern', async () => {
    const { bob, alice, anna, card } = await openTown(mode);
    await bob.say('/logoff status');
    expect(bob.told()).toContain('There is no open request that concerns you.');
    await bob.say('/logoff 102 reason: crashed');
    await bob.say('/logoff 104, 105');
    await alice.say('/logoff status');
    expect(alice.told()).toContain(
      '2 open requests:\n' +
        '• Request 2: waiting for approval (Bjørn Ås and 1 more, asked by @Bob Berg)\n' +
        '• Request 1: waiting for approval (Jane Doe, asked by @Bob Berg)',
    );
    await bob.say('/logoff status #1');
    expect(bob.told()).toContain('• Jane Doe (jane.doe, id 102, Sales): logged on now');
    expect(bob.told()).toContain('> crashed');
    await anna.say('/logoff status');
    expect(anna.told()).toContain('There is no open request that concerns you.');
    await anna.say('/logoff status 1');
    expect(anna.told()).toBe('There is no request 1 that you can see. `/logoff status` lists those that you can.');
    expect(card(1).buttons).toContain('Approve');
  });

  it('cancel takes back one’s own request, and nobody else’s', async () => {
    const { bob, alice, anna, line, card, fate, calls } = await openTown(mode);
    await bob.say('/logoff 102');
    await alice.say('/logoff cancel 1');
    expect(alice.told()).toBe(
      'Request 1: Only the person who asked can cancel a request that is not yet approved. Approvers can deny it.',
    );
    await anna.say('/logoff cancel 1');
    expect(anna.told()).toBe('There is no request 1 that you can see. `/logoff status` lists those that you can.');
    const asked = card(1);
    await bob.say('/logoff cancel 1');
    expect(line(1)).toBe('Request 1: cancelled by @Bob Berg at 14:00. Nothing was done.');
    expect(card(1).buttons).toEqual([]);
    expect(fate(1, 102)).toBe('nothing was done');
    await alice.click(asked, 'Approve');
    expect(alice.answered()).toBe(
      'Request 1 is already finished: cancelled by @Bob Berg at 14:00. Nothing was done. Nothing changed.',
    );
    await bob.say('/logoff cancel 1');
    expect(bob.told()).toContain('is already finished: cancelled by @Bob Berg');
    expect(calls()).toEqual([]);
  });

  it('is taken back with the button on the line as well, by the requester alone', async () => {
    const { bob, alice, slack, line, card } = await openTown(mode);
    await bob.say('/logoff 102');
    const [shown] = slack.as('U0BOB').sees(HELPDESK);
    if (shown === undefined) throw new Error('no line');
    await alice.click(shown, 'Cancel request');
    expect(alice.told()).toBe(
      'Request 1: Only the person who asked can cancel a request that is not yet approved. Approvers can deny it.',
    );
    expect(line(1)).toContain('waiting for approval');
    await bob.click(shown, 'Cancel request');
    expect(line(1)).toBe('Request 1: cancelled by @Bob Berg at 14:00. Nothing was done.');
    expect(card(1).buttons).toEqual([]);
  });

  it('answers what it does not understand in words, privately, and nothing comes of it', async () => {
    const { bob, slack, calls } = await openTown(mode);
    for (const [typed, answer] of WRONG) {
      await bob.say(typed);
      expect.soft(bob.told(), typed).toMatch(answer);
    }
    await bob.say('/logoff status');
    expect(bob.told()).toContain('There is no open request that concerns you.');
    expect(slack.as('U0ALICE').sees(HELPDESK)).toEqual([]);
    expect(calls()).toEqual([]);
  });

  it('names each person who cannot be logged off with the reason; where nobody is left there is no request', async () => {
    const { bob, slack, card, fate, line } = await openTown(mode);
    await bob.say('/logoff 1 77 201 999');
    expect(bob.told().split('\n')).toEqual([
      'None of these people can be logged off. Nothing was done.',
      '*Left out*',
      '• Administrator (id 1): protected: no rule can reach them',
      "• Slack bot (id 77): this is the bot's own account",
      '• Customer Portal (id 201): not an internal user: cannot use the Windows client',
      expect.stringMatching(/^• id 999: .*nobody/),
    ]);
    expect(slack.as('U0ALICE').sees(HELPDESK)).toEqual([]);
    await bob.say('/logoff 102 1 106 102');
    expect(bob.told()).toContain('Request 1 was made for Jane Doe and 1 other. Left out:');
    expect(line(1)).toContain('waiting for approval');
    expect(card(1).text).toContain('Request 1: log off 2 people');
    expect(fate(1, 106)).toBe(' (retired user): not logged on now');
    expect(card(1).text).toContain('• Administrator (id 1): protected: no rule can reach them');
  });

  it('asks for at most max_targets people, and no more than the rule allows', async () => {
    const { bob, ola, anna, netserver } = await openTown(mode);
    await ola.say(`/logoff ${Array.from({ length: 51 }, (_, at) => 300 + at).join(' ')}`);
    expect(ola.told()).toContain(
      'These are more people than one request may hold. Make several requests. One request holds at most 50 people.',
    );
    const before = netserver.journal().length;
    await anna.say('/logoff 102');
    expect(anna.told()).toContain('No rule lets you log these people off together.');
    expect(netserver.journal()).toHaveLength(before);
    await bob.say('/logoff 101 102 103 104 105 106');
    expect(bob.told()).toBe(
      'No rule lets you log these people off together. `/logoff help` shows what you may do. 6 people; your rules allow at most 5 in one request. Nothing was done.',
    );
  });
});
