import { describe, expect, test } from 'vitest';
import { company, hire, openRequests, refusedCodes, type World } from './company.ts';
import { edgeError } from './troubles.ts';

const TRUSTING = { trust_email: ['example.com'], identities: { U0ANNA: 101 } };

/** Bjørn, with his address in Slack. */
async function withBjorn(settings: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const world = await company(settings);
  world.slack.emails.set('U0BJORN', 'bjorn@example.com');
  return world;
}

describe('/logoff me', () => {
  test('acts by the map of the settings', async () => {
    const world = await company();
    expect(await world.say('U0ANNA', '/logoff me reason: crashed')).toEqual([]);
    expect(world.netserver.logOffs).toEqual([[101]]);
    expect((await world.request()).requester.match).toEqual({ associate: 101, how: 'map', permits: true });
  });
  test('acts by an address of a trusted domain', async () => {
    const world = await withBjorn(TRUSTING);
    expect(await world.say('U0BJORN', '/logoff me')).toEqual([]);
    expect(world.netserver.logOffs).toEqual([[110]]);
  });
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['where the domain is not trusted', {}, 'U0BJORN'],
    ['where only a domain above or below is trusted', { trust_email: ['mail.example.com', 'com.example'] }, 'U0BJORN'],
    ['where the settings say that this is somebody else', { ...TRUSTING, identities: { U0REAL: 110 } }, 'U0BJORN'],
    ['where there is no address', TRUSTING, 'U0ZOE'],
  ])('is refused with what to do, and noted, %s', async (_, settings, who) => {
    const world = await withBjorn(settings);
    const [answer] = await world.say(who, '/logoff me');
    expect(answer).toBe(
      'I do not know for certain which SuperOffice user you are. Ask your CRM administrator to add you to `identities`. Nothing was done.',
    );
    expect(await refusedCodes(world)).toEqual(['not_tied']);
    expect(world.netserver.logOffs).toEqual([]);
  });
  test('is refused where two in SuperOffice have the address', async () => {
    const world = await withBjorn(TRUSTING);
    hire(world, 111, 'b2', 'B', { email: 'bjorn@example.com', retired: true });
    expect((await world.say('U0BJORN', '/logoff me')).join()).toContain('I do not know for certain');
    expect(world.netserver.logOffs).toEqual([]);
  });
  test('is refused for a guest, whatever their address', async () => {
    const world = await company(TRUSTING);
    world.slack.emails.set('U0GUEST', 'bjorn@example.com');
    expect((await world.say('U0GUEST', '/logoff me')).join()).toContain('Only full members');
  });
  test('is aborted where the address says something else by the time of the call', async () => {
    const world = await withBjorn({
      ...TRUSTING,
      rules: [{ name: 'self', who: 'anyone', targets: 'self', approvals: 1, approvers: 'leads' }],
    });
    await world.say('U0BJORN', '/logoff me');
    world.netserver.emails.set(110, 'other@example.com');
    world.netserver.emails.set(102, 'bjorn@example.com');
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('aborted');
    expect(world.netserver.logOffs).toEqual([]);
  });
});

describe('a mention', () => {
  test.each(['map', 'trusted address'])('acts by the %s', async (how) => {
    const world = await withBjorn(how === 'map' ? { identities: { U0BJORN: 110 } } : TRUSTING);
    expect(await world.say('U0BOB', '/logoff <@U0BJORN|bjorn>')).toEqual([]);
    expect((await world.request()).targets).toMatchObject([{ id: 110, namedBy: 'mention' }]);
    expect(await world.shown('card')).toContain('found by mention');
  });
  test('that only an address leads to is asked about, and then it is as if the id had been typed', async () => {
    const world = await withBjorn();
    expect(await world.say('U0BOB', '/logoff 102 <@U0BJORN> reason: crash')).toEqual([
      [
        '@BJORN was only found by e-mail address, which others can edit. Is it this person? Nothing was done yet.',
        '- Bjørn Åsen (bjorn.a, id 110, Sales)',
        '[Bjørn Åsen (110)]',
      ].join('\n'),
    ]);
    expect(await openRequests(world)).toBe(0);
    await world.press('U0BOB', 'Bjørn Åsen (110)');
    expect((await world.request()).targets).toMatchObject([{ id: 102 }, { id: 110, namedBy: 'id' }]);
    expect(await world.shown('card')).toContain('@Bjørn Åsen (known only by e-mail)');
  });
  test.each(['U0NOBODY', 'U0GUEST', 'U0ROBOT', 'U0LEFT'])(
    'of %s, who is nobody in SuperOffice, says what to do',
    async (who) => {
      const world = await company(TRUSTING);
      if (who !== 'U0NOBODY') world.slack.emails.set(who, 'bjorn@example.com');
      const [answer] = await world.say('U0BOB', `/logoff <@${who}>`);
      expect(answer).toContain(`I do not know for certain which SuperOffice user @${who.slice(2)} is. Type the login`);
      expect(await refusedCodes(world)).toEqual(['not_tied']);
    },
  );
});

describe('two Slack accounts of one person', () => {
  const twoLeads = (more: Readonly<Record<string, unknown>> = {}) => ({
    people: { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE', 'U0ALICE2', 'U0EVA'] } },
    rules: [{ name: 'two', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }],
    ...more,
  });
  const withAlices = async (settings: Readonly<Record<string, unknown>>) => {
    const world = await company(settings);
    hire(world, 201, 'alice', 'Alice', { email: 'alice@example.com' });
    world.slack.emails.set('U0ALICE2', 'alice@example.com');
    return world;
  };

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['by the settings', twoLeads({ identities: { U0ALICE: 201, U0ALICE2: 201 } })],
    ['by a trusted address', twoLeads({ identities: { U0ALICE: 201 }, trust_email: ['example.com'] })],
    ['by any address', twoLeads({ identities: { U0ALICE: 201 } })],
  ])('are one approver: %s', async (_, settings) => {
    const world = await withAlices(settings);
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    expect((await world.click('U0ALICE2', 'approve')).join()).toContain('Your approval already counts.');
    expect((await world.request()).approvals).toHaveLength(1);
    await world.click('U0EVA', 'approve');
    expect((await world.request()).approvals).toHaveLength(2);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['by the settings', { identities: { U0BOB: 201, U0ALICE2: 201 } }, true],
    ['by a trusted address', { identities: {}, trust_email: ['example.com'] }, true],
    ['by any address', { identities: { U0BOB: 201 } }, false],
  ])('are the requester, who does not approve, %s', async (_, more, isSure) => {
    const world = await withAlices(twoLeads(more));
    world.slack.emails.set('U0BOB', 'alice@example.com');
    await world.say('U0BOB', '/logoff 101');
    expect((await world.click('U0ALICE2', 'approve')).join()).toContain(
      isSure ? 'You asked for this yourself' : 'You and the requester may be the same SuperOffice user, by e-mail',
    );
    // To take it back is a right, for which such an address is not enough.
    const [answer] = await world.click('U0ALICE2', 'cancel');
    expect(answer).toContain(
      isSure
        ? 'You cancelled request 1.'
        : 'Only the person who asked can cancel a request that is not yet approved. Approvers can deny it.',
    );
  });

  test('are still one at the call, also where it only turned out after the approvals', async () => {
    const world = await withAlices(twoLeads({ identities: { U0ALICE: 201 } }));
    world.slack.emails.clear();
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    world.troubles.fail('findAssociates', edgeError('timeout'));
    await world.click('U0ALICE2', 'approve');
    expect((await world.request()).status).toBe('approved');
    world.slack.emails.set('U0ALICE2', 'alice@example.com');
    await world.clock.advance(6_000);
    expect(await world.request()).toMatchObject({ status: 'aborted', code: 'approvals_no_longer_count' });
    expect(world.netserver.logOffs).toEqual([]);
  });
});

describe('who is to be logged off', () => {
  test.each(['map', 'address'])('does not decide about others in the same request (known by %s)', async (how) => {
    const world = await company({ identities: how === 'map' ? { U0ALICE: 110 } : {} });
    if (how === 'address') world.slack.emails.set('U0ALICE', 'bjorn@example.com');
    await world.say('U0BOB', '/logoff 101 bjorn.a');
    for (const answers of [await world.click('U0ALICE', 'approve'), await world.submit('U0ALICE', 'deny')]) {
      expect(answers).toEqual([
        'Request 1: You are one of the people to be logged off, so somebody else must decide about the others.',
      ]);
    }
    expect((await world.request()).status).toBe('awaiting_approval');
    await world.click('U0OLA', 'approve');
    expect(world.netserver.logOffs).toEqual([[101, 110]]);
  });
  test('may decide where it is only they', async () => {
    const world = await company({ identities: { U0ALICE: 110 } });
    await world.say('U0BOB', '/logoff bjorn.a');
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[110]]);
  });
});

describe('who may see a request', () => {
  const seesIt = async (world: World, who: string) => {
    const one = (await world.say(who, '/logoff status 1')).join();
    const all = (await world.say(who, '/logoff status')).join();
    expect(one.includes('Bjørn Åsen')).toBe(all.includes('Bjørn Åsen'));
    if (!one.includes('Bjørn'))
      expect(one).toBe('There is no request 1 that you can see. `/logoff status` lists those that you can.');
    return one.includes('Bjørn');
  };
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['by the settings', { identities: { U0BJORN: 110 } }, true],
    ['by a trusted address', { trust_email: ['example.com'] }, true],
    ['by an address that others can edit', {}, false],
  ])('a person to be logged off, %s: %s', async (_, settings, expected) => {
    const world = await withBjorn(settings);
    await world.say('U0BOB', '/logoff bjorn.a');
    expect(await seesIt(world, 'U0BJORN')).toBe(expected);
  });
  test('also where no rule gives them a part in anything', async () => {
    const rules = [{ name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' }];
    const world = await withBjorn({ trust_email: ['example.com'], rules });
    await world.say('U0BOB', '/logoff bjorn.a');
    expect(await seesIt(world, 'U0BJORN')).toBe(true);
    expect(await seesIt(world, 'U0ZOE')).toBe(false);
  });
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['surely', { trust_email: ['example.com'], identities: {} }, true],
    ['only by an address that others can edit', { identities: {} }, false],
  ])('the requester under another Slack account, known %s: %s', async (_, settings, expected) => {
    const world = await company(settings);
    hire(world, 202, 'bob', 'Bob', { email: 'bob@example.com' });
    for (const who of ['U0BOB', 'U0BOB2']) world.slack.emails.set(who, 'bob@example.com');
    await world.say('U0BOB', '/logoff bjorn.a');
    expect(await seesIt(world, 'U0BOB')).toBe(true);
    expect(await seesIt(world, 'U0BOB2')).toBe(expected);
    const [shown] = await world.click('U0BOB2', 'show_everyone');
    expect(shown).toMatch(expected ? /^\(modal: / : /^There is no request 1 that you can see\. /);
  });
  test('the requester still sees it where Slack or SuperOffice tell nothing more of them', async () => {
    const world = await company();
    await world.say('U0BOB', '/logoff bjorn.a');
    world.troubles.fail('readPeople', edgeError('timeout'), 20);
    expect(await seesIt(world, 'U0BOB')).toBe(true);
    expect(await seesIt(world, 'U0ZOE')).toBe(false);
  });
});
