import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { after, anna, NOON, opening } from './sample-requests.ts';

test('what was too old to be kept is gone from the SQLite file too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logoff-erased-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'logoff.db');
  const store = await openStore({ url: `sqlite:${file}`, now: () => NOON });
  const { request } = await store.requests.open('k', (id) => opening(id, [101], 'a-canary-reason'));
  const next = after(request, { kind: 'cancelled', by: anna });
  await store.requests.save(1, next.request, next.entries, undefined);
  await store.close();
  expect(readFileSync(file).includes('a-canary-reason')).toBe(true);

  const again = await openStore({ url: `sqlite:${file}`, now: () => NOON });
  const { pruned } = await again.audit.prune(NOON + 60_000, 100, (facts) => ({
    at: NOON + 60_000,
    via: 'timer',
    policyVersion: 'aaaaaaaaaaaa',
    note: { kind: 'pruned', ...facts, olderThan: NOON + 60_000 },
  }));
  expect(pruned).toMatchObject({ entries: 2, requests: 1 });
  await again.close();
  expect(readFileSync(file).includes('a-canary-reason')).toBe(false);
});
