import { describe, expect, test } from 'vitest';
import { makeSurroundings, makeWorld, policyOf } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const TWO = policyOf({
  rules: [{ name: 'two pairs of eyes', who: 'helpdesk', targets: 'any', approvals: 2, approvers: 'leads' }],
});

describe('approving', () => {
  test('fifty clicks at the same moment are one approval and one call', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101 102');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => world.click(index % 2 === 0 ? 'U0ALICE' : 'U0OLA', 'approve')),
    );
    expect(answers.every((heard) => heard.length === 1)).toBe(true);
    expect(answers.flat().filter((answer) => answer.includes('You approved request 1.'))).toHaveLength(1);
    expect(answers.flat().filter((answer) => answer.includes('has already been decided'))).toHaveLength(49);
    await world.clock.advance(61_000);
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    expect((await world.request()).approvals).toHaveLength(1);
  });

  test('two approvers who click at once both count', async () => {
    const world = await makeWorld({ policy: TWO });
    await world.say('U0BOB', '/logoff 101');
    const answers = await Promise.all([world.click('U0ALICE', 'approve'), world.click('U0OLA', 'approve')]);
    expect(answers.flat().every((answer) => answer.includes('You approved request 1.'))).toBe(true);
    expect((await world.request()).approvals.map(({ by }) => by.slack).sort()).toEqual(['U0ALICE', 'U0OLA']);
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('two approvers on two processes who click at once both count', async () => {
    const surroundings = await makeSurroundings();
    const [first, second] = [await surroundings.start({ policy: TWO }), await surroundings.start({ policy: TWO })];
    await first.say('U0BOB', '/logoff 101');
    await Promise.all([first.click('U0ALICE', 'approve'), second.click('U0OLA', 'approve')]);
    await surroundings.clock.advance(61_000);
    expect((await surroundings.request()).approvals).toHaveLength(2);
    expect(surroundings.netserver.logOffs).toEqual([[101]]);
  });

  test('the first of two approvals is shown and sends nothing; the same person counts once', async () => {
    const world = await makeWorld({ policy: TWO });
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    expect(await world.click('U0ALICE', 'approve')).toEqual([
      'Request 1: Your approval already counts. Somebody else must approve too.',
    ]);
    expect(await world.shown('line')).toContain('waiting for approval (1 of 2)');
    expect(await world.shown('card')).toContain('Approvals: 1 of 2: @ALICE at 14:00');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('more than five people are approved in a modal that lists them', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101 102 103 105 106 107');
    expect(await world.click('U0ALICE', 'approve')).toEqual(['(modal: Log off 6 people?)']);
    expect((await world.request()).status).toBe('awaiting_approval');
    const [answer] = await world.submit('U0ALICE', 'approve');
    expect(answer).toContain('You approved request 1.');
    expect(world.netserver.logOffs).toEqual([[101, 102, 103, 105, 106, 107]]);
  });

  test('later clicks read who decided what and when', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(await world.click('U0OLA', 'approve')).toEqual([
      'Request 1 is already finished: 1 person logged off. Approved by @ALICE at 14:00. Nothing changed.',
    ]);
  });
});

describe('the requester', () => {
  test('never approves the own request, also as one of the approvers', async () => {
    const world = await makeWorld();
    await world.say('U0ALICE', '/logoff 101');
    expect(await world.shown('card')).toContain('Asking: @OLA @EVA\n');
    const refusal = ['Request 1: You asked for this yourself, so somebody else must decide. You can cancel it.'];
    expect(await world.click('U0ALICE', 'approve')).toEqual(refusal);
    expect(await world.submit('U0ALICE', 'approve')).toEqual(refusal);
    expect(await world.submit('U0ALICE', 'deny')).toEqual(refusal);
    expect((await world.request()).approvals).toEqual([]);
    const notes = (await world.audit()).flatMap((entry) => ('note' in entry ? entry.note : []));
    expect(notes.filter(({ kind }) => kind === 'click_refused')).toHaveLength(3);
  });

  test.each(['button', 'command'])('takes the request back with the %s, and nothing is done', async (way) => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    const answers =
      way === 'button' ? await world.click('U0BOB', 'cancel') : await world.say('U0BOB', '/logoff cancel 1');
    expect(answers).toEqual(['You cancelled request 1. Nobody was logged off.']);
    expect(await world.shown('line')).toBe('Request 1: cancelled by @BOB at 14:00. Nothing was done.');
    const [late] = await world.click('U0ALICE', 'approve');
    expect(late).toContain('is already finished: cancelled by @BOB');
    await world.clock.advance(60_000);
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('takes an approved request back while NetServer does not answer the re-check', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.troubles.fail('findAssociates', edgeError('timeout'), 3);
    await world.click('U0ALICE', 'approve');
    expect((await world.request()).status).toBe('approved');
    await world.click('U0BOB', 'cancel');
    await world.clock.advance(60_000);
    expect((await world.request()).status).toBe('cancelled');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test.each(['button', 'command'])('is told that it is too late once NetServer was asked (%s)', async (way) => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.troubles.hang('logOff');
    await world.click('U0ALICE', 'approve');
    const answers =
      way === 'button' ? await world.click('U0BOB', 'cancel') : await world.say('U0BOB', '/logoff cancel 1');
    expect(answers).toEqual(['Request 1: Too late: SuperOffice has already been asked. See the card for the result.']);
    world.troubles.heal();
    await world.clock.advance(61_000);
    expect((await world.request()).status).toBe('done');
  });

  test('is the only one who cancels; who has no part in it learns nothing of it', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    expect(await world.say('U0ALICE', '/logoff cancel 1')).toEqual([
      'Request 1: Only the person who asked can cancel a request that is not yet approved. Approvers can deny it.',
    ]);
    expect(await world.say('U0ZOE', '/logoff cancel 1')).toEqual([
      'There is no request 1 that you can see. `/logoff status` lists those that you can.',
    ]);
    expect(await world.say('U0BOB', '/logoff cancel 17')).toEqual([
      'There is no request 17 that you can see. `/logoff status` lists those that you can.',
    ]);
    expect((await world.request()).status).toBe('awaiting_approval');
  });
});

describe('denying', () => {
  test('asks for a reason in a modal, ends the request, and shows who and why', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    expect(await world.click('U0ALICE', 'deny')).toEqual(['(modal: Deny request 1)']);
    expect((await world.request()).status).toBe('awaiting_approval');
    const [answer] = await world.submit('U0ALICE', 'deny', 1, ' she is in\n a meeting ');
    expect(answer).toBe('You denied request 1. Nobody was logged off.');
    expect(await world.shown('line')).toBe(
      'Request 1: denied by @ALICE at 14:00. Nothing was done. Reason: she is in a meeting',
    );
    expect(await world.shown('card')).toContain('Why denied: she is in a meeting');
    const [late] = await world.click('U0OLA', 'approve');
    expect(late).toContain('is already finished: denied by @ALICE at 14:00');
    expect(world.netserver.logOffs).toEqual([]);
  });

  test('needs no reason', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    await world.submit('U0ALICE', 'deny', 1, '   ');
    expect(await world.shown('line')).toBe('Request 1: denied by @ALICE at 14:00. Nothing was done.');
  });
});

describe('where the outside is silent while somebody clicks', () => {
  test('Slack not saying who it is changes nothing, and the answer names Slack', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    for (const press of [
      () => world.click('U0ALICE', 'approve'),
      () => world.click('U0ALICE', 'deny'),
      () => world.submit('U0ALICE', 'deny'),
    ]) {
      world.troubles.fail('person', edgeError('rate_limited', { retryAfter: 30_000 }));
      const [answer, ...more] = await press();
      expect(answer).toContain('Slack did not answer');
      expect(more).toEqual([]);
    }
    expect((await world.request()).version).toBe(1);
  });

  test('records that cannot be read or written change nothing, and the answer says that', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    for (const call of ['read', 'save']) {
      world.troubles.fail(call, edgeError('database_unavailable'));
      expect(await world.click('U0ALICE', 'approve')).toEqual([
        expect.stringContaining('The bot cannot write its records at the moment'),
      ]);
    }
    expect((await world.request()).status).toBe('awaiting_approval');
    await world.click('U0ALICE', 'approve');
    expect(world.netserver.logOffs).toEqual([[101]]);
  });

  test('a decision of which nobody knows whether it was recorded says so, and is followed up where it was', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    world.troubles.fail('saved', edgeError('database_unavailable', { executed: 'maybe' }));
    expect(await world.click('U0ALICE', 'approve')).toEqual([
      expect.stringContaining('it is not known whether your answer was recorded'),
    ]);
    await world.clock.advance(61_000);
    expect(await world.shown('line')).toBe('Request 1: 1 person logged off');
  });
});

describe('a process whose rules were replaced', () => {
  test('refuses commands and clicks, dispatches nothing, and leaves the rest to the other', async () => {
    const surroundings = await makeSurroundings();
    const older = await surroundings.start();
    await older.say('U0BOB', '/logoff 101');
    await older.say('U0BOB', '/logoff 102');
    surroundings.troubles.fail('findAssociates', edgeError('timeout'));
    await older.click('U0ALICE', 'approve', 2);
    expect((await surroundings.request(2)).status).toBe('approved');

    const newer = await surroundings.start({ policy: policyOf({}, 'bbbbbbbbbbbb'), ticking: false });
    const words = 'Newer rules are in force, and this copy of the bot does not have them yet';
    expect((await older.say('U0BOB', '/logoff 105'))[0]).toContain(words);
    for (const heard of [
      await older.click('U0ALICE', 'approve'),
      await older.submit('U0ALICE', 'deny'),
      await older.click('U0BOB', 'cancel'),
      await older.say('U0BOB', '/logoff cancel 1'),
    ]) {
      expect(heard).toEqual([expect.stringContaining(words)]);
    }
    await surroundings.clock.advance(60_000);
    expect((await surroundings.request()).version).toBe(1);
    expect(surroundings.netserver.logOffs).toEqual([]);

    newer.reconciler.start();
    await surroundings.clock.advance(5_000);
    expect(surroundings.netserver.logOffs).toEqual([[102]]);
    await newer.click('U0ALICE', 'approve');
    expect(surroundings.netserver.logOffs).toEqual([[102], [101]]);
  });
});
