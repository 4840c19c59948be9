import { describe, expect, test } from 'vitest';
import { lineCard } from '../../src/core/cards/line-card.ts';
import { asked } from './asked.ts';

/** A request whose one person was still listed when the time to look was over. */
async function stillListed() {
  const world = await asked();
  world.netserver.deaf = true;
  await world.click('U0ALICE', 'approve');
  await world.clock.advance(90_000);
  expect((await world.request()).status).toBe('done');
  world.netserver.deaf = false;
  return world;
}

describe('trying again for people who are still listed', () => {
  test('is offered on the line, and first asks whether they were asked, since SuperOffice cannot tell', async () => {
    const world = await stillListed();
    const card = lineCard(await world.request());
    const buttons = card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
    expect(buttons).toMatchObject([{ action: 'retry', confirm: { yes: 'I asked them: log off' } }]);
    expect(buttons[0]).toMatchObject({
      confirm: { text: expect.stringContaining('not logged off, or already back at work') },
    });
  });

  test('is a new request for these people under the rules of now, with its own approval', async () => {
    const world = await stillListed();
    await world.click('U0BOB', 'retry');
    const again = await world.request(2);
    expect(again).toMatchObject({ status: 'awaiting_approval', retryOf: 1 });
    expect(await world.shown('card', 2)).toContain('Again after: request 1, after which they were still listed');
    expect(await world.shown('card', 1)).not.toContain('Again after');
    expect(again.targets.map(({ id }) => id)).toEqual([101]);
    expect(world.netserver.logOffs).toEqual([[101]]);
    await world.click('U0ALICE', 'approve', 2);
    await world.clock.advance(90_000);
    expect(world.netserver.logOffs).toEqual([[101], [101]]);
    expect(await world.shown('line', 2)).toContain('1 person logged off');
  });

  test('happens once for one request, however often it is pressed', async () => {
    const world = await stillListed();
    await Promise.all([world.click('U0BOB', 'retry'), world.click('U0BOB', 'retry')]);
    expect(await world.click('U0BOB', 'retry')).toEqual([
      'Request 2: you have already asked for this. It is now: waiting for approval',
    ]);
    await expect(world.request(3)).rejects.toThrow('no request 3');
  });

  test('is only for who asked; an approver or a guest changes nothing', async () => {
    const world = await stillListed();
    for (const who of ['U0ALICE', 'U0GUEST', 'U0STRANGER']) {
      expect((await world.click(who, 'retry')).length, who).toBe(1);
    }
    await expect(world.request(2)).rejects.toThrow('no request 2');
  });

  test('is not offered where everybody is gone', async () => {
    const world = await asked();
    await world.click('U0ALICE', 'approve');
    await world.clock.advance(90_000);
    const card = lineCard(await world.request());
    expect(card.parts.some(({ kind }) => kind === 'buttons')).toBe(false);
    await world.click('U0BOB', 'retry');
    await expect(world.request(2)).rejects.toThrow('no request 2');
  });
});
