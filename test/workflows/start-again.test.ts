import { describe, expect, test } from 'vitest';
import { channelId } from '../../src/core/ids.ts';
import { lookBack, tellOfStart } from '../../src/workflows/operator/report-start.ts';
import { createLife } from './gates.ts';
import { plain } from './made-up-slack.ts';
import { makeSurroundings } from './made-up-world.ts';
import { edgeError } from './troubles.ts';

const MINUTE = 60_000;
const AUDIT = 'C0AUDIT';

/** A process that lived until it died; `again` starts another one, which says what it changed. */
async function afterLife(approved: 'approved' | 'asked') {
  const surroundings = await makeSurroundings();
  const { clock, store, slack, troubles } = surroundings;
  const life = createLife();
  const first = await surroundings.start({ life, ticking: false });
  await store.life.beat(clock.now());
  await first.say('U0BOB', '/logoff 101');
  if (approved === 'approved') {
    troubles.hang('logOff');
    await first.click('U0ALICE', 'approve');
  }
  const again = async () => {
    const { reconciler, world } = await surroundings.start({
      ticking: false,
      wrap: (made) => ({ ...made, alone: true, auditChannel: channelId(AUDIT) }),
    });
    const left = await lookBack(store.life, world);
    reconciler.start();
    await reconciler.settled();
    await tellOfStart(left, store.life, world);
    await store.life.beat(clock.now());
    return reconciler;
  };
  const said = () => slack.messages.filter(({ channel }) => channel === AUDIT).map(({ card }) => plain(card));
  return { ...surroundings, again, said };
}

describe('a process that starts again', () => {
  test('says in one line what had expired meanwhile', async () => {
    const { clock, again, said, logged } = await afterLife('asked');
    clock.pause(31 * MINUTE);
    await again();
    expect(said()).toEqual(['Started again after 31 min: 1 request expired, 1 card redrawn']);
    expect(logged).toContain('taken_up');
  });

  test('says how many outcomes are unknown', async () => {
    const { clock, again, said } = await afterLife('approved');
    clock.pause(12 * MINUTE + 10_000);
    await again();
    expect(said()).toEqual(['Started again after 12 min: 1 outcome is unknown, 1 card redrawn']);
  });

  test('says how many were carried out that the process before had not come to', async () => {
    const { clock, again, said, store, slack, netserver, troubles, request, ...surroundings } =
      await afterLife('asked');
    troubles.fail('findAssociates', edgeError('timeout'));
    // The card is drawn; only the call is missing.
    const { click } = await surroundings.start({ ticking: false });
    await click('U0ALICE', 'approve');
    expect((await request()).status).toBe('approved');
    expect(await store.drawings.stale(clock.now(), 9)).toEqual([]);
    clock.pause(3 * MINUTE);
    await again();
    expect(netserver.logOffs).toEqual([[101]]);
    expect(said()).toEqual(['Started again after 3 min: 1 request taken up']);
  });

  test('says how many came to nothing', async () => {
    const { clock, again, said, slack, troubles, request, ...surroundings } = await afterLife('asked');
    troubles.fail('findAssociates', edgeError('timeout'));
    const { click } = await surroundings.start({ ticking: false });
    await click('U0ALICE', 'approve');
    slack.standings.set('U0ALICE', 'deactivated');
    clock.pause(3 * MINUTE);
    await again();
    expect((await request()).status).toBe('aborted');
    expect(said()).toEqual(['Started again after 3 min: 1 request given up']);
  });

  test('says nothing where nothing changed, and nothing of what an earlier start did', async () => {
    const { clock, again, said } = await afterLife('asked');
    clock.pause(5 * MINUTE);
    await again();
    expect(said()).toEqual([]);
  });

  test('says so at most once an hour, over all processes', async () => {
    const { clock, again, said, store } = await afterLife('asked');
    expect(await store.life.claimStartReport(clock.now(), 60 * MINUTE)).toBe(true);
    expect(await store.life.claimStartReport(clock.now(), 60 * MINUTE)).toBe(false);
    clock.pause(59 * MINUTE);
    await again();
    expect(said()).toEqual([]);
    clock.pause(MINUTE);
    expect(await store.life.claimStartReport(clock.now(), 60 * MINUTE)).toBe(true);
  });

  test('goes on where Slack does not take the line', async () => {
    const { clock, again, said, troubles, logged, request } = await afterLife('asked');
    clock.pause(31 * MINUTE);
    troubles.fail('post', edgeError('not_in_channel'), 9);
    await again();
    expect((await request()).status).toBe('expired');
    expect(said()).toEqual([]);
    expect(logged).toContain('not_announced');
  });
});
