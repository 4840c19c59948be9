import { describe, expect, it } from 'vitest';
import { HELPDESK } from './cast.ts';
import { MODES, openTown } from './town.ts';

const NOTE =
  'SuperOffice knows neither on which computer nor since when somebody is logged on; after a crash somebody may still be listed.';

const listed = (text: string) => [...text.matchAll(/, id (\d+),/g)].map(([, id]) => Number(id));

describe.each(MODES)('over %s, /logoff who', (mode) => {
  it('shows who is logged on now, and "Log off…" opens a window in which they are chosen', async () => {
    const { bob, line, calls, quiet } = await openTown(mode);
    await bob.say('/logoff who');
    expect(bob.window()).toMatchObject({ title: 'Who is logged on', submit: undefined, close: 'Close' });
    expect(bob.window().text).toBe(
      [
        '4 people are logged on to the SuperOffice Windows client (read at 14:00).',
        'Anna Olsen (anna, id 101, Sales) [Log off…]',
        '@Anna Olsen',
        'Bjørn Ås (bjorn, id 104, Support) [Log off…]',
        'Jane Doe (jane.doe, id 102, Sales) [Log off…]',
        'Kim Lee (kim, id 105, Support) [Log off…]',
        NOTE,
      ].join('\n'),
    );
    await bob.hasty.click(bob.window(), { label: 'Log off…', value: '102' });
    await quiet();
    expect(bob.window().title).toBe('Log people off');
    expect(bob.window().text).toContain('• Jane Doe (jane.doe, id 102, Sales): logged on now');
    await bob.submit({ Reason: 'locked out' });
    expect(bob.window().text).toBe('Request 1: waiting for approval');
    expect(line(1)).toBe('Request 1: waiting for approval');
    await bob.hasty.close(bob.window());
    expect(bob.window().title).toBe('Who is logged on');
    expect(calls()).toEqual([]);
  });

  it('shows one group, says which there is none of, and when nobody is on', async () => {
    const { bob, netserver } = await openTown(mode);
    await bob.say('/logoff who support');
    expect(bob.window().text).toContain('2 people are logged on');
    expect(bob.window().text).toContain('• Only the group Support');
    expect(listed(bob.window().text)).toEqual([104, 105]);
    await bob.say('/logoff who Nobodies');
    expect(bob.window().text).toContain('No user group "Nobodies" has people you may log off.');
    for (const id of netserver.loggedOn()) netserver.logOffDirectly(id);
    await bob.say('/logoff who');
    expect(bob.window().text).toContain('Nobody you may log off is logged on');
    expect(bob.window().buttons).toEqual([]);
  });

  it('turns pages of twenty, each read afresh', async () => {
    const { bob, netserver, slack } = await openTown(mode, { many: 45 });
    for (const id of [101, 102, 104, 105]) netserver.logOffDirectly(id);
    await bob.say('/logoff who sales');
    expect(listed(bob.window().text)).toHaveLength(20);
    expect(bob.window().text).toContain('Page 1 of 3');
    await bob.click(bob.window(), 'Next');
    await bob.click(bob.window(), 'Next');
    expect(listed(bob.window().text)).toEqual([1041, 1042, 1043, 1044, 1045]);
    for (let id = 1001; id <= 1040; id += 1) netserver.logOffDirectly(id);
    await bob.click(bob.window(), 'Previous');
    expect(bob.window().text).toContain('5 people are logged on');
    expect(listed(bob.window().text)).toHaveLength(5);
    // Nobody of them has an address, so Slack was asked for none of them.
    expect(slack.journal.calls('users.lookupByEmail')).toEqual([]);
  });

  it('marks former employees and protected people', async () => {
    const { bob, netserver } = await openTown(mode, { settings: [['never: [1, svc-backup]', 'never: [1, KIM]']] });
    netserver.logOn(106);
    await bob.say('/logoff who Support');
    expect(bob.window().text).toContain('Kim Lee (kim, id 105, Support)\nprotected: no rule can reach them');
    expect(bob.window().text).toContain('Lea Left (left, id 106, Support) [Log off…]\nretired user');
  });

  it('is refused to who may not see it: there is nothing to see', async () => {
    const { alice, anna, slack } = await openTown(mode);
    for (const who of [alice, anna]) {
      await who.say('/logoff who');
      expect(who.window().text).toBe(
        'There is nothing here that you can see. Ask your CRM administrator whether you should. Nothing was done.',
      );
      await who.say('/logoff who Sales');
      expect(who.window().text).toBe(
        'There is nothing here that you can see. Ask your CRM administrator whether you should. Nothing was done.',
      );
    }
    expect(slack.transcript(HELPDESK)).toBe('');
  });

  it('says so where SuperOffice does not tell', async () => {
    const { bob, netserver } = await openTown(mode);
    netserver.trouble('GetArchiveListByColumns', { kind: 'not-allowed' });
    await bob.say('/logoff who');
    expect(bob.window().text).toBe('SuperOffice does not tell the bot who is logged on. Tell your CRM administrator.');
  });
});
