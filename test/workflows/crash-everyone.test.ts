import { describe, expect, test } from 'vitest';
import { associateId, requestId } from '../../src/core/ids.ts';
import { placesOf } from '../../src/core/request/place.ts';
import { isOpen } from '../../src/core/request/request.ts';
import type { World } from '../../src/workflows/world.ts';
import { createLife, type Life } from './gates.ts';
import { makeSurroundings, policyOf } from './made-up-world.ts';

const MINUTE = 60_000;
const SOON = { for: 4_000, every: 2_000, watch: 6_000 };
/** Longer than a dead process's claim on a drawing, and than its lease on a call. */
const CLAIMS_OVER = 62_000;
const POLICY = policyOf({
  identities: { U0ANNA: 101, U0BO: 102 },
  may_see: { who: 'leads' },
  dispatch_within: '1h',
  rules: [{ name: 'any', who: 'leads', targets: 'any', approvals: 1, approvers: 'leads', warn: '1m' }],
});
const verifySoon = { policy: POLICY, wrap: (world: World): World => ({ ...world, verify: SOON }) };

/** What has an effect: dying at a look, or around a claim on a drawing, is dying before or after one of these. */
const EFFECTS = /^(?:requests\.(?:open|save)|messenger\.|netserver\.logOff)/;

/** Alice asks to log everyone off in three minutes, Ola approves, and the process does what is due until it dies. */
async function begin(life: Life) {
  const surroundings = await makeSurroundings();
  const { clock, netserver } = surroundings;
  netserver.on.clear();
  for (const id of [101, 102]) netserver.on.add(associateId(id));
  const first = await surroundings.start({ life, ticking: false, ...verifySoon });
  const ask = () => first.say('U0ALICE', '/logoff everyone in 3m reason: upgrade');
  await ask();
  if (life.alive()) await first.submit('U0OLA', 'approve');
  // It is looked who is on 2 minutes and 1 minute before.
  for (let minute = 0; minute < 3; minute += 1) {
    await clock.advance(MINUTE);
    first.reconciler.wake(requestId(1), 'timer');
  }
  await clock.advance(8_000);
  return surroundings;
}

/** The numbers of the calls at which a process is to die: those of a whole life that have an effect. */
async function deaths(): Promise<readonly number[]> {
  const life = createLife();
  await begin(life);
  return life.calls.flatMap((name, index) => (EFFECTS.test(name) ? [index + 1] : []));
}

describe.each(['before', 'after'] as const)(
  'a process that dies right %s anything it does to log everyone off',
  (when) => {
    test('sends nobody before the time, everybody once, and says what came out', { timeout: 180_000 }, async () => {
      const died: string[] = [];
      for (const at of await deaths()) {
        const life = createLife(at, when);
        const end = await begin(life);
        const where = `${when} call ${at}, ${life.calls.at(-1)}`;
        expect(life.alive(), where).toBe(false);
        died.push(life.calls.at(-1) ?? '');
        const { clock, store, netserver } = end;
        const second = await end.start(verifySoon);
        if ((await store.requests.read(requestId(1))) === undefined) {
          await second.say('U0ALICE', '/logoff everyone in 3m reason: upgrade');
        }
        await clock.advance(1_000);
        if ((await end.request()).status === 'awaiting_approval') await second.submit('U0OLA', 'approve');
        for (let more = 0; more < 8 && isOpen(await end.request()); more += 1) await clock.advance(CLAIMS_OVER);
        // What the dead process held on to is free after a while.
        const isBehind = async () => (await store.drawings.stale(clock.now() + CLAIMS_OVER, 10)).length > 0;
        for (let more = 0; more < 3 && (await isBehind()); more += 1) await clock.advance(CLAIMS_OVER);

        const request = await end.request();
        // Where nobody approved in time, because the process died, nothing is done.
        if (request.status === 'expired') {
          expect(request.was, where).toBe('approval');
          expect(netserver.logOffs, where).toEqual([]);
          continue;
        }
        expect(request.status, where).toBe('done');
        const entries = (await end.audit()).flatMap((entry) => ('fact' in entry ? [entry] : []));
        const unknown = entries.some(({ fact }) => fact.kind === 'call_unknown');
        expect(netserver.logOffs.length, where).toBeLessThanOrEqual(1);
        expect(netserver.logOffs.length === 1 || unknown, `${where}: not sent only where nobody could know`).toBe(true);

        const told = entries.find(({ fact }) => fact.kind === 'warned' && fact.people.length > 0);
        const claimed = entries.find(({ fact }) => fact.kind === 'dispatch_claimed');
        expect(claimed?.at ?? 0, `${where}: the time`).toBeGreaterThanOrEqual(request.everyone?.at ?? Number.NaN);
        expect((claimed?.at ?? 0) - (told?.at ?? 0), `${where}: their time`).toBeGreaterThanOrEqual(MINUTE);
        const posted = end.effects.indexOf('Slack posts in D0ANNA');
        const sent = end.effects.findIndex((effect) => effect.startsWith('NetServer'));
        expect(sent === -1 || posted < sent, `${where}: told before`).toBe(true);

        const words = sent === -1 ? '2 left on the Windows client' : '0 left: safe to upgrade.';
        for (const place of ['line', 'over', 'outcome'] as const) {
          expect(await end.shown(place), `${where}: ${place}`).toContain(words);
        }
        expect(await end.shown('notice'), `${where}: notice`).toContain('this announcement is over');
        for (const place of placesOf(request)) {
          const drawing = await store.drawings.read(requestId(1), place);
          expect(drawing, `${where}: ${place}`).toMatchObject({ version: request.version, failures: 0 });
        }
        // The announcement, a reminder where there was still time for one, and what became of it; one of them perhaps twice.
        const messages = end.slack.messages.filter(({ channel }) => channel === 'D0ANNA');
        expect(messages.length, where).toBeGreaterThanOrEqual(2);
        expect(messages.length, where).toBeLessThanOrEqual(4);
        expect(await store.drawings.stale(clock.now(), 10), where).toEqual([]);
        expect(await store.audit.verify(), where).toMatchObject({ ok: true });
      }
      expect(died).toContain('messenger.direct');
      expect(died).toContain('netserver.logOff');
      expect(died.length).toBeGreaterThan(30);
    });
  },
);
