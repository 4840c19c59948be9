import { describe, expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { placesOf } from '../../src/core/request/place.ts';
import { isOpen } from '../../src/core/request/request.ts';
import type { World } from '../../src/workflows/world.ts';
import { createLife } from './gates.ts';
import { buttonsOf } from './made-up-slack.ts';
import { APPROVALS, makeSurroundings, policyOf } from './made-up-world.ts';

const SOON = { for: 4_000, every: 2_000, watch: 6_000 };
/** Longer than a dead process's claim on a drawing, and than its lease on a call. */
const CLAIMS_OVER = 62_000;

/**
 * Somebody asks, somebody approves, and the process dies at its `at`-th call to the outside. Another process starts; the people do again
 * what nobody answered. Gives nothing where the first process lived to the end.
 */
async function story(at: number, when: 'before' | 'after', policy = policyOf(), lasts = 8_000) {
  const surroundings = await makeSurroundings();
  const { clock, store } = surroundings;
  const life = createLife(at, when);
  const verifySoon = { policy, wrap: (world: World): World => ({ ...world, verify: SOON }) };
  const first = await surroundings.start({ life, ticking: false, ...verifySoon });
  await first.say('U0BOB', '/logoff 101 102');
  if (life.alive()) await first.click('U0ALICE', 'approve');
  if (lasts > 8_000) {
    await clock.advance(lasts);
    first.reconciler.wake(requestId(1), 'timer');
  }
  await clock.advance(8_000);
  if (life.alive()) return undefined;

  const second = await surroundings.start(verifySoon);
  if ((await store.requests.read(requestId(1))) === undefined) await second.say('U0BOB', '/logoff 101 102');
  await clock.advance(CLAIMS_OVER);
  if ((await surroundings.request()).status === 'awaiting_approval') await second.click('U0ALICE', 'approve');
  await clock.advance(CLAIMS_OVER);
  for (let more = 0; more < 5 && isOpen(await surroundings.request()); more += 1) await clock.advance(CLAIMS_OVER);
  return { ...surroundings, second, diedAt: life.calls.at(-1) };
}

describe.each(['before', 'after'] as const)('a process that dies right %s any of its calls', (when) => {
  test('loses no request, sends no call twice, and the card tells how it ended', { timeout: 120_000 }, async () => {
    const died: string[] = [];
    for (let at = 1; ; at += 1) {
      const end = await story(at, when);
      if (end === undefined) break;
      const where = `${when} call ${at}, ${end.diedAt}`;
      died.push(end.diedAt ?? '');
      const request = await end.request();
      expect(request.status, where).toBe('done');
      expect(end.netserver.logOffs.length, where).toBeLessThanOrEqual(1);

      const unknown = (await end.audit()).some((entry) => 'fact' in entry && entry.fact.kind === 'call_unknown');
      const sent = end.netserver.logOffs.length === 1;
      expect(sent || unknown, `${where}: not sent only where nobody could know`).toBe(true);
      const words = sent ? '2 people logged off' : '2 people still listed as logged on';
      expect(await end.shown('line'), where).toContain(words);
      expect(await end.shown('card'), where).toContain(words);
      expect(await end.shown('card'), where).not.toContain('[Approve]');
      expect(await end.store.drawings.stale(end.clock.now(), 10), where).toEqual([]);
      expect(await end.store.audit.verify(), where).toMatchObject({ ok: true });

      // A card too many turns itself into a pointer.
      const current = await end.store.drawings.read(requestId(1), 'card');
      const copies = end.slack.messages.filter(({ channel, ts }) => channel === APPROVALS && ts !== current?.ts);
      expect(copies.length, where).toBeLessThanOrEqual(1);
      for (const copy of copies) {
        await end.second.click('U0ALICE', 'approve', 1, { message: copy });
        expect(buttonsOf(copy.card), where).toEqual([]);
      }
      expect((await end.request()).version, where).toBe(request.version);
    }
    expect(died).toContain('requests.open');
    expect(died).toContain('netserver.logOff');
    expect(died).toContain('messenger.post');
    expect(died).toContain('messenger.update');
    expect(died.length).toBeGreaterThan(40);
  });
});

const WARNING = policyOf({
  identities: { U0ANNA: 101, U0BO: 102 },
  rules: [{ name: 'w', who: 'helpdesk', targets: 'any', approvals: 1, approvers: 'leads', warn: '1m' }],
});

describe.each(['before', 'after'] as const)(
  'a process that dies right %s any of its calls during a warning',
  (when) => {
    test('sends nobody before their time, and tells everybody once or once too often', {
      timeout: 120_000,
    }, async () => {
      const died: string[] = [];
      for (let at = 1; ; at += 1) {
        const end = await story(at, when, WARNING, 60_000);
        if (end === undefined) break;
        const where = `${when} call ${at}, ${end.diedAt}`;
        died.push(end.diedAt ?? '');
        expect((await end.request()).status, where).toBe('done');
        expect(end.netserver.logOffs.length, where).toBeLessThanOrEqual(1);

        // Both were told at least the time that counts for a late message before they were sent, and their time was kept.
        const entries = (await end.audit()).flatMap((entry) => ('fact' in entry ? [entry] : []));
        const warned = entries.findLast(({ fact }) => fact.kind === 'warned');
        const claimed = entries.find(({ fact }) => fact.kind === 'dispatch_claimed');
        expect((claimed?.at ?? 0) - (warned?.at ?? 0), where).toBeGreaterThanOrEqual(60_000);
        expect(
          entries.filter(({ fact }) => fact.kind === 'not_warned'),
          where,
        ).toEqual([]);

        const request = await end.request();
        for (const place of placesOf(request)) {
          const drawing = await end.store.drawings.read(requestId(1), place);
          expect(drawing, `${where}: ${place}`).toMatchObject({ version: request.version, failures: 0 });
        }
        for (const [user, least] of [
          ['ANNA', 2],
          ['BO', 2],
          ['BOB', 1],
        ] as const) {
          const messages = end.slack.messages.filter(({ channel }) => channel === `D0${user}`);
          expect(messages.length, `${where}: ${user}`).toBeGreaterThanOrEqual(least);
          expect(messages.length, `${where}: ${user}`).toBeLessThanOrEqual(least + 1);
        }
        const posted = end.effects.indexOf('Slack posts in D0ANNA');
        const sent = end.effects.findIndex((effect) => effect.startsWith('NetServer'));
        expect(sent === -1 || posted < sent, `${where}: told before`).toBe(true);
        expect(await end.shown('warn:101'), where).toContain('This warning has ended');
        expect(await end.store.drawings.stale(end.clock.now(), 10), where).toEqual([]);
        expect(await end.store.audit.verify(), where).toMatchObject({ ok: true });
      }
      expect(died).toContain('messenger.direct');
      expect(died.length).toBeGreaterThan(80);
    });
  },
);

test('where one process writes, a start knows at once that what another process claimed is dead', async () => {
  const surroundings = await makeSurroundings();
  const life = createLife();
  const first = await surroundings.start({ life, ticking: false });
  await first.say('U0BOB', '/logoff 101');
  surroundings.troubles.hang('logOff');
  await first.click('U0ALICE', 'approve');
  expect((await surroundings.request()).status).toBe('dispatching');
  await surroundings.start({ wrap: (world) => ({ ...world, alone: true }) });
  expect(await surroundings.request()).toMatchObject({ status: 'verifying', callCode: 'lease_ran_out' });
  expect(surroundings.netserver.logOffs).toEqual([[101]]);
});
