import { describe, expect, it } from 'vitest';
import { slackUserId } from '../../src/core/ids.ts';
import type { Bot } from './made-up-bot.ts';
import { makeWorld, policyOf, type Surroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const policy = policyOf({
  people: {
    helpdesk: { users: ['U0BOB'] },
    leads: { users: ['U0ALICE', 'U0OLA', 'U0EVA'] },
    auditors: { users: ['U0IDA'] },
  },
  may_see: { history: 'auditors' },
  // The auditors themselves may log nobody off: what they may see does not hang on that.
  rules: [
    { name: 'a few people', who: 'helpdesk', targets: { at_most: 6 }, approvals: 1, approvers: 'leads' },
    { name: 'auditors', who: 'auditors', targets: 'self', approvals: 0 },
  ],
});

type Town = Surroundings & Bot;

/** Three requests: one that was denied, one that was done, one that waits. */
async function past(): Promise<Town> {
  const town = await makeWorld({ policy });
  await town.say('U0BOB', '/logoff 101 102');
  await town.submit('U0ALICE', 'deny', 1, 'not now');
  await town.clock.advance(60_000);
  await town.say('U0BOB', '/logoff 102 105');
  await town.click('U0ALICE', 'approve', 2);
  await town.clock.advance(120_000);
  await town.say('U0BOB', '/logoff 103');
  return town;
}

const lastNote = async (town: Surroundings) => {
  const last = (await town.audit()).at(-1);
  return last !== undefined && 'note' in last ? last.note : last;
};

describe('/logoff history', () => {
  it('lists all requests with what came out, newest first, to those who may see it', async () => {
    const town = await past();
    const [answer = ''] = await town.say('U0IDA', '/logoff history');
    expect(answer.split('\n')).toEqual([
      '3 requests:',
      '- Request 3: 14:03 by @BOB (Cato Eide): waiting for approval',
      expect.stringMatching(/^- Request 2: 14:01 by @BOB \(Bo Dahl and 1 more\): .*logged off/),
      expect.stringMatching(/^- Request 1: 14:00 by @BOB \(Anna Berg and 1 more\): denied by @ALICE at 14:00/),
    ]);
  });

  it('tells of one person, named in any way, what came out for them', async () => {
    const town = await past();
    town.netserver.emails.set(102, 'bo@example.com');
    for (const typed of ['102', 'bo', 'Bo Dahl', '"bo dahl"', 'bo@example.com']) {
      const [answer = ''] = await town.say('U0IDA', `/logoff history ${typed}`);
      expect
        .soft(answer.split('\n'))
        .toEqual([
          '2 requests about Bo Dahl (id 102):',
          '- Request 2: 14:01 by @BOB (Bo Dahl and 1 more): logged off',
          expect.stringContaining('- Request 1: '),
        ]);
    }
  });

  it('finds people by mention and as oneself, also those whom the reader may not log off', async () => {
    const mapped = policyOf({ identities: { U0BODAHL: 102, U0IDA: 103 } });
    const town = await makeWorld({ policy: { ...policy, identities: mapped.identities } });
    await town.say('U0BOB', '/logoff 102 103');
    for (const typed of ['<@U0BODAHL>', 'me']) {
      const [answer] = await town.say('U0IDA', `/logoff history ${typed}`);
      expect(answer).toContain('- Request 1: ');
    }
    expect(await town.say('U0IDA', '/logoff history <@U0EVA>')).toEqual([
      expect.stringContaining('I do not know which SuperOffice user that is.'),
    ]);
  });

  it('offers people where it is not certain who is meant, and records nothing', async () => {
    const town = await past();
    const before = (await town.audit()).length;
    const [answer = ''] = await town.say('U0IDA', '/logoff history bo dal');
    expect(answer).toContain('Nobody is called exactly "bo dal".');
    expect(answer).toContain('[Bo Dahl (102)]');
    expect((await town.audit()).length).toBe(before);
    expect(await town.say('U0IDA', '/logoff history zzzzzz')).toEqual([
      'Nobody is called "zzzzzz". Type a login, a full name or an associate id.',
    ]);
  });

  it('says so where there is nothing, and knows people who left SuperOffice by their number', async () => {
    const town = await past();
    expect(await town.say('U0IDA', '/logoff history 999')).toEqual(['There is no request about id 999 on record.']);
    expect(await town.say('U0IDA', '/logoff history 999 before 2')).toEqual([
      'There is no older request about id 999 on record.',
    ]);
  });

  it('answers from the records while SuperOffice is away, and by name it says why not', async () => {
    const town = await past();
    town.troubles.fail('people', edgeError('unreachable'), 99);
    const [byId] = await town.say('U0IDA', '/logoff history 102');
    expect(byId).toContain('- Request 2: ');
    const [byName] = await town.say('U0IDA', '/logoff history bo');
    expect(byName).toContain('Nothing was done.');
  });

  it('goes back a page at a time', async () => {
    const town = await makeWorld({ policy });
    for (let i = 1; i <= 45; i += 1) {
      await town.say('U0BOB', '/logoff 101');
      await town.say('U0BOB', `/logoff cancel ${i}`);
    }
    const numbers = (answer = '') => [...answer.matchAll(/Request (\d+):/g)].map(([, n]) => Number(n));
    const [first] = await town.say('U0IDA', '/logoff history 101');
    expect(first).toMatch(/^45 requests about Anna Berg \(id 101\), here the newest 20:/);
    expect(first).toContain('[Older]');
    expect(numbers(first)).toEqual(Array.from({ length: 20 }, (_, i) => 45 - i));
    const [second] = await town.say('U0IDA', '/logoff history 101 before 26');
    expect(numbers(second)).toEqual(Array.from({ length: 20 }, (_, i) => 25 - i));
    const [last] = await town.say('U0IDA', '/logoff history 101 before 6');
    expect(numbers(last)).toEqual([5, 4, 3, 2, 1]);
    expect(last).not.toContain('[Older]');
  });

  it.each(['', ' 102', ' bo', ' nobody-at-all'])(
    'shows nothing to others, whoever they ask for ("%s"), and keeps the attempt',
    async (typed) => {
      const town = await past();
      for (const who of ['U0BOB', 'U0ALICE', 'U0ZOE']) {
        const calls = town.netserver.calls.length;
        expect(await town.say(who, `/logoff history${typed}`)).toEqual([
          'There is nothing here that you can see. Ask your CRM administrator whether you should.',
        ]);
        expect(town.netserver.calls.length).toBe(calls);
        expect(await lastNote(town)).toEqual({
          kind: 'command_refused',
          by: who,
          team: 'T0HOME',
          name: who.slice(2),
          standing: 'member',
          channel: 'C0HALL',
          text: `history${typed}`,
          code: 'may_not_see_history',
          targets: [],
        });
      }
    },
  );

  it('shows nothing to guests, whatever the settings say of them', async () => {
    const auditors = { users: [slackUserId('U0GUEST')], usergroups: [] };
    const town = await makeWorld({ policy: { ...policy, people: { ...policy.people, auditors } } });
    const [answer] = await town.say('U0GUEST', '/logoff history');
    expect(answer).toContain('Only full members');
    expect(await lastNote(town)).toMatchObject({ code: 'not_a_member', standing: 'guest', by: 'U0GUEST' });
  });

  it('a process whose rules were replaced shows nothing by its older ones', async () => {
    const town = await past();
    await town.start({ policy: policyOf({}, 'bbbbbbbbbbbb') });
    const [answer] = await town.say('U0IDA', '/logoff history');
    expect(answer).not.toContain('Request 1');
    expect(await lastNote(town)).toMatchObject({ code: 'policy_replaced' });
  });
});
