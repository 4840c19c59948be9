import { expect, it, vi } from 'vitest';
import type { ObservedFor } from '../../src/runtime/observing.ts';
import { createTestClock } from '../test-clock.ts';

it('the package that makes metrics is loaded only where a port is set for them', async () => {
  const loaded = vi.fn(() => vi.importActual<object>('prom-client'));
  vi.doMock('prom-client', loaded);
  // With everything that the bot is made of: nothing else may load it either.
  await import('../../src/app.ts');
  const { openObserving } = await import('../../src/runtime/observing.ts');
  const open = (metricsPort: number | undefined): ObservedFor => ({
    metricsPort,
    rules: [],
    clock: createTestClock(),
    log: () => {},
    look: async () => {},
  });
  const without = await openObserving(open(undefined));
  const requests = { open: vi.fn(), save: vi.fn(), note: vi.fn() };
  expect(without.counted(requests)).toBe(requests);
  expect(await without.measureSlack('chat.update', async () => 17)).toBe(17);
  expect(loaded).not.toHaveBeenCalled();
  await openObserving(open(0));
  expect(loaded).toHaveBeenCalledOnce();
});
