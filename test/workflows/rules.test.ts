import { describe, expect, test } from 'vitest';
import { slackUserId } from '../../src/core/ids.ts';
import { expectEnd } from './asked.ts';
import { hire } from './company.ts';
import { HALL } from './made-up-bot.ts';
import { APPROVALS, makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const rule = { name: 'helpdesk', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads' };
const rules = (more: Readonly<Record<string, unknown>>, version?: string) =>
  policyOf({ rules: [{ ...rule, ...more }] }, version);

describe('a reason that the rule asks for', () => {
  test('is asked for in words, and the attempt is kept', async () => {
    const world = await makeWorld({ policy: rules({ reason: 'required' }) });
    expect(await world.say('U0BOB', '/logoff 101')).toEqual([
      'The rule that applies requires a reason. Type it after `reason:`. Nothing was done.',
    ]);
    await world.say('U0BOB', '/logoff 101 reason: crashed');
    expect((await world.request()).reason).toBe('crashed');
    expect((await world.audit()).some((entry) => 'note' in entry && entry.note.kind === 'command_refused')).toBe(true);
  });

  test('must fit, and who misses it reads the sentence of the rule', async () => {
    const reason = { pattern: '^CRM-[0-9]+', say: 'Give the ticket number, such as CRM-123.' };
    const world = await makeWorld({ policy: rules({ reason }) });
    const [answer] = await world.say('U0BOB', '/logoff 101 reason: crashed');
    expect(answer).toBe('Give the ticket number, such as CRM-123. Nothing was done.');
    expect((await world.say('U0BOB', '/logoff help')).join()).toContain('give a reason: Give the ticket number');
    await world.say('U0BOB', '/logoff 101 reason: CRM-7 crashed');
    expect((await world.request()).status).toBe('awaiting_approval');
  });

  test('that became stricter stops what was approved', async () => {
    const surroundings = await makeSurroundings();
    const older = await surroundings.start({ policy: rules({}) });
    await older.say('U0BOB', '/logoff 101 reason: crashed');
    surroundings.troubles.fail('findAssociates', edgeError('timeout'));
    await older.click('U0ALICE', 'approve');
    await surroundings.start({ policy: rules({ reason: { pattern: '^CRM-', say: 'x' } }, 'bbbbbbbbbbbb') });
    await surroundings.clock.advance(6_000);
    await expectEnd(surroundings, 'aborted', 'The reason is not what the rule that applies requires');
  });
});

describe('channels', () => {
  test('a shared one is never taken from, whatever the rules say', async () => {
    const world = await makeWorld();
    world.slack.places.set(HALL, 'shared');
    const heard = (await world.say('U0BOB', '/logoff 101')).join();
    expect(heard).toContain('This channel is shared with other companies');
    expect(await world.store.requests.listOpen(9)).toEqual([]);
  });

  test('that Slack does not show counts where no rule names channels, and not where one does', async () => {
    const world = await makeWorld({ policy: rules({ channels: [HALL] }) });
    await world.say('U0BOB', '/logoff 101');
    expect((await world.request()).status).toBe('awaiting_approval');
    world.slack.places.set(HALL, 'hidden');
    expect((await world.say('U0BOB', '/logoff 102')).join()).toContain('No rule lets you do this in this channel');
    const open = await makeWorld();
    open.slack.places.set(HALL, 'hidden');
    await open.say('U0BOB', '/logoff 101');
    expect((await open.request()).status).toBe('awaiting_approval');
  });

  test('of which Slack does not tell are refused in words', async () => {
    const world = await makeWorld();
    world.troubles.fail('channelPlace', edgeError('unavailable'));
    expect((await world.say('U0BOB', '/logoff 101')).join()).toContain('Slack did not answer. Try again in a minute.');
    expect(await world.store.requests.listOpen(9)).toEqual([]);
  });

  test('where the card stands and that became shared: a click is refused, a cancel is not', async () => {
    const world = await makeWorld({ policy: rules({}) });
    await world.say('U0BOB', '/logoff 101');
    world.slack.places.set(APPROVALS, 'shared').set(HALL, 'shared');
    for (const action of ['approve', 'deny', 'show_everyone'] as const) {
      expect((await world.click('U0ALICE', action)).join()).toContain(
        'This channel is shared with other companies now',
      );
    }
    expect((await world.submit('U0ALICE', 'deny')).join()).toContain('This channel is shared with other companies now');
    expect((await world.request()).status).toBe('awaiting_approval');
    await world.click('U0BOB', 'cancel');
    expect((await world.request()).status).toBe('cancelled');
  });

  test('where it was typed and that became shared before the call stop it', async () => {
    const world = await makeWorld({ policy: rules({}) });
    await world.say('U0BOB', '/logoff 101');
    world.slack.places.set(HALL, 'shared');
    await world.click('U0ALICE', 'approve');
    await expectEnd(world, 'aborted', 'shared with other companies');
    expect(world.netserver.logOffs).toEqual([]);
  });
});

describe('the requester confirms', () => {
  const above = { confirm_above: 1 };
  test('the whole list before anybody is asked', async () => {
    const world = await makeWorld({ policy: rules(above) });
    await world.say('U0BOB', '/logoff 101 102');
    expect(await world.shown('line')).toContain('waiting for @BOB');
    expect(await world.shown('line')).toContain('[Look and confirm…] [Cancel request]');
    expect(await world.shown('card')).toBe('(nothing)');
    const message = world.slack.messages.find(({ channel }) => channel === HALL);
    const press = { ...(message === undefined ? {} : { message }) };
    expect(await world.click('U0BOB', 'confirm', 1, press)).toEqual(['(modal: Log off 2 people?)']);
    expect((await world.click('U0ALICE', 'confirm', 1, press)).join()).toContain('Only the person who asked');
    expect((await world.submit('U0ALICE', 'confirm')).join()).toContain('Only the person who asked');
    await world.submit('U0BOB', 'confirm');
    expect(await world.shown('card')).toContain('[Approve]');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });

  test('or nothing happens, and nobody else hears of it', async () => {
    const world = await makeWorld({ policy: rules(above) });
    await world.say('U0BOB', '/logoff 101 102');
    await world.clock.advance(31 * 60_000);
    expect((await world.request()).status).toBe('expired');
    expect(await world.shown('line')).toContain('not confirmed by');
    expect(world.slack.messages.filter(({ channel }) => channel === APPROVALS)).toEqual([]);
    expect(await world.store.drawings.stale(world.clock.now(), 9)).toEqual([]);
  });

  test('and where no approval is needed it starts at once', async () => {
    const world = await makeWorld({ policy: rules({ ...above, approvals: 0 }) });
    await world.say('U0BOB', '/logoff 101 102');
    expect(world.netserver.logOffs).toEqual([]);
    await world.submit('U0BOB', 'confirm');
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
  });
});

describe('the one concerned', () => {
  const consent = { consent: true };
  test('is asked directly and can agree, which replaces the approvals', async () => {
    const world = await makeWorld({ policy: rules({ ...consent, approvals: 2 }) });
    await world.say('U0BOB', '/logoff 101 reason: hangs');
    expect(await world.shown('consent')).toBe(
      'Request 1: @BOB asks to log you off the SuperOffice Windows client.\nReason\n> hangs\n[Log me off now]\nIf you do nothing, the approvers decide until 14:30. Unsaved work may be lost.',
    );
    expect(await world.shown('card')).toContain('or @Anna Berg agrees');
    expect(await world.shown('line')).toContain('or for the person concerned to agree');
    expect((await world.click('U0ALICE', 'consent')).join()).toContain('Only the person who is to be logged off');
    await world.click('U0ANNA', 'consent');
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await expectEnd(world, 'done', '1 person logged off');
    expect(await world.shown('card')).toContain('@ANNA agreed at');
    expect(await world.shown('consent')).not.toContain('[Log me off now]');
    expect(world.slack.messages.map(({ channel }) => channel).filter((channel) => channel.startsWith('D'))).toEqual([
      'D0ANNA',
      'D0ANNA',
      'D0BOB',
    ]);
  });

  test('is not asked where it is not sure who that is, or several are meant', async () => {
    const world = await makeWorld({ policy: rules(consent) });
    await world.say('U0BOB', '/logoff 102');
    await world.say('U0BOB', '/logoff 101 102');
    expect(await world.shown('consent', 1)).toBe('(nothing)');
    expect(await world.shown('card', 1)).not.toContain('agrees');
    expect((await world.click('U0ANNA', 'consent', 2)).join()).toContain('Only the person who is to be logged off');
  });

  test('agreed for nothing where the rules in force at the call do not let them', async () => {
    const surroundings = await makeSurroundings();
    const older = await surroundings.start({ policy: rules(consent) });
    await older.say('U0BOB', '/logoff 101');
    surroundings.troubles.fail('findAssociates', edgeError('timeout'));
    await older.click('U0ANNA', 'consent');
    await surroundings.start({ policy: rules({}, 'bbbbbbbbbbbb') });
    await surroundings.clock.advance(6_000);
    await expectEnd(surroundings, 'aborted', 'The approvals given no longer count');
  });

  test('is not bothered any more where it was decided before the message could be sent', async () => {
    const world = await makeWorld({ policy: rules(consent) });
    world.troubles.fail('direct', edgeError('unavailable'));
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(120_000);
    expect(await world.shown('consent')).toBe('(nothing)');
    expect(await world.shown('told:101')).toContain('You were logged off');
    expect(await world.store.drawings.stale(world.clock.now(), 9)).toEqual([]);
  });
});

describe('a budget', () => {
  const budget = { approvals: 0, budget: { people: 3, per: '1h' } };
  test('beyond it somebody else must approve', async () => {
    const surroundings = await makeSurroundings();
    const world = { ...surroundings, ...(await surroundings.start({ policy: rules(budget), ticking: false })) };
    await world.say('U0BOB', '/logoff 101 102');
    await world.say('U0BOB', '/logoff 101 102');
    expect([(await world.request(1)).status, (await world.request(2)).status]).toEqual([
      'verifying',
      'awaiting_approval',
    ]);
    expect(await world.shown('card', 2)).toContain('asked for more people than the rule allows');
    await world.clock.advance(60 * 60_000);
    await world.say('U0BOB', '/logoff 101 102 103');
    expect((await world.request(3)).demand.approvals).toBe(0);
  });

  test('where nobody could approve it is refused in words', async () => {
    const world = await makeWorld({ policy: rules({ ...budget, approvers: undefined }) });
    expect((await world.say('U0BOB', '/logoff 101 102 103 105')).join()).toContain('You have asked for more people');
    expect(await world.store.requests.listOpen(9)).toEqual([]);
  });

  test('ten commands at the same moment do not slip through', async () => {
    const world = await makeWorld({ policy: rules(budget) });
    const people = Array.from({ length: 10 }, (_, index) => 1_001 + index);
    for (const id of people) hire(world, id, `crowd${id}`, `Crowd ${id}`);
    await Promise.all(people.map((id) => world.say('U0BOB', `/logoff ${id}`)));
    const all = await Promise.all(Array.from({ length: 10 }, (_, index) => world.request(index + 1)));
    expect(all.filter(({ demand }) => demand.approvals === 0)).toHaveLength(3);
    expect(
      await world.store.requests.asked({
        by: all[0]?.requester ?? { slack: slackUserId('U0X'), team: '', name: '' },
        since: [0],
      }),
    ).toEqual([10]);
  });
});

describe('an earlier denial', () => {
  test('stands on the next card for the same people, for a day', async () => {
    const surroundings = await makeSurroundings();
    // A day is long for a clock that ticks each second.
    const world = { ...surroundings, ...(await surroundings.start({ policy: rules({}), ticking: false })) };
    await world.say('U0BOB', '/logoff 101 102');
    await world.submit('U0OLA', 'deny', 1, 'month end');
    await world.say('U0BOB', '/logoff 102');
    await world.say('U0BOB', '/logoff 103');
    expect(await world.shown('card', 2)).toMatch(/- Denied before: request 1 by @OLA, .*\d\d:\d\d: month end/);
    expect(await world.shown('card', 3)).not.toContain('Denied before');
    expect(await world.shown('card', 1)).not.toContain('Denied before');
    expect((await world.say('U0ALICE', '/logoff status 2')).join()).toContain('Denied before: request 1');
    await world.clock.advance(24 * 60 * 60_000);
    await world.say('U0BOB', '/logoff 102');
    expect(await world.shown('card', 4)).not.toContain('Denied before');
  });
});
