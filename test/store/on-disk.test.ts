import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { requestId } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import { after, NOON, opening, refusal } from './sample-requests.ts';

type Sync = (error: NodeJS.ErrnoException | null) => void;

/** A store whose disk answers only when the test says so, and how often it was asked. */
async function storeOnSlowDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-disk-'));
  const store = await openStore({ url: `sqlite:${join(folder, 'logoff.db')}`, now: () => NOON });
  const waiting: Sync[] = [];
  const asked = vi.spyOn(fs, 'fdatasync').mockImplementation((_, done) => void waiting.push(done));
  onTestFinished(async () => {
    asked.mockRestore();
    for (const done of waiting.splice(0)) done(null);
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const turns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    store,
    asked,
    turns,
    /** Lets the disk answer what it was asked by now. */
    async answer(error: NodeJS.ErrnoException | null = null) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      for (const done of waiting.splice(0)) done(error);
      await turns();
    },
  };
}

/** Whether it has ended, looked at without waiting. */
function watch(work: Promise<unknown>): { ended: boolean } {
  const seen = { ended: false };
  work.then(
    () => {
      seen.ended = true;
    },
    () => {
      seen.ended = true;
    },
  );
  return seen;
}

test('nobody is told that something is written before it is on the disk', async () => {
  const { store, answer, turns } = await storeOnSlowDisk();
  const opened = watch(store.requests.open('a', (id) => opening(id)));
  await turns();
  expect(opened.ended).toBe(false);
  await answer();
  expect(opened.ended).toBe(true);

  const { request } = opening(requestId(1));
  const next = after(request, { kind: 'reminded' });
  const saved = watch(store.requests.save(1, next.request, next.entries, undefined));
  const noted = watch(store.requests.note(refusal('x')));
  await turns();
  expect([saved.ended, noted.ended]).toEqual([false, false]);
  await answer();
  await answer();
  expect([saved.ended, noted.ended]).toEqual([true, true]);
});

test('nobody reads what is not on the disk yet, and could act on it', async () => {
  const { store, answer, turns } = await storeOnSlowDisk();
  const opened = watch(store.requests.open('a', (id) => opening(id)));
  await turns();
  const read = watch(store.requests.read(requestId(1)));
  const listed = watch(store.requests.listOpen(10));
  await turns();
  expect([opened.ended, read.ended, listed.ended]).toEqual([false, false, false]);
  await answer();
  expect([opened.ended, read.ended, listed.ended]).toEqual([true, true, true]);
});

test('those who write while the disk is busy share one wait, and it begins after the last of them', async () => {
  const { store, asked, answer, turns } = await storeOnSlowDisk();
  const first = watch(store.requests.note(refusal('first')));
  await turns();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  const others = Array.from({ length: 20 }, (_, at) => watch(store.requests.note(refusal(`other ${at}`))));
  await turns();
  expect(asked).toHaveBeenCalledTimes(1);
  await answer();
  expect(first.ended).toBe(true);
  expect(others.some(({ ended }) => ended)).toBe(false);
  await answer();
  expect(others.every(({ ended }) => ended)).toBe(true);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('how something is drawn does not wait for the disk, and gets there all the same', async () => {
  const { store, asked, answer, turns } = await storeOnSlowDisk();
  const opened = store.requests.open('a', (id) => opening(id));
  await turns();
  await answer();
  await opened;
  const before = asked.mock.calls.length;
  const drawing = await store.drawings.claim(requestId(1), 'line', 'me', NOON, NOON + 60_000, {});
  if (drawing === undefined) throw new Error('nobody else draws it');
  expect(await store.drawings.save({ ...drawing, version: 1 }, 'me', true)).toBe(true);
  expect(asked).toHaveBeenCalledTimes(before);
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(before + 1), { timeout: 5_000 });
});

test('a disk that refuses leaves open what was written, and nothing more is written by this process', async () => {
  const { store, answer, turns } = await storeOnSlowDisk();
  const opened = store.requests.open('a', (id) => opening(id));
  const reason = expect(opened).rejects.toMatchObject({ code: 'disk_refused', executed: 'maybe' });
  await turns();
  await answer(Object.assign(new Error('i/o error'), { code: 'EIO' }));
  await reason;
  await expect(store.requests.note(refusal('x'))).rejects.toMatchObject({
    code: 'disk_refused',
    executed: 'no',
  });
  await expect(store.life.beat(NOON)).rejects.toMatchObject({ code: 'disk_refused', executed: 'no' });
});

test('a disk that refuses leaves open what was written meanwhile too, although it would take the next write', async () => {
  const { store, asked, answer, turns } = await storeOnSlowDisk();
  const first = expect(store.requests.note(refusal('first'))).rejects.toMatchObject({ code: 'disk_refused' });
  await turns();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  const others = ['a', 'b'].map((name) =>
    expect(store.requests.note(refusal(name))).rejects.toMatchObject({ code: 'disk_refused', executed: 'maybe' }),
  );
  await turns();
  await answer(Object.assign(new Error('i/o error'), { code: 'EIO' }));
  await first;
  await Promise.all(others);
  expect(asked).toHaveBeenCalledTimes(1);
});
