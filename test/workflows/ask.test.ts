import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { HALL } from './made-up-bot.ts';
import { makeWorld, policyOf } from './made-up-world.ts';

describe('a request that needs approval', () => {
  test('goes from the command over the approval to people seen gone, and line and card say so', async () => {
    const world = await makeWorld();

    expect(await world.say('U0BOB', '/logoff 101 102 reason: locked out after a crash')).toEqual([]);
    expect(await world.shown('line')).toBe('Request 1: waiting for approval\n[Cancel request]');
    const asking = await world.shown('card');
    expect(asking).toContain('Anna Berg (anna, id 101, Sales), @Anna Berg: logged on now');
    expect(asking).toContain('> locked out after a crash');
    expect(asking).toContain('Asking: @ALICE @OLA @EVA\n[Approve] [Show everyone]');
    expect(world.netserver.logOffs).toEqual([]);

    const [answer] = await world.click('U0ALICE', 'approve');
    expect(answer).toContain('You approved request 1.');
    expect(await world.shown('line')).toBe('Request 1: 2 people logged off');

    await world.clock.advance(61_000);
    expect((await world.request()).status).toBe('done');
    expect(await world.shown('line')).toBe('Request 1: 2 people logged off');
    const ended = await world.shown('card');
    expect(ended).toContain('Approvals: 1 of 1: @ALICE at 14:00');
    expect(ended).toContain('Anna Berg (anna, id 101, Sales), @Anna Berg: logged off');
    expect(ended).not.toContain('[Approve]');
    expect(world.netserver.logOffs).toEqual([[101, 102]]);
    expect(world.logged).toEqual([]);
  });

  test('is recorded before it is shown, and its dispatch is recorded before the call leaves', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(world.effects).toEqual([
      'record 1 awaiting_approval',
      'Slack posts in C0HALL',
      'Slack posts in C0APPROVALS',
      'record 1 approved',
      'record 1 dispatching',
      'NetServer logs off 101',
      'record 1 verifying',
      'record 1 verifying',
      'Slack posts in D0ANNA',
      'record 1 done',
      'Slack posts in D0BOB',
    ]);
  });

  test('leaves an audit that can be verified and that says who did what', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101');
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(61_000);
    expect(await world.store.audit.verify()).toMatchObject({ ok: true });
    const facts = (await world.audit()).flatMap((entry) =>
      'fact' in entry ? `${entry.fact.kind} by ${entry.via}` : [],
    );
    expect(facts).toEqual([
      'opened by command',
      'approval_given by button',
      'approved by button',
      'dispatch_claimed by button',
      'call_accepted by button',
      'seen by button',
      'verified by timer',
    ]);
  });
});

describe('a rule that asks for no approval', () => {
  test('logs the requester off at once, without a card', async () => {
    const world = await makeWorld();
    expect(await world.say('U0ANNA', '/logoff me')).toEqual([]);
    expect(world.netserver.logOffs).toEqual([[101]]);
    expect(await world.shown('line')).toBe('Request 1: 1 person logged off');
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual([HALL]);
  });

  test('sends nobody who is not logged on, and says so', async () => {
    const world = await makeWorld();
    world.netserver.on.clear();
    await world.say('U0ANNA', '/logoff me');
    expect(world.netserver.logOffs).toEqual([]);
    expect(await world.shown('line')).toBe('Request 1: 1 person was not logged on');
  });
});

describe('the same command twice', () => {
  test('is one request when Slack delivers it again', async () => {
    const world = await makeWorld();
    await Promise.all([
      world.say('U0BOB', '/logoff 101', { key: 'trigger 1' }),
      world.say('U0BOB', '/logoff 101', { key: 'trigger 1' }),
    ]);
    await world.say('U0BOB', '/logoff 101', { key: 'trigger 1' });
    expect(await world.store.requests.listOpen(10)).toHaveLength(1);
    expect(world.slack.messages).toHaveLength(2);
  });

  test('is answered with the request that is there when it was typed twice, until that one is over', async () => {
    const world = await makeWorld();
    await world.say('U0BOB', '/logoff 101 102');
    expect(await world.say('U0BOB', '/logoff 102 101 reason: again')).toEqual([
      'Request 1 asks for this already: waiting for approval. `/logoff cancel 1` ends it, if you want to ask anew.',
    ]);
    expect(await world.store.requests.read(requestId(2))).toBeUndefined();
    await world.say('U0BOB', '/logoff 101');
    await world.say('U0BOB', '/logoff 101 102 105');
    await world.say('U0BOB', '/logoff cancel 1');
    expect(await world.say('U0BOB', '/logoff 101 102')).toEqual([]);
    expect(await world.store.requests.listOpen(10)).toHaveLength(3);
  });

  test('is a new request once the call of the first one was made', async () => {
    const world = await makeWorld();
    await world.say('U0ANNA', '/logoff me');
    expect((await world.request()).status).toBe('verifying');
    await world.clock.advance(1_000);
    expect(await world.say('U0ANNA', '/logoff me')).toEqual([]);
    expect((await world.request(2)).requester.slack).toBe('U0ANNA');
  });

  test('is two requests when two people typed it, and each card names the other', async () => {
    const people = { helpdesk: { users: ['U0BOB', 'U0CARL'] }, leads: { users: ['U0ALICE', 'U0OLA', 'U0EVA'] } };
    const world = await makeWorld({ policy: policyOf({ people }) });
    await world.say('U0BOB', '/logoff 101');
    expect(await world.say('U0CARL', '/logoff 101')).toEqual([]);
    expect(await world.shown('card', 2)).toContain('Also open for some of these people: request 1.');
    // A card that has ended is not drawn again, so what was open then would stand there for ever.
    await world.say('U0CARL', '/logoff cancel 2');
    expect(await world.shown('card', 2)).not.toContain('Also open');
  });

  test.each([
    ['is cancelled', (world: Awaited<ReturnType<typeof makeWorld>>) => world.say('U0BOB', '/logoff cancel 1')],
    ['is carried out', (world: Awaited<ReturnType<typeof makeWorld>>) => world.click('U0ALICE', 'approve', 1)],
  ])('by two people: when the first one %s, the card of the second one does not name it any more', async (_, end) => {
    const people = { helpdesk: { users: ['U0BOB', 'U0CARL'] }, leads: { users: ['U0ALICE', 'U0OLA', 'U0EVA'] } };
    const world = await makeWorld({ policy: policyOf({ people }) });
    await world.say('U0BOB', '/logoff 101');
    await world.clock.advance(2_000);
    await world.say('U0CARL', '/logoff 101 102');
    expect(await world.shown('card', 2)).toContain('Also open for some of these people: request 1.');
    const about2 = () => world.slack.messages.filter(({ card }) => JSON.stringify(card.summary).includes('equest 2'));
    const { version } = await world.request(2);
    const posted = about2().length;
    await end(world);
    await world.clock.advance(61_000);
    expect((await world.request(1)).status).toMatch(/cancelled|done/);
    expect(await world.shown('card', 2)).not.toContain('Also open');
    expect((await world.request(2)).version).toBe(version);
    expect(about2()).toHaveLength(posted);
  });
});

test('a word that is not understood gets a private sentence, and no request', async () => {
  const world = await makeWorld();
  const [answer] = await world.say('U0BOB', '/logoff 101 0');
  expect(answer).toContain('Understood so far: 101.');
  expect(world.effects).toEqual([]);
});

test('/logoff status shows a request to those who have a part in it, and to nobody else', async () => {
  const world = await makeWorld();
  await world.say('U0BOB', '/logoff 101');
  for (const who of ['U0BOB', 'U0ALICE', 'U0ANNA']) {
    expect(await world.say(who, '/logoff status')).toEqual([
      expect.stringContaining('One open request:\n- Request 1: waiting for approval (Anna Berg, asked by @BOB)'),
    ]);
    const [card] = await world.say(who, '/logoff status 1');
    expect(card).toContain('Rule: a few people');
    // Who can approve is true for whoever looks; nobody is mentioned by it, since only they see it.
    expect(card).toContain('Asking: @ALICE @OLA @EVA');
    expect(card).not.toContain('[Approve]');
  }
  expect((await world.say('U0ZOE', '/logoff status')).join()).toMatch(/^There is no open request that concerns you\./);
  expect(await world.say('U0ZOE', '/logoff status 1')).toEqual([
    'There is no request 1 that you can see. `/logoff status` lists those that you can.',
  ]);
});
