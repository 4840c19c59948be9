import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { settle } from '../test-clock.ts';
import { HALL } from './made-up-bot.ts';
import { buttonsOf, plain } from './made-up-slack.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;

const said = (world: World, channel: string): readonly string[] =>
  world.slack.messages.filter((message) => message.channel === channel).map(({ card }) => plain(card));

describe('the line where the command was typed', () => {
  test('goes through the response URL where the bot is not in the channel, and is replaced there', async () => {
    const world = await makeWorld();
    world.slack.closed.add(HALL);
    await world.say('U0BOB', '/logoff 101', { key: 'k1' });
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.slack.replies.map(({ url, replace, card }) => [url, replace, plain(card).split('\n')[0]])).toEqual([
      ['https://hooks.example/k1', false, 'Request 1: waiting for approval'],
      ['https://hooks.example/k1', true, 'Request 1: 1 person logged off'],
    ]);
    expect(said(world, HALL)).toEqual([]);
  });

  test('uses a response URL four times at most, then writes to the requester directly', async () => {
    const rules = [{ name: 'five', who: 'helpdesk', targets: 'any', approvals: 5, approvers: 'leads' }];
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0A', 'U0B', 'U0C', 'U0D', 'U0E'] } };
    const world = await makeWorld({ policy: policyOf({ rules, people }) });
    world.slack.closed.add(HALL);
    await world.say('U0BOB', '/logoff 101');
    for (const who of ['U0A', 'U0B', 'U0C', 'U0D', 'U0E']) await world.click(who, 'approve');
    await world.clock.advance(61_000);
    expect(world.slack.replies).toHaveLength(4);
    expect(said(world, 'D0BOB')).toEqual(['Request 1: 1 person logged off']);
  });

  test('no longer uses a response URL that is nearly half an hour old', async () => {
    const world = await makeWorld();
    world.slack.closed.add(HALL);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(29 * 60_000);
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.slack.replies).toHaveLength(1);
    expect(said(world, 'D0BOB')).toEqual(['Request 1: 1 person logged off']);
  });

  test.each(['used_url', 'expired_url'])('goes to the requester directly where Slack says %s', async (code) => {
    const world = await makeWorld();
    world.slack.closed.add(HALL);
    world.troubles.fail('reply', edgeError(code, { retryable: false }));
    await world.say('U0BOB', '/logoff 101');
    expect(said(world, 'D0BOB')).toEqual(['Request 1: waiting for approval\n[Cancel request]']);
    await world.click('U0ALICE', 'approve');
    expect(said(world, 'D0BOB')).toEqual(['Request 1: 1 person logged off']);
  });

  test('counts a reply of which nobody knows whether Slack took it', async () => {
    const world = await makeWorld();
    world.slack.closed.add(HALL);
    world.troubles.fail('reply', edgeError('timeout', { executed: 'maybe' }), 1_000);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(600_000);
    expect(world.logged.filter((code) => code === 'drawing_postponed')).toHaveLength(4);
    expect(said(world, 'D0BOB')).toEqual(['Request 1: waiting for approval\n[Cancel request]']);
  });

  test('is posted anew, to the requester, where somebody deleted it', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.slack.messages.splice(0, world.slack.messages.length);
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('line')).toBe('Request 1: 1 person logged off');
    expect(said(world, 'D0BOB')).toHaveLength(1);
  });
});

describe('the card in the approvals channel', () => {
  test('is posted anew where somebody deleted it', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.slack.messages.splice(0, world.slack.messages.length);
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('card')).toContain('1 person logged off');
    expect(said(world, APPROVALS)).toHaveLength(1);
  });

  test('waits for as long as Slack asks, and the decision does not', async () => {
    const world = await makeWorld();
    world.troubles.fail('post', edgeError('rate_limited', { retryAfter: 40_000 }), 2);
    await world.say('U0BOB', '/logoff 101');
    expect(world.slack.messages).toEqual([]);
    expect((await world.request()).status).toBe('awaiting_approval');
    await world.clock.advance(39_000);
    expect(world.slack.messages).toEqual([]);
    await world.clock.advance(3_000);
    expect(await world.shown('line')).toContain('waiting for approval');
    expect(await world.shown('card')).toContain('[Approve]');
  });

  test('comes as soon as the bot is let into the channel', async () => {
    const world = await makeWorld();
    world.slack.closed.add(APPROVALS);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(600_000);
    expect(await world.shown('card')).toBe('(nothing)');
    expect(said(world, 'D0BOB')).toEqual([
      'Request 1: the approvers cannot see it yet: the bot is not in the approvals channel. Somebody in that channel ' +
        'can type `/invite @SuperOffice log-off`; the card then appears within five minutes.',
    ]);
    world.slack.closed.delete(APPROVALS);
    await world.clock.advance(301_000);
    expect(await world.shown('card')).toContain('[Approve]');
  });

  test.each([
    ['channel_not_found', '/invite'],
    ['is_archived', 'is archived. Tell your CRM administrator'],
  ])('that Slack refuses with %s is missed by the one who asked, who reads what to do, once', async (code, words) => {
    const world = await makeWorld();
    const { post } = world.slack.messenger;
    Object.assign(world.slack.messenger, {
      post: async (...args: Parameters<typeof post>) => {
        if (args[0] === APPROVALS) throw edgeError(code, { retryable: false });
        return await post(...args);
      },
    });
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(600_000);
    expect(said(world, 'D0BOB')).toEqual([expect.stringContaining(words)]);
    expect(world.logged.filter((line) => line === 'card_not_shown')).toHaveLength(1);
    expect((await world.request()).status).toBe('awaiting_approval');
  });

  test('mentions at most ten approvers, never the requester, and still comes where Slack does not tell the user groups', async () => {
    const leads = { users: Array.from({ length: 12 }, (_, index) => `U0L${index}`), usergroups: ['S0LEADS'] };
    const world = await makeWorld({ policy: policyOf({ people: { helpdesk: { users: ['U0BOB', 'U0L0'] }, leads } }) });
    await world.say('U0L0', '/logoff 101');
    expect(await world.shown('card')).toMatch(/Asking:( @L\d+){10} and 1 more/);
    expect((await world.shown('card')).replace(/Asked by:.*/, '')).not.toMatch(/@L0 /);
  });

  test('of a large user group looks up whom it mentions, and the reminder mentions the others', async () => {
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { usergroups: ['S0LEADS'] } };
    const world = await makeWorld({ policy: policyOf({ people }) });
    const group = Array.from({ length: 151 }, (_, index) => `U0L${index}`);
    world.slack.usergroups.set('S0LEADS', new Set(group));
    world.slack.standings.set('U0L3', 'guest');
    const asked: string[] = [];
    const { person } = world.slack.directory;
    Object.assign(world.slack.directory, {
      person: (slack: Parameters<typeof person>[0]) => {
        if (slack.startsWith('U0L')) asked.push(slack);
        return person(slack);
      },
    });
    await world.say('U0BOB', '/logoff 101');
    expect(await world.shown('card')).toContain('Asking: @L0 @L1 @L2 @L4 @L5 @L6 @L7 @L8 @L9 @L10 and 140 more');
    expect(asked).toHaveLength(11);
    await world.clock.advance(15 * 60_000);
    expect(await world.shown('reminder')).toContain('Asked again: @L10, @L11, @L12, ');
    // Those on the card, which is looked at again, and ten more.
    expect(asked).toHaveLength(11 + 11 + 10);
  });

  test('does not go on asking who has answered, nor does the reminder', async () => {
    const rules = [{ name: 'two', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }];
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE', 'U0OLA'] } };
    const world = await makeWorld({ policy: policyOf({ rules, people }) });
    await world.say('U0BOB', '/logoff 101');
    expect(await world.shown('card')).toContain('Asking: @ALICE @OLA\n');
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('card')).toContain('Asking: @OLA\n');
    await world.clock.advance(15 * 60_000);
    expect(await world.shown('reminder')).toContain('Asked again: @OLA.');
  });

  test('says that nobody else can approve it where all others have left', async () => {
    const rules = [{ name: 'two', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }];
    const people = { helpdesk: { users: ['U0BOB'] }, leads: { users: ['U0ALICE', 'U0OLA'] } };
    const world = await makeWorld({ policy: policyOf({ rules, people }) });
    await world.say('U0BOB', '/logoff 101');
    world.slack.standings.set('U0OLA', 'deactivated');
    await world.click('U0ALICE', 'approve');
    expect(await world.shown('card')).toContain('Nobody else can approve this now.');
  });
});

describe('trouble with drawing', () => {
  const outage = (world: World, error: Error) => {
    for (const call of ['post', 'update', 'reply', 'direct']) world.troubles.fail(call, error, 10_000);
  };

  test.each([
    ['not_in_channel', edgeError('not_in_channel', { retryable: false })],
    ['rate_limited', edgeError('rate_limited', { retryAfter: 30_000 })],
    ['timeout', edgeError('timeout', { executed: 'maybe' })],
    ['invalid_auth', edgeError('invalid_auth', { retryable: false })],
    ['an error that nobody foresaw', new TypeError('made up')],
  ])('never changes or delays a decision, and is made up for later: %s', async (_, error) => {
    const world = await makeWorld();
    outage(world, error);
    await world.say('U0BOB', '/logoff 101');
    const [answer] = await world.click('U0ALICE', 'approve');
    expect(answer).toContain('You approved request 1.');
    expect(world.netserver.logOffs).toEqual([[101]]);
    await world.clock.advance(61_000);
    expect((await world.request()).status).toBe('done');
    world.troubles.heal();
    await world.clock.advance(300_000);
    expect(await world.shown('line')).toBe('Request 1: 1 person logged off');
    expect(await world.shown('card')).toContain('1 person logged off');
  });

  test('is tried again ever more rarely, five minutes apart at most', async () => {
    const world = await makeWorld();
    world.slack.closed.add(APPROVALS);
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(600_000);
    const early = world.logged.length;
    expect(early).toBeGreaterThan(7);
    expect(early).toBeLessThan(12);
    await world.clock.advance(1_200_000);
    expect(world.logged.length - early).toBeGreaterThanOrEqual(4);
    expect(world.logged.length - early).toBeLessThanOrEqual(6);
  });

  test('is given up for a request that ended long ago, and then costs nothing any more', async () => {
    const world = await makeWorld();
    world.slack.closed.add(HALL);
    world.troubles.fail('reply', edgeError('expired_url', { retryable: false }), 1_000);
    world.troubles.fail('direct', edgeError('user_gone', { retryable: false }), 1_000);
    await world.say('U0BOB', '/logoff 101');
    await world.submit('U0ALICE', 'deny');
    await world.clock.advance(2 * 3_600_000);
    expect(world.logged.at(-1)).toBe('drawing_given_up');
    expect(await world.store.drawings.stale(world.clock.now(), 10)).toEqual([]);
  });

  test('with one place does not draw the other one twice', async () => {
    const world = await makeWorld();
    const goOn = world.troubles.hang('posted');
    let failures = 0;
    const { drawings } = world.store;
    const claim = drawings.claim;
    drawings.claim = async (id, place, ...rest) => {
      if (place === 'card') failures += 1;
      if (place === 'card' && failures < 3) throw edgeError('database_busy');
      return await claim(id, place, ...rest);
    };
    await world.say('U0BOB', '/logoff 101');
    world.reconciler.wake(requestId(1), 'timer');
    await settle();
    world.reconciler.wake(requestId(1), 'timer');
    await settle();
    goOn();
    await world.clock.advance(61_000);
    expect(said(world, HALL)).toHaveLength(1);
    expect(await world.shown('card')).toContain('[Approve]');
  });
});

describe('an old copy of a card', () => {
  /** A process posts the card and dies before it can note where. */
  async function twoCopies() {
    const surroundings = await makeSurroundings();
    const first = await surroundings.start({ ticking: false });
    surroundings.troubles.hang('posted');
    surroundings.troubles.hang('posted');
    await first.say('U0BOB', '/logoff 101');
    const second = await surroundings.start();
    await surroundings.clock.advance(61_000);
    const copies = surroundings.slack.messages.filter(({ channel }) => channel === APPROVALS);
    return { ...surroundings, bot: second, copies };
  }

  test('becomes a pointer at its first click, which decides nothing', async () => {
    const { bot, copies, request, netserver } = await twoCopies();
    const [old, current] = copies;
    expect(copies).toHaveLength(2);
    if (old === undefined || current === undefined) throw new Error('there are no two copies');
    const [answer] = await bot.click('U0ALICE', 'approve', 1, { message: old });
    expect(answer).toBe('This copy of the card of request 1 is out of date. Use the newer one in this channel.');
    expect(plain(old.card)).toContain('this copy of the card is out of date');
    expect(buttonsOf(old.card)).toEqual([]);
    expect((await request()).status).toBe('awaiting_approval');
    await bot.click('U0ALICE', 'approve', 1, { message: current });
    expect(netserver.logOffs).toEqual([[101]]);
  });

  test('gets an answer also where Slack does not take the pointer', async () => {
    const { bot, copies, troubles } = await twoCopies();
    const [old] = copies;
    if (old === undefined) throw new Error('there is no old copy');
    troubles.fail('update', edgeError('timeout'));
    expect(await bot.click('U0ALICE', 'approve', 1, { message: old })).toEqual([
      expect.stringContaining('Slack did not answer'),
    ]);
  });
});
