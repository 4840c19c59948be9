import { describe, expect, test } from 'vitest';
import { company, refusedCodes, type World } from '../workflows/company.ts';
import { change, submits, values } from '../workflows/made-up-window.ts';
import { makeWorld, policyOf } from '../workflows/made-up-world.ts';

describe('a full member whom the rules let log off nobody but themselves', () => {
  test.each<[what: string, typed: string, there: string, nobody: string]>([
    ['an id', '/logoff …', '102', '999'],
    ['a login', '/logoff …', 'dina', 'nina'],
    ['a full name', '/logoff "…" reason: x', 'Dina Foss', 'Nina Boss'],
    ['an address', '/logoff …', 'dina@example.com', 'nina@example.com'],
    ['a group', '/logoff group:…', 'Support', 'Nowhere'],
    ['a request', '/logoff status …', '1', '77'],
    ['why a request went', '/logoff why …', '1', '77'],
    ['a request to take back', '/logoff cancel …', '1', '77'],
    ['a history', '/logoff history …', 'dina', 'nina'],
  ])('learns as much of %s that there is as of one that there is not', async (_, typed, there, nobody) => {
    const here = await company();
    await here.say('U0BOB', '/logoff 102 reason: leaves us on Friday');
    const answerTo = async (word: string) =>
      (await here.say('U0ANNA', typed.replace('…', word))).join('\n').replaceAll(word, '…');
    const found = await answerTo(there);
    expect(found).toBe(await answerTo(nobody));
    expect(found).not.toBe('');
    expect(found).not.toMatch(/Friday|Bo Dahl/);
    expect(here.netserver.logOffs).toEqual([]);
  });

  test('learns nothing by filling ids of others into the window by force', async () => {
    const here = await company();
    const there = await change(here, 'U0ANNA', values([102]));
    expect(there.replaceAll('102', '…')).toBe((await change(here, 'U0ANNA', values([999]))).replaceAll('999', '…'));
    expect(there).not.toMatch(/Bo|logged on/);
  });

  test('logs nobody off by submitting ids of others, alone, beside their own, or as a group', async () => {
    const here = await company();
    const group = { id: 2, label: 'Anna Berg' };
    const tries = [
      values([102]),
      values([101, 102]),
      values([101], { group }),
      values([], { group: { id: 3, label: 'x' } }),
    ];
    for (const [at, filled] of tries.entries()) await submits(here, 'U0ANNA', filled, { key: `window ${at}` });
    await here.clock.advance(600_000);
    expect(here.netserver.logOffs.flat().filter((id) => id !== 101)).toEqual([]);
    expect(await refusedCodes(here)).toContain('no_rule_for_targets');
  });
});

describe('somebody who may edit addresses in SuperOffice', () => {
  const consent = { name: 'one', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', consent: true };
  const TRUSTING = policyOf({
    identities: { U0ANNA: 101, U0BOB: 102 },
    trust_email: ['example.com'],
    rules: [{ name: 'own session', who: 'anyone', targets: 'self', approvals: 0 }, consent],
  });
  /** Their own second account has this address, and they write it on the card of Anna, who is in `identities`. */
  const edited = async (): Promise<World> => {
    const here = await makeWorld({ policy: TRUSTING });
    here.slack.emails.set('U0ZED', 'zed@example.com');
    here.netserver.emails.set(101, 'zed@example.com');
    return here;
  };

  test('does not become a person whom the settings know, also where the domain is trusted', async () => {
    const here = await edited();
    expect((await here.say('U0ZED', '/logoff me')).join()).toContain('I do not know for certain');
    expect((await here.say('U0ZED', '/logoff 101')).join()).toContain('No rule lets you log these people off');
    await here.clock.advance(600_000);
    expect(here.netserver.logOffs).toEqual([]);
  });

  test('does not agree in the place of such a person', async () => {
    const here = await edited();
    await here.say('U0BOB', '/logoff 101');
    expect((await here.click('U0ZED', 'consent')).join()).toContain('Only the person');
    await here.clock.advance(600_000);
    expect((await here.request()).status).toBe('awaiting_approval');
    expect(here.slack.messages.filter(({ channel }) => channel === 'D0ZED')).toEqual([]);
  });
});

describe('a guest who types five hundred commands', () => {
  test('keeps nobody else waiting, costs SuperOffice no call, and is on record each time', async () => {
    const here = await makeWorld();
    const before = here.netserver.calls.length;
    for (let time = 0; time < 500; time += 1) await here.say('U0GUEST', `/logoff ${101 + time}`);
    expect(here.netserver.calls.length).toBe(before);
    expect(here.slack.messages).toEqual([]);
    expect(await refusedCodes(here)).toEqual(Array.from({ length: 500 }, () => 'not_a_member'));
    await here.say('U0BOB', '/logoff 101');
    expect(await here.shown('card')).toContain('Anna Berg');
  });
});
