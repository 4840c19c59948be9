import { expect, test } from 'vitest';
import { associateId } from '../../src/core/ids.ts';
import { leftTo } from '../../src/core/request/in-hand.ts';
import type { Outcome, Request } from '../../src/core/request/request.ts';
import type { Store } from '../../src/store/open-store.ts';
import { activation, after, bob, NOON, opening } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

const GUARD = { policyVersion: 'v1', unlessPaused: true, unlessTaken: true } as const;
const MINUTE = 60_000;

/** The record of a request that is approved and takes these people in hand. */
function claiming(request: Request, people: readonly number[], at: number) {
  const approved = after(after(request, { kind: 'approval_given', by: bob }).request, {
    kind: 'approved',
    dispatchBy: NOON + 10 * MINUTE,
  }).request;
  const [first = associateId(0), ...others] = people.map(associateId);
  const claim = { holder: 'h', at, until: at + 45_000 };
  const { targets } = request;
  const fact = { kind: 'dispatch_claimed', claim, attempt: 1, targets, leftOut: [], notSent: [] } as const;
  return { approved, ...after(approved, { ...fact, sent: [first, ...others] }, at) };
}

const openedFor = async (store: Store, key: string, people: readonly number[]): Promise<Request> =>
  (await store.requests.open(key, (id) => opening(id, people))).request;

async function claim(store: Store, request: Request, people: readonly number[], at = NOON + MINUTE): Promise<boolean> {
  const { request: claimed, entries } = claiming(request, people, at);
  return await store.requests.save(request.version, claimed, entries, undefined, GUARD);
}

/** Goes on from the stored record. */
async function then(store: Store, { id }: Request, ...facts: readonly Parameters<typeof after>[1][]): Promise<void> {
  for (const fact of facts) {
    const stored = await store.requests.read(id);
    if (stored === undefined) throw new Error('it is stored');
    const next = after(stored, fact, NOON + 2 * MINUTE);
    await store.requests.save(stored.version, next.request, next.entries, undefined);
  }
}

const ended = (id: number, kind: 'gone' | 'back' | 'listed'): Parameters<typeof after>[1] => {
  const outcome: Outcome = { kind };
  return { kind: 'verified', ending: 'done', results: [{ id: associateId(id), outcome }] };
};
const seen = (id: number, seen: 'listed' | 'gone' | 'back'): Parameters<typeof after>[1] => ({
  kind: 'seen',
  sightings: [{ id: associateId(id), seen, ...(seen === 'listed' ? {} : { goneAt: NOON }) }],
});

/** That nobody is taken in hand by two requests at once, nor logged off twice for two that were open at the same time. */
export function takenContract(makeWorld: () => Promise<StoreWorld>): void {
  test('of many requests that take one person in hand at once exactly one does, in two stores where there may be two', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      await store.policies.activate('v1', activation());
      const requests: Request[] = [];
      for (let i = 0; i < 20; i += 1) requests.push(await openedFor(store, `k${i}`, [101, 102 + i]));
      const taken = await Promise.all(
        requests.map((request, i) => claim(i % 2 === 0 ? store : other, request, [101, 102 + i])),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      // Those who wanted the others alone are in nobody's way.
      const rest = requests.filter((_, i) => taken[i] !== true);
      expect(await Promise.all(rest.map((request) => claim(other, request, [request.id + 101])))).not.toContain(false);
    }));

  test.each([
    ['has a claim', [], false],
    ['surely did not make its call', [{ kind: 'call_not_made', code: 'dns', retryAt: NOON }], true],
    ['has made its call', [{ kind: 'call_accepted' }], false],
    ['may have made its call', [{ kind: 'call_unknown', code: 'timeout' }], false],
    ['still sees the person listed', [{ kind: 'call_accepted' }, seen(101, 'listed')], false],
    ['sees the person gone', [{ kind: 'call_accepted' }, seen(101, 'gone')], false],
    ['sees the person back', [{ kind: 'call_accepted' }, seen(101, 'back')], false],
    ['has logged the person off', [{ kind: 'call_accepted' }, ended(101, 'gone')], false],
    ['has logged the person off, who is back', [{ kind: 'call_accepted' }, ended(101, 'back')], false],
    ['has given the person up as still listed', [{ kind: 'call_accepted' }, ended(101, 'listed')], true],
  ] as const)('where another request %s, one that was open before may send: %#', (_, facts, may) =>
    withStore(makeWorld, async ({ store }) => {
      await store.policies.activate('v1', activation());
      const first = await openedFor(store, 'a', [101]);
      const second = await openedFor(store, 'b', [101, 102]);
      expect(await claim(store, first, [101])).toBe(true);
      await then(store, first, ...facts);
      expect(await claim(store, second, [101, 102])).toBe(may);
      const others = await store.requests.besides(second, [associateId(101), associateId(102)]);
      const alone = await store.requests.besides(second, [associateId(101)]);
      expect([others, alone].map((found) => found.flatMap((other) => leftTo(other, second)))).toEqual(
        may ? [[], []] : [[101], [101]],
      );
    }),
  );

  test('who was logged off before a request was opened may be logged off by it', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.policies.activate('v1', activation());
      const first = await openedFor(store, 'a', [101]);
      await claim(store, first, [101]);
      await then(store, first, { kind: 'call_accepted' }, ended(101, 'gone'));
      const second = await openedFor(store, 'b', [101]);
      expect(await store.requests.besides(second, [associateId(101)])).toEqual([]);
      expect(await claim(store, second, [101])).toBe(true);
    }));

  test('nothing is looked up for nobody', () =>
    withStore(makeWorld, async ({ store }) => {
      const first = await openedFor(store, 'a', [101]);
      await openedFor(store, 'b', [101]);
      expect(await store.requests.besides(first, [])).toEqual([]);
      expect((await store.requests.besides(first, [associateId(101)])).map(({ id }) => id)).toEqual([2]);
    }));
}
