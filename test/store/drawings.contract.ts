import { expect, test } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import type { Store } from '../../src/store/open-store.ts';
import { after, anna, channel, NOON, opening } from './sample-requests.ts';
import type { StoreWorld } from './store-world.ts';
import { withStore } from './store-world.ts';

const one = requestId(1);
const LATER = NOON + 60_000;

async function draw(
  store: Store,
  place: 'line' | 'card',
  version: number,
  more: { readonly retryAt?: number } = {},
): Promise<void> {
  const claimed = await store.drawings.claim(one, place, 'drawer', NOON, LATER, {});
  if (claimed === undefined) throw new Error('not free');
  const { retryAt: _, ...kept } = claimed;
  expect(await store.drawings.save({ ...kept, version, ...more }, 'drawer', true)).toBe(true);
}

export function drawingsContract(makeWorld: () => Promise<StoreWorld>): void {
  test('the places of a new request are stored with it, and are behind until both are drawn', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.open('a', (id) => opening(id));
      const replyUrl = { url: 'https://hooks.example/1', uses: 0, givenAt: NOON };
      expect(await store.drawings.read(one, 'line')).toEqual({
        request: 1,
        place: 'line',
        version: 0,
        failures: 0,
        channel,
        replyUrl,
      });
      expect(await store.drawings.read(one, 'card')).toEqual({ request: 1, place: 'card', version: 0, failures: 0 });
      expect(await store.drawings.stale(NOON, 10)).toEqual([1]);
      await draw(store, 'line', 1);
      expect(await store.drawings.stale(NOON, 10)).toEqual([1]);
      await draw(store, 'card', 1);
      expect(await store.drawings.stale(NOON, 10)).toEqual([]);
    }));

  test('a change of the record makes what was drawn stale again, also the change that ends it', () =>
    withStore(makeWorld, async ({ store }) => {
      const { request } = await store.requests.open('a', (id) => ({
        ...opening(id),
        drawings: [{ place: 'line' as const }],
      }));
      await draw(store, 'line', 1);
      const ended = after(request, { kind: 'cancelled', by: anna });
      await store.requests.save(1, ended.request, ended.entries, undefined);
      expect(await store.drawings.stale(NOON, 10)).toEqual([1]);
      await draw(store, 'line', 2);
      expect(await store.drawings.stale(NOON, 10)).toEqual([]);
    }));

  test('what somebody is drawing is not stale until the claim runs out', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.open('a', (id) => ({ ...opening(id), drawings: [{ place: 'line' as const }] }));
      await store.drawings.claim(one, 'line', 'drawer', NOON, LATER, {});
      expect(await store.drawings.stale(LATER - 1, 10)).toEqual([]);
      expect(await store.drawings.stale(LATER, 10)).toEqual([1]);
    }));

  test('a failed drawing is stale when its retry time comes and not before, also one that is not behind', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.open('a', (id) => ({ ...opening(id), drawings: [{ place: 'line' as const }] }));
      for (const version of [0, 1]) {
        await draw(store, 'line', version, { retryAt: NOON + 5_000 });
        expect(await store.drawings.stale(NOON + 4_999, 10)).toEqual([]);
        expect(await store.drawings.stale(NOON + 5_000, 10)).toEqual([1]);
      }
    }));

  test('stale requests come oldest first, each once, up to the limit', () =>
    withStore(makeWorld, async ({ store }) => {
      for (const key of ['a', 'b', 'c']) await store.requests.open(key, (id) => opening(id));
      expect(await store.drawings.stale(NOON, 2)).toEqual([1, 2]);
    }));

  test('of 30 drawers at once one gets the place; it is free again when given back or when the time is over', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      await store.requests.open('a', (id) => ({ ...opening(id), drawings: [] }));
      const first = { channel, failures: 2 };
      const claims = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          (i % 2 === 0 ? store : other).drawings.claim(one, 'card', `h${i}`, NOON, LATER, first),
        ),
      );
      expect(claims.filter((claim) => claim !== undefined)).toEqual([
        { request: 1, place: 'card', version: 0, ...first },
      ]);
      const holder = `h${claims.findIndex((claim) => claim !== undefined)}`;
      const drawing = { request: one, place: 'card' as const, version: 1, channel, ts: '1.2', failures: 0 };

      expect(await store.drawings.save({ ...drawing, ts: '6.6' }, 'somebody', true)).toBe(false);
      expect(await store.drawings.save(drawing, holder, false)).toBe(true);
      expect(await store.drawings.claim(one, 'card', 'next', NOON, LATER, {})).toBeUndefined();
      expect(await store.drawings.claim(one, 'card', holder, NOON, LATER, {})).toEqual(drawing);
      expect(await store.drawings.save(drawing, holder, true)).toBe(true);
      expect(await store.drawings.save(drawing, holder, true)).toBe(false);
      expect(await store.drawings.claim(one, 'card', 'next', NOON, LATER, {})).toEqual(drawing);
      expect(await store.drawings.claim(one, 'card', 'third', LATER, LATER + 1, {})).toEqual(drawing);
      expect(await store.drawings.save(drawing, 'next', true)).toBe(false);
    }));

  test('a place made late, beside a change that is under way, still learns that it is behind', () =>
    withStore(makeWorld, async ({ store, open }) => {
      const other = store.engine === 'postgres' ? await open() : store;
      for (let id = 1; id <= 10; id += 1) {
        const { request } = await store.requests.open(`k${id}`, (made) => ({ ...opening(made), drawings: [] }));
        const ended = after(request, { kind: 'cancelled', by: anna });
        const [claimed] = await Promise.all([
          other.drawings.claim(request.id, 'line', 'h', NOON, LATER, {}),
          store.requests.save(1, ended.request, ended.entries, undefined),
        ]);
        if (claimed === undefined) throw new Error('not free');
        await store.drawings.save({ ...claimed, version: 1 }, 'h', true);
        expect(await store.drawings.stale(NOON, 10)).toEqual([request.id]);
        await draw2(store, request.id);
      }
    }));

  test('a change of the record may bring new places, each once, which are behind until they are drawn', () =>
    withStore(makeWorld, async ({ store }) => {
      const { request } = await store.requests.open('a', (id) => ({ ...opening(id), drawings: [] }));
      const ended = after(request, { kind: 'cancelled', by: anna });
      expect(await store.requests.save(0, ended.request, ended.entries, undefined, undefined, ['outcome'])).toBe(false);
      expect(await store.drawings.read(one, 'outcome')).toBeUndefined();
      const places = ['warn:101', 'told:101', 'outcome', 'reminder', 'outcome'] as const;
      expect(await store.requests.save(1, ended.request, ended.entries, undefined, undefined, places)).toBe(true);
      for (const place of places) {
        expect(await store.drawings.read(one, place)).toEqual({ request: 1, place, version: 0, failures: 0 });
      }
      expect(await store.drawings.stale(NOON, 10)).toEqual([1]);
    }));

  test('what a message shows is known until somebody takes it over who did not let go', () =>
    withStore(makeWorld, async ({ store }) => {
      await store.requests.open('a', (id) => ({ ...opening(id), drawings: [] }));
      const claim = (holder: string, at: number) => store.drawings.claim(one, 'card', holder, at, at + 1_000, {});
      const drawing = { request: one, place: 'card' as const, version: 1, channel, ts: '1.2', failures: 0 };
      await claim('first', NOON);
      expect(await store.drawings.save({ ...drawing, shown: 'sign' }, 'first', true)).toBe(true);
      expect(await claim('second', NOON)).toEqual({ ...drawing, shown: 'sign' });
      expect(await claim('third', NOON + 1_000)).toEqual(drawing);
    }));

  test('an unknown request has no drawing and no claim', () =>
    withStore(makeWorld, async ({ store }) => {
      expect(await store.drawings.read(one, 'line')).toBeUndefined();
      expect(await store.drawings.claim(one, 'line', 'h', NOON, LATER, {})).toBeUndefined();
    }));
}

async function draw2(store: Store, request: ReturnType<typeof requestId>): Promise<void> {
  const claimed = await store.drawings.claim(request, 'line', 'h', NOON, LATER, {});
  if (claimed !== undefined) await store.drawings.save({ ...claimed, version: 2 }, 'h', true);
}
